"""What comes in over channels: it joins the conversation that is open with that side, or begins one."""

from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet

from lumbung.desk.domain.askers import is_all_of, member_behind
from lumbung.desk.domain.beginning import begin, say
from lumbung.desk.domain.beside import add_said
from lumbung.desk.domain.complaining import complains, goes_on_in, says_nothing_to_the_chat, take_complaint
from lumbung.desk.domain.rating import rate_by_message
from lumbung.desk.domain.turns import locked, open_with, words_of
from lumbung.desk.events import AskerRecognized, MessageLeftToChat
from lumbung.desk.models import Conversation, Turn
from lumbung.desk.queries import all_put_into
from lumbung.kernel import clock, events
from lumbung.kernel.turns import wait_for_turn
from lumbung.messaging.chat import is_for_the_chat
from lumbung.messaging.models import Identity, Incoming

JUST_BEFORE = timedelta(minutes=30)
MOST_BEFORE = 5
SILENT = frozenset({Incoming.Kinds.EDITED, Incoming.Kinds.DELETED})
States = Conversation.States


@transaction.atomic
def decide(incoming: Incoming) -> None:
    """Whose a message is: it goes on in an open conversation, it is the rating that was asked for, or the chat may answer it.

    The chat hears of it by ``MessageLeftToChat`` alone, so the two never answer side by side, whichever worker is faster. Once a
    librarian has answered, that is only what is written as a safe command ("pesan 2"). A complaint goes to the head at once, and the
    chat says so; what goes on in one is the head's alone.
    """
    if complains(incoming):
        take_complaint(incoming)
        return _leave_to_chat(incoming)
    conversation = join(incoming)
    if conversation is not None and conversation.is_complaint:
        return None
    if conversation is None and rate_by_message(incoming) is not None:
        return None
    if conversation is None or conversation.first_answered_at is None or is_for_the_chat(incoming):
        return _leave_to_chat(incoming)
    return None


@transaction.atomic
def join(incoming: Incoming) -> Conversation | None:
    """A message of a side with which a conversation is open belongs to it. None where there is none.

    What was edited or deleted over there changes what the conversation says. Heard twice, it is one turn.
    """
    wait_for_turn(f"desk:{incoming.identity_id}")
    if incoming.kind in SILENT:
        return _follow_change(incoming)
    if turn := Turn.objects.filter(incoming=incoming).select_related("conversation").first():
        return turn.conversation
    conversation = goes_on_in(incoming)
    if conversation is None or incoming.is_settled:
        return conversation
    return say(locked(conversation), incoming)


@transaction.atomic
def take_up(incoming: Incoming) -> Conversation:
    """Somebody wants a person: a conversation begins, or the open one goes on. Words that nobody understood, of a side of which nothing
    but a complaint is open, belong to it."""
    wait_for_turn(f"desk:{incoming.identity_id}")
    if conversation := join(incoming):
        return conversation
    complaint = open_with(incoming.identity_id, complaint=True)
    if complaint is not None and says_nothing_to_the_chat(incoming.text):
        return say(locked(complaint), incoming)
    before = _just_before(incoming)
    conversation = begin(incoming, [*before, incoming])
    for each in [*before, incoming, *_meanwhile(incoming)]:
        say(conversation, each)
        add_said(conversation, each)
    return conversation


@transaction.atomic
def recognize(identity: Identity) -> list[Conversation]:
    """The side was linked to a member: what is open with it is the member's from now on, with card, loans and holds beside it.

    Nothing changes where no conversation is open, it is a group's, it has its member, the link has ended again, or what somebody else
    said stands in it, for it was merged.
    """
    wait_for_turn(f"desk:{identity.pk}")
    member, rows = member_behind(identity), Conversation.objects.filter(identity=identity, state=States.OPEN)
    found = [locked(each) for each in rows.filter(member=None, is_group=False).order_by("pk")] if member else []
    theirs = [(each, member) for each in found if member is not None and is_all_of(each, member)]
    for conversation, asker in theirs:
        conversation.member = asker
        conversation.touch(clock.now())
        conversation.save(update_fields=["member", "changed_at", "revision"])
        Conversation.objects.filter(pk__in=all_put_into(conversation), member=None).update(member=asker)
        events.record(AskerRecognized(conversation=conversation.pk, member=asker.pk), by=None)
    return [conversation for conversation, _ in theirs]


def _leave_to_chat(incoming: Incoming) -> None:
    events.record(MessageLeftToChat(incoming=incoming.pk), by=None)


def _just_before(incoming: Incoming) -> list[Incoming]:
    """What this side said to the chat in the last half hour: whoever takes the question up should not ask it again."""
    recent = _left_to_chat(incoming).filter(pk__lt=incoming.pk, received_at__gt=incoming.received_at - JUST_BEFORE)
    return list(recent.order_by("-pk")[:MOST_BEFORE])[::-1]


def _meanwhile(incoming: Incoming) -> list[Incoming]:
    """What this side went on to say before anybody could take the question up, on a busy day."""
    return list(_left_to_chat(incoming).filter(pk__gt=incoming.pk).order_by("pk")[:MOST_BEFORE])


def _left_to_chat(incoming: Incoming) -> QuerySet[Incoming]:
    """What this side said that stands in no conversation."""
    return Incoming.objects.filter(identity=incoming.identity_id, turn=None, is_settled=False).exclude(kind__in=SILENT)


@transaction.atomic
def file_came(incoming: int) -> None:
    """A file that was on its way is here, or will not come: whoever has the conversation open sees it."""
    turn = Turn.objects.filter(incoming=incoming).first()
    if turn is not None:
        conversation = Conversation.objects.select_for_update(of=("self",), no_key=True).get(pk=turn.conversation_id)
        conversation.touch(clock.now())
        conversation.save(update_fields=["changed_at", "revision"])


def _follow_change(incoming: Incoming) -> Conversation | None:
    """The message it is about says something else now, or nothing."""
    about = Incoming.objects.filter(identity=incoming.identity_id, external_id=incoming.about).exclude(kind__in=SILENT).first()
    turn = Turn.objects.select_related("conversation").filter(incoming=about).first() if about else None
    if turn is None or about is None:
        return None
    turn.text, turn.words = about.text, words_of(about.text)
    turn.save(update_fields=["text", "words"])
    turn.conversation.touch(clock.now())
    turn.conversation.save(update_fields=["changed_at", "revision"])
    return turn.conversation
