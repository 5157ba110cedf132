"""Which copies are in a member's hands. Circulation, a storey above, says how to find out; without it nothing is lent."""

from collections.abc import Callable, Collection
from datetime import datetime

Ask = Callable[[Collection[int]], set[int]]
AskAll = Callable[[], set[int]]
AskSince = Callable[[datetime], set[int]]

_ways: list[tuple[Ask, AskAll, AskSince]] = []


def tell_with(among: Ask, everything: AskAll, since: AskSince) -> None:
    """Called once, at start-up: ``among(keys)`` gives those of the items that are on loan, ``everything()`` all that are, and
    ``since(moment)`` all that were lent at that moment or later."""
    _ways[:] = [(among, everything, since)]


def lent_among(items: Collection[int]) -> set[int]:
    """Those of these items (primary keys) that are on loan now."""
    return _ways[0][0](items) if _ways and items else set()


def lent() -> set[int]:
    """Every item (primary key) on loan now."""
    return _ways[0][1]() if _ways else set()


def lent_since(moment: datetime) -> set[int]:
    """Every item (primary key) that was lent at this moment or later."""
    return _ways[0][2](moment) if _ways else set()
