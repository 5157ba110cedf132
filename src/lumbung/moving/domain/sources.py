"""The systems a library can come from. Each is a ``Source``: it sets its input down in staged tables, and tells them as plain rows.

A new one is a package beside ``slims``: a class, an entry in ``registry``, and nothing else. Everything about checking, storing, running
again, proving and undoing is common to all.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, NamedTuple
from zoneinfo import ZoneInfo

from django.utils.functional import Promise

from lumbung.formats.zip_bounds import Unsafe
from lumbung.kernel.refusals import Reason
from lumbung.moving.domain.plain import Plain
from lumbung.moving.domain.staging import Staged
from lumbung.moving.refusals import ARCHIVE_LOCKED, ARCHIVE_TOO_LARGE

Progress = Callable[[int], None]
"""Told how many bytes of the input were read so far."""


@dataclass(frozen=True)
class Kept:
    """A table without room here: ``because`` is "no_room" (kept for later), "columns" (what of its columns has none), "rest" (it came,
    and the whole is kept for what of its rows and columns has none), or "derived" (made by the other system out of the rest, not kept)."""

    table: str
    because: str
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Problem:
    """Something wrong with the input itself: of ``table``, or of the whole."""

    reason: Reason
    table: str = ""
    refused: bool = False


class Source(ABC):
    """One system. Made anew for each phase, over tables that ``read_in`` has staged.

    ``name`` is what the command calls it. ``zone`` is that in which its times are told. ``origin`` is what its rows are called here,
    the control numbers of its titles included: another name keeps two libraries on the same system apart.

    ``has_branches`` tells that its places are branches, whatever else is chosen.
    ``asks`` tells that a person must say what its columns are; ``columns`` is what was said of each.
    """

    name: ClassVar[str]
    label: ClassVar[str | Promise]
    accepts: ClassVar[str] = ".sql,.gz,.zip,.bz2"
    asks: ClassVar[bool] = False
    has_branches: ClassVar[bool] = False

    def __init__(self, staged: Staged, *, origin: str, zone: ZoneInfo, columns: Mapping[str, str] | None = None) -> None:
        self.staged, self.origin, self.zone, self.columns = staged, origin, zone, columns or {}

    @classmethod
    @abstractmethod
    def read_in(cls, path: Path, staged: Staged, progress: Progress) -> list[Problem]:
        """Stage everything the input holds, and make what it needs to be found by. Returns what is wrong with the input."""

    @classmethod
    def choose(cls, path: Path, said: Mapping[str, str]) -> dict[str, str]:
        """What the columns of this input are, from what a person said of them: for sources that ask. Refuses what cannot be so."""
        return {}

    @abstractmethod
    def rows(self, kind: type[Plain], *, after: int = 0) -> Iterator[Plain]:
        """The rows of one kind behind place ``after``, in the order of their places. A kind that the source has not gives none."""

    @abstractmethod
    def count(self, kind: type[Plain]) -> int:
        """How many rows of this kind the other system has, counted in its own tables and not through ``rows``."""

    @abstractmethod
    def kept(self) -> Sequence[Kept]:
        """Every table that is staged and of which something has no room here."""

    def sums(self) -> Mapping[str, int]:
        """Figures that must be the same here in the end: ``open_loans``, ``owed``, ``holds``, counted in the other system's tables."""
        return {}

    def facts(self, kind: type[Plain], source_ids: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
        """For the spot check: what the other system's own rows say, by source id, as ``stages.Stage.facts`` tells of ours."""
        return {}

    def images(self) -> Iterator["Wanted"]:
        """The pictures that rows speak of, below the folder of pictures."""
        return iter(())

    def files(self) -> Iterator["Wanted"]:
        """The digital files that rows speak of, below their folder."""
        return iter(())

    def orphans(self) -> Iterator[Plain]:
        """Copies whose title is not there: they come with no title, and are reported."""
        return iter(())


class Wanted(NamedTuple):
    """A file that a row speaks of: where it lies below the folder given, and whose it is."""

    path: str
    entity: str
    source_id: str


def unsafe_archive(unsafe: Unsafe, path: Path) -> Problem:
    """The words for an archive of which nothing may be unpacked."""
    refusal = ARCHIVE_LOCKED if unsafe.code == "locked" else ARCHIVE_TOO_LARGE
    return Problem(refusal(file=path.name), refused=True)


def text_of(row: Mapping[str, Any], column: str) -> str:
    """The column as a string; empty when it is NULL or not there."""
    value = row.get(column)
    return "" if value is None else str(value)
