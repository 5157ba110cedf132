"""What sessions, minutes, decisions and actions say of themselves in a trace: their stage, and the one next step."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from lumbung.kernel import clock
from lumbung.knowledge.domain import finding
from lumbung.knowledge.models import Action, Idea, Incident, InterviewAnswer, Session, SessionDecision, SessionMinutes
from lumbung.knowledge.queries.ideas import ideas_visible_to, issues_visible_to
from lumbung.knowledge.queries.interviews import answers_visible_to
from lumbung.knowledge.queries.sessions import actions_visible_to, sessions_visible_to
from lumbung.knowledge.queries.signals import incidents_visible_to, signals_visible_to
from lumbung.knowledge.queries.trace import articles_of
from lumbung.knowledge.tracing import Kind, Stages, Step, Thing, register


def register_kinds() -> None:
    """At start-up."""
    register(Kind("told", pgettext_lazy("knowledge", "Wawancara"), "quote", describe_told))
    finding.register("told", said_in_interview, all_told)
    register(Kind("session", pgettext_lazy("one", "Sesi"), "calendar", describe_sessions))
    register(Kind("minutes", gettext_lazy("Notulen"), "journal", describe_minutes))
    register(Kind("decision", pgettext_lazy("one", "Keputusan"), "check", describe_decisions))
    register(Kind("action", pgettext_lazy("one", "Tindakan"), "work", describe_actions))
    register(Kind("incident", pgettext_lazy("one", "Insiden"), "alert", describe_incidents))
    register(Kind("signal", pgettext_lazy("one", "Sinyal"), "serial", describe_signals))
    register(Kind("issue", pgettext_lazy("one", "Isu"), "info", describe_issues))
    register(Kind("idea", pgettext_lazy("one", "Gagasan"), "plus", describe_ideas))


def describe_sessions(keys: Collection[int], viewer: Any) -> dict[int, Thing]:
    rows = list(sessions_visible_to(viewer).filter(pk__in=keys).select_related("minutes"))
    written = [each.minutes.pk for each in rows if getattr(each, "minutes", None)]
    articles = articles_of(written, viewer)
    return {each.pk: session_thing(each, articles) for each in rows}


def session_thing(session: Session, articles: Mapping[int, int | None]) -> Thing:
    """The session as the picture shows it; it comes with its minutes. ``articles`` are what minutes became: ``articles_of``."""
    address = reverse("knowledge:session", args=[session.pk])
    minutes = getattr(session, "minutes", None)
    stage = Stages.EXTERNALISATION if minutes else Stages.SOCIALISATION
    return Thing(
        "session", session.pk, session.title, address, stage, session.starts_at, _next(session, minutes, address, articles)
    )


def _next(session: Session, minutes: SessionMinutes | None, address: str, articles: Mapping[int, int | None]) -> Step | None:
    """The one thing to do now."""
    if session.state == Session.States.DRAFT:
        return Step(_("Lengkapi, lalu terbitkan"), f"{address}#publish")
    if session.state == Session.States.CANCELLED:
        return None
    if minutes is not None and minutes.pk in articles:
        return _read(articles[minutes.pk])
    return _after_talking(session, minutes, address)


def _read(article: int | None) -> Step:
    """The minutes became an article already."""
    if article is None:
        return Step(_("Artikelnya sedang ditulis"))
    return Step(_("Baca artikelnya"), reverse("knowledge:article", args=[article]))


def _after_talking(session: Session, minutes: SessionMinutes | None, address: str) -> Step:
    if not session.is_over(clock.now()) and minutes is None:
        return Step(_("Menunggu sesinya berlangsung"))
    if minutes is None or minutes.state == SessionMinutes.States.DRAFT:
        return Step(_("Tulis notulen"), reverse("knowledge:minutes", args=[session.pk]))
    if minutes.state == SessionMinutes.States.PROPOSED:
        return Step(_("Setujui notulen"), f"{address}#minutes")
    if session.state == Session.States.PUBLISHED:
        return Step(_("Tutup sesi dengan produknya"), f"{address}#close")
    return Step(_("Susun menjadi artikel"), f"{reverse('knowledge:compile')}?minutes={minutes.pk}")


def describe_minutes(keys: Collection[int], viewer: Any) -> dict[int, Thing]:
    rows = SessionMinutes.objects.filter(pk__in=keys, session__in=sessions_visible_to(viewer)).select_related("session")
    articles = articles_of(keys, viewer)
    return {
        each.pk: Thing(
            "minutes",
            each.pk,
            _("Notulen “%(session)s”") % {"session": each.session},
            reverse("knowledge:session", args=[each.session_id]) + "#minutes",
            Stages.EXTERNALISATION,
            each.approved_at or each.written_at,
            _next(each.session, each, reverse("knowledge:session", args=[each.session_id]), articles),
        )
        for each in rows
    }


def describe_decisions(keys: Collection[int], viewer: Any) -> dict[int, Thing]:
    rows = SessionDecision.objects.filter(pk__in=keys, session__in=sessions_visible_to(viewer)).select_related("session")
    return {
        each.pk: Thing(
            "decision",
            each.pk,
            each.text,
            reverse("knowledge:session", args=[each.session_id]) + "#minutes",
            Stages.EXTERNALISATION,
            each.session.starts_at,
            Step(_("Susun menjadi artikel"), reverse("knowledge:thing_article", args=["decision", each.pk])),
        )
        for each in rows
    }


def describe_actions(keys: Collection[int], viewer: Any) -> dict[int, Thing]:
    rows = actions_visible_to(viewer).filter(pk__in=keys)
    return {each.pk: _action(each) for each in rows}


def _action(action: Action) -> Thing:
    address = reverse("knowledge:action", args=[action.pk])
    is_open = action.state == Action.States.OPEN
    stage = Stages.EXTERNALISATION if is_open else Stages.INTERNALISATION
    step = Step(_("Kerjakan, lalu tulis hasilnya"), address) if is_open else None
    return Thing("action", action.pk, action.title, address, stage, action.ended_at or action.opened_at, step)


def describe_incidents(keys: Collection[int], viewer: Any) -> dict[int, Thing]:
    return {each.pk: _incident(each) for each in incidents_visible_to(viewer).filter(pk__in=keys)}


def _incident(incident: Incident) -> Thing:
    address = reverse("knowledge:incident", args=[incident.pk])
    if incident.state == Incident.States.OPEN:
        step = Step(_("Pulihkan, lalu tulis caranya"), address)
        return Thing("incident", incident.pk, incident.title, address, Stages.SOCIALISATION, incident.happened_at, step)
    step = Step(_("Susun menjadi artikel"), reverse("knowledge:thing_article", args=["incident", incident.pk]))
    return Thing("incident", incident.pk, incident.title, address, Stages.EXTERNALISATION, incident.solved_at, step)


def describe_told(keys: Collection[int], viewer: Any) -> dict[int, Thing]:
    """What was told in interviews, to whom whoever told it lets read it."""
    told = {}
    for each in answers_visible_to(viewer).filter(pk__in=keys).exclude(told=""):
        address = f"{reverse('knowledge:interview', args=[each.interview_id])}#a{each.pk}"
        title = _("%(who)s: %(question)s") % {"who": each.interview.person.name, "question": each.question}
        step = Step(_("Susun menjadi artikel"), reverse("knowledge:thing_article", args=["told", each.pk]))
        told[each.pk] = Thing("told", each.pk, title, address, Stages.EXTERNALISATION, each.interview.opened_at, step)
    return told


def describe_signals(keys: Collection[int], viewer: Any) -> dict[int, Thing]:
    rows = signals_visible_to(viewer).filter(pk__in=keys)
    address = reverse("knowledge:signals")
    return {each.pk: Thing("signal", each.pk, each.title, each.url or address, Stages.SOCIALISATION, each.at) for each in rows}


def describe_issues(keys: Collection[int], viewer: Any) -> dict[int, Thing]:
    told = {}
    for each in issues_visible_to(viewer).filter(pk__in=keys):
        address = reverse("knowledge:issue", args=[each.pk])
        step = Step(_("Usulkan gagasan"), address)
        told[each.pk] = Thing("issue", each.pk, each.title, address, Stages.SOCIALISATION, each.raised_at, step)
    return told


def describe_ideas(keys: Collection[int], viewer: Any) -> dict[int, Thing]:
    return {each.pk: _idea(each) for each in ideas_visible_to(viewer).filter(pk__in=keys)}


IDEA_STEPS = {
    Idea.Stages.PROPOSED: (Stages.SOCIALISATION, gettext_lazy("Kumpulkan suara, lalu pilih")),
    Idea.Stages.CHOSEN: (Stages.EXTERNALISATION, gettext_lazy("Mulai mencoba")),
    Idea.Stages.PILOT: (Stages.COMBINATION, gettext_lazy("Ukur, lalu putuskan")),
}


def _idea(idea: Idea) -> Thing:
    address = reverse("knowledge:idea", args=[idea.pk])
    stage, label = IDEA_STEPS.get(Idea.Stages(idea.stage), (Stages.INTERNALISATION, None))
    return Thing("idea", idea.pk, idea.title, address, stage, idea.moved_at, Step(label, address) if label else None)


def said_in_interview(answer: InterviewAnswer) -> finding.Texts:
    return finding.Texts(f"{answer.question} {answer.topic or ''}", answer.told)


def all_told() -> Iterator[InterviewAnswer]:
    yield from InterviewAnswer.objects.exclude(told="").select_related("topic").iterator(chunk_size=200)
