"""An article in use: talked about, read, worked by, learnt; and the screens whose work it tells."""

from collections.abc import Sequence

from django.db import transaction

from lumbung.accounts.models import User
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Reason, Refused
from lumbung.knowledge.domain.articles.credits import Parts, credit
from lumbung.knowledge.domain.learning.walking import learnt
from lumbung.knowledge.domain.trace import link
from lumbung.knowledge.events.articles import ArticleUsed, GuideTied, GuideUntied, QuizSet, RemarkMade, RemarkSettled
from lumbung.knowledge.models import Article, PageGuide, QuizQuestion, Remark, Trace, Use
from lumbung.knowledge.queries.articles import may_write
from lumbung.knowledge.refusals import articles as refusals
from lumbung.knowledge.tracing import Links, Traceable

Kinds = Use.Kinds
MOST_QUESTIONS, FEWEST_ANSWERS = 10, 2


@transaction.atomic
def remark(article: Article, text: str, *, by: User) -> Remark:
    """Say something about the article; it stays open until a version answers it."""
    if not text.strip():
        raise Refused(refusals.REMARK_EMPTY())
    row = Remark.objects.create(article=article, text=text.strip(), by=by, at=clock.now())
    events.record(RemarkMade(article=article.pk, remark=row.pk), by=by)
    return row


@transaction.atomic
def settle(row: Remark, *, by: User) -> Remark:
    """The newest version answers this remark: whoever made it has a part in the article from now on."""
    current = Remark.objects.select_for_update(of=("self",)).select_related("article", "by").get(pk=row.pk)
    reasons = [] if may_write(by, current.article) else [refusals.NOT_YOURS_TO_WRITE()]
    if current.settled_at:
        reasons.append(refusals.REMARK_SETTLED(number=current.settled_in))
    if reasons:
        raise Refused(reasons)
    current.settled_at, current.settled_in = clock.now(), current.article.version
    current.save(update_fields=["settled_at", "settled_in"])
    if current.by and current.by != current.article.owner:
        credit(current.article, current.by, Parts.DISCUSSANT, by=by)
    told = {"article": current.article_id, "remark": current.pk, "version": current.article.version}
    events.record(RemarkSettled(**told), by=by)
    return current


@transaction.atomic
def note_use(article: Article, kind: Kinds, *, note: str = "", by: User) -> Use | None:
    """Somebody read, used, found helpful or learnt the article; None when that is known already, or they own it and only read.

    "Used" may be told again and again, each with its note, and is a step in the trace of the article.
    """
    if by.pk == article.owner_id and kind != Kinds.USED:
        return None
    version = article.published_version or article.version
    facts = {"note": note.strip()[:500], "version": version, "at": clock.now()}
    if kind == Kinds.USED:
        row = Use.objects.create(article=article, kind=kind, by=by, **facts)
        link(article, row, Links.USED, by=by)
    else:
        row, is_new = Use.objects.get_or_create(article=article, kind=kind, by=by, defaults=facts)
        if not is_new:
            return None
    events.record(ArticleUsed(article=article.pk, use=row.pk, kind=row.kind), by=by)
    learnt(by, article=article, by=by)
    return row


@transaction.atomic
def quote_in(article: Article, place: Traceable, *, note: str, by: User) -> None:
    """The article is quoted in something else: its writers see that it was used, once for each place, and its line leads there."""
    ends = {"from_kind": "article", "from_key": article.pk, "to_kind": place.trace_kind, "to_key": place.pk}
    if not Trace.objects.filter(kind=Links.USED, **ends).exists():
        note_use(article, Kinds.USED, note=note, by=by)
        link(article, place, Links.USED, by=by)


@transaction.atomic
def set_quiz(article: Article, questions: Sequence[tuple[str, Sequence[str]]], *, by: User) -> None:
    """The questions that show whether the article was understood, each with its answers, the right one first."""
    reasons: list[Reason] = [] if may_write(by, article) else [refusals.NOT_YOURS_TO_WRITE()]
    tidy = [(text.strip()[:300], [each.strip() for each in answers if each.strip()]) for text, answers in questions]
    if any(not text or len(answers) < FEWEST_ANSWERS for text, answers in tidy):
        reasons.append(refusals.QUIZ_ANSWERS())
    if reasons:
        raise Refused(reasons)
    article.quiz.all().delete()
    rows = [QuizQuestion(article=article, text=text, answers=answers) for text, answers in tidy[:MOST_QUESTIONS]]
    QuizQuestion.objects.bulk_create(rows)
    events.record(QuizSet(article=article.pk, questions=len(rows)), by=by)


def wrong_answers(article: Article, given: dict[int, str]) -> list[QuizQuestion]:
    """The questions that were not answered rightly; learnt is who has none."""
    return [each for each in article.quiz.all() if given.get(each.pk) != each.answers[0]]


@transaction.atomic
def tie_to_page(article: Article, page: str, *, known: Sequence[str], by: User) -> PageGuide:
    """From now on the screen ``page`` leads to this article. ``known`` are the screens there are."""
    reasons: list[Reason] = [] if may_write(by, article) else [refusals.NOT_YOURS_TO_WRITE()]
    if page not in known:
        reasons.append(refusals.PAGE_UNKNOWN())
    if reasons:
        raise Refused(reasons)
    row, is_new = PageGuide.objects.get_or_create(article=article, page=page)
    if is_new:
        events.record(GuideTied(article=article.pk, page=page), by=by)
    return row


@transaction.atomic
def untie_from_page(guide: PageGuide, *, by: User) -> None:
    if not may_write(by, guide.article):
        raise Refused(refusals.NOT_YOURS_TO_WRITE())
    events.record(GuideUntied(article=guide.article_id, page=guide.page), by=by)
    guide.delete()
