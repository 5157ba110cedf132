"""What articles, uses and questions say of themselves: in a trace, and to whoever looks for words."""

from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from lumbung.formats.prose.markdown import plain_of
from lumbung.kernel import clock, sources
from lumbung.kernel.permissions import may
from lumbung.kernel.sources import Hit
from lumbung.knowledge.domain import finding
from lumbung.knowledge.domain.gate import is_inside
from lumbung.knowledge.models import Article, Community, Question, Session, SessionMinutes, Use
from lumbung.knowledge.permissions import ENTER
from lumbung.knowledge.queries import questions
from lumbung.knowledge.queries.articles import readable_by, tallies, today
from lumbung.knowledge.queries.people import with_words
from lumbung.knowledge.queries.quoting import quotations_for
from lumbung.knowledge.tracing import Kind, Stages, Step, Thing, register


def register_kinds() -> None:
    """At start-up."""
    register(Kind("article", pgettext_lazy("one", "Artikel"), "article", describe_articles))
    sources.register(sources.Source("knowledge.articles", gettext_lazy("Artikel perpustakaan"), "article", find_public))
    sources.register(
        sources.Source("knowledge.people", pgettext_lazy("knowledge", "Rekan kerja"), "people", find_people, shows_people)
    )
    register(Kind("use", gettext_lazy("Pemakaian"), "check", describe_uses))
    register(Kind("question", pgettext_lazy("one", "Pertanyaan"), "info", describe_questions))
    register(Kind("community", gettext_lazy("Komunitas"), "people", describe_communities))
    finding.register("community", said_by_community, all_communities)
    finding.register("session", said_by_session, all_sessions)
    finding.register("minutes", said_by_minutes, all_minutes)
    finding.register("article", said_by_article, all_articles)
    finding.register("question", said_by_question, all_questions)


def find_public(words: str, limit: int) -> list[Hit]:
    """For the one box of the public: articles that everybody may read and that answer all the words, best first."""
    found = quotations_for(words, limit, wholly=True)
    return [Hit(each.title, reverse("knowledge_public:article", args=[each.article.pk]), each.text) for each in found]


def shows_people(request: HttpRequest) -> bool:
    """Whether the pages of colleagues open to whoever asks: from inside the house, to those who may enter the portal."""
    return may(request.user, ENTER) and is_inside(request)


def find_people(words: str, limit: int) -> list[Hit]:
    """For the one box of colleagues: those whose name, words about themselves, or topics have every word; what somebody declined to
    be named for does not count."""
    return [
        Hit(
            each.person.name,
            reverse("knowledge:person", args=[each.person.pk]),
            " · ".join(str(known.topic) for known in each.topics) or (each.profile.about if each.profile else ""),
            ENTER,
        )
        for each in with_words(words)[:limit]
    ]


def describe_articles(keys: Collection[int], viewer: Any) -> dict[int, Thing]:
    rows = readable_by(viewer).filter(pk__in=keys).defer("body")
    used, now = tallies(keys), today()
    return {each.pk: _article(each, used[each.pk].used + used[each.pk].read, now) for each in rows}


def _article(article: Article, uses: int, now: Any) -> Thing:
    stage = Stages.INTERNALISATION if article.is_valid(now) and uses else Stages.COMBINATION
    address = reverse("knowledge:article", args=[article.pk])
    return Thing("article", article.pk, article.title, address, stage, article.changed_at, _next(article, address, now))


def _next(article: Article, address: str, now: Any) -> Step | None:
    """The one thing to do now."""
    if article.state == Article.States.ARCHIVED:
        return None
    if article.submitted_at:
        return Step(pgettext("knowledge", "Menunggu persetujuan"))
    if article.published_version != article.version:
        return Step(_("Lengkapi, lalu ajukan"), f"{address}/edit")
    if article.is_overdue(now):
        return Step(_("Tinjau lagi"), f"{address}/confirmation")
    return Step(_("Pakai, lalu ceritakan hasilnya"), f"{address}#note")


