"""Complaints that come over channels: a conversation of their own, for the head alone, beside what else is open with that side."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from lumbung.desk.domain.beginning import begin, say
from lumbung.desk.domain.handing import pass_to_head
from lumbung.desk.domain.joining import wait_as_said
from lumbung.desk.domain.turns import head_of, home_of, locked, open_with
from lumbung.desk.events import ConversationSplit
from lumbung.desk.models import Conversation, Turn
from lumbung.kernel import clock, events
from lumbung.kernel.turns import wait_for_turn
from lumbung.messaging.chat import is_known, understood
from lumbung.messaging.models import Incoming

NO_COMMAND = frozenset({"", "matter"})
"""What the chat calls what no command answers."""
COMPLAINT = "complaint"
"""What the chat calls the command by which somebody complains."""
A_PERSON = "person"
"""What the chat calls the command by which somebody asks for a librarian."""
STILL_OF_IT = timedelta(minutes=30)
"""So long after the asker's last word of a complaint, what names no command goes on in it, whoever was called meanwhile."""


def complains(incoming: Incoming) -> bool:
    """Whether this says that it is a complaint. What a group reads is none in confidence."""
    told = incoming.kind == Incoming.Kinds.TEXT and not incoming.is_settled and not incoming.identity.is_group
    return told and understood(incoming.text).name == COMPLAINT


@transaction.atomic
def take_complaint(incoming: Incoming) -> Conversation | None:
    """It begins a complaint, or goes on in the open one; what stood among the turns of a question goes over. Taken twice, it is one turn.

    None for a group's, where everybody has read it already.
    """
    if incoming.identity.is_group:
        return None
    wait_for_turn(f"desk:{incoming.identity_id}")
    turn = Turn.objects.select_related("conversation").filter(incoming=incoming).first()
    if turn is not None and turn.conversation.is_complaint:
        return turn.conversation
    if turn is not None and turn.conversation.is_open and _says_nothing_else(turn):
        return pass_to_head(turn.conversation, by=None)
    found = open_with(incoming.identity_id, complaint=True)
    complaint = locked(found) if found else begin(incoming, [incoming], complaint=True)
    if turn is None:
        return say(complaint, incoming)
    _take_over(turn, complaint)
    return complaint


def goes_on_in(incoming: Incoming) -> Conversation | None:
    """The open conversation to which a message belongs: the complaint while it is being told, unless a command is named, and until it is
    answered where a question is open for which nobody was called since; once it was answered, what the chat does not understand. Else
    the question. Better the head hears of a book than everybody of a complaint."""
    question = open_with(incoming.identity_id)
    complaint = open_with(incoming.identity_id, complaint=True)
    if complaint is None or incoming.kind == Incoming.Kinds.BUTTON or understood(incoming.text).certain:
        return question
    if complaint.waiting_since is not None:
        return complaint if _is_being_told(complaint, question, incoming) else question
    later = question is None or question.last_turn_at < complaint.last_turn_at
    return complaint if later and says_nothing_to_the_chat(incoming.text) else question


def says_nothing_to_the_chat(text: str) -> bool:
    """Whether no command and no reviewed answer is for this."""
    meaning = understood(text)
    return meaning.name in NO_COMMAND and not is_known(text, meaning.language or settings.LANGUAGE_CODE)


def _is_being_told(complaint: Conversation, question: Conversation | None, incoming: Incoming) -> bool:
    last: datetime | None = complaint.turns.filter(kind=Turn.Kinds.QUESTION).aggregate(last=Max("at"))["last"]
    if last is None or incoming.received_at - last < STILL_OF_IT:
        return last is not None
    return question is not None and not _called_somebody(question, incoming.identity_id, last)


def _called_somebody(question: Conversation, identity: int, since: datetime) -> bool:
    said = question.turns.filter(kind=Turn.Kinds.QUESTION, incoming__identity=identity, at__gt=since)
    return any(understood(text).name == A_PERSON for text in said.values_list("text", flat=True))


def _says_nothing_else(turn: Turn) -> bool:
    return not turn.conversation.turns.filter(kind=Turn.Kinds.QUESTION).exclude(pk=turn.pk).exists()


def _take_over(turn: Turn, complaint: Conversation) -> None:
    """A turn of a question that was a complaint after all: no librarian finds it there any more, nor by the name of the question."""
    was, now = locked(turn.conversation), clock.now()
    home = home_of(complaint, turn.incoming.identity if turn.incoming else None)
    Turn.objects.filter(pk=turn.pk).update(conversation=complaint, origin=home, merged_from=home)
    left = was.turns.filter(kind=Turn.Kinds.QUESTION)
    was.subject = head_of(max((each.text for each in left), key=len, default=""))
    complaint.last_turn_at, complaint.waiting_since = now, complaint.waiting_since or now
    wait_as_said(was)
    was.due_at = was.due_at if was.waiting_since else None
    for each in (was, complaint):
        each.touch(now)
        each.save()
    events.record(ConversationSplit(conversation=was.pk, beside=complaint.pk), by=None)
