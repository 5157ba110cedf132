"""Combination: several minutes become one article, which keeps the line to each of them and the credit of who wrote them."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lumbung.accounts.models import User
from lumbung.kernel.refusals import Refused
from lumbung.knowledge.domain.articles.credits import Parts, credit
from lumbung.knowledge.domain.articles.writing import Text, start_article
from lumbung.knowledge.domain.trace import link
from lumbung.knowledge.models import Article, SessionMinutes, Topic
from lumbung.knowledge.refusals.articles import NOTHING_TO_COMPILE
from lumbung.knowledge.tracing import Links


@transaction.atomic
def compile_minutes(chosen: Sequence[SessionMinutes], title: str, *, by: User) -> Article:
    """Begin an article of these minutes: what was said and decided, one section each, with where it comes from.

    Whoever wrote the minutes is named as its source. Refuses where none was chosen.
    """
    if not chosen:
        raise Refused(NOTHING_TO_COMPILE())
    topics = Topic.objects.filter(name__in={each.session.topic for each in chosen if each.session.topic})
    text = Text(title, body="\n\n".join(map(_section, chosen)))
    article = start_article(text, form=Article.Forms.HOW_TO, topics=list(topics), by=by)
    for each in chosen:
        link(each, article, Links.COMPILED, by=by)
        if each.written_by and each.written_by != by:
            credit(article, each.written_by, Parts.SOURCE, by=by)
    return article


def _section(minutes: SessionMinutes) -> str:
    session = minutes.session
    when = date_format(session.starts_at, "j F Y") if session.starts_at else ""
    lines = [f"## {session.title}", "", *([minutes.summary, ""] if minutes.summary else [])]
    lines += [f"- **{point.title}**: {' '.join(point.said.split())}" for point in session.points.all() if point.said]
    lines += [f"- {_('Diputuskan')}: {decision.text}" for decision in session.decisions.all()]
    lines += ["", _("Sumber: notulen “%(title)s”, %(when)s.") % {"title": session.title, "when": when}]
    return "\n".join(lines)
