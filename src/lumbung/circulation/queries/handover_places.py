"""Places of hand-over that are no branches: when each is visited, what is brought there, and what should come back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice, takewhile

from lumbung.circulation.models import HandoverPlace, Hold, Loan
from lumbung.circulation.models.hold import HoldQuerySet
from lumbung.circulation.models.loan import LoanQuerySet
from lumbung.kernel import clock
from lumbung.kernel.remembered import remembered
from lumbung.kernel.ui.keys import key_in
from lumbung.organization.models import Branch
from lumbung.organization.queries import HORIZON, branch_of, calendar_of, open_day_after, public_branches

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Visit:
    """Staff are at ``place`` on ``day``."""

    place: HandoverPlace
    day: date

    @property
    def starts_at(self) -> datetime:
        return datetime.combine(self.day, self.place.starts, self.place.branch.zone)

    @property
    def ends_at(self) -> datetime:
        return datetime.combine(self.day, self.place.ends, self.place.branch.zone)


@remembered()
def places() -> dict[int, HandoverPlace]:
    """Every place by its key, with its branch and single days, stops after points, by name."""
    rows = HandoverPlace.objects.select_related("branch").prefetch_related("single_days")
    return {place.pk: place for place in rows}


def place_of(key: int) -> HandoverPlace:
    """The place of this key. Raises KeyError."""
    return places()[key]


def comes_on(place: HandoverPlace, day: date) -> bool:
    """Whether staff come that day: by what was said of the day alone, else by the round, unless the branch is closed."""
    kept = place_of(place.pk)
    single = next((each for each in kept.single_days.all() if each.day == day), None)
    if single is not None:
        return single.comes
    return kept.is_on_the_round(day) and calendar_of(kept.branch).closure_on(day) is None


def visits(place: HandoverPlace, first: date) -> Iterator[Visit]:
    """The visits from that day on, as far ahead as anybody looks."""
    kept = place_of(place.pk)
    days = (first + timedelta(days=each) for each in range(HORIZON.days))
    return (Visit(kept, day) for day in days if comes_on(kept, day))


def coming_visits(place: HandoverPlace) -> Iterator[Visit]:
    """Those that have not ended."""
    now = clock.now()
    return (each for each in visits(place, clock.today(place.branch.zone)) if each.ends_at > now)


def offered_visits() -> list[Visit]:
    """Of each place that is offered and will be visited, the next visit."""
    found = (next(coming_visits(place), None) for place in places().values() if place.is_offered)
    return [each for each in found if each is not None]


def offered_place(key: int) -> HandoverPlace | None:
    """The place of this key, if a member may choose it."""
    return next((each.place for each in offered_visits() if each.place.pk == key), None)


@dataclass(frozen=True)
class Pickup:
    """Where a member fetches something: at a branch, or at a place that is visited from it."""

    branch: Branch
    place: HandoverPlace | None = None


def pickup_named(said: str) -> Pickup | None:
    """What a form calls a branch by its key, and an offered place by a p before its key."""
    if said.startswith("p"):
        place = offered_place(key_in(said[1:]))
        return Pickup(place.branch, place) if place is not None else None
    return next((Pickup(each) for each in public_branches() if each.pk == key_in(said)), None)


def days_of_handover(place: HandoverPlace, *, count: int) -> tuple[date, date] | None:
    """The visit to which a copy that is ready now is brought, and the last on which it can be had: ``count`` open days are waited for,
    and always for one visit. None where no visit is to come."""
    now = clock.now()
    today = clock.today(place.branch.zone)
    first = next((each.day for each in visits(place, today) if each.starts_at > now), None)
    if first is None:
        return None
    until = open_day_after(place.branch, today, count=count)
    within = takewhile(lambda each: each.day <= until, visits(place, first + ONE_DAY))
    return first, max((each.day for each in within), default=first)


def visit_day_from(place: int, day: date) -> date:
    """The first visit on that day or after; the day itself where none is to come."""
    return next((each.day for each in visits(place_of(place), day)), day)


def rounds_on(branch: Branch, day: date) -> list[Visit]:
    """The visits of staff of the branch that day, in their order."""
    served = (place for place in places().values() if place.branch_id == branch.pk)
    found = [Visit(place, day) for place in served if comes_on(place, day)]
    return sorted(found, key=lambda each: (each.place.starts, each.place.name))


def next_rounds(branch: Branch, *, count: int) -> list[date]:
    """The next days on which staff of the branch go anywhere."""
    today = clock.today(branch.zone)
    days = (today + timedelta(days=each) for each in range(HORIZON.days))
    return list(islice((day for day in days if rounds_on(branch, day)), count))


def holds_to_bring(branch: Branch, day: date) -> HoldQuerySet:
    """What is ready at the branch and can be had at its places that day, by member."""
    ready = Hold.objects.filter(state=Hold.States.READY, pickup_branch=branch, place__isnull=False)
    due = ready.filter(brought_on__lte=day, ready_until__gte=day).select_related("record", "item", "member", "place")
    return due.defer("record__marc", "record__findable").order_by("member__name", "member", "placed_at", "id")


def loans_to_take_back(branch: Branch, day: date) -> LoanQuerySet:
    """What was handed over at places of the branch and is due by that day, soonest due first."""
    after = datetime.combine(day + ONE_DAY, datetime.min.time(), branch_of(branch.pk).zone)
    lent = Loan.objects.open().filter(place__branch=branch, due_at__lt=after)
    return (
        lent.select_related("item__record", "member")
        .defer("item__record__marc", "item__record__findable")
        .order_by("due_at", "id")
    )
