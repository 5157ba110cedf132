"""Taking a whole weeding back."""

from django.db import transaction
from django.db.models import QuerySet

from lumbung.catalogue.domain.items import set_status
from lumbung.catalogue.domain.record_selection import stretched
from lumbung.catalogue.domain.records import set_suppressed
from lumbung.catalogue.domain.withdrawals.proposing import AT_ONCE, locked
from lumbung.catalogue.events_of_many import WithdrawalUndone
from lumbung.catalogue.models import Item, Record, Withdrawal, WithdrawalLine
from lumbung.catalogue.refusals import WITHDRAWAL_NOT_APPROVED
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Refused

States, Statuses = Withdrawal.States, Item.Statuses
STRETCH = 100


@transaction.atomic
def undo_withdrawal(withdrawal: Withdrawal, *, by: events.Actor | None) -> Withdrawal:
    """Give the copies their status back, and show the titles that were hidden; what was changed since stays. Many are left to
    ``take_back_withdrawal``. Refuses to do so twice."""
    current = locked(withdrawal)
    if current.state != States.APPROVED:
        raise Refused(WITHDRAWAL_NOT_APPROVED(state=current.get_state_display()))
    current.state, current.reached, current.done, current.expected = States.UNDOING, 0, 0, _gone(current).count()
    current.save(update_fields=["state", "reached", "done", "expected"])
    return take_back_withdrawal(current, by=by) if current.expected <= AT_ONCE else current


def take_back_withdrawal(withdrawal: Withdrawal, *, by: events.Actor | None) -> Withdrawal:
    """Carry out the undoing; asked again, it goes on where it was."""
    while _give_back(withdrawal, by):
        pass
    for keys in stretched(iter(withdrawal.hidden), STRETCH):
        _show_again(keys, by)
    _end(withdrawal, by)
    withdrawal.refresh_from_db()
    return withdrawal


@transaction.atomic
def _give_back(withdrawal: Withdrawal, by: events.Actor | None) -> bool:
    """Give the next copies their status back. False when none are left."""
    current = locked(withdrawal)
    lines = list(_gone(current).filter(pk__gt=current.reached).select_related("item").order_by("pk")[:STRETCH])
    if current.state != States.UNDOING or not lines:
        return False
    for line in lines:
        if line.item is not None:
            set_status(line.item, line.was, because=Item.Causes.WITHDRAWAL_UNDONE, why=current.number, by=by)
    current.reached, current.done = lines[-1].pk, current.done + len(lines)
    current.save(update_fields=["reached", "done"])
    return True


@transaction.atomic
def _show_again(keys: list[int], by: events.Actor | None) -> None:
    for record in Record.objects.filter(pk__in=keys, suppressed=True):
        set_suppressed(record, False, by=by)


@transaction.atomic
def _end(withdrawal: Withdrawal, by: events.Actor | None) -> None:
    current = locked(withdrawal)
    if current.state == States.UNDOING:
        current.state, current.undone_at = States.UNDONE, clock.now()
        current.save(update_fields=["state", "undone_at"])
        events.record(WithdrawalUndone(withdrawal=current.pk, items=current.done), by=by)


def _gone(withdrawal: Withdrawal) -> QuerySet[WithdrawalLine]:
    """The lines whose copy went and is still away."""
    return withdrawal.lines.exclude(was="").filter(item__status=Statuses.WITHDRAWN)
