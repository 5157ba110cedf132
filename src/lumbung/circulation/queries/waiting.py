"""How long somebody will wait: reckoned from the copies, when each is due, and those who are before in the queue."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from operator import itemgetter

from lumbung.catalogue.models import Item
from lumbung.catalogue.models.titles_of_copies import titles_of
from lumbung.circulation.models import Hold, Loan
from lumbung.circulation.queries.hold_scopes import GONE, know_members, locals_first, may_go_to
from lumbung.circulation.queries.personal_rules import lent_to
from lumbung.kernel import clock
from lumbung.organization.queries import branch_of

USUAL_LOAN = timedelta(days=7)
"""How long whoever is before keeps a copy, where no loan of the title tells."""
USUAL_WAY = timedelta(days=2)
"""How long a copy waits on the pick-up shelf until it is fetched."""


def expected_on(hold: Hold) -> date | None:
    """About when a copy will be there for a hold that waits, in its pick-up branch; None where none can be told of, or it is suspended."""
    return expected_for([hold]).get(hold.pk)


def expected_for(holds: Collection[Hold]) -> dict[int, date]:
    """About when a copy will be there for each of these holds that waits, as far as it can be told; three statements for any number, and
    one more where titles are bound together.

    Each copy is given, when it is free, to the next in the queue, who keeps it as long as the copies on loan now are kept; a copy that
    is overdue is reckoned with as if it came back tomorrow.
    """
    records = {hold.record_id for hold in holds if hold.state == Hold.States.WAITING}
    if not records:
        return {}
    items: dict[int, list[Item]] = {record: [] for record in records}
    copies = list(Item.objects.holding(records).filter(lent_to()).exclude(status__in=GONE).select_related("item_type"))
    titles = titles_of(copies)
    for item in copies:
        for title in records.intersection(titles[item.pk]):
            items[title].append(item)
    lent = Loan.objects.open().filter(item__in=[item.pk for each in items.values() for item in each])
    loans = {loan.item_id: loan for loan in lent}
    queues: dict[int, list[Hold]] = {record: [] for record in records}
    for waiting in Hold.objects.open().filter(record__in=records):
        queues[waiting.record_id].append(waiting)
    know_members([hold for queue in queues.values() for hold in queue])
    wanted = {hold.pk for hold in holds}
    found: dict[int, date] = {}
    for record in records:
        found |= {key: day for key, day in _expected(items[record], loans, queues[record]).items() if key in wanted}
    return found


def _expected(items: Sequence[Item], loans: Mapping[int, Loan], queue: Sequence[Hold]) -> dict[int, date]:
    """The days for everybody who waits for one title."""
    now = clock.now()
    aside = {each.item_id for each in queue if each.is_set_aside}
    keeps = _kept([loans[item.pk] for item in items if item.pk in loans])
    free = [(_free_at(loans.get(item.pk), now) + (keeps + USUAL_WAY) * (item.pk in aside), item.pk, item) for item in items]
    days, left = {}, [each for each in queue if each.state == Hold.States.WAITING and not each.is_suspended]
    while left and free:
        place = min(free, key=itemgetter(0, 1))
        free.remove(place)
        turn = next((each for each in locals_first(left, place[2]) if may_go_to(each, place[2])), None)
        if turn is not None:
            days[turn.pk] = place[0].astimezone(branch_of(turn.pickup_branch_id).zone).date()
            left.remove(turn)
            free.append((place[0] + keeps + USUAL_WAY, *place[1:]))
    return days


def _free_at(loan: Loan | None, now: datetime) -> datetime:
    if loan is None:
        return now
    return loan.due_at if loan.due_at > now else now + timedelta(days=1)


def _kept(loans: Sequence[Loan]) -> timedelta:
    spans = sorted(loan.due_at - loan.lent_at for loan in loans)
    return spans[len(spans) // 2] if spans else USUAL_LOAN
