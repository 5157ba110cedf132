"""The copies of a title for its readers: all of a usual title; of one with thousands the first of each place, the counts true, and the
whole in pages."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lumbung.catalogue.models import Item, Record
from lumbung.catalogue.models.titles_of_copies import titles_of
from lumbung.catalogue.models.volume import volume_label, volume_order
from lumbung.circulation.queries import Copy, ItemState, ItemStates, copies_of, item_states, waiting_on
from lumbung.discovery.web.of_a_title import of_a_title
from lumbung.kernel.ui.pages import page_of
from lumbung.organization.models import Branch, Location

READ_WHOLE = 200
"""A title with more copies is read in a few plain values first; no more lines than this are on its page."""
FIRST, PER_PAGE = 20, 100
TAGS = {
    ItemStates.AVAILABLE: "ok",
    ItemStates.ON_LOAN: "due",
    ItemStates.SET_ASIDE: "due",
    ItemStates.IN_TRANSIT: "due",
    ItemStates.IN_HOUSE: "ok",
    ItemStates.RESTING: "due",
    ItemStates.BOOKED: "due",
    ItemStates.LOST: "late",
    ItemStates.DAMAGED: "late",
}
HIDDEN = {ItemStates.WITHDRAWN, ItemStates.LOST}
CAN_BE_HAD = {ItemStates.AVAILABLE, ItemStates.IN_HOUSE}


@dataclass(frozen=True, slots=True)
class Line:
    """One copy as the page shows it; ``tag`` is the class of its status, ``others`` are the titles in the same volume."""

    item: Item
    state: ItemState
    tag: str
    is_own: bool = True
    others: Sequence[Record] = ()

    @property
    def copy(self) -> Copy:
        """The same in plain values; a copy says which volume it is of its own title alone."""
        item = self.item
        volume = item.volume_told if self.is_own else ""
        return Copy(item.pk, item.branch_id, item.location_id, volume, item.item_type.lendable, self.state.state)


@dataclass(frozen=True, slots=True)
class Place:
    """Where copies stand together, and how to get there. ``lines`` are the first of ``total``."""

    branch: Branch
    location: Location | None
    lines: Sequence[Line]
    total: int
    available: int

    @property
    def is_folded(self) -> bool:
        return len(self.lines) < self.total

    @property
    def directions(self) -> str:
        return (self.location.directions if self.location else "") or self.branch.directions


@dataclass(frozen=True, slots=True)
class Volume:
    """The copies of one volume of a title in several; without a label those of no volume."""

    label: str
    places: Sequence[Place]
    total: int
    available: int


@dataclass(frozen=True, slots=True)
class Copies:
    """What the page of a title tells of its copies: place by place, or volume by volume of a title in several. ``waiting`` holds, of any
    volume, have no copy yet."""

    places: Sequence[Place]
    volumes: Sequence[Volume]
    total: int
    available: int
    waiting: int
    any_lendable: bool

    @property
    def is_folded(self) -> bool:
        shown = [*self.places, *(place for each in self.volumes for place in each.places)]
        return sum(len(each.lines) for each in shown) < self.total


def copies_told(record: Record) -> Copies:
    """Every copy that a reader may ask for is counted, with those of other titles into which this one is bound; in two statements
    more where there are thousands."""
    items: list[Any] = list(_held(record)[: READ_WHOLE + 1])
    lines = _lines(record, items) if len(items) <= READ_WHOLE else {}
    copies = _shown([each.copy for each in lines.values()] if lines or not items else copies_of(record.pk))
    volumes = _by_volume(copies)
    chosen = _first_of(volumes)
    if not lines:
        lines = _lines(record, _with_places(Item.objects.filter(pk__in=chosen)))
    told = [
        Volume(volume_label(label), _places(each, {key: lines[key] for key in chosen if key in lines}), *_counted(each))
        for label, each in volumes
    ]
    told = [each for each in told if each.places]
    return Copies(
        places=told[0].places if len(volumes) == 1 else (),
        volumes=told if len(volumes) > 1 else (),
        total=len(copies),
        available=_counted(copies)[1],
        waiting=items[0].waiting if items else 0,
        any_lendable=any(each.lendable for each in copies),
    )


@require_safe
@of_a_title
def copies(request: HttpRequest, found: Record) -> HttpResponse:
    """All copies of a title in pages, of one branch with ``?branch=``."""
    every = _shown(copies_of(found.pk))
    branches = {branch.pk: branch for branch in Branch.objects.filter(pk__in={each.branch for each in every})}
    groups = [(branches[key], *_counted([each for each in every if each.branch == key])) for key in branches]
    chosen = next((key for key in branches if str(key) == request.GET.get("branch")), None)
    rows = [each for each in every if chosen in {None, each.branch}]
    page = page_of(rows, request, PER_PAGE)
    lines = _lines(found, _with_places(Item.objects.filter(pk__in=[each.pk for each in page])))
    context = {"record": found, "page": page, "branches": groups, "chosen": chosen, "total": len(every)}
    return render(request, "discovery/copies.html", {**context, "places": _places(list(page), lines)})


def _held(record: Record) -> QuerySet[Item]:
    held = _with_places(Item.objects.holding([record.pk])).annotate(waiting=waiting_on(record.pk))
    return held.order_by("branch__name", "shelf_key", "call_number", "copy", "id")


def _with_places(items: QuerySet[Item]) -> QuerySet[Item]:
    return items.select_related("branch", "location", "item_type")


def _shown(copies: Iterable[Copy]) -> list[Copy]:
    return [each for each in copies if each.state not in HIDDEN]


def _counted(copies: Collection[Copy]) -> tuple[int, int]:
    """How many there are, and how many can be had now."""
    return len(copies), sum(each.state in CAN_BE_HAD for each in copies)


def _lines(record: Record, items: Iterable[Item]) -> dict[int, Line]:
    """The copies with their states, by key and in the order given."""
    items = list(items)
    states = item_states(items)
    others = _bound_with(record, items)
    return {
        item.pk: Line(
            item,
            states[item.pk],
            TAGS.get(states[item.pk].state, ""),
            is_own=item.record_id == record.pk,
            others=others.get(item.pk, ()),
        )
        for item in items
    }


def _bound_with(record: Record, items: Sequence[Item]) -> dict[int, list[Record]]:
    """The other titles that the public may see in the same volume, by the copy's key; asks only where there are such."""
    bound = [item for item in items if item.is_bound]
    if not bound:
        return {}
    titles = titles_of(bound)
    shown = Record.objects.listed().shown_to_public().in_bulk({key for each in titles.values() for key in each} - {record.pk})
    return {item: [shown[key] for key in keys if key in shown] for item, keys in titles.items()}


