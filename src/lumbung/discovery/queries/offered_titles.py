"""Titles with digital files that somebody may have, for catalogues of e-books: every count and every list asks the one access decision."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, QuerySet

from lumbung.catalogue.models import Record
from lumbung.digital.models import File
from lumbung.digital.queries import Asker, offered_to
from lumbung.discovery.queries.answering import AS_TYPED, answer
from lumbung.kernel import clock
from lumbung.search.documents import Query

SIZE = 30
MOST_FOUND = 2_000
"""So many of the best answers to words are narrowed down further; more are not turned through."""
ORDERS: Mapping[str, tuple[str, ...]] = {
    "newest": ("-created_at", "-pk"),
    "title": ("title", "pk"),
    "year": ("-year", "-pk"),
}
KINDS = ("material", "language")
HELD: Mapping[str, Sequence[str]] = {"access": ["here"]}
OPEN, LENT = "open", "lent"


@dataclass(frozen=True)
class Wanted:
    """What is asked for: words (of any kind, of a title, of a creator), one value of each of KINDS, how it is had, an order, a page."""

    words: str = ""
    title: str = ""
    author: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)
    way: str = ""
    order: str = ""
    page: int = 1

    @property
    def asks(self) -> bool:
        return bool(self.words or self.title or self.author)

    @property
    def question(self) -> str:
        named = [f'{name}:"{_bare(text)}"' for name, text in (("title", self.title), ("creator", self.author)) if text]
        return " ".join([*([self.words] if self.words else []), *named])


@dataclass(frozen=True)
class Offered:
    """A page of titles, and how many there are of each value (as if none were chosen of its kind)."""

    records: list[Record]
    total: int
    page: int
    pages: int
    counts: Mapping[str, list[tuple[str, int]]]


def offered_titles(wanted: Wanted, asker: Asker) -> Offered:
    """Raises ``NotReady`` while there is no index and words are asked for."""
    found = _found(wanted)
    chosen = _narrowed(asker, wanted, found)
    total = chosen.count()
    pages = max(1, -(-total // SIZE))
    page = min(wanted.page, pages)
    stretch = slice((page - 1) * SIZE, page * SIZE)
    if found is not None and not wanted.order:
        allowed = set(chosen.values_list("pk", flat=True))
        keys = [key for key in found if key in allowed][stretch]
        rows = Record.objects.in_bulk(keys)
        records = [rows[key] for key in keys if key in rows]
    else:
        records = list(chosen.order_by(*ORDERS.get(wanted.order, ORDERS["newest"]))[stretch])
    return Offered(records, total, page, pages, {name: _counted(asker, wanted, found, name) for name in KINDS})


def newest_offered(asker: Asker, size: int) -> list[Record]:
    return list(_all(asker).order_by(*ORDERS["newest"])[:size])


def count_offered(asker: Asker) -> int:
    return _all(asker).count()


def values_offered(asker: Asker, name: str) -> list[tuple[str, int]]:
    """The values of one of KINDS with their counts, the most frequent first."""
    return _counted(asker, Wanted(), None, name)


def _all(asker: Asker, way: str = "") -> QuerySet[Record]:
    files = offered_to(asker)
    if way in {OPEN, LENT}:
        files = files.filter(lending__isnull=way == OPEN)
    return Record.objects.shown_to_public().filter(
        Exists(File.objects.filter(pk__in=files.values("pk"), record=OuterRef("pk")))
    )


def _narrowed(asker: Asker, wanted: Wanted, found: Sequence[int] | None, *, but: str = "") -> QuerySet[Record]:
    values = {name: value for name, value in wanted.chosen.items() if value and name != but}
    chosen = _all(asker, wanted.way).filter(**values)
    return chosen if found is None else chosen.filter(pk__in=found)


def _counted(asker: Asker, wanted: Wanted, found: Sequence[int] | None, name: str) -> list[tuple[str, int]]:
    among = _narrowed(asker, wanted, found, but=name).exclude(**{name: ""})
    counted = among.order_by().values_list(name).annotate(count=Count("pk"))
    return sorted(counted, key=lambda each: (-each[1], each[0]))


def _found(wanted: Wanted) -> list[int] | None:
    """The best answers to the words; None where none are asked for."""
    if not wanted.asks:
        return None
    query = Query(wanted.question, chosen=HELD, size=MOST_FOUND, facets=())
    return list(answer(query, this_year=clock.now().year, plain=AS_TYPED).found.keys)


def _bare(text: str) -> str:
    return " ".join(text.replace('"', " ").split())
