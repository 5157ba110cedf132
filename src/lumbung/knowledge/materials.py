"""What incidents, questions' decisions and sessions give to an article that begins with them."""

from typing import Any

from django.utils.translation import gettext as _

from lumbung.knowledge.domain.articles.beginning import Material, register
from lumbung.knowledge.domain.articles.writing import Text
from lumbung.knowledge.models import Article, SessionDecision
from lumbung.knowledge.queries.interviews import answers_visible_to
from lumbung.knowledge.queries.sessions import sessions_visible_to
from lumbung.knowledge.queries.signals import incidents_visible_to


def register_materials() -> None:
    """At start-up."""
    register("incident", of_incident)
    register("decision", of_decision)
    register("told", of_told)


def of_incident(key: int, viewer: Any) -> Material | None:
    """A lesson: what happened, what mended it, and what is left to be said."""
    incident = incidents_visible_to(viewer).filter(pk=key).select_related("reported_by").first()
    if incident is None:
        return None
    parts = [
        (_("Yang terjadi"), incident.text or incident.title),
        (_("Yang memulihkannya"), incident.recovery or _("{{ bagaimana keadaan dipulihkan }}")),
        (_("Yang kita ubah"), _("{{ perubahan dan siapa yang menjaganya }}")),
    ]
    body = "\n\n".join(f"## {heading}\n\n{said}" for heading, said in parts)
    people = [incident.reported_by] if incident.reported_by else []
    return Material(
        Text(incident.title, incident.title, body), topics=[incident.topic] if incident.topic else [], sources=people
    )


def of_decision(key: int, viewer: Any) -> Material | None:
    """A rule of work: what was decided, and why."""
    rows = SessionDecision.objects.filter(session__in=sessions_visible_to(viewer)).select_related(
        "session__facilitator", "point"
    )
    decision = rows.filter(pk=key).first()
    if decision is None:
        return None
    session = decision.session
    why = decision.point.said if decision.point and decision.point.said else _("{{ mengapa kita memutuskannya }}")
    parts = [(_("Aturan kita"), decision.text), (_("Mengapa"), why), (_("Langkah"), _("1. {{ langkah pertama }}"))]
    body = "\n\n".join(f"## {heading}\n\n{said}" for heading, said in parts)
    text = Text(decision.text[:200], _("Diputuskan dalam “%(session)s”.") % {"session": session}, body)
    people = [session.facilitator] if session.facilitator else []
    return Material(text, Article.Forms.SOP, [session.topic] if session.topic else [], people)


def of_told(key: int, viewer: Any) -> Material | None:
    """What was told in an interview, by whoever told it, for whom they let read it."""
    row = answers_visible_to(viewer).filter(pk=key).exclude(told="").first()
    if row is None:
        return None
    parts = [(_("Caranya"), row.told), (_("Yang perlu diperhatikan"), _("{{ tanda, pengecualian, dan siapa yang dihubungi }}"))]
    body = "\n\n".join(f"## {heading}\n\n{said}" for heading, said in parts)
    topics = [row.topic.name] if row.topic else []
    return Material(Text(row.question, row.question, body), Article.Forms.HAND_OVER, topics, [row.interview.person])
