from typing import ClassVar
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Branch(models.Model):
    """A place where the library serves: central library, faculty library, reading corner."""

    code = models.CharField(_("kode"), max_length=20, unique=True)
    name = models.CharField(_("nama"), max_length=120)
    address = models.TextField(_("alamat"), blank=True)
    phone = models.CharField(_("telepon"), max_length=40, blank=True)
    time_zone = models.CharField(_("zona waktu"), max_length=40, default="Asia/Jakarta")
    directions = models.TextField(_("petunjuk arah"), blank=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("bagian dari")
    )

    class Meta:
        verbose_name = _("cabang")
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_only_a_code(self) -> bool:
        """Whether nothing is said of it but its code, as of one that an import made: no name of its own, no address, no telephone, no
        directions."""
        return self.name.casefold() == self.code.casefold() and not (self.address or self.phone or self.directions)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


class BranchGroup(models.Model):
    """Branches under one name, from anywhere in the tree: what lies under one of them belongs too. A rule may name it where it could name a
    branch."""

    name = models.CharField(_("nama kelompok"), max_length=80)
    branches = models.ManyToManyField(Branch, related_name="groups", verbose_name=pgettext_lazy("many", "cabang"))
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("kelompok cabang")
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name"], name="one_group_of_branches_of_a_name"),
            models.CheckConstraint(condition=~models.Q(name=""), name="a_group_of_branches_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Location(models.Model):
    """A shelving location in a branch: floor, room, collection."""

    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="locations", verbose_name=_("cabang"))
    code = models.CharField(_("kode"), max_length=20)
    name = models.CharField(_("nama"), max_length=120)
    directions = models.TextField(_("petunjuk arah"), blank=True)

    class Meta:
        verbose_name = _("lokasi")
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["branch", "code"], name="location_code_is_unique_in_its_branch"),
        ]

    def __str__(self) -> str:
        return self.name
