"""Who keeps what of a member. Each part registers its own at start-up, so that reading and forgetting reach everywhere."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Choices
from django.utils.functional import Promise

from lumbung.kernel.refusals import Reason
from lumbung.members.models import Member


def _nothing(_member: Member) -> Sequence[Reason]:
    return ()


@dataclass(frozen=True)
class Holding:
    """``told`` gives what is kept, as plain values for JSON; ``erase`` makes it nobody's; ``against`` says why it must stay yet."""

    code: str
    name: str | Promise
    told: Callable[[Member], Mapping[str, Any]]
    erase: Callable[[Member], None]
    against: Callable[[Member], Sequence[Reason]] = _nothing
    models: tuple[str, ...] = ()
    """The models (``circulation.Loan``) whose rows name a member or a user, for the test that none was forgotten."""
    words: Mapping[str, str | Promise] = field(default_factory=dict)
    """What the keys of ``told`` are called where a person reads them."""
    choices: Mapping[str, type[Choices]] = field(default_factory=dict)
    """Of keys that hold a code (``holds.state``), the choices that name it."""
    names: Mapping[str, Callable[[str], str]] = field(default_factory=dict)
    """Of keys that hold a code without choices (``consents.purpose__code``), what tells the name of a code."""


_holdings: dict[str, Holding] = {}


def register(holding: Holding) -> None:
    """Make a holding known. A code serves once."""
    if holding.code in _holdings:
        raise ValueError(f"two holdings are called {holding.code}")
    _holdings[holding.code] = holding


def registered() -> list[Holding]:
    """Every holding, in the order in which they were registered."""
    return list(_holdings.values())
