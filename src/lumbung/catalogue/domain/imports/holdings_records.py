"""Holdings records of their own (leader/06 u, v, x, y) in an import: each goes to the title that its 004, or its 014, names."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from typing import Self

from lumbung.catalogue.domain import records
from lumbung.catalogue.domain.bibliographic.numbers import SYSTEM_NUMBER, kept_number
from lumbung.catalogue.domain.duplicates import comparable
from lumbung.catalogue.domain.imports.accepted import Accepted, Origin
from lumbung.catalogue.domain.imports.bindings import MOST_WAITING
from lumbung.catalogue.domain.imports.copies import Copy, Profile, copies
from lumbung.catalogue.domain.imports.deciding import Decided
from lumbung.catalogue.domain.imports.matching import Rule
from lumbung.catalogue.domain.overlaying import COPIES, meaning, put_in_order
from lumbung.catalogue.models import Identifier, ImportRun, Record, Revision
from lumbung.catalogue.refusals import (
    HOLDINGS_BY_BARE_NUMBER,
    HOLDINGS_SKIPPED,
    HOLDINGS_WITHOUT_TITLE,
    TOO_MANY_HOLDINGS_WAIT,
)
from lumbung.formats import marc
from lumbung.formats.holdings import Holding, embedded, holdings_in, replaced, standard_lines_of
from lumbung.kernel import events
from lumbung.kernel.refusals import Reason

KINDS = frozenset("uvxy")
OF_A_TITLE = "1"
ABOUT_THE_COPY = frozenset({"541", "561", "562", "563", "583", "841", "842", "843", "844", "845", "856", "857"})
"""What a holdings record says beside the statement that the record of the title may say too."""

Report = Callable[[Origin, Reason], None]


@dataclass(slots=True, eq=False)
class OfTitle:
    """A holdings record; ``key`` is that of its title, None in a dry run for one that the file itself brings."""

    entry: Origin
    record: marc.Record
    numbers: list[str]
    copies: list[Copy]
    key: int | None = None

    @classmethod
    def of(cls, entry: Origin, record: marc.Record, profile: Profile) -> Self | None:
        """None when it names no title."""
        numbers = numbers_of_title(record)
        return cls(entry, record, numbers, copies(record, profile)) if numbers else None


class HoldingsRecords:
    """Those of one stretch. ``seen`` tells of each number how many titles with it a dry run would have added. Before the ``last`` try what
    finds no title waits, for its title may come later in the file."""

    def __init__(
        self, run: ImportRun, taken: list[OfTitle], seen: Counter[str] | None, *, last: bool, profile: Profile, rule: Rule
    ) -> None:
        self.run, self.taken, self.seen, self.last, self.profile, self.rule = run, taken, seen, last, profile, rule
        self.settled: list[OfTitle] = []
        self.waiting: list[tuple[int, int]] = []

    def settle(self, decided: Decided, *, warn: Report, refuse: Report) -> list[OfTitle]:
        """Find the title of each, among those of this stretch and in the catalogue; what has none waits, or is refused, and so is
        what has one that the rule leaves as it is."""
        fresh = decided.taking()
        here: dict[str, int | None] = {number: one.key for one in fresh for number in _names_of(one)} if self._asks else {}
        giver = _giver_of(self.run) if self.taken else ""
        for one in self.taken:
            one.numbers += [f"{giver}{number}" for number in one.numbers if giver and not number.startswith(SYSTEM_NUMBER)]
            one.numbers = [*map(kept_number, one.numbers)]
        ours = self._left_out(decided.left_out()) if self.taken else {}
        kept = ours | _titles_by_control_number([number for one in self.taken for number in one.numbers], self.run)
        for one in self.taken:
            if reason := self._against(one, here, kept, warn):
                refuse(one.entry, reason)
        if self.seen is not None:
            self.seen.update(number for one in decided.added for number in _names_of(one) | _bare_numbers_of(one))
        return self.settled

    def _left_out(self, entries: Iterable[Accepted]) -> dict[str, tuple[int, bool]]:
        """The titles that the rule leaves as they are, by what the file calls them, and whether this import brought them itself."""
        named = {number: one.key for one in entries if one.key is not None for number in _names_of(one)}
        brought = set(Record.objects.filter(pk__in=set(named.values()), import_run=self.run).values_list("pk", flat=True))
        return {number: (key, key in brought) for number, key in named.items()}

    @property
    def _asks(self) -> bool:
        """Whether somebody will ask for titles of this stretch: its own holdings records, or in a dry run later ones."""
        return bool(self.taken) or self.seen is not None

    def _against(
        self, one: OfTitle, here: Mapping[str, int | None], kept: Mapping[str, tuple[int, bool]], warn: Report
    ) -> Reason | None:
        """Settle the record or let it wait; else why it is refused."""
        own = next((number for number in one.numbers if number in here), None)
        known = next((number for number in one.numbers if self._leads_to_one(number, kept)), None)
        if own is not None:
            one.key = here[own]
        elif known is not None and self.seen is not None and self.seen[known]:
            one.key = None
        elif known is not None:
            one.key, is_of_this_run = kept[known]
            if not is_of_this_run and self.rule is Rule.SKIP:
                return HOLDINGS_SKIPPED(value=known, record=one.key)
            if not is_of_this_run and not known.startswith(SYSTEM_NUMBER):
                warn(one.entry, HOLDINGS_BY_BARE_NUMBER(value=known, record=one.key))
        else:
            return self._without_title(one)
        self.settled.append(one)
        return None

    def _leads_to_one(self, number: str, kept: Container[str]) -> bool:
        """What the import brings goes before what was there, in a dry run too, which stores nothing of it."""
        brought = self.seen[number] if self.seen is not None else 0
        return brought == 1 if brought else number in kept

    def _without_title(self, one: OfTitle) -> Reason | None:
        if self.last:
            return HOLDINGS_WITHOUT_TITLE(value=one.numbers[0])
        if len(self.run.waiting) + len(self.waiting) >= MOST_WAITING:
            return TOO_MANY_HOLDINGS_WAIT(value=one.numbers[0], most=MOST_WAITING)
        self.waiting.append((one.entry.position, one.entry.offset))
        return None

    def attach(self, *, by: events.Actor | None) -> None:
        """Write what they say into the records of their titles. Only inside a transaction."""
        brought: defaultdict[int, list[marc.Record]] = defaultdict(list)
        for one in self.settled:
            if one.key is not None:
                brought[one.key].append(embedded(one.record))
        before = _before(brought, self.run)
        for key, some in sorted(brought.items()):
            make = partial(with_holdings, brought=some, profile=self.profile, before=before.get(key))
            records.overlay(key, make, run=self.run, by=by)


def numbers_of_title(record: marc.Record) -> list[str]:
    """The control numbers that its title may have, the surest first: 004 with the organisation of 003, then as it stands; so 014."""
    named = [(record.control("003").strip(), record.control("004").strip())]
    named += [
        (each.get("b").strip(), each.get("a").strip())
        for each in record.fields
        if each.tag == "014" and not each.is_control and each.ind1 == OF_A_TITLE
    ]
    told = [name for giver, number in named if number for name in ((f"({giver}){number}", number) if giver else (number,))]
    return list(dict.fromkeys(told))


def with_holdings(
    said: marc.Record, *, brought: Sequence[marc.Record], profile: Profile, before: marc.Record | None
) -> marc.Record:
    """The record of a title with what these holdings records say. What it says already is not said twice, and what it alone said of
    the same place ``before`` the import gives way."""
    again = {_told(statement) for each in brought for statement in holdings_in(each)}
    outdated = {_told(statement) for statement in holdings_in(before)} - again if before else set()
    for each in brought:
        statements = holdings_in(each)
        for statement in statements:
            if _told(statement) not in map(_told, holdings_in(said)):
                said = replaced(said, _giving_way(said, statement, outdated), deepcopy(statement))
        stated = {id(field) for statement in statements for field in statement.fields}
        wanted = ABOUT_THE_COPY if copies(each, profile) else ABOUT_THE_COPY | COPIES
        held = {meaning(field) for field in said.fields}
        for field in each.fields:
            if field.tag in wanted and id(field) not in stated and meaning(field) not in held:
                put_in_order(said.fields, deepcopy(field))
    return said


def _names_of(one: Accepted) -> set[str]:
    """What a title of the file may be called by: its control numbers, and 001 alone, for in one file it needs no organisation."""
    return {*comparable(one.numbers).control, *filter(None, [one.entry.control_number])}


def _bare_numbers_of(one: Accepted) -> set[str]:
    """What it is found by too once it is in the catalogue, if nothing else there has the same (035 without an organisation)."""
    return {number.value for number in one.numbers if number.kind == Identifier.Kinds.OTHER}


def _told(holding: Holding) -> tuple[object, ...]:
    about = [(each.tag, *(told for told in each.subfields if told[0] != "8")) for each in holding.about]
    return (*_place(holding), holding.note, *about, *standard_lines_of(holding))


def _place(holding: Holding) -> tuple[str, str, str]:
    return holding.branch, holding.shelf, holding.call_number


def _subject(holding: Holding) -> tuple[object, ...]:
    """What it is a statement of: the place, which copy and which materials there (852 $t, $3), and volumes, supplements or indexes."""
    place = holding.place
    which = (place.get("t"), place.get("3")) if place is not None else ("", "")
    return (*_place(holding), *which, frozenset(part.kind for part in holding.parts))


def _giving_way(said: marc.Record, new: Holding, outdated: Container[tuple[object, ...]]) -> Holding | None:
    """The statement that ``new`` replaces: the only one of the same place, if it is outdated and a statement of the same."""
    there = [each for each in holdings_in(said) if any(_place(new)) and _place(each) == _place(new)]
    gives_way = len(there) == 1 and _subject(there[0]) == _subject(new) and _told(there[0]) in outdated
    return there[0] if gives_way else None


def _before(keys: Collection[int], run: ImportRun) -> dict[int, marc.Record]:
    """What those of these records that the import did not bring said before it."""
    if not keys:
        return {}
    rows = Record.objects.filter(pk__in=keys).exclude(import_run=run)
    said = {each.pk: each.marc_record for each in rows.only("marc")}
    for each in Revision.objects.filter(import_run=run, record__in=list(said)).order_by("-was"):
        said[each.record_id] = each.marc_before
    return said


def _giver_of(run: ImportRun) -> str:
    """The organisation that numbered what this import brought, as its control numbers begin; empty when they name none."""
    numbers = Identifier.objects.filter(record__import_run=run, kind=Identifier.Kinds.CONTROL_NUMBER)
    first = numbers.filter(value__startswith=SYSTEM_NUMBER).order_by("record").values_list("value", flat=True).first()
    return f"{first.partition(')')[0]})" if first else ""


def _titles_by_control_number(values: Collection[str], run: ImportRun) -> dict[str, tuple[int, bool]]:
    """For each of these control numbers that leads to one title: its key, and whether this import brought it. What the import brought
    goes before what was there."""
    if not values:
        return {}
    kinds = (Identifier.Kinds.CONTROL_NUMBER, Identifier.Kinds.OTHER)
    rows = Identifier.objects.filter(kind__in=kinds, value__in=set(values))
    found: dict[str, tuple[set[int], set[int]]] = {}
    for value, key, brought_by in rows.values_list("value", "record_id", "record__import_run"):
        own, others = found.setdefault(value, (set(), set()))
        (own if brought_by == run.pk else others).add(key)
    nearest = {value: (own or others, bool(own)) for value, (own, others) in found.items()}
    return {value: (next(iter(keys)), own) for value, (keys, own) in nearest.items() if len(keys) == 1}
