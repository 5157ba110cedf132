from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.circulation.models.hold import Hold
from lumbung.circulation.models.loan import Loan


class RecallQuerySet(models.QuerySet["Recall"]):
    def standing(self) -> "RecallQuerySet":
        """Those whose loan is not back, whatever became of the hold: nobody asks back one after the other by letting holds go."""
        return self.filter(loan__returned_at=None)


class Recall(models.Model):
    """A borrower was asked to bring the item back sooner, because somebody waits for it; the old due date is kept. A renewal ends it."""

    loan = models.OneToOneField(Loan, on_delete=models.CASCADE, related_name="recall", verbose_name=_("pinjaman"))
    hold = models.ForeignKey(Hold, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("pesanan"))
    recalled_at = models.DateTimeField(_("diminta kembali"))
    recalled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    was_due_at = models.DateTimeField(_("jatuh tempo semula"))
    due_at = models.DateTimeField(_("jatuh tempo"))

    objects = RecallQuerySet.as_manager()

    class Meta:
        verbose_name = _("permintaan kembali")
        ordering: ClassVar = ["-recalled_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(due_at__lt=models.F("was_due_at")), name="recall_brings_the_due_date_forward"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.loan_id}: {self.was_due_at:%Y-%m-%d} → {self.due_at:%Y-%m-%d}"

    @property
    def due(self) -> datetime:
        """The new due date on the clock of the branch that lent; ``was_due`` is the old one."""
        return self.loan.on_clock_of_branch(self.due_at)

    @property
    def was_due(self) -> datetime:
        return self.loan.on_clock_of_branch(self.was_due_at)


class LocalFirst(models.TextChoices):
    """Who goes before others for the copies of a branch."""

    NOBODY = "", _("Menurut urutan memesan saja")
    PICKUP = "pickup", _("Yang mengambil di cabang pemilik eksemplarnya")
    MEMBERS = "members", _("Anggota cabang pemilik eksemplarnya")


class Urgency(models.Model):
    """What the library does when many wait for few copies: one row, and without it these defaults.

    A recalled borrower keeps the item ``kept_days`` from the day it was lent and at least ``return_days`` open days from the recall, unless
    the terms of the loan say otherwise. That new loans of such a title are shorter is said by a loan rule (``in_demand``,
    ``waiting_from``).
    ``local_first``: who goes before the others in the queue for the copies of a branch, behind those whom staff put first.
    """

    kept_days = models.PositiveSmallIntegerField(_("paling sedikit boleh disimpan (hari sejak dipinjam)"), default=7)
    return_days = models.PositiveSmallIntegerField(_("waktu untuk mengembalikan (hari buka)"), default=3)
    local_first = models.CharField(
        _("eksemplar sebuah cabang lebih dahulu untuk"), max_length=8, choices=LocalFirst, blank=True, default=LocalFirst.NOBODY
    )

    class Meta:
        verbose_name = _("pengaturan pesanan")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(return_days__gte=1), name="a_recall_leaves_a_day_to_return"),
        ]

    def __str__(self) -> str:
        return f"{self.kept_days}/{self.return_days}"
