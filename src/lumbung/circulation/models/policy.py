"""The terms under which something is lent: what the rules that fit say together, frozen on the loan when it is made."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class LoanKinds(models.TextChoices):
    """How something is lent: taken home, read in the library, for some hours, or sent to the member."""

    NORMAL = "normal", _("Dibawa pulang")
    ON_SITE = "on_site", _("Baca di tempat")
    HOURLY = "hourly", _("Jam-jaman (tandon)")
    DELIVERY = "delivery", _("Diantar")


class ClosedDays(models.TextChoices):
    """What closed days do to a due date."""

    FORWARD = "forward", _("Digeser ke hari buka berikutnya")
    BACK = "back", _("Digeser ke hari buka sebelumnya")
    SKIP = "skip", _("Hanya hari buka yang dihitung")
    IGNORE = "ignore", _("Tidak digeser")


class ReturnTo(models.TextChoices):
    """Where a copy goes that came back and that nobody waits for: as the branch it belongs to has it."""

    HOME = "home", _("Pulang ke cabang pemiliknya")
    LENDER = "lender", _("Kembali ke cabang yang meminjamkannya")
    STAYS = "stays", _("Tinggal di cabang tempat dikembalikan")


class HoldFrom(models.TextChoices):
    """Whose members may wait for a copy of a branch."""

    ANY = "any", _("Anggota cabang mana pun")
    OWN = "own", _("Hanya anggota cabang pemiliknya")
    GROUP = "group", _("Anggota cabang pemiliknya dan cabang seinduk")


class PickupAt(models.TextChoices):
    """Where a copy that somebody waits for may be fetched."""

    ANY = "any", _("Di cabang mana pun")
    HOME = "home", _("Hanya di cabang pemiliknya")
    HOLDING = "holding", _("Hanya di cabang tempat eksemplarnya berada")
    GROUP = "group", _("Di cabang pemiliknya dan cabang seinduk")


class HoldOf(models.TextChoices):
    """What members may wait for; staff and machines choose a copy whatever is said here."""

    TITLE = "title", _("Judulnya")
    EITHER = "either", _("Judulnya, atau satu eksemplar bila dipilih")
    COPY = "copy", _("Hanya eksemplar yang dipilih")


class WaitingCounted(models.TextChoices):
    """How those who wait for a title are counted, for rules about what is in demand."""

    TITLE = "title", _("pesanan pada judulnya")
    BEYOND = "beyond", _("pesanan melebihi jumlah eksemplarnya")
    COPY = "copy", _("pesanan untuk tiap eksemplar")
    FREE = "free", _("pesanan untuk tiap eksemplar di rak")


class ArticleScope(models.TextChoices):
    """Whether a copy of an article or a chapter may be asked for, and of what."""

    NO = "no", _("Tidak")
    YES = "yes", _("Ya")
    ITEM = "item", _("Ya, dengan menyebut jilid atau eksemplarnya")
    TITLE = "title", _("Ya, tanpa memilih eksemplar")


class FinePer(models.TextChoices):
    DAY = "day", _("per hari")
    HOUR = "hour", _("per jam")
    WEEK = "week", _("per minggu")
    ONCE = "once", _("sekali per eksemplar")


class DueBy(models.TextChoices):
    """What a day that a rule names does to a due date."""

    LATEST = "latest", _("paling lambat tanggal itu")
    EXACTLY = "exactly", _("tepat pada tanggal itu")
    EARLIEST = "earliest", _("tidak sebelum tanggal itu")


class GivesBack(models.TextChoices):
    """What a loss cost and comes back to the member when the item does."""

    ALL = "all", _("kembali seluruhnya")
    UNPAID = "unpaid", _("yang belum dibayar dihapus, yang sudah dibayar tidak kembali")
    NOTHING = "nothing", _("tidak kembali")


class LossReturns(models.TextChoices):
    """What the price of a lost item does when the item comes back; ``FINE``: it comes back, and the time it was lost counts as late."""

    ALL = "all", _("kembali seluruhnya")
    FINE = "fine", _("kembali seluruhnya, tetapi denda dihitung sampai buku kembali")
    UNPAID = "unpaid", _("yang belum dibayar dihapus, yang sudah dibayar tidak kembali")
    NOTHING = "nothing", _("tidak kembali")


NOT_OF_LOANS = frozenset(
    (
        "may_borrow", "loan_limit", "hold_limit", "holds_per_day", "holds_per_record", "hold_days", "hold_on_shelf", "owed_limit",
        "overdue_limit", "return_to", "hold_from", "pickup_at", "hold_of", "guarded_days", "unfetched_fee", "cancel_ready",
        "recall_limit", "recalls_per_record", "recall_on_shelf", "recall_shelf_days", "article_scope",
        "article_limit", "article_fee", "booking_limit", "booking_days", "booking_ahead_days", "booking_lead_days", "booking_trail_days",
    )
)  # fmt: skip
"""What is asked before something is lent, or of the copy whoever had it, and is not kept with the loan."""


@dataclass(frozen=True)
class Policy:
    """Terms of lending. Amounts are whole rupiah; None means that there is none (no limit, no cap).

    ``loan_hours`` goes before ``loan_days``. ``fine_steps`` are pairs (from this chargeable day on, so much a day) and go before
    ``fine``, which is for every ``fine_every`` days, hours or weeks: as each begins, or (``fine_at_end``) as it is over. ``lost_percent``
    of the price is charged for a lost item, of ``lost_price`` where it has none; one that is ``lost_after_days`` overdue counts as lost.
    ``due_by_how`` says what ``due_by`` does. ``unseen_limit`` is how often in a row it may be renewed without the library seeing it. By
    itself it is renewed from ``auto_renew_from_days`` before it is due, until it was lent for
    ``auto_renew_for_days`` and until ``auto_renew_until``. A suspension is ``suspension_days`` for every ``suspension_every`` days late.
    A copy not older than ``guarded_days`` is for members of its own branch, and for those who fetch it there. ``recall_fine`` goes before
    ``fine`` and ``fine_steps`` while what was asked back is late.
    What is booked for days to come is kept free ``booking_lead_days`` open days before and ``booking_trail_days`` after; a
    ``booking_limit`` of 0, as it is without a rule, says that nothing is booked.
    """

    may_borrow: bool = True
    loan_days: int | None = None
    loan_hours: int | None = None
    closed_days: str = ClosedDays.FORWARD
    due_by: date | None = None
    due_by_how: str = DueBy.LATEST
    beyond_expiry: bool = False
    loan_limit: int | None = None
    loan_fee: int = 0
    loan_fee_discount: int = 0
    note: str = ""
    renewal_limit: int = 0
    renewal_days: int | None = None
    renew_from_days: int | None = None
    renew_from_due: bool = False
    renewal_gap_days: int | None = None
    unseen_limit: int | None = None
    renewal_fee: int = 0
    renewal_forgives: bool = False
    auto_renew: bool = False
    auto_renew_from_days: int = 0
    auto_renew_for_days: int | None = None
    auto_renew_until: date | None = None
    renew_overdue: bool = False
    renewal_total_days: int | None = None
    return_to: str = ReturnTo.HOME
    hold_limit: int = 3
    holds_per_day: int | None = None
    holds_per_record: int | None = None
    hold_days: int = 3
    hold_on_shelf: bool = True
    hold_from: str = HoldFrom.ANY
    pickup_at: str = PickupAt.ANY
    hold_of: str = HoldOf.TITLE
    guarded_days: int | None = None
    unfetched_fee: int = 0
    cancel_ready: bool = True
    recall_limit: int = 0
    recalls_per_record: int | None = None
    recall_on_shelf: bool = False
    recall_days: int | None = None
    recall_kept_days: int | None = None
    recall_fine: int | None = None
    recall_shelf_days: int | None = None
    article_scope: str = ArticleScope.NO
    article_limit: int | None = None
    article_fee: int = 0
    booking_limit: int = 0
    booking_days: int | None = None
    booking_ahead_days: int = 90
    booking_lead_days: int = 0
    booking_trail_days: int = 0
    owed_limit: int | None = None
    overdue_limit: int = 0
    fine: int = 0
    fine_per: str = FinePer.DAY
    fine_every: int = 1
    fine_at_end: bool = False
    fine_steps: tuple[tuple[int, int], ...] = ()
    reminder_fees: tuple[tuple[int, int], ...] = ()
    grace_days: int = 0
    grace_deducts: bool = False
    fine_cap: int | None = None
    cap_at_price: bool = False
    count_closed_days: bool = True
    suspension_days: int = 0
    suspension_every: int = 1
    suspension_cap: int | None = None
    lost_after_days: int | None = None
    lost_percent: int = 100
    lost_price: int = 0
    lost_copies: int = 1
    processing_fee: int = 0
    refund_days: int = 30
    lost_return: str = LossReturns.ALL
    processing_return: str = GivesBack.ALL

    @property
    def has_a_period(self) -> bool:
        fixed = self.due_by is not None and self.due_by_how == DueBy.EXACTLY
        return fixed or self.loan_days is not None or self.loan_hours is not None

    @property
    def last_day(self) -> date | None:
        """The day beyond which nothing is lent."""
        return None if self.due_by_how == DueBy.EARLIEST else self.due_by

    @property
    def price_of_lending(self) -> int:
        """What borrowing costs, the discount taken off."""
        return self.loan_fee * (100 - self.loan_fee_discount) // 100

    def price_of_reminder(self, number: int) -> int:
        """What the how-manieth reminder costs."""
        return next((amount for since, amount in reversed(self.reminder_fees) if since <= number), 0)

    def lasting(self, days: int) -> "Policy":
        """The same terms for so many days."""
        return replace(self, loan_days=days, loan_hours=None)

    def frozen(self) -> dict[str, Any]:
        """What of it matters once the loan is made and is not as usual, as plain values for ``Loan.policy``."""
        kept = {}
        for each in fields(self):
            value = getattr(self, each.name)
            if each.name in NOT_OF_LOANS:
                continue
            if value != each.default or each.name in {"loan_days", "renewal_limit"}:
                kept[each.name] = value.isoformat() if isinstance(value, date) else value
        return kept

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Policy":
        """The policy that ``frozen`` put away; what it does not know is left aside."""
        known = {each.name: kept[each.name] for each in fields(cls) if each.name in kept}
        for name in DAYS:
            if isinstance(known.get(name), str):
                known[name] = date.fromisoformat(known[name])
        for name in STEPS:
            if name in known:
                known[name] = as_steps(known[name])
        return cls(**known)


def as_steps(kept: Iterable[Iterable[Any]]) -> tuple[tuple[int, int], ...]:
    """Steps as they were kept: from the how-manieth on, how much."""
    return tuple((int(since), int(amount)) for since, amount in kept)


VALUES = tuple(each.name for each in fields(Policy))
DAYS = ("due_by", "auto_renew_until")
"""Values that are days."""
STEPS = ("fine_steps", "reminder_fees")
"""Values that are pairs: from the how-manieth day or reminder on, how much."""
QUALIFIERS: Mapping[str, tuple[str, ...]] = {
    "fine_per": ("fine", "fine_steps"),
    "fine_every": ("fine",),
    "fine_at_end": ("fine",),
    "due_by_how": ("due_by",),
    "suspension_every": ("suspension_days",),
}
"""Values that say something only beside one of these."""
TOGETHER = {
    "loan_hours": "loan_days",
    "fine_steps": "fine",
    "fine_per": "fine",
    "fine_every": "fine",
    "fine_at_end": "fine",
    "due_by_how": "due_by",
    "suspension_every": "suspension_days",
}
"""Values that are said as one: a rule that says hours says nothing of the days another rule says."""
