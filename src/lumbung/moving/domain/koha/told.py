"""What Koha says in a case, and how a value of it becomes one of our terms."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from lumbung.circulation.domain.terms import BOUNDS
from lumbung.moving.domain.values import number

Terms = dict[str, Any]
"""Terms of a ``LoanRule`` by name. None: there is no limit."""
LIMITS = frozenset(
    (
        "loan_limit", "hold_limit", "holds_per_day", "holds_per_record", "fine_cap", "suspension_cap", "renew_from_days",
        "refund_days", "recalls_per_record", "unseen_limit", "auto_renew_for_days", "article_limit",
    )
)  # fmt: skip
"""Terms in which more than can be said here is as good as no limit."""


@dataclass(frozen=True)
class Told:
    """What Koha says in a case: of each name the value of the nearest row. ``of_type`` are the names whose row speaks of the item type,
    as the case does when ``is_typed``. Without ``preferences`` nobody knows what Koha does where no rule says it."""

    values: Mapping[str, str]
    preferences: Mapping[str, str] | None = None
    is_typed: bool = False
    of_type: frozenset[str] = frozenset()
    is_of_category: bool = False
    is_of_branch: bool = False

    def preference(self, name: str) -> str:
        return (self.preferences or {}).get(name, "")


Say = Callable[[Told, set[str]], Terms]
"""Says terms, and adds to the set the names of what cannot be said: no number, or another way of counting."""


class Group(NamedTuple):
    """Values that are said together."""

    names: frozenset[str]
    say: Say


def count(term: str, text: str, name: str, lost: set[str]) -> Terms:
    """A number within our bounds. As a limit, what is beyond them is none."""
    least, most = BOUNDS[term]
    found = whole(text)
    if found is not None and found > most and term in LIMITS:
        return {term: None}
    if found is None or not least <= found <= most:
        lost.add(name)
        return {}
    return {term: found}


def whole(text: str) -> int | None:
    """A whole number; an amount with a fraction is none."""
    try:
        told = Decimal(text)
    except InvalidOperation:
        return None
    return number(text) if told.is_finite() and told == told.to_integral_value() else None


def smallest(term: str, names: tuple[str, ...], told: Told, lost: set[str]) -> Terms:
    """Several limits that hold at once: the smallest does."""
    given = [name for name in names if name in told.values]
    counts = [count(term, told.values[name], name, lost) if told.values[name] else {term: None} for name in given]
    limits: list[int] = [limit for each in counts if (limit := each.get(term)) is not None]
    if limits:
        return {term: min(limits)}
    return {term: None} if any(counts) else {}


def single(term: str, name: str, blank: int | None) -> Group:
    """One value that is one term; ``blank`` is what a blank means."""

    def say(told: Told, lost: set[str]) -> Terms:
        if name not in told.values:
            return {}
        text = told.values[name]
        return count(term, text, name, lost) if text else {term: blank}

    return Group(frozenset({name}), say)


def by_hour(told: Told) -> bool:
    return told.values.get("lengthunit") == "hours"
