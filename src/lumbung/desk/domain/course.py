"""The course of a conversation: whose it is, what kind of question it was, and that it is done."""

from datetime import timedelta
from typing import Any

from django.db import transaction

from lumbung.desk.business_hours import minutes_between
from lumbung.desk.domain.rating import ask_for_rating
from lumbung.desk.domain.turns import locked
from lumbung.desk.events import ConversationClaimed, ConversationClosed, ConversationDescribed, ConversationReopened
from lumbung.desk.models import Conversation
from lumbung.desk.refusals import (
    ANOTHER_IS_OPEN,
    CONVERSATION_CLOSED,
    CONVERSATION_OPEN,
    FOLLOW_UP_HAS_NOBODY,
    FOLLOW_UP_IS_PAST,
    IN_OTHER_HANDS,
    OUTCOME_MISSING,
    QUESTION_KIND_MISSING,
)
from lumbung.kernel import clock, events
from lumbung.kernel.changes import set_changed
from lumbung.kernel.constraints import refuse_when_broken
from lumbung.kernel.refusals import Reason, Refused
from lumbung.messaging.domain.identities import block, unblock

RATED = frozenset({"answered", "partly", "referred", "unmet"})
DESCRIPTION = frozenset({"kind", "effort", "outcome", "follow_up_on"})


@transaction.atomic
def claim(conversation: Conversation, *, by: events.Actor, instead_of: int | None = None) -> Conversation:
    """Take the conversation into one's own hands: from nobody, or knowingly ``instead_of`` the colleague who has it.

    Refuses one that is closed, and one that somebody else has taken meanwhile.
    """
    conversation = locked(conversation)
    if not conversation.is_open:
        raise Refused(CONVERSATION_CLOSED())
    was = conversation.assignee_id
    if was not in {None, by.pk, instead_of} and conversation.is_in_hand:
        raise Refused(IN_OTHER_HANDS(name=conversation.assignee))
    if was != by.pk:
        conversation.assignee_id = by.pk
        conversation.touch(clock.now())
        conversation.save(update_fields=["assignee", "changed_at", "revision"])
        events.record(ConversationClaimed(conversation=conversation.pk, assignee=by.pk, was=was), by=by)
    return conversation


@transaction.atomic
def describe(conversation: Conversation, *, by: events.Actor, **fields: Any) -> Conversation:
    """Say of what kind the question was, how much work, what came of it, and when to come back to it.

    Refuses a day that is past, and a day on which there would be nobody to tell.
    """
    conversation = locked(conversation)
    before = conversation.follow_up_on
    changed = set_changed(conversation, fields, allowed=DESCRIPTION)
    if reasons := _faults(conversation) if conversation.follow_up_on != before else []:
        raise Refused(reasons)
    if not conversation.is_open and not conversation.outcome:
        raise Refused(OUTCOME_MISSING())
    if changed:
        conversation.touch(clock.now())
        conversation.save(update_fields=[*changed, "changed_at", "revision"])
        happened = ConversationDescribed(conversation=conversation.pk, fields=changed, follow_up_on=conversation.follow_up_on)
        events.record(happened, by=by)
    return conversation


@transaction.atomic
def close(conversation: Conversation, *, by: events.Actor) -> Conversation:
    """The question is done with. Refuses with what still has to be said: its kind and its outcome."""
    conversation = locked(conversation)
    reasons = [CONVERSATION_CLOSED()] if not conversation.is_open else []
    reasons += [] if conversation.kind else [QUESTION_KIND_MISSING()]
    reasons += [] if conversation.outcome else [OUTCOME_MISSING()]
    if reasons:
        raise Refused(reasons)
    now = clock.now()
    conversation.state, conversation.closed_at = Conversation.States.CLOSED, now
    conversation.waiting_since = conversation.follow_up_on = conversation.snoozed_until = conversation.due_at = None
    conversation.resolution_took = minutes_between(conversation.branch, conversation.opened_at, now)
    conversation.touch(now)
    conversation.save()
    events.record(ConversationClosed(conversation=conversation.pk, outcome=conversation.outcome), by=by)
    if conversation.outcome in RATED:
        ask_for_rating(conversation)
    return conversation


@refuse_when_broken(one_open_conversation_with_an_identity=ANOTHER_IS_OPEN)
@transaction.atomic
def reopen(conversation: Conversation, *, by: events.Actor | None) -> Conversation:
    """The question is taken up again; whoever was not listened to on its account is heard again, unless set aside later once more.

    Refuses while another conversation with the same side is open.
    """
    conversation = locked(conversation)
    if conversation.is_open:
        raise Refused(CONVERSATION_OPEN())
    if conversation.outcome == Conversation.Outcomes.SPAM:
        conversation.outcome = ""
        if conversation.identity is not None and not _set_aside_later(conversation):
            unblock(conversation.identity, by=by)
    conversation.state, conversation.closed_at = Conversation.States.OPEN, None
    conversation.touch(clock.now())
    conversation.save(update_fields=["state", "outcome", "closed_at", "changed_at", "revision"])
    events.record(ConversationReopened(conversation=conversation.pk), by=by)
    return conversation


def _set_aside_later(conversation: Conversation) -> bool:
    """Whether the same side was set aside again since, on account of another conversation."""
    spam = Conversation.objects.filter(identity=conversation.identity_id, outcome=Conversation.Outcomes.SPAM)
    return spam.filter(closed_at__gt=conversation.closed_at).exists()


def _faults(conversation: Conversation) -> list[Reason]:
    if conversation.follow_up_on is None:
        return []
    reasons = []
    if conversation.follow_up_on < clock.today(conversation.branch.zone):
        reasons.append(FOLLOW_UP_IS_PAST())
    if conversation.member_id is None and not conversation.asker_contact:
        reasons.append(FOLLOW_UP_HAS_NOBODY())
    return reasons


@transaction.atomic
def set_aside_as_spam(conversation: Conversation, *, days: int, by: events.Actor) -> Conversation:
    """No question, but abuse or advertising: the conversation is closed, and that side is not listened to for so many days."""
    conversation = locked(conversation)
    if not conversation.is_open:
        raise Refused(CONVERSATION_CLOSED())
    if conversation.identity is not None and days:
        block(conversation.identity, until=clock.now() + timedelta(days=days), by=by)
    conversation.outcome = Conversation.Outcomes.SPAM
    conversation.kind = conversation.kind or Conversation.Kinds.TECHNICAL
    conversation.save(update_fields=["outcome", "kind"])
    return close(conversation, by=by)
