"""Walking the line of knowledge, backward to where it was talked about and forward to where it is used."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from lumbung.knowledge.models import Trace
from lumbung.knowledge.queries.articles import readable_by
from lumbung.knowledge.tracing import Links, Thing, describe

DEPTH = 8
MOST = 200

Place = tuple[str, int]


@dataclass(frozen=True)
class Link:
    """One step as somebody sees it: a thing they may not see is None, the step is told all the same."""

    trace: Trace
    source: Thing | None
    target: Thing | None


@dataclass(frozen=True)
class Line:
    """What an object came from and what came of it, oldest first, and the object itself (None if not to be seen)."""

    here: Thing | None
    back: list[Link]
    forward: list[Link]


def line_of(kind: str, key: int, viewer: Any) -> Line:
    """The whole line through one object, at most ``DEPTH`` steps and ``MOST`` links each way: two queries a step, one a kind."""
    back, forward = _walk((kind, key), backward=True), _walk((kind, key), backward=False)
    places = {(kind, key)} | {end for trace in [*back, *forward] for end in (trace.source, trace.target)}
    seen = describe(places, viewer)

    def shown(traces: list[Trace]) -> list[Link]:
        return [Link(each, seen.get(each.source), seen.get(each.target)) for each in traces]

    return Line(seen.get((kind, key)), shown(back), shown(forward))


def articles_of(minutes: Collection[int], viewer: Any) -> dict[int, int | None]:
    """The article that was put together from each of these minutes; None where the viewer may not read it (yet)."""
    rows = Trace.objects.filter(kind=Links.COMPILED, from_kind="minutes", from_key__in=minutes, to_kind="article")
    made = dict(rows.order_by("pk").values_list("from_key", "to_key"))
    readable = set(readable_by(viewer).filter(pk__in=made.values()).values_list("pk", flat=True)) if made else set()
    return {key: article if article in readable else None for key, article in made.items()}


def _walk(start: Place, *, backward: bool) -> list[Trace]:
    found: dict[int, Trace] = {}
    edge, known = {start}, {start}
    for _ in range(DEPTH):
        if not edge or len(found) >= MOST:
            break
        traces = Trace.objects.filter(_at(edge, "to" if backward else "from")).select_related("by")[: MOST - len(found)]
        found |= {each.pk: each for each in traces}
        edge = {each.source if backward else each.target for each in traces} - known
        known |= edge
    return sorted(found.values(), key=lambda each: (each.at, each.pk))


def _at(places: Collection[Place], end: str) -> Q:
    by_kind: dict[str, list[int]] = {}
    for kind, key in places:
        by_kind.setdefault(kind, []).append(key)
    condition = Q(pk__in=())
    for kind, keys in by_kind.items():
        condition |= Q(**{f"{end}_kind": kind, f"{end}_key__in": keys})
    return condition
