"""What the chat answers beside the desk, before a person is called and after: it stands in the conversation, and nobody waits for it.

It may tell of the asker's account, so its words stay with what was sent and are forgotten with it.
"""

from django.db import transaction

from lumbung.desk.domain.turns import home_of, locked, open_with, unanswered
from lumbung.desk.models import Conversation, Turn
from lumbung.kernel import clock
from lumbung.messaging.models import Incoming, Understood

ANSWERED = (Understood.Outcomes.ANSWERED, Understood.Outcomes.REFUSED)


@transaction.atomic
def note_chat(incoming: Incoming) -> Conversation | None:
    """What the chat said to this message becomes a turn of the open conversation. Noted twice, it is one; None where none is open.

    That it called a person is no answer, and no turn. Whoever complained waits for the head all the same.
    """
    turn = Turn.objects.select_related("conversation").filter(incoming=incoming).first()
    conversation = turn.conversation if turn else open_with(incoming.identity_id)
    if conversation is None or not conversation.is_open:
        return None
    conversation = locked(conversation)
    said = add_said(conversation, incoming)
    if said and not conversation.is_complaint and not unanswered(conversation).exists():
        conversation.waiting_since = conversation.due_at = None
    if said:
        conversation.touch(clock.now())
        conversation.save(update_fields=["waiting_since", "due_at", "changed_at", "revision"])
    return conversation


def add_said(conversation: Conversation, incoming: Incoming) -> bool:
    """Put what the chat answered to this message among the turns; whether that was anything. The caller has locked the conversation."""
    if not Understood.objects.filter(incoming=incoming, outcome__in=ANSWERED).exists():
        return False
    said = list(incoming.replies.filter(turn=None).order_by("pk"))
    for reply in said:
        home = home_of(conversation, incoming.identity)
        told = {"at": reply.queued_at, "delivery": reply, "origin": home, "merged_from": home}
        Turn.objects.create(conversation=conversation, kind=Turn.Kinds.CHAT, **told)
    return bool(said)
