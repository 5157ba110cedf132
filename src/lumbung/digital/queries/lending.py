"""Lent files: who may borrow, what stands against it, and when those who wait may hope to read."""

import heapq
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format

from lumbung.digital.models import EHold, ELoan, File, Lending
from lumbung.digital.queries.access import Asker, is_lent
from lumbung.digital.queries.conditions import terms
from lumbung.digital.refusals import (
    ALL_LENT,
    ALREADY_BORROWED,
    ALREADY_WAITING,
    APPS_READ_EPUB,
    E_LOAN_LIMIT_REACHED,
    FREE_NOW,
    LENDING_CLOSED,
    MEMBERSHIP_BLOCKED,
    MEMBERSHIP_ENDED,
    NUMBER_OUT_OF_RANGE,
    OTHERS_WAIT,
    RENEWED_OFTEN_ENOUGH,
)
from lumbung.kernel import clock
from lumbung.kernel.refusals import Reason
from lumbung.members.domain.on_loan import Lent, lent_elsewhere
from lumbung.members.models import Member
from lumbung.organization.queries import library

if TYPE_CHECKING:
    from collections.abc import Iterable

PART = "digital"
ENOUGH_TO_JUDGE = 3
LATEST_JUDGED = 50
RANGES = {
    "owned": (1, 1000),
    "per_owned": (1, 1000),
    "days": (1, 366),
    "renewals": (0, 50),
    "offer_days": (1, 60),
    "app_copies": (0, 10_000_000),
    "app_prints": (0, 100_000),
}
EPUB = "application/epub+zip"
LAST_MINUTE = time(23, 59, 59)


@dataclass(frozen=True)
class Estimate:
    """When a place may come to somebody who waits: ``likely`` as readers of this book usually read, ``latest`` if everybody takes all the
    time they have and nobody renews."""

    position: int
    likely: date
    latest: date
    is_judged: bool


@dataclass(frozen=True)
class LendingState:
    """How a lent file stands, for one member or for a stranger (None). ``position`` is the member's place among those who wait, or 0."""

    lending: Lending
    taken: int
    waiting: int
    loan: ELoan | None
    hold: EHold | None
    estimate: Estimate | None
    position: int = 0

    @property
    def free(self) -> int:
        return max(0, self.lending.at_once - self.taken)

    @property
    def is_lent_to_them(self) -> bool:
        return self.loan is not None and not self.loan.is_offer


def lending_state(file: File, member: Member | None) -> LendingState | None:
    """How the file stands at this moment; None when it is not lent. What is over and not yet ended counts as over."""
    lending = Lending.objects.filter(file=file).first()
    if lending is None:
        return None
    now = clock.now()
    loans = list(ELoan.objects.open().filter(lending=lending, until__gt=now))
    holds = list(EHold.objects.waiting().filter(lending=lending))
    state = _state(lending, loans, holds, member)
    at = state.position
    needs_estimate = state.loan is None and (at > 0 or len(loans) >= lending.at_once or bool(holds))
    return replace(state, estimate=_estimate(lending, loans, at or len(holds) + 1, now)) if needs_estimate else state


def lending_states(files: Collection[File], member: Member | None) -> dict[int, LendingState]:
    """How each lent one of these files stands, by its key, without estimates: two statements for any number of them."""
    lendings = {file.lending.pk: file.lending for file in files if is_lent(file)}
    if not lendings:
        return {}
    loans: dict[int, list[ELoan]] = {key: [] for key in lendings}
    holds: dict[int, list[EHold]] = {key: [] for key in lendings}
    for loan in ELoan.objects.open().filter(lending__in=lendings, until__gt=clock.now()):
        loans[loan.lending_id].append(loan)
    for hold in EHold.objects.waiting().filter(lending__in=lendings):
        holds[hold.lending_id].append(hold)
    return {each.file_id: _state(each, loans[key], holds[key], member) for key, each in lendings.items()}


def _state(lending: Lending, loans: Sequence[ELoan], holds: Sequence[EHold], member: Member | None) -> LendingState:
    own = None if member is None else member.pk
    mine = next((loan for loan in loans if loan.member_id == own), None) if own else None
    at = next((place for place, hold in enumerate(holds, 1) if hold.member_id == own), 0) if own else 0
    return LendingState(lending, len(loans), len(holds), mine, holds[at - 1] if at else None, None, at)


