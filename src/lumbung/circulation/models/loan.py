from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.catalogue.models import Item
from lumbung.circulation.models.handover_place import HandoverPlace
from lumbung.circulation.models.policy import LoanKinds, Policy
from lumbung.members.models import Member
from lumbung.organization.models import Branch
from lumbung.organization.queries import branch_of


class LoanQuerySet(models.QuerySet["Loan"]):
    def open(self) -> "LoanQuerySet":
        return self.filter(returned_at__isnull=True)

    def overdue(self, at: datetime) -> "LoanQuerySet":
        return self.running().filter(due_at__lt=at)

    def running(self) -> "LoanQuerySet":
        """Open ones whose clock runs: not reported lost, and not said to be back."""
        return self.open().filter(reported_lost_at=None, claimed_returned_at=None)

    def claimed(self) -> "LoanQuerySet":
        """Those whose members say that they brought the item back."""
        return self.open().filter(claimed_returned_at__isnull=False, reported_lost_at=None)


class Loan(models.Model):
    """An item in a member's hands; its member is forgotten when privacy asks.

    ``policy`` freezes what it was lent under: what of the terms (``Policy``) was not as usual, ``rule``, the key of the rule that said
    how long, and ``category``, the key of the member's category, which statistics need after the member is forgotten. ``channel`` is
    the door the request came in through. ``unseen_renewals`` are those in a
    row at which nobody saw it. From ``reported_lost_at`` on, and while the member says it was brought back
    (``claimed_returned_at``), the loan grows no older: fines and reminders stop. ``loss_withdrawn_at``: when it was last said to be
    found. ``was_replaced``: it ended with other copies or money in place of the lost one. ``backdate_reason`` says why the return was
    recorded as of an earlier day. ``place`` is where it was handed over when that was no branch: it is due on a day of its round.
    ``waive_reason`` is what staff wrote when they set a refusal aside; both reasons may name people, so they are forgotten with the
    member.
    """

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="loans", verbose_name=_("eksemplar"))
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="loans", verbose_name=_("anggota"))
    lent_at = models.DateTimeField(_("dipinjam"))
    lent_from = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="+", verbose_name=_("dipinjam dari"))
    lent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    due_at = models.DateTimeField(_("jatuh tempo"))
    returned_at = models.DateTimeField(_("dikembalikan"), null=True, blank=True)
    returned_to = models.ForeignKey(Branch, on_delete=models.PROTECT, null=True, related_name="+")
    renewal_count = models.PositiveSmallIntegerField(_("perpanjangan"), default=0)
    unseen_renewals = models.PositiveSmallIntegerField(_("perpanjangan tanpa bukunya diperlihatkan"), default=0)
    last_renewed_at = models.DateTimeField(_("terakhir diperpanjang"), null=True)
    channel = models.CharField(_("saluran"), max_length=20)
    policy = models.JSONField(default=dict)
    kind = models.CharField(_("cara meminjam"), max_length=10, choices=LoanKinds, default=LoanKinds.NORMAL)
    place = models.ForeignKey(
        HandoverPlace, on_delete=models.PROTECT, null=True, related_name="loans", verbose_name=_("diserahkan di")
    )
    reported_lost_at = models.DateTimeField(_("dilaporkan hilang"), null=True)
    loss_withdrawn_at = models.DateTimeField(_("laporan hilang dicabut"), null=True)
    was_replaced = models.BooleanField(_("diganti eksemplar lain"), default=False)
    claimed_returned_at = models.DateTimeField(_("dikatakan sudah kembali"), null=True)
    backdate_reason = models.TextField(_("alasan tanggal mundur"), blank=True, default="")
    waive_reason = models.TextField(_("alasan pengesampingan"), blank=True, default="")

    objects = LoanQuerySet.as_manager()

    class Meta:
        verbose_name = _("pinjaman")
        ordering: ClassVar = ["due_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["item"], condition=models.Q(returned_at__isnull=True), name="one_open_loan_per_item"
            ),
            models.CheckConstraint(condition=models.Q(due_at__gte=models.F("lent_at")), name="loan_is_due_after_it_began"),
            models.CheckConstraint(
                condition=models.Q(returned_at__isnull=True) | models.Q(returned_at__gte=models.F("lent_at")),
                name="loan_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=models.Q(returned_at__isnull=False) | models.Q(member__isnull=False),
                name="an_open_loan_has_a_member",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["member"], condition=models.Q(returned_at__isnull=True), name="open_loans_of_member"),
            models.Index(
                fields=["returned_at"],
                condition=models.Q(returned_at__isnull=False, member__isnull=False),
                name="returned_loans_with_a_member",
            ),
            models.Index(fields=["due_at"], condition=models.Q(returned_at__isnull=True), name="open_loans_by_due_date"),
            models.Index(
                fields=["claimed_returned_at"],
                condition=models.Q(returned_at__isnull=True, claimed_returned_at__isnull=False),
                name="loans_said_to_be_back",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} → {self.member_id}"

    @property
    def borrower(self) -> Member:
        """The member of a loan that is open. Raises ValueError once the member of a returned loan is forgotten."""
        if self.member is None:
            raise ValueError(f"the member of loan {self.pk} is forgotten")
        return self.member

    @property
    def terms(self) -> Policy:
        """The terms it was lent under."""
        return Policy.of(self.policy)

    def on_clock_of_branch(self, moment: datetime) -> datetime:
        """The moment by the clock of the branch that lent: so due dates are told, wherever they are read."""
        return moment.astimezone(branch_of(self.lent_from_id).zone)

    @property
    def due(self) -> datetime:
        """When it is due, on the clock of the branch that lent."""
        return self.on_clock_of_branch(self.due_at)

    @property
    def returned(self) -> datetime | None:
        """When it came back, on the clock of the branch it came to; None while it is out."""
        return self.returned_at and self.returned_at.astimezone(branch_of(self.returned_to_id or self.lent_from_id).zone)

    def rule_for(self, term: str) -> int | None:
        """The key of the rule that said this term when it was lent; None where none did, and it was as usual."""
        usual = self.policy.get("rule") if term in self.policy else None
        key: int | None = self.policy.get("rules", {}).get(term, usual)
        return key

    @property
    def stopped_at(self) -> datetime | None:
        """Since when it grows no older: it was reported lost, or the member says it was brought back. None while its clock runs."""
        return min(filter(None, (self.reported_lost_at, self.claimed_returned_at)), default=None)

    def is_overdue(self, at: datetime) -> bool:
        """Whether it should have come back before ``at``; one whose clock stands is not waited for."""
        return self.returned_at is None and self.stopped_at is None and self.due_at < at


