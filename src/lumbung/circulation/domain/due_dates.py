"""Moving many due dates at once, as for an unforeseen closure: looked at first, kept, and taken back if need be."""

from collections.abc import Sequence
from datetime import date, datetime, time

from django.db import transaction
from django.utils.translation import gettext

from lumbung.circulation.events import DueDatesFollowedVisits, DueDatesMoved, DueDatesMovedBack
from lumbung.circulation.models import DueDateMove, DueDateShift, HandoverPlace, Loan
from lumbung.circulation.queries.due_dates import END_OF_DAY, due_at_next_visit, due_between, due_on, due_on_closed_days
from lumbung.circulation.refusals import MOVE_BACKWARDS, MOVE_UNDONE, NOTHING_TO_MOVE, PROPOSAL_CHANGED, REASON_MISSING
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Reason, Refused
from lumbung.organization.models import Branch
from lumbung.organization.queries import branch_of

BATCH = 500


@transaction.atomic
def move_due_dates(
    *, first_day: date, last_day: date, to: date, reason: str, by: events.Actor | None, branch: Branch | None = None
) -> DueDateMove:
    """Let everything that is due from ``first_day`` to ``last_day`` (at ``branch``, or anywhere) be due on ``to`` instead.

    ``to`` is moved on to the next day the branch is open. Nothing becomes due earlier. Refuses without a reason, days in the wrong order,
    and when nothing is due then. ``queries.due_between`` shows beforehand what it would move.
    """
    reasons: list[Reason] = []
    if not reason.strip():
        reasons.append(REASON_MISSING())
    if last_day < first_day or to <= first_day:
        reasons.append(MOVE_BACKWARDS())
    loans = list(due_between(first_day, last_day, branch).select_for_update(of=("self",), no_key=True).order_by("pk"))
    shifts = [(loan, due) for loan in loans if (due := due_on(to, loan)) > loan.due_at]
    if not shifts and not reasons:
        reasons.append(NOTHING_TO_MOVE())
    if reasons:
        raise Refused(reasons)
    return _moved(shifts, reason, by)


@transaction.atomic
def move_off_closed_days(*, looked_at: int, by: events.Actor | None, branch: Branch | None = None) -> DueDateMove:
    """Let every loan that falls due on a day its branch is closed, at ``branch`` or anywhere, be due on the next open day.

    ``looked_at`` is how many ``queries.due_on_closed_days`` showed. Refuses when there are none, and when there are more or fewer by now.
    Each move keeps what was before, for ``move_back``.
    """
    keys = [each.loan.pk for each in due_on_closed_days(branch)]
    list(Loan.objects.open().select_for_update(of=("self",), no_key=True).filter(pk__in=keys).order_by("pk"))
    proposed = due_on_closed_days(branch)
    if not proposed:
        raise Refused(NOTHING_TO_MOVE())
    if len(proposed) != looked_at:
        raise Refused(PROPOSAL_CHANGED(count=len(proposed)))
    because = sorted({each.reason for each in proposed if each.reason})
    reason = ", ".join(because) or gettext("Jatuh pada hari tutup")
    return _moved([(each.loan, each.due_at) for each in proposed], reason, by)


@transaction.atomic
def move_to_next_visits(place: HandoverPlace, *, by: events.Actor | None, since: date | None = None) -> int:
    """Let what was handed over at the place and is due on a day without a visit, today or later, or from ``since`` on, be due at the
    next; how many. Kept as any move; a reaction writes to the members."""
    first = since or clock.today(place.branch.zone)
    due_from = datetime.combine(first, time(), place.branch.zone)
    lent = Loan.objects.open().filter(place=place, due_at__gte=due_from).select_related("member", "recall")
    loans = lent.select_for_update(of=("self",), no_key=True).order_by("pk")
    shifts = [(loan, due) for loan in loans if (due := due_at_next_visit(loan, since=first)) is not None]
    if shifts:
        move = begin_move(gettext("Kunjungan ke %(place)s tidak jadi") % {"place": place.name}, by)
        _shift(move, shifts)
        events.record(DueDatesFollowedVisits(move=move.pk, handover_place=place.pk, count=len(shifts)), by=by)
    return len(shifts)


def begin_move(reason: str, by: events.Actor | None) -> DueDateMove:
    """A move of which the loans follow a stretch at a time, by ``move_more``."""
    actor = by.pk if by is not None else None
    return DueDateMove.objects.create(reason=reason.strip()[:200], moved_at=clock.now(), moved_by_id=actor)


def move_more(
    move: DueDateMove, *, first_day: date, last_day: date, to: date, most: int, by: events.Actor | None, branch: Branch | None
) -> int:
    """Move at most so many of the loans due on these days, as ``move_due_dates`` does; how many. 0: there are no more. In a transaction."""
    there = DueDateShift.objects.filter(move=move).values("loan")
    waiting = due_between(first_day, last_day, branch).exclude(pk__in=there).order_by("pk")
    loans = waiting.select_for_update(of=("self",), no_key=True)[:most]
    shifts = [(loan, due_on(to, loan)) for loan in loans]
    _shift(move, shifts)
    if not shifts:
        events.record(DueDatesMoved(move=move.pk, count=move.shifts.count()), by=by)
    return len(shifts)


def _moved(shifts: Sequence[tuple[Loan, datetime]], reason: str, by: events.Actor | None) -> DueDateMove:
    move = begin_move(reason, by)
    _shift(move, shifts)
    events.record(DueDatesMoved(move=move.pk, count=len(shifts)), by=by)
    return move


def _shift(move: DueDateMove, shifts: Sequence[tuple[Loan, datetime]]) -> None:
    DueDateShift.objects.bulk_create(
        [DueDateShift(move=move, loan=loan, was_due_at=loan.due_at, due_at=due) for loan, due in shifts], batch_size=BATCH
    )
    for loan, due in shifts:
        loan.due_at = due
    Loan.objects.bulk_update([loan for loan, _ in shifts], ["due_at"], batch_size=BATCH)


@transaction.atomic
def move_back(move: DueDateMove, *, by: events.Actor | None) -> int:
    """Take a move back: what is still lent and due as the move said is due as before, yet not before the end of today. Returns how many."""
    move = DueDateMove.objects.select_for_update(of=("self",)).get(pk=move.pk)
    if move.undone_at is not None:
        raise Refused(MOVE_UNDONE())
    shifts = {shift.loan_id: shift for shift in move.shifts.all()}
    loans = list(Loan.objects.open().select_for_update(of=("self",), no_key=True).filter(shifts__move=move).order_by("pk"))
    changed = [loan for loan in loans if loan.due_at == shifts[loan.pk].due_at]
    for loan in changed:
        zone = branch_of(loan.lent_from_id).zone
        today = datetime.combine(clock.today(zone), END_OF_DAY, zone)
        loan.due_at = min(loan.due_at, max(shifts[loan.pk].was_due_at, today))
    Loan.objects.bulk_update(changed, ["due_at"], batch_size=BATCH)
    move.undone_at = clock.now()
    move.save(update_fields=["undone_at"])
    events.record(DueDatesMovedBack(move=move.pk, count=len(changed)), by=by)
    return len(changed)