def open_loan(lending: Lending, member: Member, now: datetime) -> ELoan | None:
    """The member's loan by which they may read now."""
    return ELoan.objects.readable(now).filter(lending=lending, member=member).first()


def open_e_loans(member: Member) -> QuerySet[ELoan]:
    """What the member may read now and what is kept for them, the first to end first."""
    current = ELoan.objects.open().filter(member=member, until__gt=clock.now())
    return (
        current.select_related("lending__file__record")
        .defer("lending__file__record__marc", "lending__file__record__findable")
        .order_by("until", "pk")
    )


def titles_lent(member: Member) -> list[Lent]:
    """The books the member may read now by a loan of theirs."""
    lent = open_e_loans(member).filter(is_offer=False)
    return [
        Lent(each.lending.file.record.title_told, each.due, reverse("digital:read", args=[each.lending.file_id]))
        for each in lent
    ]


def open_e_holds(member: Member) -> list[tuple[EHold, Estimate]]:
    """What the member waits for, with the estimate of each."""
    holds = EHold.objects.waiting().filter(member=member).select_related("lending__file__record")
    found = []
    for hold in holds.defer("lending__file__record__marc", "lending__file__record__findable"):
        state = lending_state(hold.lending.file, member)
        if state is not None and state.estimate is not None:
            found.append((hold, state.estimate))
    return found


def reading_until(file: File, asker: Asker) -> datetime | None:
    """Until when the asker may read the file by a loan of theirs; None where no loan limits it."""
    if asker.member is None or file.pk not in asker.borrowed:
        return None
    found = ELoan.objects.readable(clock.now()).filter(member=asker.member, lending__file=file)
    return found.values_list("until", flat=True).first()


def loans_among(lendings: Collection[int]) -> dict[int, list[ELoan]]:
    """What is lent or kept for somebody now, by the key of how it is lent; the first to end first."""
    found: dict[int, list[ELoan]] = {}
    for loan in ELoan.objects.open().filter(lending__in=lendings).select_related("member"):
        found.setdefault(loan.lending_id, []).append(loan)
    return found


def count_shared(member: Member) -> int:
    """How many e-loans count against limits of others: all where the library shares the limit with print, else none."""
    return count_e_loans(member) if terms().shares_print_limit else 0


def counts_shared() -> Counter[int]:
    """The same for everybody who has any, by the key of the member."""
    return Counter(_had().order_by().values_list("member", flat=True)) if terms().shares_print_limit else Counter()


def blocks_to_borrow(lending: Lending, member: Member, now: datetime) -> list[Reason]:
    """Every reason not to lend the file to the member now."""
    mine = ELoan.objects.open().filter(lending=lending, member=member).first()
    reasons = _blocks_of_member(lending, member, counting=mine is None)
    if mine is not None:
        return reasons if mine.is_offer else [ALREADY_BORROWED(), *reasons]
    taken = ELoan.objects.open().filter(lending=lending).count()
    waiting = EHold.objects.waiting().filter(lending=lending).exclude(member=member).count()
    if taken >= lending.at_once:
        reasons.append(ALL_LENT())
    elif waiting:
        reasons.append(OTHERS_WAIT(count=waiting))
    return reasons


def blocks_to_wait(lending: Lending, member: Member, now: datetime) -> list[Reason]:
    """Every reason not to put the member on the waiting list."""
    reasons = _blocks_of_member(lending, member, counting=False)
    if ELoan.objects.open().filter(lending=lending, member=member).exists():
        reasons.append(ALREADY_BORROWED())
    waiting = EHold.objects.waiting().filter(lending=lending)
    if waiting.filter(member=member).exists():
        reasons.append(ALREADY_WAITING())
    elif not waiting.exists() and ELoan.objects.open().filter(lending=lending).count() < lending.at_once:
        reasons.append(FREE_NOW())
    return reasons


def blocks_to_renew(lending: Lending, loan: ELoan) -> list[Reason]:
    """Every reason not to lengthen the loan."""
    reasons = [] if lending.is_open else [LENDING_CLOSED()]
    if loan.renewals >= lending.renewals:
        reasons.append(RENEWED_OFTEN_ENOUGH(most=lending.renewals))
    if waiting := EHold.objects.waiting().filter(lending=lending).count():
        reasons.append(OTHERS_WAIT(count=waiting))
    return reasons


