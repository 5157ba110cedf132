from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.catalogue.models import ItemType
from lumbung.members.models import Category
from lumbung.organization.models import Branch, BranchGroup, Location


class LimitSet(models.Model):
    """How many a member may have at once of some types, places and materials together: what is of any of them counts.

    ``materials`` are values of ``Material``. With a ``category`` it holds for its members and those under it alone, with a ``branch`` or
    a group of branches for what is lent there and in its parts.
    """

    name = models.CharField(_("nama batas"), max_length=80)
    most = models.PositiveSmallIntegerField(_("paling banyak sekaligus"))
    item_types = models.ManyToManyField(ItemType, blank=True, related_name="+", verbose_name=_("jenis eksemplar"))
    locations = models.ManyToManyField(Location, blank=True, related_name="+", verbose_name=_("lokasi rak"))
    materials = models.JSONField(_("jenis koleksi"), default=list, blank=True)
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kategori anggota")
    )
    branch = models.ForeignKey(
        Branch, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("cabang")
    )

    branch_group = models.ForeignKey(
        BranchGroup, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kelompok cabang")
    )

    class Meta:
        verbose_name = _("batas bersama")
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name"], name="one_limit_set_of_a_name"),
            models.CheckConstraint(condition=~models.Q(name=""), name="a_limit_set_has_a_name"),
            models.CheckConstraint(
                condition=models.Q(branch=None) | models.Q(branch_group=None), name="a_limit_set_names_a_branch_or_a_group"
            ),
            models.CheckConstraint(condition=models.Q(most__gte=1), name="a_limit_set_lets_one_be_lent"),
        ]

    def __str__(self) -> str:
        return self.name
