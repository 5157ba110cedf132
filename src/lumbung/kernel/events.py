"""The journal: every verb records what happened, in its own transaction.

An event is a frozen dataclass of ids and plain values, named in the past tense. Field names are shared across parts, because the
journal is searched by them: ``record``, ``item``, ``member``, ``loan``, ``hold``, ``branch`` hold primary keys.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, Protocol, TypeVar, dataclass_transform

from django.db import transaction

from lumbung.kernel import channel, clock, drawn, jobs
from lumbung.kernel.models import JournalEntry

E = TypeVar("E", bound="Event")


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Event:
    """The base of every event."""


@dataclass_transform(frozen_default=True, kw_only_default=True, eq_default=False)
def event(cls: type[E]) -> type[E]:
    """Declare an event: named facts that never change. Two events are never compared, and none is printed: there are hundreds of
    kinds, and what none of them needs would be kept in every process."""
    return dataclass(frozen=True, kw_only=True, eq=False, repr=False)(cls)


class Actor(Protocol):
    """Whoever did it; anything with a primary key."""

    pk: Any


def record(event: Event, *, by: Actor | None) -> JournalEntry:
    """Write the event in the journal and set its reactions going, all in the caller's transaction.

    ``by`` is the user who acted, or None when the system did. Raises ``TransactionManagementError`` outside a transaction: what
    happened and the record of it stand or fall together.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(f"{type(event).__name__} recorded outside a transaction")
    entry = drawn.insert(
        JournalEntry(
            at=clock.now(),
            name=type(event).__name__,
            actor_id=by.pk if by is not None else None,
            channel=channel.current(),
            data={f.name: _plain(getattr(event, f.name)) for f in fields(event)},
        )
    )
    jobs.schedule(entry)
    return entry


def forget(entries: Iterable[tuple[JournalEntry, int | None]], field: str) -> None:
    """Blank ``field`` in what these entries keep: a person asked, or the time to remember them is over. The entries stay.

    With each entry comes the key of that person's user, if any: where that user acted, who acted is forgotten too.
    """
    kept = []
    for entry, user in entries:
        entry.data[field] = None
        entry.actor_id = None if entry.actor_id == user else entry.actor_id
        kept.append(entry)
    JournalEntry.objects.bulk_update(kept, ["data", "actor_id"], batch_size=200)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(each) for each in value]
    return value
