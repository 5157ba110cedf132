"""Questions among colleagues, with or without a name, and the article an answer becomes."""

from django.db import transaction
from django.utils.translation import pgettext

from lumbung.accounts.models import User
from lumbung.kernel import clock, events
from lumbung.kernel.permissions import may
from lumbung.kernel.refusals import Refused
from lumbung.knowledge.domain import finding
from lumbung.knowledge.domain.articles.credits import Parts, credit
from lumbung.knowledge.domain.articles.writing import Text, start_article
from lumbung.knowledge.domain.trace import link
from lumbung.knowledge.events.questions import (
    AskerRevealed,
    ColleagueAnswered,
    ColleagueAsked,
    QuestionReported,
    QuestionSettled,
)
from lumbung.knowledge.models import Answer, Article, Community, Question, Topic
from lumbung.knowledge.permissions import MANAGE
from lumbung.knowledge.refusals import questions as refusals
from lumbung.knowledge.tracing import Links


@transaction.atomic
def ask(
    title: str,
    *,
    text: str = "",
    topic: Topic | None = None,
    community: Community | None = None,
    asked_of: User | None = None,
    hides_name: bool = False,
    by: User,
) -> Question:
    """Ask the colleagues, one community, or one person. A hidden asker is kept with the question and told to nobody."""
    if not title.strip():
        raise Refused(refusals.QUESTION_EMPTY())
    row = Question.objects.create(
        title=" ".join(title.split())[:200],
        text=text.strip(),
        topic=topic,
        community=community,
        asked_of=asked_of,
        asked_by=by,
        hides_name=hides_name,
        at=clock.now(),
    )
    asked = ColleagueAsked(question=row.pk, asked_of=asked_of.pk if asked_of else None)
    events.record(asked, by=None if hides_name else by)
    finding.put(row)
    return row


@transaction.atomic
def answer(question: Question, text: str, *, hides_name: bool = False, by: User) -> Answer:
    """Answer a question; several may."""
    if not text.strip():
        raise Refused(refusals.ANSWER_EMPTY())
    row = Answer.objects.create(question=question, text=text.strip(), by=by, hides_name=hides_name, at=clock.now())
    events.record(ColleagueAnswered(question=question.pk, answer=row.pk), by=None if hides_name else by)
    finding.put(question)
    return row


@transaction.atomic
def settle(row: Answer, *, by: User) -> Question:
    """This answer solved it: the asker says so, or whoever looks after the portal."""
    question = Question.objects.select_for_update(of=("self",)).get(pk=row.question_id)
    reasons = [refusals.QUESTION_SETTLED()] if question.settled_at else []
    if by.pk != question.asked_by_id and not may(by, MANAGE):
        reasons.append(refusals.NOT_YOUR_QUESTION())
    if reasons:
        raise Refused(reasons)
    now = clock.now()
    Answer.objects.filter(pk=row.pk).update(accepted_at=now)
    question.settled_at = now
    question.save(update_fields=["settled_at"])
    hidden = question.hides_name and by.pk == question.asked_by_id
    events.record(QuestionSettled(question=question.pk, answer=row.pk), by=None if hidden else by)
    return question


@transaction.atomic
def report(question: Question, because: str, *, by: User) -> None:
    """Say that a question is abuse: only from then on may the name behind it be read."""
    current = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
    reasons = [] if because.strip() else [refusals.REPORT_EMPTY()]
    if current.reported_at:
        reasons.append(refusals.ALREADY_REPORTED())
    if reasons:
        raise Refused(reasons)
    current.reported_at, current.reported_because = clock.now(), because.strip()[:300]
    current.save(update_fields=["reported_at", "reported_because"])
    events.record(QuestionReported(question=current.pk), by=by)


@transaction.atomic
def reveal(question: Question, *, by: User) -> User:
    """The name behind a reported question, for whoever leads the library. That it was read is in the journal."""
    current = Question.objects.select_for_update(of=("self",)).select_related("asked_by").get(pk=question.pk)
    if current.reported_at is None:
        raise Refused(refusals.NOT_REPORTED())
    current.revealed_at = current.revealed_at or clock.now()
    current.save(update_fields=["revealed_at"])
    events.record(AskerRevealed(question=current.pk), by=by)
    return current.asked_by


@transaction.atomic
def make_article(question: Question, *, by: User) -> Article:
    """An article of the question and the answer that solved it, to be looked through. Whoever answered has an author's credit,
    unless they hid their name; the asker has none unless their name is shown."""
    current = Question.objects.select_for_update(of=("self",)).select_related("topic", "asked_by").get(pk=question.pk)
    solved = current.answers.filter(accepted_at__isnull=False).select_related("by").first()
    if solved is None:
        raise Refused(refusals.NOT_SETTLED())
    heading = pgettext("knowledge", "Jawaban")
    body = f"{current.text}\n\n## {heading}\n\n{solved.text}\n" if current.text else f"## {heading}\n\n{solved.text}\n"
    text = Text(current.title, summary=current.title, body=body)
    article = start_article(text, form=Article.Forms.FAQ, topics=[current.topic] if current.topic else [], by=by)
    if not solved.hides_name:
        credit(article, solved.by, Parts.AUTHOR, by=by)
    if not current.hides_name:
        credit(article, current.asked_by, Parts.SOURCE, by=by)
    current.article = article
    current.save(update_fields=["article"])
    link(current, article, Links.COMPILED, by=by)
    return article
