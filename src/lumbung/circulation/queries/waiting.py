"""How long somebody will wait: reckoned from the copies, when each is due, and those who are before in the queue."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from lumbung.catalogue.models import Item
from lumbung.circulation.models import Hold, Loan, Urgency
from lumbung.circulation.queries.holds import GONE
from lumbung.kernel import clock
from lumbung.kernel.remembered import remembered
from lumbung.organization.queries import branch_of

USUAL_LOAN = timedelta(days=7)
"""How long whoever is before keeps a copy, where no loan of the title tells."""
USUAL_WAY = timedelta(days=2)
"""How long a copy waits on the pick-up shelf until it is fetched."""


@remembered()
def urgency() -> Urgency:
    """What the library does when many wait; the defaults where nothing was set."""
    return Urgency.objects.first() or Urgency()


def expected_on(hold: Hold) -> date | None:
    """About when a copy will be there for a hold that waits, in its pick-up branch; None when no copy can be told of, or it is suspended.

    Each copy is given, when it is free, to the next in the queue, who keeps it as long as the copies on loan now are kept; a copy that
    is overdue is reckoned with as if it came back tomorrow.
    """
    now = clock.now()
    items = list(Item.objects.filter(record=hold.record_id, item_type__lendable=True).exclude(status__in=GONE))
    loans = {loan.item_id: loan for loan in Loan.objects.open().filter(item__in=items)}
    queue = list(Hold.objects.open().filter(record=hold.record_id))
    aside = {each.item_id for each in queue if each.is_set_aside}
    keeps = _kept(list(loans.values()))
    free = [(_free_at(loans.get(item.pk), now) + (keeps + USUAL_WAY) * (item.pk in aside), item.pk, item) for item in items]
    for waiting in (each for each in queue if each.state == Hold.States.WAITING and not each.is_suspended):
        found = next((place for place in sorted(free) if waiting.fits(place[2])), None)
        if found is None:
            continue
        if waiting.pk == hold.pk:
            return found[0].astimezone(branch_of(hold.pickup_branch_id).zone).date()
        free.remove(found)
        free.append((found[0] + keeps + USUAL_WAY, *found[1:]))
    return None


def _free_at(loan: Loan | None, now: datetime) -> datetime:
    if loan is None:
        return now
    return loan.due_at if loan.due_at > now else now + timedelta(days=1)


def _kept(loans: Sequence[Loan]) -> timedelta:
    spans = sorted(loan.due_at - loan.lent_at for loan in loans)
    return spans[len(spans) // 2] if spans else USUAL_LOAN
