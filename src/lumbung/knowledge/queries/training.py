"""Courses and their sessions: what is offered, how many seats are left, what somebody learnt."""

from typing import Any

from django.db.models import Count, QuerySet

from lumbung.kernel import clock
from lumbung.knowledge.models import Enrolment, Session, Training
from lumbung.members.domain.clearance.letters import CODE_LENGTH


def offered() -> QuerySet[Training]:
    """The catalogue, by field and title."""
    return Training.objects.filter(is_offered=True)


def coming_trainings() -> QuerySet[Session]:
    """Published sessions of courses that have not begun, soonest first, each with how many seats are ``taken``."""
    rows = Session.objects.filter(course__isnull=False, state=Session.States.PUBLISHED, starts_at__gt=clock.now())
    return rows.select_related("course", "facilitator").annotate(taken=Count("enrolments")).order_by("starts_at")


def enrolments_of(person: Any) -> QuerySet[Enrolment]:
    """Their seats and certificates, latest first."""
    return Enrolment.objects.filter(person=person).select_related("session__course").order_by("-session__starts_at")


def certificate_with(code: str) -> Enrolment | None:
    """The certificate of this code, however it was typed; None for a code nobody was given."""
    typed = "".join(each for each in code.upper() if each.isalnum())
    if len(typed) != CODE_LENGTH:
        return None
    return Enrolment.objects.filter(code=typed).select_related("session__course", "session__facilitator").first()


def courses_by_skill() -> dict[str, list[Training]]:
    """The courses on offer that teach a skill, by its name in small letters."""
    told: dict[str, list[Training]] = {}
    for each in offered().exclude(skill=""):
        told.setdefault(each.skill.casefold(), []).append(each)
    return told
