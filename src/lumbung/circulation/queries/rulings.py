"""What a decision depends on, and one rule, ready to be asked whether it fits."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from lumbung.circulation.models import DueBy, LoanKinds, WaitingCounted
from lumbung.circulation.models.rule import WHERE
from lumbung.organization import queries as organization

OF_ITEMS = ("item_type", "material", "location", "new_for_days", "owner", "stands")
"""The criteria that speak of the item."""
_OF_DAY = frozenset({"due_by", "due_by_how"})
NOWHERE = (0,) * len(WHERE)


@dataclass(frozen=True)
class Demand:
    """How many others wait for a title, how many copies of it there are, and how many of those stand on the shelf."""

    waiting: int = 0
    copies: int = 0
    free: int = 0

    def reaches(self, least: int, counted: str) -> bool:
        """Whether so many wait at least, counted in this way."""
        match counted:
            case WaitingCounted.BEYOND:
                return self.waiting - self.copies >= least
            case WaitingCounted.COPY:
                return self.waiting >= least * max(1, self.copies)
            case WaitingCounted.FREE:
                return self.waiting >= least * max(1, self.free)
        return self.waiting >= least


NO_DEMAND = Demand()


class GroupOf(NamedTuple):
    """A group of branches (a key), which a rule names where it could name a branch."""

    key: int


Place = int | GroupOf
"""What a rule names: a branch with its parts, or a group."""


def places_of(branch: int | None) -> dict[Place, int]:
    """By what a rule may name the branch, and how near that is, most for the nearest: itself, what it is part of, and groups last."""
    line = organization.lineage(branch) if branch is not None else ()
    groups: dict[Place, int] = {GroupOf(key): -len(line) for key in organization.groups_of(line)}
    return groups | {each: -steps for steps, each in enumerate(line)}


def is_there(said: Place | None, branch: int) -> bool:
    """Whether the branch is the one that is said, or part of it, or of the group; where nothing is said, any is."""
    return said is None or said in places_of(branch)


@dataclass(frozen=True)
class Case:
    """What a decision depends on; keys of rows, and None or empty for an item of no particular kind."""

    category: int | None
    branch: int
    item_type: int | None = None
    material: str = ""
    location: int | None = None
    unit: str = ""
    kind: str = LoanKinds.NORMAL
    is_renewal: bool = False
    day: date = date.min
    added_on: date | None = None
    in_demand: bool = False
    demand: Demand = NO_DEMAND
    faculty: int | None = None
    programme: int | None = None
    age: int | None = None
    home: int | None = None
    owner: int | None = None
    stands: int | None = None


@dataclass(frozen=True, eq=False)
class Ruling:
    """A rule, ready to be asked: what it speaks of, with its weight, and what it says, ``of_package`` through the package it
    names; ``is_personal``: it is a member's own and goes before every other."""

    pk: int
    title: str
    speaks_of: Mapping[str, Any]
    says: Mapping[str, Any]
    weight: int
    package: str = ""
    of_package: frozenset[str] = frozenset()
    is_personal: bool = False

    @cached_property
    def places(self) -> "Sequence[tuple[int, str, Place]]":
        """The branches and groups it speaks of: which of ``WHERE``, its name, and what is said."""
        return [(number, name, self.speaks_of[name]) for number, name in enumerate(WHERE) if name in self.speaks_of]

    def nearness(self, near: "Mapping[str, Mapping[Place, int]]") -> tuple[int, ...] | None:
        """How near the branches it speaks of are, in the order of ``WHERE``, most for the nearest; None where it does not fit."""
        found = list(NOWHERE)
        for number, name, said in self.places:
            if said not in near[name]:
                return None
            found[number] = near[name][said]
        return tuple(found)

    def says_on(self, day: date) -> Mapping[str, Any]:
        """What it says that day: a return on exactly, or at the latest, a day that is over is said no more."""
        return {name: said for name, said in self.says.items() if name not in _OF_DAY} if self.is_over(day) else self.says

    def is_over(self, day: date) -> bool:
        """Whether it says that things come back on exactly, or at the latest, a day that is over."""
        return self.last_day is not None and self.last_day < day

    @cached_property
    def last_day(self) -> date | None:
        """The day on which, exactly or at the latest, what is lent comes back, where it says one."""
        return last_day_of(self.says)

    def package_for(self, term: str) -> str:
        """What the package is called through which it says this term; nothing where the rule says it itself."""
        return self.package if term in self.of_package else ""

    @property
    def is_about_items(self) -> bool:
        return any(name in self.speaks_of for name in OF_ITEMS)

    def fits(self, case: Case, kinds: frozenset[str]) -> bool:
        """Whether it fits apart from category, item type and unit, by which it was found, and branches. ``kinds``: periods of the day."""
        return all(_FITS[name](said, case, kinds) for name, said in self.speaks_of.items() if name in _FITS)


_FITS: Mapping[str, Callable[[Any, Case, frozenset[str]], bool]] = {
    "material": lambda said, case, _: said == case.material,
    "location": lambda said, case, _: said == case.location,
    "loan_kind": lambda said, case, _: said == case.kind,
    "is_renewal": lambda said, case, _: case.is_renewal,
    "in_demand": lambda said, case, _: case.in_demand,
    "waiting": lambda said, case, _: case.demand.reaches(*said),
    "weekdays": lambda said, case, _: str(case.day.weekday()) in said,
    "dates": lambda said, case, _: (said[0] or case.day) <= case.day <= (said[1] or case.day),
    "faculty": lambda said, case, _: said == case.faculty,
    "programme": lambda said, case, _: said == case.programme,
    "age": lambda said, case, _: (
        case.age is not None and (said[0] or 0) <= case.age <= (case.age if said[1] is None else said[1])
    ),
    "period": lambda said, case, kinds: said in kinds,
    "new_for_days": lambda said, case, _: case.added_on is not None and (case.day - case.added_on).days <= said,
}


def last_day_of(says: Mapping[str, Any]) -> date | None:
    """The day on which, exactly or at the latest, what is lent under these terms comes back, where they say one."""
    day: date | None = says.get("due_by")
    return None if says.get("due_by_how") == DueBy.EARLIEST else day
