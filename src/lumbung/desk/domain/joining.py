"""Two conversations become one, and one becomes two: each can be undone, and nothing said is lost."""

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Coalesce

from lumbung.desk.domain.askers import is_all_of
from lumbung.desk.domain.turns import head_of, locked, unanswered, wait_for_side
from lumbung.desk.events import ConversationsMerged, ConversationSplit, MergerUndone
from lumbung.desk.models import Conversation, Turn
from lumbung.desk.queries import all_put_into, where_now
from lumbung.desk.refusals import (
    ANOTHER_IS_OPEN,
    CONVERSATION_CLOSED,
    MERGED_WITH_ITSELF,
    NOT_MERGED,
    NOTHING_TO_SPLIT,
    ONE_OF_THEM_IS_CONFIDENTIAL,
)
from lumbung.kernel import clock, events
from lumbung.kernel.constraints import refuse_when_broken
from lumbung.kernel.refusals import Reason, Refused

States, Outcomes = Conversation.States, Conversation.Outcomes


@transaction.atomic
def merge(other: Conversation, *, into: Conversation, by: events.Actor) -> Conversation:
    """What was said in ``other`` goes into ``into``, in the order of time; answers there still reach both sides.

    It becomes no other member's by that, unless all sides of it are proven to be that member's, and whose it is reads there what
    is theirs and no more. Refuses a closed one, the same one twice, and a complaint with anything else.
    """
    other, into = (locked(each) for each in (other, into))
    if reasons := _against(other, into):
        raise Refused(reasons)
    put_into(into, other)
    events.record(ConversationsMerged(conversation=into.pk, merged_conversation=other.pk), by=by)
    return into


def put_into(into: Conversation, other: Conversation) -> None:
    """What was said in ``other`` stands in ``into`` from now on. For the verbs of this part; the caller has locked both."""
    now = clock.now()
    Turn.objects.filter(conversation=other).update(
        conversation=into, origin=Coalesce("origin", Value(other.pk)), merged_from=Coalesce("merged_from", Value(other.pk))
    )
    other.state, other.closed_at, other.outcome, other.merged_into = States.CLOSED, now, Outcomes.MERGED, into
    into.waiting_since = min(filter(None, (other.waiting_since, into.waiting_since)), default=None)
    if into.member is None and other.member is not None and is_all_of(into, other.member):
        into.member = other.member
    other.waiting_since = other.due_at = None
    for each in (other, into):
        each.touch(now)
        each.save()


@refuse_when_broken(one_open_conversation_with_an_identity=ANOTHER_IS_OPEN)
@transaction.atomic
def undo_merge(other: Conversation, *, by: events.Actor) -> Conversation:
    """``other`` stands on its own again, open, with what was said in it, and what its side has said and was told since.

    A note of librarians stays where it was written.
    """
    wait_for_side(other)
    other = locked(other)
    if other.merged_into_id is None:
        raise Refused(NOT_MERGED())
    into, now = locked(where_now(other)), clock.now()
    back = Turn.objects.filter(conversation=into, merged_from__in=[other.pk, *all_put_into(other)])
    back.update(conversation=other)
    Turn.objects.filter(conversation=other, origin=other).update(origin=None)
    Turn.objects.filter(conversation=other, merged_from=other).update(merged_from=None)
    other.is_complaint = into.is_complaint
    other.state, other.closed_at, other.outcome, other.merged_into = States.OPEN, None, "", None
    wait_as_said(other)
    wait_as_said(into)
    for each in (other, into):
        each.touch(now)
        each.save()
    events.record(MergerUndone(conversation=into.pk, merged_conversation=other.pk), by=by)
    return other


@transaction.atomic
def split(conversation: Conversation, turns: list[int], *, by: events.Actor) -> Conversation:
    """These turns become a conversation of their own, with whoever asked them, beside the one they stood in.

    Refuses when none of them is left behind, or none taken. It keeps the identity only where all that side said goes along.
    """
    conversation = locked(conversation)
    taken = list(Turn.objects.filter(conversation=conversation, pk__in=turns))
    if not taken or len(taken) == conversation.turns.count():
        raise Refused(NOTHING_TO_SPLIT())
    if not conversation.is_open:
        raise Refused(CONVERSATION_CLOSED())
    now, first = clock.now(), taken[0]
    asker = _asker_of(conversation, taken)
    beside = Conversation.objects.create(
        channel=conversation.channel,
        subject=head_of(first.text) or conversation.subject,
        member=asker.member,
        asker_name=asker.asker_name,
        asker_contact=asker.asker_contact,
        branch=conversation.branch,
        team=conversation.team,
        is_complaint=conversation.is_complaint,
        assignee_id=by.pk,
        opened_at=first.at,
        last_turn_at=taken[-1].at,
        changed_at=now,
    )
    Turn.objects.filter(pk__in=[each.pk for each in taken]).update(
        conversation=beside, origin=Coalesce("origin", Value(conversation.pk)), merged_from=None
    )
    wait_as_said(beside)
    beside.save()
    wait_as_said(conversation)
    conversation.touch(now)
    conversation.save()
    events.record(ConversationSplit(conversation=conversation.pk, beside=beside.pk), by=by)
    return beside


def _asker_of(conversation: Conversation, taken: list[Turn]) -> Conversation:
    """Who asked what is taken out: whoever asked all of it, where it was merged here, else nobody that is known."""
    origins = {each.origin_id for each in taken}
    if origins == {None}:
        return conversation
    one = taken[0].origin if len(origins) == 1 else None
    return one or Conversation()


def wait_as_said(conversation: Conversation) -> None:
    """Somebody waits when the last word but notes was theirs. For the verbs of this part; not saved."""
    last = unanswered(conversation).last() if conversation.is_open else None
    conversation.waiting_since = last.at if last else None


def _against(other: Conversation, into: Conversation) -> list[Reason]:
    reasons = []
    if other.pk == into.pk:
        reasons.append(MERGED_WITH_ITSELF())
    if not other.is_open or not into.is_open:
        reasons.append(CONVERSATION_CLOSED())
    if other.is_complaint != into.is_complaint:
        reasons.append(ONE_OF_THEM_IS_CONFIDENTIAL())
    return reasons
