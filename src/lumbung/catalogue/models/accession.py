from typing import ClassVar

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from lumbung.organization.models import Branch


class AccessionPattern(models.Model):
    """How a branch numbers its accession register; the row without a branch serves all that have none of their own.

    ``template`` holds {nomor} and, as wanted, {tahun}, {sumber} and {cabang}; each of them that it holds has numbers of its own.
    """

    branch = models.ForeignKey(Branch, on_delete=models.CASCADE, null=True, blank=True, verbose_name=_("cabang"))
    template = models.CharField(_("pola"), max_length=45, default="{nomor}/{sumber}/{tahun}")
    digits = models.PositiveSmallIntegerField(_("jumlah angka"), default=5)
    yearly = models.BooleanField(_("mulai lagi dari awal setiap tahun"), default=False)
    first = models.PositiveIntegerField(_("nomor pertama"), default=1)

    class Meta:
        verbose_name = _("pola nomor induk")
        constraints: ClassVar = [
            models.UniqueConstraint(Coalesce("branch_id", 0), name="one_accession_pattern_for_each_branch"),
            models.CheckConstraint(condition=models.Q(digits__gte=1, digits__lte=9), name="accession_digits_are_few"),
        ]

    def __str__(self) -> str:
        return self.template


class AccessionCounter(models.Model):
    """The last number given in a series; locked while one is given, so that none is left out or given twice.

    ``series`` is the pattern with everything but {nomor} filled in: branches that number alike share one.
    """

    series = models.CharField(max_length=80, unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.series}: {self.last}"
