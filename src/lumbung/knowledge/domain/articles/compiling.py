"""Combination: several minutes become one article, which keeps the line to each of them and the credit of who wrote them."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from lumbung.accounts.models import User
from lumbung.kernel.refusals import Refused
from lumbung.knowledge.domain.articles.credits import Parts, credit
from lumbung.knowledge.domain.articles.writing import Text, start_article
from lumbung.knowledge.domain.minutes import without_marks
from lumbung.knowledge.domain.trace import link
from lumbung.knowledge.models import Article, Question, Session, SessionMinutes, Topic, Trace
from lumbung.knowledge.refusals.articles import NOTHING_TO_COMPILE
from lumbung.knowledge.tracing import Links


@transaction.atomic
def compile_minutes(chosen: Sequence[SessionMinutes], title: str, *, by: User) -> Article:
    """Begin an article of these minutes: what was said and decided, one section each, with where it comes from.

    Whoever wrote the minutes is named as a source, and whoever brought to the talk what was talked about. Refuses where none was
    chosen.
    """
    if not chosen:
        raise Refused(NOTHING_TO_COMPILE())
    topics = Topic.objects.filter(name__in={each.session.topic for each in chosen if each.session.topic})
    text = Text(title, body="\n\n".join(map(_section, chosen)))
    article = start_article(text, form=Article.Forms.HOW_TO, topics=list(topics), by=by)
    for each in chosen:
        link(each, article, Links.COMPILED, by=by)
        for person in filter(None, [each.written_by, *_who_brought(each.session)]):
            if person != by:
                credit(article, person, Parts.SOURCE, by=by)
    return article


def _who_brought(session: Session) -> list[User | None]:
    """Those who put something they had seen at work on the agenda, of which something was said; nobody who asked without a name."""
    talked = set(session.points.exclude(said="").values_list("source_kind", "source_key"))
    rows = Trace.objects.filter(to_kind=session.trace_kind, to_key=session.pk).select_related("by")
    brought = [each for each in rows if (each.from_kind, str(each.from_key)) in talked]
    asked = [each.from_key for each in brought if each.from_kind == Question.trace_kind]
    hidden = set(Question.objects.filter(pk__in=asked, hides_name=True).values_list("pk", "asked_by"))
    return [each.by for each in brought if each.from_kind != Question.trace_kind or (each.from_key, each.by_id) not in hidden]


def _section(minutes: SessionMinutes) -> str:
    session = minutes.session
    when = date_format(localtime(session.starts_at), "j F Y") if session.starts_at else ""
    lines = [f"## {session.title}", "", *([minutes.summary, ""] if minutes.summary else [])]
    said = ((point.title, " ".join(without_marks(point.said).split())) for point in session.points.all())
    lines += [f"- **{title}**: {words}" for title, words in said if words]
    lines += [f"- {_('Diputuskan')}: {decision.text}" for decision in session.decisions.all()]
    lines += ["", _("Sumber: notulen “%(title)s”, %(when)s.") % {"title": session.title, "when": when}]
    return "\n".join(lines)
