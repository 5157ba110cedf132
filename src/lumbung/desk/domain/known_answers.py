"""Answers the library stands for: drafted from what was answered, reviewed by another, given to readers until a day."""

from datetime import date
from typing import Any, TypedDict

from django.db import transaction
from django.db.models import F

from lumbung.desk.domain.redaction import without_personal_data
from lumbung.desk.domain.turns import words_of
from lumbung.desk.events import AnswerDrafted, AnswerProposedAsArticle, AnswerPutBack, AnswerReviewed, AnswerWithdrawn
from lumbung.desk.models import Conversation, KnownAnswer, Turn
from lumbung.desk.refusals import (
    ANSWER_HOLDS_NOT,
    ANSWER_NOT_REVIEWED,
    ANSWER_SOURCE_EMPTY,
    KNOWN_ANSWER_EMPTY,
    PERSONAL_DATA_LEFT,
    REVIEWS_OWN,
)
from lumbung.kernel import clock, events
from lumbung.kernel.changes import set_changed
from lumbung.kernel.refusals import Reason, Refused
from lumbung.organization.queries import library

FIELDS = frozenset({"question", "text", "source", "language", "valid_until"})
States = KnownAnswer.States


def draft_of(conversation: Conversation) -> dict[str, str]:
    """What a draft made of this conversation would say: what was asked before anybody answered, at most length, and its last answer,
    without personal data."""
    answers, asked = (conversation.turns.filter(kind=kind) for kind in (Turn.Kinds.ANSWER, Turn.Kinds.QUESTION))
    last, first = answers.last(), answers.first()
    before = asked.filter(at__lte=first.at) if first else asked
    question = " ".join(max([turn.text for turn in before] or [conversation.subject], key=len).split())[:300]
    return {
        "question": without_personal_data(question, conversation),
        "text": without_personal_data(last.text if last else "", conversation),
    }


@transaction.atomic
def draft_answer(*, conversation: Conversation | None = None, by: events.Actor, **fields: Any) -> KnownAnswer:
    """Write an answer down for review. Refuses an empty one, and personal data in it."""
    known = KnownAnswer(conversation=conversation, written_by_id=by.pk)
    set_changed(known, fields, allowed=FIELDS)
    _refuse_faults(known, conversation)
    known.words = words_of(known.question)
    known.save(force_insert=True)
    events.record(AnswerDrafted(known_answer=known.pk), by=by)
    return known


@transaction.atomic
def change_answer(known: KnownAnswer, *, by: events.Actor, **fields: Any) -> KnownAnswer:
    """Change a draft or a reviewed answer; what was changed has to be reviewed again. Refuses like ``draft_answer``."""
    known = KnownAnswer.objects.select_for_update().get(pk=known.pk)
    if set_changed(known, fields, allowed=FIELDS):
        _refuse_faults(known, known.conversation)
        known.state, known.words, known.written_by_id = States.DRAFT, words_of(known.question), by.pk
        known.reviewer, known.reviewed_on = None, None
        known.save()
        events.record(AnswerDrafted(known_answer=known.pk), by=by)
    return known


@transaction.atomic
def review_answer(known: KnownAnswer, *, valid_until: date, by: events.Actor) -> KnownAnswer:
    """Stand for the answer until a day. Refuses whoever wrote it, an answer without a source, and a day that is past."""
    known = KnownAnswer.objects.select_for_update().get(pk=known.pk)
    today = clock.today(library().zone)
    reasons: list[Reason] = [REVIEWS_OWN()] if known.written_by_id == by.pk else []
    reasons += [] if known.source else [ANSWER_SOURCE_EMPTY()]
    reasons += [] if valid_until > today else [ANSWER_HOLDS_NOT()]
    if reasons:
        raise Refused(reasons)
    known.state, known.reviewer_id, known.reviewed_on, known.valid_until = States.REVIEWED, by.pk, today, valid_until
    known.save()
    events.record(AnswerReviewed(known_answer=known.pk, valid_until=valid_until), by=by)
    return known


@transaction.atomic
def withdraw_answer(known: KnownAnswer, *, by: events.Actor) -> KnownAnswer:
    """It is given to nobody any more."""
    known = KnownAnswer.objects.select_for_update().get(pk=known.pk)
    known.state = States.WITHDRAWN
    known.save(update_fields=["state"])
    events.record(AnswerWithdrawn(known_answer=known.pk), by=by)
    return known


@transaction.atomic
def put_back_answer(known: KnownAnswer, *, by: events.Actor) -> KnownAnswer:
    """It was withdrawn by mistake: it stands as it stood before, reviewed or as a draft."""
    known = KnownAnswer.objects.select_for_update().get(pk=known.pk)
    if known.state != States.WITHDRAWN:
        return known
    known.state = States.DRAFT if known.reviewer_id is None or known.valid_until is None else States.REVIEWED
    known.save(update_fields=["state"])
    events.record(AnswerPutBack(known_answer=known.pk), by=by)
    return known


class Proposal(TypedDict):
    """What the portal of knowledge may read."""

    question: str
    text: str
    source: str


def proposal_of(known: KnownAnswer) -> Proposal:
    """What the portal of knowledge would be told, word for word: without personal data, also of what was learnt of the asker since."""
    question, text, source = (
        without_personal_data(said, known.conversation) for said in (known.question, known.text, known.source)
    )
    return {"question": question, "text": text, "source": source}


@transaction.atomic
def propose_as_article(known: KnownAnswer, *, by: events.Actor) -> None:
    """Tell the portal of knowledge that this may become an article, as ``proposal_of`` shows it. Refuses what nobody reviewed."""
    if not known.holds_on(clock.today(library().zone)) or known.valid_until is None:
        raise Refused(ANSWER_NOT_REVIEWED())
    told = AnswerProposedAsArticle(
        known_answer=known.pk,
        **proposal_of(known),
        language=known.language,
        reviewer=known.reviewer_id,
        valid_until=known.valid_until,
    )
    events.record(told, by=by)


def count_use(keys: list[int]) -> None:
    """These were given once more."""
    KnownAnswer.objects.filter(pk__in=keys).update(uses=F("uses") + 1)


def _refuse_faults(known: KnownAnswer, conversation: Conversation | None) -> None:
    reasons: list[Reason] = []
    if not known.question or not known.text:
        reasons.append(KNOWN_ANSWER_EMPTY())
    if any(without_personal_data(each, conversation) != each for each in (known.question, known.text)):
        reasons.append(PERSONAL_DATA_LEFT())
    if reasons:
        raise Refused(reasons)
