"""Moving many due dates at once, as for an unforeseen closure: looked at first, kept, and taken back if need be."""

from datetime import date, datetime

from django.db import transaction

from lumbung.circulation.events import DueDatesMoved, DueDatesMovedBack
from lumbung.circulation.models import DueDateMove, DueDateShift, Loan
from lumbung.circulation.queries.due_dates import END_OF_DAY, due_between
from lumbung.circulation.refusals import MOVE_BACKWARDS, MOVE_UNDONE, NOTHING_TO_MOVE, REASON_MISSING
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Reason, Refused
from lumbung.organization.models import Branch
from lumbung.organization.queries import branch_of, next_open_day

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
    shifts = [(loan, due) for loan in loans if (due := _due_on(to, loan)) > loan.due_at]
    if not shifts and not reasons:
        reasons.append(NOTHING_TO_MOVE())
    if reasons:
        raise Refused(reasons)
    move = DueDateMove.objects.create(
        reason=reason.strip()[:200], moved_at=clock.now(), moved_by_id=by.pk if by is not None else None
    )
    DueDateShift.objects.bulk_create(
        [DueDateShift(move=move, loan=loan, was_due_at=loan.due_at, due_at=due) for loan, due in shifts], batch_size=BATCH
    )
    for loan, due in shifts:
        loan.due_at = due
    Loan.objects.bulk_update([loan for loan, _ in shifts], ["due_at"], batch_size=BATCH)
    events.record(DueDatesMoved(move=move.pk, count=len(shifts)), by=by)
    return move


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


def _due_on(day: date, loan: Loan) -> datetime:
    at = branch_of(loan.lent_from_id)
    return datetime.combine(next_open_day(at, day), END_OF_DAY, at.zone)
