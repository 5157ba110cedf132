"""What every stage does: tell rows that are new from those known, unchanged or changed, and count what became of each."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from django.db.models import QuerySet

from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Reason
from lumbung.moving.domain.plain import Plain
from lumbung.moving.domain.work import Work
from lumbung.moving.refusals import ID_EMPTY, ID_TOO_LONG, ID_TWICE, KEPT_AS_CHANGED_HERE

LONGEST_ID = 120
LOOK = 10_000
DOOR = "moving"
"""The channel of a move: what came through another was done by people here, and is not overwritten."""
P = TypeVar("P", bound=Plain)


class Stage(ABC, Generic[P]):
    """Stores one kind of row. ``size`` rows go in one transaction."""

    kind: ClassVar[type[Plain]]
    size: ClassVar[int] = 500
    journalled: ClassVar[str] = ""
    """The journal's name for our row, by which it tells whether people changed it: ``record``, ``item`` or ``member``."""

    def __init__(self, work: Work) -> None:
        self.work = work

    def take(self, some: Sequence[P]) -> None:
        """Deal with a stretch of rows. Only inside a transaction."""
        fresh, changed = self.sorted_out(some)
        self.bring_in(fresh)
        for row, key in self._open_to_change(changed):
            before = {} if self.work.pretend else self.change(row, key)
            if before is None:
                self.work.warn(row, KEPT_AS_CHANGED_HERE())
                self.work.count(row.entity, "ours")
                continue
            self.work.origins.change(self.kind.entity, row.source_id, row.digest, before)
            self.work.count(row.entity, "changed")

    def sorted_out(self, some: Sequence[P]) -> tuple[list[P], list[tuple[P, int]]]:
        """The rows that are new, and those known that say something else now, with our key. The rest is counted or rejected."""
        known = self.work.origins.of(self.kind.entity)
        fresh: dict[str, P] = {}
        changed: list[tuple[P, int]] = []
        for row in some:
            self.work.count(row.entity, "read")
            there = known.get(row.source_id)
            if faults := self._faults(row, fresh):
                self.work.reject(row, *faults)
            elif there is None:
                fresh[row.source_id] = row
            elif there.digest == row.digest:
                self.work.count(row.entity, "same")
            else:
                changed.append((row, there.key))
        return list(fresh.values()), changed

    def _faults(self, row: P, fresh: Mapping[str, P]) -> Sequence[Reason]:
        if not row.source_id:
            return [ID_EMPTY()]
        if len(row.source_id) > LONGEST_ID:
            return [ID_TOO_LONG()]
        return [ID_TWICE(id=row.source_id)] if row.source_id in fresh else row.faults

    @abstractmethod
    def bring_in(self, fresh: Sequence[P]) -> None:
        """Store rows that are new (in a rehearsal: only check them), and note with ``came`` what each became."""

    def change(self, row: P, key: int) -> dict[str, Any] | None:
        """Make our row say what the row says now; returns what it said before, for ``restore``. None: ours stays as it is."""
        return None

    def restore(self, key: int, before: dict[str, Any]) -> None:
        """Make our row say again what it said before ``change``."""

    @abstractmethod
    def facts(self, keys: Sequence[int]) -> dict[int, dict[str, str]]:
        """What our rows say, field by field as ``Source.facts`` tells it of the other system's."""

    @abstractmethod
    def ours(self) -> QuerySet[Any]:
        """All our rows of this kind."""

    def standing(self, keys: Sequence[int]) -> int:
        """How many source rows have theirs here: ``keys`` may name one of ours several times."""
        there: set[int] = set()
        for first in range(0, len(keys), LOOK):
            there.update(self.ours().filter(pk__in=keys[first : first + LOOK]).values_list("pk", flat=True))
        return sum(key in there for key in keys)

    def came(self, row: P, told: int | Reason | None, *, made: bool = True) -> int | None:
        """Note that the row became ours of this key (None in a rehearsal), or why not; its warnings are reported. Returns the key."""
        if isinstance(told, Reason):
            self.work.reject(row, told)
            return None
        self.work.count(row.entity, "added" if made else "recognised")
        if row.warnings:
            self.work.warn(row, *row.warnings)
        return self.work.origins.add(self.kind.entity, row.source_id, told, row.digest, made=made)

    def _open_to_change(self, changed: Sequence[tuple[P, int]]) -> list[tuple[P, int]]:
        """Those that nobody here has touched; the others stay ours, and that is told."""
        touched = self.touched([key for _, key in changed])
        for row, key in changed:
            if key in touched:
                self.work.warn(row, KEPT_AS_CHANGED_HERE())
                self.work.count(row.entity, "ours")
        return [(row, key) for row, key in changed if key not in touched]

    def touched(self, keys: Sequence[int]) -> set[int]:
        """Those of our rows that people here changed, as the journal tells."""
        return touched_here(self.journalled, keys)


def touched_here(name: str, keys: Sequence[int]) -> set[int]:
    """Those of our rows about which the journal tells something that did not come through a move."""
    if not name or not keys:
        return set()
    told = JournalEntry.objects.filter(**{f"{name}__in": keys}).exclude(channel=DOOR)
    return set(told.values_list(name, flat=True))
