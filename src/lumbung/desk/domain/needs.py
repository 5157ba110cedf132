"""Needs that were not met, each followed on one of four ways until whoever has it was told."""

from django.db import transaction

from lumbung.desk.domain.answering import answer
from lumbung.desk.domain.turns import locked
from lumbung.desk.events import NeedFollowed, NeedTold
from lumbung.desk.models import Conversation, Need, Turn
from lumbung.desk.refusals import NEED_IS_OPEN, NEED_NOT_SAID, NEED_TOLD, NEED_WAY_MISSING
from lumbung.kernel import clock, events
from lumbung.kernel.constraints import refuse_when_broken
from lumbung.kernel.refusals import Reason, Refused


@refuse_when_broken(one_open_way_of_a_kind_for_a_question=NEED_IS_OPEN)
@transaction.atomic
def follow_need(conversation: Conversation, *, way: str, wanted: str, by: events.Actor | None) -> Need:
    """Take a way on with what was not met: the conversation counts as unmet until the asker is told. Refuses a way that is open already."""
    conversation = locked(conversation)
    reasons: list[Reason] = [] if wanted.strip() else [NEED_NOT_SAID()]
    reasons += [] if way in Need.Ways.values else [NEED_WAY_MISSING()]
    if reasons:
        raise Refused(reasons)
    need = Need.objects.create(
        conversation=conversation,
        way=way,
        wanted=wanted.strip()[:300],
        made_at=clock.now(),
        made_by_id=by.pk if by else None,
    )
    conversation.outcome = Conversation.Outcomes.UNMET
    conversation.touch(clock.now())
    conversation.save(update_fields=["outcome", "changed_at", "revision"])
    events.record(NeedFollowed(conversation=conversation.pk, need_way=way), by=by)
    return need


@transaction.atomic
def tell_need(need: Need, text: str, *, by: events.Actor) -> Turn:
    """Tell whoever has the need what came of it, in the conversation; that ends it. Gives what was said. Refuses as an answer does."""
    need = Need.objects.select_for_update().select_related("conversation").get(pk=need.pk)
    if need.told_at is not None:
        raise Refused(NEED_TOLD())
    last = Turn.objects.filter(conversation=need.conversation).last()
    turn = answer(need.conversation, text, seen=last.pk if last else 0, by=by)
    need.answer, need.told_at = text.strip()[:500], clock.now()
    need.save(update_fields=["answer", "told_at"])
    events.record(NeedTold(conversation=need.conversation_id, need_way=need.way), by=by)
    return turn
