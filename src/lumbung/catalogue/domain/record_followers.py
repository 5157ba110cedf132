"""What stands on a record and goes along when the record goes into another. Parts above tell here how their own things follow."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from lumbung.catalogue.models import Record
from lumbung.kernel import events


@dataclass(frozen=True)
class Follower:
    """Something that stands on records. Its verbs run inside the transaction of the merger, the copies having moved already.

    ``told(gone, kept)`` says before the merger, in sentences without names of people, what it will do. ``move(gone, kept, by)`` does it and
    returns, as plain JSON, what ``give_back(moved, gone, kept, by)`` needs to undo it; what people changed meanwhile stays theirs.
    ``models`` are those of its models that have a foreign key to records: a test asks that every such model has a follower.
    """

    name: str
    models: tuple[type[Model], ...]
    told: Callable[[Record, Record], Sequence[str]]
    move: Callable[[int, int, events.Actor | None], Any]
    give_back: Callable[[Any, int, int, events.Actor | None], None]


_followers: dict[str, Follower] = {}


def follow(follower: Follower) -> None:
    """Let it be asked at every merger. A name serves once."""
    if follower.name in _followers:
        raise ValueError(f"two followers are called {follower.name}")
    _followers[follower.name] = follower


def followers() -> list[Follower]:
    """Every follower, in the order in which they came."""
    return list(_followers.values())