def _by_volume(copies: Iterable[Copy]) -> list[tuple[str, list[Copy]]]:
    """The copies of each volume with its name, in the order of volumes; all of them together where there is but one."""
    volumes: dict[str, tuple[str, list[Copy]]] = {}
    for each in copies:
        volumes.setdefault(each.volume.casefold(), (each.volume, []))[1].append(each)
    return sorted(volumes.values(), key=lambda each: volume_order(each[0]))


def _by_place(copies: Iterable[Copy]) -> dict[tuple[int, int | None], list[Copy]]:
    places: dict[tuple[int, int | None], list[Copy]] = {}
    for each in copies:
        places.setdefault((each.branch, each.location), []).append(each)
    return places


def _first_of(volumes: Sequence[tuple[str, list[Copy]]]) -> list[int]:
    """The keys of the copies to show at first: some of every place, volume by volume until the page is long enough."""
    chosen: list[int] = []
    for _, copies in volumes:
        if len(chosen) >= READ_WHOLE:
            break
        for here in _by_place(copies).values():
            chosen += [each.pk for each in here[: max(1, min(FIRST, READ_WHOLE - len(chosen)))]]
    return chosen


def _places(copies: Iterable[Copy], lines: dict[int, Line]) -> list[Place]:
    """The copies place by place, in the order of the branches; of each place those that have a line are shown."""
    places = []
    for here in _by_place(copies).values():
        if shown := [lines[each.pk] for each in here if each.pk in lines]:
            item = shown[0].item
            places.append(Place(item.branch, item.location, shown, *_counted(here)))
    return places
