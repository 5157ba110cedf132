"""Who waits for a copy and who has booked it, as questions that are drawn once and asked often."""

from functools import cache, reduce
from operator import or_

from django.db.models import Q, QuerySet

from lumbung.circulation.models import Booking, Hold
from lumbung.circulation.models.hold import QUEUE
from lumbung.kernel.drawn import Drawn, Told


@cache
def open_holds_of(titles: int, lock: bool) -> Drawn[Hold]:
    """The open holds of so many titles, and those for which the copy was on the pick-up shelf, in the order of the queue."""

    def draw() -> QuerySet[Hold]:
        holds = Hold.objects.select_for_update(no_key=True) if lock else Hold.objects.all()
        here = (holds.left_on_shelf() | holds.set_aside()).filter(item=Told("item"))
        of_titles = reduce(or_, (Q(record=Told(f"title{number}")) for number in range(titles)))
        return (holds.open().filter(of_titles) | here).order_by(*QUEUE)

    return Drawn(draw)


@cache
def waiting_for(titles: int) -> Drawn[Hold]:
    """Who of so many titles is in the queue, in its order."""

    def draw() -> QuerySet[Hold]:
        of_titles = reduce(or_, (Q(record=Told(f"title{number}")) for number in range(titles)))
        return Hold.objects.waiting().filter(of_titles)

    return Drawn(draw)


left_on_shelf = Drawn(lambda: Hold.objects.select_for_update(no_key=True).left_on_shelf().filter(item=Told("item")))
"""The holds for which the copy was on the pick-up shelf and is wanted no longer, locked."""
set_aside = Drawn(lambda: Hold.objects.select_for_update(no_key=True).set_aside().filter(item=Told("item")))
"""The hold for which the copy is set aside, locked."""


@cache
def open_bookings_of(titles: int, lock: bool) -> Drawn[Booking]:
    """The open bookings of the copy, and those of the member for any copy of so many titles, soonest first."""

    def draw() -> QuerySet[Booking]:
        bookings = Booking.objects.select_for_update(no_key=True) if lock else Booking.objects.all()
        of_titles = reduce(or_, (Q(record=Told(f"title{number}")) for number in range(titles)))
        wanted = Q(item=Told("item")) | Q(of_titles, member=Told("member"), any_copy=True)
        return bookings.open().filter(wanted).order_by("blocked_from", "pk")

    return Drawn(draw)