def terms_faults(row: Lending) -> list[Reason]:
    """What is out of range in how a file is lent."""
    faults = [
        NUMBER_OUT_OF_RANGE(what=row._meta.get_field(name).verbose_name, least=least, most=most)  # type: ignore[union-attr]
        for name, (least, most) in RANGES.items()
        if not least <= (getattr(row, name) or 0) <= most
    ]
    return [*faults, APPS_READ_EPUB()] if row.in_apps and row.file.media_type != EPUB else faults


def renewed_until(lending: Lending, loan: ELoan, now: datetime) -> datetime:
    """Until when a renewal would let the loan last."""
    return max(loan.until, end_of_day(now, lending.days))


def end_of_day(now: datetime, days: int) -> datetime:
    """The last minute of the day so many days from now, by the library's clock."""
    zone = ZoneInfo(library().time_zone)
    return datetime.combine(now.astimezone(zone).date() + timedelta(days=days), LAST_MINUTE, zone)


def _blocks_of_member(lending: Lending, member: Member, *, counting: bool) -> list[Reason]:
    reasons = [] if lending.is_open else [LENDING_CLOSED()]
    today = clock.today(ZoneInfo(library().time_zone))
    if not member.is_current(today):
        reasons.append(MEMBERSHIP_ENDED(day=date_format(member.expires_on, "j F Y")))
    if because := member.block_on(today):
        reasons.append(MEMBERSHIP_BLOCKED(because=because))
    limit = terms().e_loans_at_once
    shared = lent_elsewhere(member, but=PART) if terms().shares_print_limit else 0
    if counting and count_e_loans(member) + shared >= limit:
        reasons.append(E_LOAN_LIMIT_REACHED(limit=limit))
    return reasons


def count_e_loans(member: Member) -> int:
    """How many files the member has, or are kept for them."""
    return _had().filter(member=member).count()


def _had() -> "QuerySet[ELoan]":
    return ELoan.objects.open().filter(until__gt=clock.now())


def _estimate(lending: Lending, loans: Sequence[ELoan], position: int, now: datetime) -> Estimate:
    """Places become free one after the other; everybody before takes one, for as long as readers of this book usually do."""
    usual, is_judged = _usual_length(lending)
    whole, turn = timedelta(days=lending.days), timedelta(days=lending.offer_days)
    likely = [min(loan.until, max(now, loan.lent_at + usual)) if not loan.is_offer else now + usual for loan in loans]
    latest = [loan.until + whole if loan.is_offer else loan.until for loan in loans]
    zone = ZoneInfo(library().time_zone)
    soon = _turn_of(position, likely, lending.at_once, usual, now).astimezone(zone).date()
    late = _turn_of(position, latest, lending.at_once, whole + turn, now).astimezone(zone).date()
    return Estimate(position, soon, max(soon, late), is_judged)


def _turn_of(position: int, ends: "Iterable[datetime]", places: int, length: timedelta, now: datetime) -> datetime:
    free = sorted(ends)[-places:]
    free += [now] * (places - len(free))
    heapq.heapify(free)
    for _ in range(position - 1):
        heapq.heapreplace(free, free[0] + length)
    return free[0]


def _usual_length(lending: Lending) -> tuple[timedelta, bool]:
    """How long readers keep this book, of its latest loans; the whole period where too few are known."""
    ended = ELoan.objects.filter(lending=lending, end__in=[ELoan.Ends.RETURNED, ELoan.Ends.EXPIRED], is_offer=False)
    spans = [
        (end - begin).total_seconds()
        for begin, end in ended.order_by("-ended_at").values_list("lent_at", "ended_at")[:LATEST_JUDGED]
        if end
    ]
    if len(spans) < ENOUGH_TO_JUDGE:
        return timedelta(days=lending.days), False
    return timedelta(seconds=median(spans)), True


def lendings() -> QuerySet[Lending]:
    """Every file that is lent, with how many have it and wait, for staff."""
    return (
        Lending.objects.select_related("file__record")
        .defer("file__record__marc", "file__record__findable")
        .annotate(
            taken=Count("loans", filter=Q(loans__ended_at__isnull=True), distinct=True),
            waiting=Count("holds", filter=Q(holds__closed_at__isnull=True), distinct=True),
        )
        .order_by("file__record__title", "pk")
    )
