"""The facts of one record page, read in a fixed number of statements."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse

from lumbung.catalogue.domain.bibliographic import Description, describe
from lumbung.catalogue.domain.citable import work_of
from lumbung.catalogue.domain.work_places import EFFECTIVE, has_other_editions
from lumbung.catalogue.models import Item, Record
from lumbung.catalogue.queries import merged_into, was_removed
from lumbung.circulation.queries import ItemState, ItemStates, item_states
from lumbung.discovery import citing
from lumbung.discovery.facts import facts_of
from lumbung.discovery.languages import language_name
from lumbung.discovery.referring import coins, highwire
from lumbung.discovery.structured import structured
from lumbung.formats.citation import Work
from lumbung.organization.models import Branch, Location
from lumbung.organization.queries import library

TAGS = {
    ItemStates.AVAILABLE: "ok",
    ItemStates.ON_LOAN: "due",
    ItemStates.SET_ASIDE: "due",
    ItemStates.IN_TRANSIT: "due",
    ItemStates.IN_HOUSE: "ok",
    ItemStates.LOST: "late",
    ItemStates.DAMAGED: "late",
}
HIDDEN = {ItemStates.WITHDRAWN, ItemStates.LOST}


@dataclass(frozen=True, slots=True)
class Line:
    """One copy as the page shows it; ``tag`` is the class of its status."""

    item: Item
    state: ItemState
    tag: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where copies stand together, and how to get there."""

    branch: Branch
    location: Location | None
    lines: list[Line]

    @property
    def directions(self) -> str:
        return (self.location.directions if self.location else "") or self.branch.directions


def shown_record(pk: int) -> Record:
    """The record, if the public may see it. Raises Http404."""
    items = Item.objects.select_related("branch", "location", "item_type").order_by("branch__name", "call_number", "copy", "id")
    shown = Record.objects.shown_to_public().filter(pk=pk).prefetch_related(Prefetch("items", items))
    record = shown.annotate(work=EFFECTIVE).annotate(has_editions=has_other_editions()).first()
    if record is None:
        raise Http404
    return record


def of_a_title(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view is given the record that the address names by ``pk``: 410 when it was removed, 404 when the public never saw one.

    The address of one that went into another leads there, for ever; but browsers are to ask each time, for it may come back.
    """

    @wraps(view)
    def found(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
        try:
            record = shown_record(pk)
        except Http404:
            if (into := merged_into(pk)) is not None:
                return _moved_to(request, into, kwargs)
            if was_removed(pk):
                return render(request, "410.html", status=410)
            raise
        return view(request, record, **kwargs)

    return found


def _moved_to(request: HttpRequest, into: int, kwargs: dict[str, Any]) -> HttpResponse:
    name = request.resolver_match.view_name if request.resolver_match else "discovery:record"
    query = request.META.get("QUERY_STRING", "")
    response = HttpResponsePermanentRedirect(reverse(name, kwargs={"pk": into, **kwargs}) + (f"?{query}" if query else ""))
    response["Cache-Control"] = "no-cache"
    return response


def lines_of(record: Record) -> list[Line]:
    """Every copy a reader may ask for, with its state."""
    items = list(record.items.all())
    states = item_states(items)
    lines = [Line(item, states[item.pk], TAGS.get(states[item.pk].state, "")) for item in items]
    return [line for line in lines if line.state.state not in HIDDEN]


def places_of(lines: list[Line]) -> list[Place]:
    """The copies place by place, in the order of the branches."""
    places: dict[tuple[int, int | None], Place] = {}
    for line in lines:
        item = line.item
        place = places.setdefault((item.branch_id, item.location_id), Place(item.branch, item.location, []))
        place.lines.append(line)
    return list(places.values())


def work_at(request: HttpRequest, record: Record) -> tuple[Description, Work]:
    """What the record says, and the work to cite with its address."""
    said = describe(record.marc_record)
    return said, work_of(said, url=request.build_absolute_uri(reverse("discovery:record", args=[record.pk])))


def facts_for(request: HttpRequest, record: Record) -> dict[str, Any]:
    """Everything the template of a record page asks for, apart from what concerns its reader."""
    said, work = work_at(request, record)
    lines = lines_of(record)
    picture = request.build_absolute_uri(reverse("discovery:picture", args=[record.pk]))
    available = [line for line in lines if line.state.state in {ItemStates.AVAILABLE, ItemStates.IN_HOUSE}]
    return {
        "record": record,
        "said": said,
        "facts": facts_of(said, record.marc_record),
        "places": places_of(lines),
        "copies": len(lines),
        "available": len(available),
        "lendable": any(line.item.item_type.lendable for line in lines),
        "language": language_name(record.language),
        "url": work.url,
        "styles": citing.choices(),
        "forms": citing.FORMS,
        "coins": coins(work),
        "highwire": highwire(work),
        "picture": picture,
        "structured": structured(
            work,
            language=record.language,
            copies=len(lines),
            available=bool(available),
            library=library().name,
            picture=picture,
        ),
    }
