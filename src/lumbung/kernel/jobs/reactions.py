"""The reactions that are known, and how a journal entry sets them going."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django_tasks import task

from lumbung.kernel.drawn import insert
from lumbung.kernel.models import JournalEntry, PendingReaction

MARGIN = 200
USUAL, PROMPT, SLOW = QUEUES = "default", "prompt", "slow"
"""One for work that may take long, one for what somebody waits for, one for what may take very long and must hold up nothing else."""


class Unavailable(Exception):
    """Raised by a coalesced reaction that can do nothing at present, whatever the entry: all of them wait, none has failed."""


@dataclass(frozen=True)
class Reaction:
    """When one of ``to`` happened, call ``run`` with the entry (or, coalesced, with a batch of entries).

    A ``prompt`` one has somebody waiting for it: it does not queue behind imports and their like. Those of the ``slow`` ones queue
    behind each other alone.

    A coalesced reaction ``gives_way`` when nobody waits for it: while others have something to do it comes now and then, for a short
    while, and whoever waits for what is under way does not wait for it. ``of_many`` are those of its events that tell of hundreds of
    records each: they stand behind the others, a few at a time.

    A coalesced reaction may have hooks. ``prepare`` brings what it writes to in order: called when the worker starts, and again after
    ``Unavailable``, or when ``fell_apart`` says, at next to no cost, that it is called for; one that takes long is a generator, which
    goes on while nobody else is in need. ``settle`` makes durable what ``run`` did: called before the entries count as done, for those
    ``of_many`` once for several batches. ``rest`` lets go of what it holds: called when nothing has come for a while, and at the end.
    """

    name: str
    to: tuple[str, ...]
    run: Callable[[Any], None]
    coalesced: bool = False
    prompt: bool = False
    slow: bool = False
    gives_way: bool = False
    of_many: frozenset[str] = frozenset()
    prepare: Callable[[], Iterator[None] | None] | None = None
    fell_apart: Callable[[], bool] | None = None
    settle: Callable[[], None] | None = None
    rest: Callable[[], None] | None = None

    @property
    def queue(self) -> str:
        return PROMPT if self.prompt else SLOW if self.slow else USUAL


_reactions: dict[str, Reaction] = {}
_by_event: dict[str, list[Reaction]] = {}


def react(reactions: Sequence[Reaction]) -> None:
    """Make the table of reactions known; called once, at start-up. Refuses two reactions of one name."""
    for reaction in reactions:
        if reaction.name in _reactions:
            raise ValueError(f"two reactions are called {reaction.name}")
        _reactions[reaction.name] = reaction
        for event in reaction.to:
            _by_event.setdefault(event, []).append(reaction)


def coalesced() -> list[Reaction]:
    return [reaction for reaction in _reactions.values() if reaction.coalesced]


def fallen_apart() -> bool:
    """Whether what any of the coalesced reactions writes to must be brought in order, though nothing else is to be done."""
    return any(reaction.fell_apart() for reaction in coalesced() if reaction.fell_apart)


def giving_way() -> list[str]:
    """The names of the reactions that nobody waits for."""
    return [reaction.name for reaction in _reactions.values() if reaction.gives_way]


def schedule(entry: JournalEntry) -> None:
    """Set going whatever reacts to this entry, in the present transaction."""
    for reaction in _by_event.get(entry.name, ()):
        if reaction.coalesced:
            insert(PendingReaction(reaction=reaction.name, entry=entry))
        else:
            run_reaction.using(queue_name=reaction.queue).enqueue(reaction=reaction.name, entry=entry.pk)


@contextmanager
def replayed(name: str) -> Iterator[None]:
    """What happens during the block goes through the coalesced reaction when the block ends well, and what waited before is done.

    For what is built beside the old. Whoever builds reads after the block began, so the build holds all that could be seen then; what
    could not must come into the new too, even if it was written to the old meanwhile. Numbers of entries are given before they can be
    seen, so the latest are remembered one by one. What waits at the end goes through it as well, anew, for it may have been run
    on the old already and only not be settled yet.
    """
    waiting = list(PendingReaction.objects.filter(reaction=name).values_list("pk", flat=True))
    seen = list(JournalEntry.objects.order_by("-pk").values_list("pk", flat=True)[:MARGIN])
    yield
    for first in range(0, len(waiting), MARGIN):
        PendingReaction.objects.filter(pk__in=waiting[first : first + MARGIN]).delete()
    since = JournalEntry.objects.filter(pk__gt=min(seen, default=0), name__in=_reactions[name].to).exclude(pk__in=seen)
    again = list(since.order_by("pk").values_list("pk", flat=True))
    with transaction.atomic():
        for first in range(0, len(again), MARGIN):
            PendingReaction.objects.filter(reaction=name, entry__in=again[first : first + MARGIN]).delete()
        PendingReaction.objects.bulk_create([PendingReaction(reaction=name, entry_id=key) for key in again], batch_size=500)


@task()
def run_reaction(reaction: str, entry: int) -> None:
    """Run one reaction to one entry."""
    _reactions[reaction].run(JournalEntry.objects.get(pk=entry))
