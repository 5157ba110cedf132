"""Choosing many records at once: by a pasted list, a search, an import, a kind, a branch, or the day they came."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, time
from enum import StrEnum
from itertools import islice
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef
from django.db.models.functions import Upper
from django.utils import timezone

from lumbung.catalogue.domain.bibliographic.numbers import as_printed, isbn_13
from lumbung.catalogue.models import BoundTitle, Identifier, Item, Record, RecordDefect
from lumbung.catalogue.models.record import RecordQuerySet
from lumbung.catalogue.refusals import INDEX_NOT_READY, NOTHING_CHOSEN
from lumbung.kernel.refusals import Refused
from lumbung.search.documents import Query
from lumbung.search.queries import NotReady, find
from lumbung.search.unready import unready_because

STRETCH = 500
PAGE = 1000
T = TypeVar("T")


class Named(StrEnum):
    """What the lines of a pasted list are."""

    BARCODE = "barcode"
    RECORD = "record"
    ISBN = "isbn"
    CONTROL = "control"


@dataclass(frozen=True, kw_only=True)
class RecordSelection:
    """What must hold of each record; what is left empty does not narrow. ``branch`` and ``import_run`` are keys, ``added_since`` a day in
    the zone now active, ``defect`` what the last survey of quality found; ``after`` leaves out keys up to this one."""

    lines: Sequence[str] = ()
    lines_are: str = Named.BARCODE
    words: str = ""
    material: str = ""
    branch: int | None = None
    import_run: int | None = None
    added_since: date | None = None
    defect: str = ""
    after: int = 0

    @property
    def is_everything(self) -> bool:
        return not any(getattr(self, each.name) for each in fields(self) if each.name != "lines_are")

    def refuse_everything(self) -> None:
        """Refuses a selection that says nothing, where it must not be taken for the whole catalogue."""
        if self.is_everything:
            raise Refused(NOTHING_CHOSEN())

    def stored(self) -> dict[str, Any]:
        """As plain values, for ``selection_of``."""
        return {**asdict(self), "lines": list(self.lines), "added_since": self.added_since and self.added_since.isoformat()}

    def stretches(self, size: int = STRETCH) -> Iterator[list[int]]:
        """The keys in order, some at a time; memory does not grow with the catalogue. Refuses words while there is no index."""
        narrowed, named = self._narrowed(), self._named()
        if named is not None:
            for some in stretched(sorted(named), size):
                if keys := list(narrowed.filter(pk__in=some).order_by("pk").values_list("pk", flat=True)):
                    yield keys
            return
        last = self.after
        while keys := list(narrowed.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:size]):
            yield keys
            last = keys[-1]

    def records(self) -> Iterator[Record]:
        """The records with their MARC, in the order of their keys."""
        for keys in self.stretches():
            yield from Record.objects.filter(pk__in=keys).order_by("pk")

    def count(self) -> int:
        if self._named() is None:
            return self._narrowed().count()
        return sum(map(len, self.stretches()))

    def unknown(self) -> list[str]:
        """Those of the pasted lines that name nothing here, in their order."""
        known = self._known()
        return [each for each in self.lines if _normal(each, self.lines_are) not in known]

    def _narrowed(self) -> RecordQuerySet:
        chosen = Record.objects.filter(pk__gt=self.after) if self.after else Record.objects.all()
        if self.material:
            chosen = chosen.filter(material=self.material)
        if self.import_run is not None:
            chosen = chosen.filter(import_run=self.import_run)
        if self.defect:
            chosen = chosen.filter(Exists(RecordDefect.objects.filter(record=OuterRef("pk"), defect=self.defect)))
        if self.branch is not None:
            bound = BoundTitle.objects.filter(record=OuterRef("pk"), item__branch=self.branch)
            chosen = chosen.filter(Exists(Item.objects.filter(record=OuterRef("pk"), branch=self.branch)) | Exists(bound))
        if self.added_since is not None:
            chosen = chosen.filter(created_at__gte=timezone.make_aware(datetime.combine(self.added_since, time.min)))
        return chosen

    def _named(self) -> set[int] | None:
        """The keys that lines and words name; None when neither is given."""
        named = {key for keys in self._known().values() for key in keys} if self.lines else None
        if self.words:
            found = _found(self.words)
            named = found if named is None else named & found
        return named

    def _known(self) -> dict[str, list[int]]:
        """For each line, as it is compared, the records it names."""
        known: dict[str, list[int]] = {}
        wanted = [each for line in self.lines if (each := _normal(line, self.lines_are))]
        for some in stretched(dict.fromkeys(wanted), STRETCH):
            for value, key in _READERS[Named(self.lines_are)](some):
                known.setdefault(value, []).append(key)
        return known


def selection_of(stored: dict[str, Any]) -> RecordSelection:
    """The selection that ``stored`` wrote."""
    since = stored.get("added_since")
    return RecordSelection(**{**stored, "added_since": date.fromisoformat(since) if since else None})


def stretched(these: Iterable[T], size: int) -> Iterator[list[T]]:
    """The same, some at a time."""
    rest = iter(these)
    while some := list(islice(rest, size)):
        yield some


def _normal(line: str, kind: str) -> str:
    text = line.strip()
    if kind == Named.ISBN:
        return isbn_13(text) or as_printed(text)
    if kind == Named.RECORD:
        return str(int(text)) if text.isascii() and text.isdigit() else ""
    return text.upper() if kind == Named.BARCODE else text


def _by_barcode(codes: Sequence[str]) -> Iterable[tuple[str, int]]:
    items = Item.objects.order_by().alias(normal=Upper("barcode")).filter(normal__in=codes)
    return items.values_list(Upper("barcode"), "record_id")


def _by_record(numbers: Sequence[str]) -> Iterable[tuple[str, int]]:
    possible = [int(each) for each in numbers if len(each) <= 18]  # noqa: PLR2004 -- more digits than a key can have
    return ((str(key), key) for key in Record.objects.filter(pk__in=possible).values_list("pk", flat=True))


def _by_isbn(numbers: Sequence[str]) -> Iterable[tuple[str, int]]:
    kinds = (Identifier.Kinds.ISBN, Identifier.Kinds.WRONG_ISBN)
    return Identifier.objects.filter(kind__in=kinds, value__in=numbers).values_list("value", "record_id")


def _by_control_number(numbers: Sequence[str]) -> Iterable[tuple[str, int]]:
    kinds = (Identifier.Kinds.CONTROL_NUMBER, Identifier.Kinds.OTHER)
    return Identifier.objects.filter(kind__in=kinds, value__in=numbers).values_list("value", "record_id")


_READERS = {
    Named.BARCODE: _by_barcode,
    Named.RECORD: _by_record,
    Named.ISBN: _by_isbn,
    Named.CONTROL: _by_control_number,
}


def _found(words: str) -> set[int]:
    """What the search finds, hidden titles too, as far as it can be paged through."""
    found: set[int] = set()
    try:
        page = pages = 1
        while page <= pages:
            answer = find(Query(words=words, page=page, size=PAGE, facets=(), hidden=True))
            found.update(answer.keys)
            page, pages = page + 1, answer.pages
    except NotReady:
        raise Refused(INDEX_NOT_READY(why=unready_because())) from None
    return found
