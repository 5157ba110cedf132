from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lumbung.catalogue.models import Item
from lumbung.circulation.models.loan import Loan
from lumbung.circulation.models.payment import Payment
from lumbung.members.models import Member
from lumbung.organization.models import Branch


class FeeAccount(models.Model):
    """What a member owes the library and what the library owes the member (paid for a fee that was taken back), in whole rupiah.

    ``owed`` is the sum of what is open of the member's fees, ``credit`` what stands in the member's favour: both follow from the
    entries, change only in ``domain.ledger``, and are never below nothing.
    ``suspended_until`` is the last day on which the member may not borrow because of books brought back late.
    """

    member = models.OneToOneField(Member, on_delete=models.PROTECT, related_name="fee_account", verbose_name=_("anggota"))
    owed = models.BigIntegerField(_("tunggakan"), default=0)
    credit = models.BigIntegerField(_("saldo"), default=0)
    suspended_until = models.DateField(_("diskors sampai"), null=True)

    class Meta:
        verbose_name = _("rekening biaya")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(owed__gte=0), name="nobody_owes_less_than_nothing"),
            models.CheckConstraint(condition=Q(credit__gte=0), name="no_credit_is_below_nothing"),
        ]
        indexes: ClassVar = [models.Index(fields=["owed"], condition=Q(owed__gt=0), name="accounts_that_owe")]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.owed} − {self.credit}"


class FeeQuerySet(models.QuerySet["Fee"]):
    def open(self) -> "FeeQuerySet":
        """Those of which something is still owed."""
        return self.filter(settled__lt=F("amount"))

    def settled(self) -> "FeeQuerySet":
        """Those of which nothing is owed any more."""
        return self.filter(settled=F("amount"))


class Fee(models.Model):
    """What a member was charged for one thing, in whole rupiah; an overdue fee grows until the item is back.

    ``settled`` is how much of ``amount`` was paid, waived, written off or corrected. ``once`` names the occasion ("overdue:loan:7:
    2026-11-20"), so that nobody is charged twice for it, however often a job runs. Loan and item are forgotten with the borrower.
    """

    class Kinds(models.TextChoices):
        OVERDUE = "overdue", _("Denda keterlambatan")
        REMINDER = "reminder", _("Biaya pengingat")
        LOST = "lost", _("Penggantian eksemplar hilang")
        PROCESSING = "processing", _("Biaya pengolahan")
        DAMAGED = "damaged", _("Kerusakan eksemplar")
        LENDING = "lending", _("Biaya pinjam")
        RENEWAL = "renewal", _("Biaya perpanjangan")
        CARD = "card", _("Kartu anggota")
        MEMBERSHIP = "membership", _("Iuran keanggotaan")
        HOLD = "hold", _("Pesanan yang tidak diambil")
        ARTICLE = "article", _("Salinan artikel atau bab")
        OTHER = "other", _("Lain-lain")

    account = models.ForeignKey(FeeAccount, on_delete=models.PROTECT, related_name="fees")
    kind = models.CharField(_("jenis"), max_length=12, choices=Kinds)
    amount = models.BigIntegerField(_("jumlah"))
    settled = models.BigIntegerField(_("sudah selesai"), default=0)
    loan = models.ForeignKey(Loan, on_delete=models.SET_NULL, null=True, related_name="fees", verbose_name=_("pinjaman"))
    item = models.ForeignKey(Item, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("eksemplar"))
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("cabang"))
    charged_at = models.DateTimeField(_("dikenakan"))
    note = models.CharField(_("keterangan"), max_length=200, blank=True)
    once = models.CharField(max_length=120, unique=True, null=True)

    objects = FeeQuerySet.as_manager()

    class Meta:
        verbose_name = _("biaya")
        ordering: ClassVar = ["charged_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_fee_is_more_than_nothing"),
            models.CheckConstraint(condition=Q(settled__gte=0), name="a_fee_is_not_settled_below_nothing"),
            models.CheckConstraint(condition=Q(settled__lte=F("amount")), name="a_fee_is_settled_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["account"], condition=Q(settled__lt=F("amount")), name="open_fees_of_account"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"

    @property
    def left(self) -> int:
        """What is still owed of it."""
        return self.amount - self.settled

    @property
    def is_open(self) -> bool:
        return self.settled < self.amount


class FeeEntry(models.Model):
    """One line of an account; lines are only ever added. Above nothing the member owes more, below nothing less.

    With ``fee`` it counts towards what is owed, without one towards the member's credit.
    """

    class Kinds(models.TextChoices):
        CHARGE = "charge", _("Dikenakan")
        PAYMENT = "payment", _("Pembayaran")
        CANCELLATION = "cancellation", _("Pembayaran dibatalkan")
        WAIVER = "waiver", _("Dibebaskan")
        WRITE_OFF = "write_off", _("Dihapusbukukan")
        CORRECTION = "correction", _("Koreksi")
        REVERSAL = "reversal", _("Ditarik kembali")
        CREDIT = "credit", _("Menjadi saldo anggota")
        PAY_OUT = "pay_out", _("Dikembalikan kepada anggota")

    account = models.ForeignKey(FeeAccount, on_delete=models.PROTECT, related_name="entries")
    fee = models.ForeignKey(Fee, on_delete=models.PROTECT, null=True, related_name="entries")
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, null=True, related_name="entries")
    kind = models.CharField(_("jenis"), max_length=12, choices=Kinds)
    amount = models.BigIntegerField(_("jumlah"))
    at = models.DateTimeField(_("waktu"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(_("alasan"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("baris rekening")
        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(amount=0), name="an_entry_moves_something"),
            models.CheckConstraint(
                condition=~Q(kind__in=["charge", "cancellation", "pay_out"]) | Q(amount__gt=0) | Q(fee=None),
                name="a_charge_adds_to_what_is_owed",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["waiver", "write_off", "correction", "reversal"]) | Q(amount__lt=0, fee__isnull=False),
                name="a_waiver_takes_from_what_is_owed",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["payment", "cancellation", "pay_out"]) | Q(payment__isnull=False),
                name="money_moves_with_its_payment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"

    @property
    def paid(self) -> int:
        """Of a payment: how much of it went to the fee."""
        return -self.amount


PAID = [FeeEntry.Kinds.PAYMENT, FeeEntry.Kinds.CANCELLATION, FeeEntry.Kinds.CREDIT]
"""The kinds of line that, on a fee, tell what was paid of it and not taken back."""
