"""Whose a conversation is: handed over with a note, given to a team, set aside for a while, or taken back from who left."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from lumbung.accounts.models import User
from lumbung.desk.channels import FORM
from lumbung.desk.domain.duty import route
from lumbung.desk.domain.joining import put_into
from lumbung.desk.domain.turns import add_turn, locked, open_with, wait_for_side
from lumbung.desk.events import (
    ComplaintGivenBack,
    ConversationHandedOver,
    ConversationMadeComplaint,
    ConversationSnoozed,
    ConversationsTakenBack,
    ConversationTeamed,
)
from lumbung.desk.models import Conversation, Mention, Team, Turn
from lumbung.desk.queries import all_put_into, conversations_visible_to
from lumbung.desk.refusals import (
    ANOTHER_IS_OPEN,
    CONVERSATION_CLOSED,
    GROUPS_COMPLAIN_OPENLY,
    NOT_AT_THE_DESK,
    NOTE_EMPTY,
    SNOOZE_IS_PAST,
    TEAM_NOT_IN_USE,
    TOLD_IN_CONFIDENCE,
)
from lumbung.kernel import clock, events
from lumbung.kernel.constraints import refuse_when_broken
from lumbung.kernel.refusals import Reason, Refused


@transaction.atomic
def hand_over(conversation: Conversation, to: User, note: str, *, by: events.Actor) -> Conversation:
    """Give the conversation to a colleague, with a note that tells what was done and what is left.

    Refuses without a note, and a colleague who may not see it.
    """
    conversation = locked(conversation)
    reasons = [CONVERSATION_CLOSED()] if not conversation.is_open else []
    reasons += [] if note.strip() else [NOTE_EMPTY()]
    if not to.is_active or not conversations_visible_to(to).filter(pk=conversation.pk).exists():
        reasons.append(NOT_AT_THE_DESK(name=to.name))
    if reasons:
        raise Refused(reasons)
    turn = add_turn(conversation, Turn.Kinds.NOTE, note, by=by)
    Turn.objects.filter(pk=turn.pk).update(handed_to=to)
    Mention.objects.create(turn=turn, user=to)
    was, conversation.assignee = conversation.assignee_id, to
    conversation.touch(clock.now())
    conversation.save(update_fields=["assignee", "changed_at", "revision"])
    events.record(ConversationHandedOver(conversation=conversation.pk, assignee=to.pk, was=was), by=by)
    return conversation


@transaction.atomic
def give_to_team(conversation: Conversation, team: Team | None, *, by: events.Actor) -> Conversation:
    """Put the conversation in the queue of a team, or with None in that of all; it is then nobody's in particular.

    Refuses one that is closed, and a team that is not in use.
    """
    conversation = locked(conversation)
    reasons: list[Reason] = [] if conversation.is_open else [CONVERSATION_CLOSED()]
    if team is not None and not Team.objects.filter(pk=team.pk, is_active=True).exists():
        reasons.append(TEAM_NOT_IN_USE(name=team.name))
    if reasons:
        raise Refused(reasons)
    conversation.team, conversation.assignee = team, None
    conversation.touch(clock.now())
    conversation.save(update_fields=["team", "assignee", "changed_at", "revision"])
    events.record(ConversationTeamed(conversation=conversation.pk, team=team.pk if team else None), by=by)
    return conversation


@refuse_when_broken(one_open_conversation_with_an_identity=ANOTHER_IS_OPEN)
@transaction.atomic
def pass_to_head(conversation: Conversation, *, by: events.Actor | None) -> Conversation:
    """It is a complaint: out of every list but the head's, with all that was said in it, and into what that side complained of already.

    What was merged into it is the head's with it. Refuses one that is closed, and a group's.
    """
    wait_for_side(conversation)
    conversation = locked(conversation)
    reasons: list[Reason] = [] if conversation.is_open else [CONVERSATION_CLOSED()]
    reasons += [GROUPS_COMPLAIN_OPENLY()] if conversation.is_group else []
    if reasons:
        raise Refused(reasons)
    was, conversation.assignee, conversation.team = conversation.assignee_id, None, None
    open_already = open_with(conversation.identity, complaint=True) if conversation.identity else None
    conversation.is_complaint = True
    Conversation.objects.filter(pk__in=all_put_into(conversation)).update(is_complaint=True)
    if open_already is not None:
        put_into(locked(open_already), conversation)
    else:
        conversation.touch(clock.now())
        conversation.save(update_fields=["assignee", "team", "is_complaint", "changed_at", "revision"])
    events.record(ConversationMadeComplaint(conversation=conversation.pk, was=was), by=by)
    return conversation


@refuse_when_broken(one_open_conversation_with_an_identity=ANOTHER_IS_OPEN)
@transaction.atomic
def give_back(conversation: Conversation, *, by: events.Actor) -> Conversation:
    """It is no complaint but a question that was heard as one: to whoever is on duty, in sight of all, with what that side asked already.

    Refuses one that is closed, and where anything in it was written on the page that promises confidence.
    """
    wait_for_side(conversation)
    conversation = locked(conversation)
    put_in = all_put_into(conversation)
    reasons: list[Reason] = [] if conversation.is_open else [CONVERSATION_CLOSED()]
    reasons += [TOLD_IN_CONFIDENCE()] if _was_told_in_confidence(conversation, put_in) else []
    if reasons:
        raise Refused(reasons)
    open_already = open_with(conversation.identity) if conversation.identity else None
    now, conversation.is_complaint, conversation.assignee = clock.now(), False, None
    Conversation.objects.filter(pk__in=put_in).update(is_complaint=False)
    route(conversation, now)
    if open_already is not None:
        put_into(locked(open_already), conversation)
    else:
        conversation.touch(now)
        conversation.save()
    events.record(ComplaintGivenBack(conversation=conversation.pk), by=by)
    return conversation


def _was_told_in_confidence(conversation: Conversation, put_in: Collection[int]) -> bool:
    if conversation.channel == FORM or conversation.turns.filter(origin__channel=FORM).exists():
        return True
    return Conversation.objects.filter(pk__in=put_in, channel=FORM).exists()


@transaction.atomic
def snooze(conversation: Conversation, until: datetime | None, *, by: events.Actor) -> Conversation:
    """Out of sight until then, or until the asker says something; None brings it back at once."""
    conversation = locked(conversation)
    reasons: list[Reason] = [] if conversation.is_open else [CONVERSATION_CLOSED()]
    if until is not None and until <= clock.now():
        reasons.append(SNOOZE_IS_PAST())
    if reasons:
        raise Refused(reasons)
    conversation.snoozed_until = until
    conversation.touch(clock.now())
    conversation.save(update_fields=["snoozed_until", "changed_at", "revision"])
    events.record(ConversationSnoozed(conversation=conversation.pk, until=until), by=by)
    return conversation


@transaction.atomic
def take_back(user: User, *, by: events.Actor | None) -> int:
    """What this librarian has in hand is nobody's again, in sight of all: they left, fell ill, or the shift is over. How many."""
    now, held = clock.now(), Conversation.objects.filter(assignee=user, state=Conversation.States.OPEN)
    count = 0
    for conversation in held.select_for_update(of=("self",), no_key=True):
        conversation.assignee = None
        conversation.touch(now)
        conversation.save(update_fields=["assignee", "changed_at", "revision"])
        count += 1
    if count:
        events.record(ConversationsTakenBack(user=user.pk, count=count), by=by)
    return count