class Renewal(models.Model):
    """A loan recorded again with a new due date; the old one is kept."""

    loan = models.ForeignKey(Loan, on_delete=models.CASCADE, related_name="renewals")
    renewed_at = models.DateTimeField(_("diperpanjang"))
    renewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    was_due_at = models.DateTimeField(_("jatuh tempo semula"))
    due_at = models.DateTimeField(_("jatuh tempo"))
    waive_reason = models.TextField(_("alasan pengesampingan"), blank=True, default="")

    class Meta:
        verbose_name = _("perpanjangan")
        ordering: ClassVar = ["renewed_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(due_at__gt=models.F("was_due_at")), name="renewal_moves_the_due_date_on"),
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


class DueDateMove(models.Model):
    """Many due dates moved at once, with the reason; each one moved is a ``DueDateShift``. It may be taken back."""

    reason = models.CharField(_("alasan"), max_length=200)
    moved_at = models.DateTimeField(_("dipindah"))
    moved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(_("dibatalkan"), null=True)

    class Meta:
        verbose_name = _("pemindahan jatuh tempo")
        ordering: ClassVar = ["-moved_at", "-id"]

    def __str__(self) -> str:
        return self.reason


class DueDateShift(models.Model):
    """One due date moved."""

    move = models.ForeignKey(DueDateMove, on_delete=models.CASCADE, related_name="shifts")
    loan = models.ForeignKey(Loan, on_delete=models.CASCADE, related_name="shifts")
    was_due_at = models.DateTimeField(_("jatuh tempo semula"))
    due_at = models.DateTimeField(_("jatuh tempo"))

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["move", "loan"], name="a_move_shifts_a_loan_once"),
        ]

    def __str__(self) -> str:
        return f"{self.loan_id}: {self.was_due_at:%Y-%m-%d} → {self.due_at:%Y-%m-%d}"
