"""What the chat answers while a librarian has the conversation: it stands there, and nobody waits for it any more.

It may tell of the asker's account, so its words stay with what was sent and are forgotten with it.
"""

from django.db import transaction

from lumbung.desk.domain.hearing import open_with
from lumbung.desk.domain.turns import locked, unanswered
from lumbung.desk.models import Conversation, Turn
from lumbung.kernel import clock
from lumbung.messaging.models import Incoming


@transaction.atomic
def note_chat(incoming: Incoming) -> Conversation | None:
    """What the chat said to this message becomes a turn of the open conversation. Noted twice, it is one; None where none is open."""
    conversation = open_with(incoming.identity_id)
    if conversation is None:
        return None
    conversation = locked(conversation)
    said = list(incoming.replies.filter(turn=None).order_by("pk"))
    for reply in said:
        Turn.objects.create(conversation=conversation, kind=Turn.Kinds.CHAT, at=reply.queued_at, delivery=reply)
    if said and not unanswered(conversation).exists():
        conversation.waiting_since = conversation.due_at = None
    if said:
        conversation.touch(clock.now())
        conversation.save(update_fields=["waiting_since", "due_at", "changed_at", "revision"])
    return conversation
