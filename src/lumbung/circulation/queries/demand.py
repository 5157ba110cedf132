"""How much a title is asked for, for the rules that speak of it."""

from collections.abc import Collection, Iterable

from lumbung.catalogue.models import Item
from lumbung.catalogue.models.titles_of_copies import titles_in
from lumbung.circulation.models import Hold, WaitingCounted
from lumbung.circulation.queries.hold_scopes import GONE
from lumbung.circulation.queries.holds import free_items
from lumbung.circulation.queries.rules import rules_now
from lumbung.circulation.queries.rulings import NO_DEMAND, Demand
from lumbung.members.models import Member


def demand_among(holds: Iterable[Hold], titles: Collection[int], member: Member) -> Demand:
    """How many others than the member wait among these open holds on the titles; copies are counted only where a rule asks for them."""
    ways = rules_now().ways_of_counting
    if not ways:
        return NO_DEMAND
    waiting = sum(_waits(hold) and hold.member_id != member.pk for hold in holds)
    if not waiting:
        return NO_DEMAND
    copies = Item.objects.holding(titles).filter(item_type__lendable=True).exclude(status__in=GONE)
    return Demand(
        waiting,
        copies=copies.count() if ways & {WaitingCounted.BEYOND, WaitingCounted.COPY} else 0,
        free=free_items().holding(titles).count() if WaitingCounted.FREE in ways else 0,
    )


def _waits(hold: Hold) -> bool:
    return hold.state == Hold.States.WAITING and not hold.is_suspended


def is_waited_for(item: Item, member: Member) -> bool:
    """Whether another member waits for a title of this copy."""
    waiting = Hold.objects.filter(state=Hold.States.WAITING, record__in=titles_in(item))
    return waiting.exclude(member=member).exists()


def demand_for(item: Item, member: Member) -> Demand:
    """How many others than the member wait for a title of this copy."""
    if not rules_now().ways_of_counting:
        return NO_DEMAND
    titles = titles_in(item)
    return demand_among(Hold.objects.open().filter(record__in=titles), titles, member)
