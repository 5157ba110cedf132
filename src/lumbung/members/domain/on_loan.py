"""What a member has on loan, all parts together. Each part that lends tells here, so that a limit may count what others lent, and a
list of loans name it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from lumbung.members.models import Member


@dataclass(frozen=True)
class Lent:
    """Something a part lent: until when, and the path under which the member finds it."""

    title: str
    until: datetime
    path: str


Count = Callable[[Member], int]
Counts = Callable[[], Mapping[int, int]]
Titles = Callable[[Member], Iterable[Lent]]

_counts: dict[str, tuple[Count, Counts]] = {}
_titles: dict[str, Titles] = {}


def tell(part: str, count: Count, counts: Counts, titles: Titles | None = None) -> None:
    """Let others ask how many things of this part the member has on loan, as far as they share a limit, and which. ``counts`` tells the
    number for everybody who has any, by the member's key. A part tells once."""
    if part in _counts:
        raise ValueError(f"{part} tells already")
    _counts[part] = count, counts
    if titles is not None:
        _titles[part] = titles


def lent_elsewhere(member: Member, *, but: str) -> int:
    """How many things the other parts have lent to the member that share a limit with theirs."""
    return sum(count(member) for part, (count, _) in _counts.items() if part != but)


def all_lent_elsewhere(*, but: str) -> Mapping[int, int]:
    """The same for everybody at once, by the key of the member; 0 for who has nothing."""
    return sum((Counter(counts()) for part, (_, counts) in _counts.items() if part != but), Counter[int]())


def titles_elsewhere(member: Member, *, but: str) -> list[Lent]:
    """What the other parts have lent to the member, the first to end first."""
    return sorted(
        (each for part, titles in _titles.items() if part != but for each in titles(member)), key=lambda each: each.until
    )
