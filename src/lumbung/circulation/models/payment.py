from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lumbung.members.models import Member
from lumbung.organization.models import Branch


class CashClosing(models.Model):
    """The drawer of a branch was counted: all cash that came and went since the closing before it, in whole rupiah.

    ``expected`` is what should have been in it (what was left the last time and what moved since), ``counted`` what was,
    ``left`` what stays for the next day; the rest is handed to the treasurer.
    """

    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="+", verbose_name=_("cabang"))
    closed_at = models.DateTimeField(_("ditutup"))
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    expected = models.BigIntegerField(_("seharusnya"))
    counted = models.BigIntegerField(_("dihitung"))
    left = models.BigIntegerField(_("ditinggal di laci"), default=0)
    note = models.CharField(_("keterangan"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("penutupan kas")
        ordering: ClassVar = ["-closed_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(counted__gte=0), name="cash_counted_is_not_below_nothing"),
            models.CheckConstraint(condition=Q(left__gte=0, left__lte=F("counted")), name="no_more_is_left_than_was_counted"),
        ]

    def __str__(self) -> str:
        return f"{self.branch_id} {self.closed_at:%Y-%m-%d}"

    @property
    def difference(self) -> int:
        """Above nothing there was too much in the drawer, below nothing too little."""
        return self.counted - self.expected

    @property
    def handed_over(self) -> int:
        return self.counted - self.left


class CashOpening(models.Model):
    """The drawer was counted as a shift began. ``expected`` is what was left and has moved since the last closing, ``counted`` what
    was there: from then on the drawer is reckoned from it, until ``closing``."""

    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="+", verbose_name=_("cabang"))
    opened_at = models.DateTimeField(_("dibuka"))
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    expected = models.BigIntegerField(_("seharusnya"))
    counted = models.BigIntegerField(_("dihitung"))
    note = models.CharField(_("keterangan"), max_length=200, blank=True)
    closing = models.OneToOneField(CashClosing, on_delete=models.PROTECT, null=True, related_name="opening")

    class Meta:
        verbose_name = _("pembukaan kas")
        ordering: ClassVar = ["-opened_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(counted__gte=0), name="cash_found_is_not_below_nothing"),
            models.UniqueConstraint(fields=["branch"], condition=Q(closing=None), name="one_open_shift_per_branch"),
        ]

    def __str__(self) -> str:
        return f"{self.branch_id} {self.opened_at:%Y-%m-%d}"

    @property
    def difference(self) -> int:
        """Above nothing there was too much in the drawer, below nothing too little."""
        return self.counted - self.expected


class Payment(models.Model):
    """Money a member gave, or (``is_pay_out``) was given back, in whole rupiah. A transfer waits until somebody has seen it arrive.

    ``receipt_number`` is given when it is received, and never twice. ``once`` names what asked for it (a form, a provider's
    transaction), so that money sent twice by a nervous finger or a repeated web hook is received once. ``qr_text`` is the QRIS code a
    provider made for it.
    """

    class Methods(models.TextChoices):
        CASH = "cash", _("Tunai")
        TRANSFER = "transfer", _("Transfer bank")
        QRIS = "qris", _("QRIS")
        CREDIT = "credit", _("Saldo anggota")
        OTHER = "other", _("Lain-lain")

    class States(models.TextChoices):
        WAITING = "waiting", _("Menunggu diperiksa")
        RECEIVED = "received", _("Diterima")
        REJECTED = "rejected", _("Ditolak")
        CANCELLED = "cancelled", _("Dibatalkan")

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="payments", verbose_name=_("anggota"))
    amount = models.BigIntegerField(_("jumlah"))
    is_pay_out = models.BooleanField(default=False)
    method = models.CharField(_("cara"), max_length=10, choices=Methods)
    state = models.CharField(_("status"), max_length=10, choices=States)
    receipt_number = models.CharField(_("nomor kuitansi"), max_length=20, unique=True, null=True)
    reference = models.CharField(_("nomor rujukan"), max_length=80, blank=True)
    proof = models.CharField(_("bukti"), max_length=200, blank=True)
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="+", verbose_name=_("cabang"))
    made_at = models.DateTimeField(_("waktu"))
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(_("alasan"), max_length=200, blank=True)
    once = models.CharField(max_length=120, unique=True, null=True)
    qr_text = models.TextField(blank=True)
    closing = models.ForeignKey(CashClosing, on_delete=models.PROTECT, null=True, related_name="payments")

    class Meta:
        verbose_name = _("pembayaran")
        ordering: ClassVar = ["-made_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_payment_is_more_than_nothing"),
            models.CheckConstraint(
                condition=Q(state__in=["received", "cancelled"], receipt_number__isnull=False)
                | Q(state__in=["waiting", "rejected"], receipt_number=None),
                name="a_receipt_is_given_for_what_was_received",
            ),
            models.CheckConstraint(
                condition=Q(closing=None) | Q(method="cash", state="received"), name="a_closing_counts_cash_received"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["branch"], condition=Q(closing=None, method="cash", state="received"), name="cash_in_drawer"),
            models.Index(fields=["made_at"], condition=Q(state="waiting"), name="payments_to_verify"),
            models.Index(fields=["branch", "made_at"], name="payments_by_branch_and_day"),
        ]

    def __str__(self) -> str:
        return f"{self.receipt_number or self.state} {self.amount}"

    @property
    def moved(self) -> int:
        """What it adds to the drawer; below nothing for money given back."""
        return -self.amount if self.is_pay_out else self.amount


class ReceiptSeries(models.Model):
    """The last number given in a year; numbers of a year follow one another without a gap."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"
