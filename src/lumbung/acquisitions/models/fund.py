from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Fund(models.Model):
    """Money for a year (dana, mata anggaran), in whole rupiah.

    ``committed`` is what open orders will cost, ``spent`` what came and cost; both move with the verbs that order and receive, and the
    database refuses what would pass ``amount`` and what was ``permitted`` above it.
    """

    name = models.CharField(_("nama dana"), max_length=80)
    year = models.PositiveSmallIntegerField(_("tahun anggaran"))
    amount = models.PositiveBigIntegerField(_("pagu (rupiah)"))
    permitted = models.PositiveBigIntegerField(default=0)
    committed = models.PositiveBigIntegerField(default=0)
    spent = models.PositiveBigIntegerField(default=0)
    is_active = models.BooleanField(_("dipakai"), default=True)

    class Meta:
        verbose_name = _("dana")
        ordering: ClassVar = ["-year", "name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name", "year"], name="fund_name_is_unique_in_its_year"),
            models.CheckConstraint(condition=~Q(name=""), name="fund_has_a_name"),
            models.CheckConstraint(condition=Q(year__gte=1900, year__lte=2999), name="fund_is_of_a_year"),
            models.CheckConstraint(
                condition=Q(amount__gte=F("committed") + F("spent") - F("permitted")), name="a_fund_is_not_overspent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.year}"

    @property
    def left(self) -> int:
        """What may still be ordered from it, in rupiah."""
        return self.amount + self.permitted - self.committed - self.spent
