"""Questions asked at the counter and by telephone, written down in one go."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from lumbung.desk.domain.finding import listed, titles_of
from lumbung.desk.domain.turns import add_turn, head_of
from lumbung.desk.events import QuestionLogged
from lumbung.desk.models import Conversation, Turn
from lumbung.desk.models.turn import LONGEST
from lumbung.desk.refusals import (
    FOLLOW_UP_HAS_NOBODY,
    FOLLOW_UP_IS_PAST,
    QUESTION_EMPTY,
    QUESTION_KIND_MISSING,
    TEXT_TOO_LONG,
)
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Reason, Refused
from lumbung.members.models import Member
from lumbung.organization.models import Branch

GOES_ON = {Conversation.Outcomes.UNMET, Conversation.Outcomes.PARTLY}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What was asked at the counter or by telephone, by whom as far as they said, which titles were shown, and what came of it."""

    channel: str
    kind: str
    question: str = ""
    answer: str = ""
    member: Member | None = None
    asker_name: str = ""
    asker_contact: str = ""
    effort: int = Conversation.Efforts.MOMENT
    outcome: str = Conversation.Outcomes.ANSWERED
    follow_up_on: date | None = None
    titles: Sequence[int] = ()

    @property
    def is_done(self) -> bool:
        """Whether nothing remains to do: the question is met, and nobody promised to come back to it."""
        return self.follow_up_on is None and self.outcome not in GOES_ON


@transaction.atomic
def log_question(asked: Asked, *, at: Branch, by: events.Actor) -> Conversation:
    """Write the question down: closed at once when it is done with, else open and in the hands of who wrote it.

    Refuses an empty question (unless it asked the way), one without a kind, and a follow-up in the past or with nobody to tell.
    """
    if reasons := list(_faults(asked, at)):
        raise Refused(reasons)
    now = clock.now()
    conversation = Conversation.objects.create(
        channel=asked.channel,
        subject=head_of(asked.question),
        member=asked.member,
        asker_name="" if asked.member else asked.asker_name.strip(),
        asker_contact=asked.asker_contact.strip(),
        branch=at,
        kind=asked.kind,
        effort=asked.effort,
        outcome=asked.outcome,
        follow_up_on=asked.follow_up_on,
        state=Conversation.States.CLOSED if asked.is_done else Conversation.States.OPEN,
        assignee_id=by.pk,
        logged_by_id=by.pk,
        opened_at=now,
        last_turn_at=now,
        first_answered_at=now,
        closed_at=now if asked.is_done else None,
        changed_at=now,
    )
    add_turn(conversation, Turn.Kinds.QUESTION, asked.question, by=None)
    shown = titles_of(asked.titles)
    if told := "\n\n".join(filter(None, [asked.answer.strip(), *listed(shown)])):
        turn = add_turn(conversation, Turn.Kinds.ANSWER, told, by=by)
        turn.titles = [each.record for each in shown]
        turn.save(update_fields=["titles"])
    happened = QuestionLogged(
        conversation=conversation.pk,
        branch=at.pk,
        asked_by=asked.channel,
        question_kind=asked.kind,
    )
    events.record(happened, by=by)
    return conversation


def _faults(asked: Asked, at: Branch) -> Iterator[Reason]:
    if asked.kind not in Conversation.Kinds.values:
        yield QUESTION_KIND_MISSING()
    if not asked.question.strip() and asked.kind != Conversation.Kinds.DIRECTIONAL:
        yield QUESTION_EMPTY()
    if max(len(asked.question), len(asked.answer)) > LONGEST:
        yield TEXT_TOO_LONG(most=LONGEST)
    if asked.follow_up_on and asked.follow_up_on < clock.today(at.zone):
        yield FOLLOW_UP_IS_PAST()
    if asked.follow_up_on and asked.member is None and not asked.asker_contact.strip():
        yield FOLLOW_UP_HAS_NOBODY()