def describe_uses(keys: Collection[int], viewer: Any) -> dict[int, Thing]:
    rows = Use.objects.filter(pk__in=keys, article__in=readable_by(viewer)).select_related("article", "by")
    return {
        each.pk: Thing(
            "use",
            each.pk,
            _("%(who)s memakai “%(title)s”") % {"who": each.by.name, "title": each.article.title},
            reverse("knowledge:article", args=[each.article_id]),
            Stages.INTERNALISATION,
            each.at,
        )
        for each in rows
    }


def said_by_article(article: Article) -> finding.Texts:
    topics = " ".join(article.topics.values_list("name", flat=True))
    return finding.Texts(f"{article.title} {topics}", f"{article.summary}\n{plain_of(article.body)}")


def all_articles() -> Iterator[Article]:
    yield from Article.objects.iterator(chunk_size=200)


def describe_questions(keys: Collection[int], viewer: Any) -> dict[int, Thing]:
    rows = questions.readable_by(viewer).filter(pk__in=keys)
    return {each.pk: _question(each, reverse("knowledge:question", args=[each.pk])) for each in rows}


def _question(question: Question, address: str) -> Thing:
    if question.settled_at is None:
        return Thing(
            "question",
            question.pk,
            question.title,
            address,
            Stages.SOCIALISATION,
            question.at,
            Step(_("Jawab"), f"{address}#text"),
        )
    step = None if question.article_id else Step(pgettext("knowledge", "Jadikan artikel"), address)
    return Thing("question", question.pk, question.title, address, Stages.EXTERNALISATION, question.at, step)


def said_by_question(question: Question) -> finding.Texts:
    answers = "\n".join(question.answers.values_list("text", flat=True))
    return finding.Texts(f"{question.title} {question.topic or ''}", f"{question.text}\n{answers}")


def all_questions() -> Iterator[Question]:
    yield from Question.objects.select_related("topic").iterator(chunk_size=200)


def describe_communities(keys: Collection[int], viewer: Any) -> dict[int, Thing]:
    rows = Community.objects.filter(pk__in=keys)
    rows = rows if may(viewer, ENTER) else rows.filter(memberships__person=viewer.pk, memberships__left_at__isnull=True)
    coming = Session.objects.filter(community=OuterRef("pk"), state=Session.States.PUBLISHED, starts_at__gte=clock.now())
    return {each.pk: _community(each) for each in rows.annotate(meets_again=Exists(coming))}


def _community(community: Community) -> Thing:
    """Where none is to come, its next step is the next session."""
    address = reverse("knowledge:community", args=[community.pk])
    plan = f"{reverse('knowledge:session_new')}?community={community.pk}"
    step = None if community.meets_again else Step(_("Rencanakan sesi berikutnya"), plan)  # type: ignore[attr-defined] # annotated
    return Thing("community", community.pk, community.name, address, Stages.SOCIALISATION, community.started_at, step)


def said_by_community(community: Community) -> finding.Texts:
    return finding.Texts(community.name, f"{community.summary}\n{community.charter}")


def all_communities() -> Iterator[Community]:
    yield from Community.objects.all()


def said_by_session(session: Session) -> finding.Texts:
    points = "\n".join(f"{each.title} {each.note}" for each in session.points.all())
    return finding.Texts(f"{session.title} {session.topic}", f"{points}\n{session.product}")


def all_sessions() -> Iterator[Session]:
    yield from Session.objects.prefetch_related("points").iterator(chunk_size=200)


def said_by_minutes(minutes: SessionMinutes) -> finding.Texts:
    said = "\n".join(f"{each.title} {each.said}" for each in minutes.session.points.all())
    decisions = "\n".join(minutes.session.decisions.values_list("text", flat=True))
    return finding.Texts(minutes.session.title, f"{minutes.summary}\n{said}\n{decisions}")


def all_minutes() -> Iterator[SessionMinutes]:
    yield from SessionMinutes.objects.select_related("session").iterator(chunk_size=200)
