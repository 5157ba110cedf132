"""Conditions the system itself can look at. Each part registers its own at start-up: no loans, no fees, a thesis published …"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Check:
    """``against(members)`` says, for all these members (primary keys) at once, what stands against each, in sentences for them.

    A member who is not among its keys meets the condition. ``way`` tells a member how to meet it, ``page`` where they see to it.
    """

    code: str
    name: str | Promise
    way: str | Promise
    against: Callable[[Collection[int]], Mapping[int, Sequence[str]]]
    page: str = ""
    usual: bool = True
    """Whether the purposes a library begins with ask for it; others are added by the library."""


_checks: dict[str, Check] = {}


def register(check: Check) -> None:
    """Make a check known. A code serves once."""
    if check.code in _checks:
        raise ValueError(f"two checks are called {check.code}")
    _checks[check.code] = check


def registered() -> list[Check]:
    """Every check, in the order in which they were registered."""
    return list(_checks.values())


def check_called(code: str) -> Check | None:
    return _checks.get(code)
