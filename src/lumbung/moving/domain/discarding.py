"""Putting a rehearsal away: nothing of it is stored here, and what it told of people goes with it."""

from django.db import transaction

from lumbung.kernel import events
from lumbung.kernel.refusals import Refused
from lumbung.moving.domain.course import discard_staged
from lumbung.moving.events import RehearsalDiscarded
from lumbung.moving.models import Move
from lumbung.moving.refusals import NOT_DISCARDABLE

States = Move.States


def is_discardable(move: Move) -> bool:
    """Whether it rests, and nothing of it is stored yet."""
    return move.state == States.REHEARSED or (move.state == States.INTERRUPTED and not (move.approved and move.rehearsed))


@transaction.atomic
def discard(move: Move, *, by: events.Actor | None) -> None:
    """Forget the move with its report and its staged tables; the file stays where it lies.

    Refuses a move that is under way, one that began to store, and one that is done or undone. What another press put away
    meanwhile stays away, and is told of once.
    """
    there = Move.objects.select_for_update().filter(pk=move.pk).first()
    if there is None:
        return
    move = there
    if not is_discardable(move):
        raise Refused(NOT_DISCARDABLE(move=move.pk, state=move.get_state_display()))
    events.record(RehearsalDiscarded(move=move.pk, source=move.source), by=by)
    transaction.on_commit(lambda: discard_staged(move))
    Move.objects.filter(pk=move.pk).delete()
