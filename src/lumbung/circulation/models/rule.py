from typing import ClassVar

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from lumbung.catalogue.models import ItemType
from lumbung.members.models import Category
from lumbung.organization.models import Branch


class LoanRule(models.Model):
    """What a category of members may do with a type of item at a branch; an empty place stands for any."""

    category = models.ForeignKey(Category, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    item_type = models.ForeignKey(ItemType, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    loan_days = models.PositiveSmallIntegerField(_("lama pinjam (hari)"))
    loan_limit = models.PositiveSmallIntegerField(_("paling banyak dipinjam"))
    renewal_limit = models.PositiveSmallIntegerField(_("perpanjangan"))
    hold_limit = models.PositiveSmallIntegerField(_("paling banyak dipesan"), default=3)
    hold_days = models.PositiveSmallIntegerField(_("lama pesanan menunggu diambil (hari)"), default=3)
    owed_limit = models.PositiveIntegerField(_("tunggakan paling banyak untuk meminjam (Rp)"), null=True, blank=True)

    class Meta:
        verbose_name = _("aturan peminjaman")
        constraints: ClassVar = [
            models.UniqueConstraint(
                Coalesce("category", 0), Coalesce("item_type", 0), Coalesce("branch", 0), name="one_rule_for_one_case"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category or '*'} × {self.item_type or '*'} × {self.branch or '*'}"
