"""One box over everything: each part registers what of its own can be found, and the search page asks them all.

``register(Source("organization.branches", _("Cabang dan jam buka"), "place", find))`` at start-up.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise

from lumbung.kernel import rooms
from lumbung.kernel.permissions import may

DEEPEST = 1_000
"""Beyond so many hits of one source nobody looks for one that may be seen."""


@dataclass(frozen=True)
class Hit:
    """Something found: where it leads, what it says, and the permission needed to see it ("" for all)."""

    title: str
    url: str
    text: str = ""
    permission: str = ""


@dataclass(frozen=True)
class Source:
    """What can be found in one part. ``find(words, limit)`` gives the first ``limit`` hits, best first, whoever asks; ``ask`` checks who
    may see them, and asks for more where some may not be seen. With a ``door`` it is asked only for a request that the door lets in."""

    name: str
    label: str | Promise
    icon: str
    find: Callable[[str, int], Sequence[Hit]]
    door: Callable[[HttpRequest], bool] | None = None


@dataclass(frozen=True)
class Group:
    """The hits of one source that this reader may see."""

    source: Source
    hits: Sequence[Hit]


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Let the search page ask this source too. A name serves once."""
    if source.name in _sources:
        raise ValueError(f"two sources are called {source.name}")
    _sources[source.name] = source


def ask(
    words: str, user: object, limit: int = 3, *, request: HttpRequest | None = None, but: Collection[str] = ()
) -> list[Group]:
    """What every source, ``but`` those of these names, has for these words, as far as ``user`` may see it: the one place where that is
    decided. Sources with a door stay closed where there is no ``request``."""
    if not words.strip():
        return []
    seen = (
        (source, _seen(source, words, user, limit))
        for source in _sources.values()
        if source.name not in but
        and rooms.is_open(source.name.partition(".")[0])
        and (not source.door or (request is not None and source.door(request)))
    )
    return [Group(source, hits) for source, hits in seen if hits]


def _seen(source: Source, words: str, user: object, limit: int) -> list[Hit]:
    """The first ``limit`` hits this reader may see: a hit that is hidden takes no other's place."""
    asked = limit
    while True:
        hits = source.find(words, asked)
        seen = [hit for hit in hits if not hit.permission or may(user, hit.permission)]
        if len(seen) >= limit or len(hits) < asked or asked >= DEEPEST:
            return seen[:limit]
        asked *= 8
