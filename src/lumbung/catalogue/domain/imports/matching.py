"""Which entries of a stretch the library has already, and what becomes of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from lumbung.catalogue import queries
from lumbung.catalogue.domain.bibliographic.numbers import SYSTEM_NUMBER
from lumbung.catalogue.domain.duplicates import Likeness, comparable
from lumbung.catalogue.domain.imports.accepted import Accepted
from lumbung.catalogue.models import Identifier


class Rule(StrEnum):
    """What to do with a record that is there already: add it all the same with a warning; leave it out; give its copies to ours;
    put it in the place of ours; let it complete ours."""

    ADD = "add"
    SKIP = "skip"
    ITEMS = "items"
    OVERLAY = "overlay"
    MERGE = "merge"


Target = int | Accepted
"""The key of a record in the catalogue, or an earlier entry of the same stretch."""


@dataclass(frozen=True, slots=True)
class Match:
    """What an entry is like, and by which number; ``sure`` when a rule may act on it."""

    target: Target
    likeness: Likeness
    value: str
    sure: bool


class Known:
    """What the catalogue has of all that a stretch brings, asked in four statements, and the entries met since."""

    def __init__(self, accepted: Sequence[Accepted], *, by_title: bool) -> None:
        self.by_title = by_title
        self.numbers = {id(each): comparable(each.numbers) for each in accepted}
        held = self.numbers.values()
        kinds = (Identifier.Kinds.CONTROL_NUMBER, Identifier.Kinds.OTHER)
        found = queries.works_identified_by(kinds, [value for each in held for value in each.control])
        self._control: dict[str, tuple[Target, str]] = dict(found.items())
        isbns = queries.records_identified_by(Identifier.Kinds.ISBN, [value for each in held for value in each.isbn])
        self._isbn: dict[str, Target] = dict(isbns)
        self._title: dict[tuple[str, int], Target] = dict(
            queries.first_of_editions({each.columns.work_key for each in accepted if each.columns.work_key})
        )

    def match(self, one: Accepted) -> Match | None:
        """The surest likeness of this entry; None when the library does not know it."""
        numbers, work = self.numbers[id(one)], one.columns.work_key
        for value in numbers.control:
            if value in self._control:
                target, its_work = self._control[value]
                return Match(target, Likeness.CONTROL_NUMBER, value, value.startswith(SYSTEM_NUMBER) or its_work == work)
        for value in numbers.isbn:
            if value in self._isbn:
                return Match(self._isbn[value], Likeness.ISBN, value, sure=True)
        edition = (work, one.columns.year or 0)
        if edition in self._title:
            return Match(self._title[edition], Likeness.TITLE, one.columns.title, sure=self.by_title)
        return None

    def remember(self, one: Accepted) -> None:
        """From now on this entry is known."""
        numbers, work = self.numbers[id(one)], one.columns.work_key
        for value in numbers.control:
            self._control.setdefault(value, (one, work))
        for value in numbers.isbn:
            self._isbn.setdefault(value, one)
        if work and one.columns.year is not None:
            self._title.setdefault((work, one.columns.year), one)
