"""What librarians tell each other about a conversation. Whoever asked never sees it."""

import re

from django.db import transaction
from django.db.models.functions import Lower

from lumbung.accounts.models import User
from lumbung.desk.domain.turns import add_turn, locked
from lumbung.desk.events import NoteAdded
from lumbung.desk.models import Conversation, Mention, Turn
from lumbung.desk.models.turn import LONGEST
from lumbung.desk.queries import conversations_visible_to
from lumbung.desk.refusals import NOTE_EMPTY, TEXT_TOO_LONG
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Refused

MENTIONED = re.compile(r"(?<![\w@])@([\w.+-]*\w)")
MOST_MENTIONED = 20


@transaction.atomic
def add_note(conversation: Conversation, text: str, *, by: events.Actor) -> Turn:
    """Leave a note for colleagues, in an open conversation or a closed one; ``@username`` calls one of them. Refuses an empty note."""
    if not text.strip():
        raise Refused(NOTE_EMPTY())
    if len(text) > LONGEST:
        raise Refused(TEXT_TOO_LONG(most=LONGEST))
    conversation = locked(conversation)
    turn = add_turn(conversation, Turn.Kinds.NOTE, text, by=by)
    Mention.objects.bulk_create(Mention(turn=turn, user=user) for user in _mentioned(conversation, text, by))
    conversation.touch(clock.now())
    conversation.save(update_fields=["changed_at", "revision"])
    events.record(NoteAdded(conversation=conversation.pk), by=by)
    return turn


def see_mentions(conversation: Conversation, *, by: events.Actor) -> None:
    """Whoever opens the conversation has seen where they were named."""
    Mention.objects.filter(turn__conversation=conversation, user=by.pk, seen_at=None).update(seen_at=clock.now())


def _mentioned(conversation: Conversation, text: str, by: events.Actor) -> list[User]:
    """Those named who may see the conversation: naming somebody opens nothing to them."""
    names = {name.lower() for name in MENTIONED.findall(text)[:MOST_MENTIONED]}
    users = User.objects.alias(folded=Lower("username")).filter(folded__in=names, is_active=True).exclude(pk=by.pk)
    return [user for user in users if conversations_visible_to(user).filter(pk=conversation.pk).exists()]
