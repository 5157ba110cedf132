"""The journal: every verb records what happened, in its own transaction.

An event is a dataclass, never changed, of ids and plain values, named in the past tense. Field names are shared across parts, because the
journal is searched by them: ``record``, ``item``, ``member``, ``loan``, ``hold``, ``branch`` hold primary keys.
"""

from collections.abc import Iterable
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, fields
from datetime import date, datetime
from typing import Any, NoReturn, Protocol, TypeVar, dataclass_transform

from django.db import transaction

from lumbung.kernel import channel, clock, drawn, jobs
from lumbung.kernel.models import JournalEntry

E = TypeVar("E", bound="Event")


@dataclass_transform(kw_only_default=True, eq_default=False)
def event(cls: type[E]) -> type[E]:
    """Declare an event: named facts that never change. There are hundreds of kinds, and what is written for each of them is paid for at
    every start and kept in every process: how one is made stands in ``Event`` for all, two are never compared, and none is printed."""
    return dataclass(init=False, kw_only=True, eq=False, repr=False)(cls)


@dataclass(init=False, kw_only=True, eq=False, repr=False)
class Event:
    """The base of every event. Raises ``TypeError`` where a fact is missing or is not one of its kind, ``FrozenInstanceError`` when it
    is to be changed."""

    def __init__(self, **facts: Any) -> None:
        known = self.__dataclass_fields__
        told = {name: facts.pop(name) if name in facts else _unsaid(each) for name, each in known.items()}
        if wrong := [*facts, *(name for name, value in told.items() if value is MISSING)]:
            raise TypeError(
                f"{type(self).__name__} is made of {', '.join(known)}: {', '.join(wrong)} missing or not among them"
            )
        self.__dict__.update(told)

    def __setattr__(self, name: str, value: Any) -> NoReturn:
        raise FrozenInstanceError(name)

    def __delattr__(self, name: str) -> NoReturn:
        raise FrozenInstanceError(name)


def _unsaid(fact: Field[Any]) -> Any:
    return fact.default if fact.default_factory is MISSING else fact.default_factory()


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
