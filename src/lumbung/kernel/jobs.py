"""Background work: reactions to journal entries, at least once, retried with back-off.

Two kinds. A *task* reaction runs once per entry, as a Django task enqueued in the verb's transaction. A *coalesced* reaction (the
search index) takes many entries at a time, drained by the worker a few times a second. Both must be idempotent by entry id.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django_tasks import task

from lumbung.kernel.models import JournalEntry, PendingReaction


@dataclass(frozen=True)
class Reaction:
    """When one of ``to`` happened, call ``run`` with the entry (or, coalesced, with a batch of entries)."""

    name: str
    to: tuple[str, ...]
    run: Callable[[Any], None]
    coalesced: bool = False


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


def schedule(entry: JournalEntry) -> None:
    """Set going whatever reacts to this entry, in the present transaction."""
    for reaction in _by_event.get(entry.name, ()):
        if reaction.coalesced:
            PendingReaction.objects.create(reaction=reaction.name, entry=entry)
        else:
            run_reaction.enqueue(reaction=reaction.name, entry=entry.pk, attempt=1)


@task()
def run_reaction(reaction: str, entry: int, attempt: int) -> None:
    """Run one reaction to one entry."""
    _reactions[reaction].run(JournalEntry.objects.get(pk=entry))
