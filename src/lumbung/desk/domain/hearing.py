"""What comes in over channels: it joins the conversation that is open with that side, or begins one."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from lumbung.desk.domain.askers import is_all_of, member_behind
from lumbung.desk.domain.beside import add_said
from lumbung.desk.domain.duty import route
from lumbung.desk.domain.rating import rate_by_message
from lumbung.desk.domain.targets import asked_again, promise
from lumbung.desk.domain.turns import called_by, head_of, locked, open_with, words_of
from lumbung.desk.events import AskerRecognized, ConversationBegun, MessageLeftToChat, QuestionAsked
from lumbung.desk.models import Conversation, Turn
from lumbung.kernel import clock, events
from lumbung.kernel.turns import wait_for_turn
from lumbung.messaging.chat import is_for_the_chat
from lumbung.messaging.models import Identity, Incoming
from lumbung.organization.queries import front_branch

JUST_BEFORE = timedelta(minutes=30)
MOST_BEFORE = 5
COMPLAINT = "complaint"
"""What the chat calls the command by which somebody complains."""
SILENT = frozenset({Incoming.Kinds.EDITED, Incoming.Kinds.DELETED})


@transaction.atomic
def decide(incoming: Incoming) -> None:
    """Whose a message is: it goes on in an open conversation, it is the rating that was asked for, or the chat may answer it.

    The chat hears of it by ``MessageLeftToChat`` alone, so the two never answer side by side, whichever worker is faster. Once a
    librarian has answered, that is only what is written as a safe command ("pesan 2").
    """
    conversation = join(incoming)
    if conversation is None and rate_by_message(incoming) is not None:
        return
    if conversation is None or conversation.first_answered_at is None or is_for_the_chat(incoming):
        events.record(MessageLeftToChat(incoming=incoming.pk), by=None)


@transaction.atomic
def join(incoming: Incoming) -> Conversation | None:
    """A message of a side with which a conversation is open belongs to it. None where there is none.

    What was edited or deleted over there changes what the conversation says. Heard twice, it is one turn.
    """
    wait_for_turn(f"desk:{incoming.identity_id}")
    conversation = open_with(incoming.identity_id)
    if incoming.kind in SILENT:
        return _follow_change(incoming)
    if conversation is None or incoming.is_settled or Turn.objects.filter(incoming=incoming).exists():
        return conversation
    conversation = (
        Conversation.objects.select_for_update(of=("self",), no_key=True).select_related("branch").get(pk=conversation.pk)
    )
    _say(conversation, incoming, clock.now())
    return conversation


@transaction.atomic
def take_up(incoming: Incoming) -> Conversation:
    """Somebody wants a person: a conversation begins, or the open one goes on."""
    wait_for_turn(f"desk:{incoming.identity_id}")
    if conversation := join(incoming):
        return conversation
    now, identity = clock.now(), incoming.identity
    member = None if identity.is_group else member_behind(identity)
    before = _just_before(incoming)
    conversation = Conversation(
        channel=identity.account.kind,
        subject=head_of(incoming.subject or max([*(each.text for each in before), incoming.text], key=len)),
        identity=identity,
        is_group=identity.is_group,
        member=member,
        asker_name=identity.name[:120],
        branch=member.branch if member else front_branch(),
        opened_at=now,
        last_turn_at=now,
        changed_at=now,
    )
    promise(conversation, now)
    route(conversation, now)
    conversation.save(force_insert=True)
    events.record(
        ConversationBegun(conversation=conversation.pk, asked_by=conversation.channel, assignee=conversation.assignee_id),
        by=None,
    )
    for each in [*before, incoming, *_meanwhile(incoming)]:
        _say(conversation, each, now)
        add_said(conversation, each)
    return conversation


@transaction.atomic
def recognize(identity: Identity) -> Conversation | None:
    """The side was linked to a member: the open conversation with it is the member's from now on, with card, loans and holds beside it.

    None where nothing changes: no conversation is open, it is a group's, it has its member, the link has ended again, or what somebody
    else said stands in it, for it was merged.
    """
    wait_for_turn(f"desk:{identity.pk}")
    found, member = open_with(identity), member_behind(identity)
    if found is None or member is None or found.identity_id != identity.pk:
        return None
    conversation = locked(found)
    if conversation.member_id is not None or conversation.is_group or not is_all_of(conversation, member):
        return None
    conversation.member = member
    conversation.touch(clock.now())
    conversation.save(update_fields=["member", "changed_at", "revision"])
    events.record(AskerRecognized(conversation=conversation.pk, member=member.pk), by=None)
    return conversation


def _just_before(incoming: Incoming) -> list[Incoming]:
    """What this side said to the chat in the last half hour: whoever takes the question up should not ask it again."""
    recent = _left_to_chat(incoming).filter(pk__lt=incoming.pk, received_at__gt=incoming.received_at - JUST_BEFORE)
    return list(recent.order_by("-pk")[:MOST_BEFORE])[::-1]


def _meanwhile(incoming: Incoming) -> list[Incoming]:
    """What this side went on to say before anybody could take the question up, on a busy day."""
    return list(_left_to_chat(incoming).filter(pk__gt=incoming.pk).order_by("pk")[:MOST_BEFORE])


def _left_to_chat(incoming: Incoming) -> QuerySet[Incoming]:
    """What this side said that stands in no conversation, but complaints: those are the head's, not every librarian's."""
    rows = Incoming.objects.filter(identity=incoming.identity_id, turn=None, is_settled=False)
    return rows.exclude(kind__in=SILENT).exclude(understood__command=COMPLAINT)


def _say(conversation: Conversation, incoming: Incoming, now: datetime) -> None:
    Turn.objects.create(
        conversation=conversation,
        kind=Turn.Kinds.QUESTION,
        text=incoming.text,
        words=words_of(incoming.text),
        at=incoming.received_at,
        incoming=incoming,
    )
    asked_again(conversation, now)
    conversation.subject = called_by(conversation.subject, incoming.text)
    conversation.last_turn_at = now
    conversation.snoozed_until = None
    conversation.touch(now)
    conversation.save()
    events.record(QuestionAsked(conversation=conversation.pk, incoming=incoming.pk), by=None)


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
