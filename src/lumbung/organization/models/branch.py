from typing import ClassVar
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _


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
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


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
