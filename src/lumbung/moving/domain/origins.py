"""Which row of ours came from which row of the other system, remembered while a move works and written with what it stores."""

from collections.abc import Iterable
from itertools import count
from typing import NamedTuple

from lumbung.kernel import rows
from lumbung.moving.models import Change, Move, Origin

COLUMNS = ("source", "entity", "source_id", "key", "digest", "made", "move_id")


class Known(NamedTuple):
    """Our row's key, and the digest of what the other system said when it was last taken in."""

    key: int
    digest: str


class Origins:
    """By kind and source id. ``pretend``: what would be made gets keys below nothing, and nothing is written (a rehearsal)."""

    def __init__(self, origin: str, move: Move, *, pretend: bool) -> None:
        self.origin, self.move, self.pretend = origin, move, pretend
        self._known: dict[str, dict[str, Known]] = {}
        self._keys: dict[str, set[int]] = {}
        self._fresh: list[tuple[object, ...]] = []
        self._pretended = count(-1, -1)

    def of(self, entity: str) -> dict[str, Known]:
        """All of a kind, by source id."""
        if entity not in self._known:
            found = Origin.objects.filter(source=self.origin, entity=entity).values_list("source_id", "key", "digest")
            self._known[entity] = {source_id: Known(key, digest) for source_id, key, digest in found.iterator(chunk_size=5_000)}
        return self._known[entity]

    def keys(self, entity: str) -> set[int]:
        """Our keys of all of a kind."""
        if entity not in self._keys:
            self._keys[entity] = {each.key for each in self.of(entity).values()}
        return self._keys[entity]

    def key(self, entity: str, source_id: str | None) -> int | None:
        known = self.of(entity).get(source_id) if source_id is not None else None
        return known.key if known else None

    def add(self, entity: str, source_id: str, key: int | None, digest: str, *, made: bool = True) -> int:
        """Remember; in a rehearsal without a key one is made up."""
        told = next(self._pretended) if key is None else key
        self.of(entity)[source_id] = Known(told, digest)
        if entity in self._keys:
            self._keys[entity].add(told)
        self._fresh.append((self.origin, entity, source_id, told, digest, made, self.move.pk))
        return told

    def change(self, entity: str, source_id: str, digest: str, before: object) -> None:
        """Remember that our row says something else now, and what it said before."""
        known = self.of(entity)[source_id]
        self.of(entity)[source_id] = Known(known.key, digest)
        if not self.pretend:
            Change.objects.create(
                move=self.move, entity=entity, key=known.key, before=before, was_digest=known.digest, digest=digest
            )
            Origin.objects.filter(source=self.origin, entity=entity, source_id=source_id).update(digest=digest)

    def write(self) -> None:
        """Write what is new. Only inside the transaction that stores the rows themselves."""
        if not self.pretend:
            rows.insert(Origin, COLUMNS, self._fresh)
        self._fresh.clear()

    def forget(self, entities: Iterable[str]) -> None:
        """Let go of kinds that nothing refers to any more."""
        for entity in entities:
            self._known.pop(entity, None)
            self._keys.pop(entity, None)
