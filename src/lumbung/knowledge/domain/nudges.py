"""Keeping the rhythm: a reminder the day before, a nudge where minutes are missing after 48 hours, and then upward."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.urls import reverse

from lumbung.accounts.models import Role, User
from lumbung.accounts.queries import staff
from lumbung.kernel import clock
from lumbung.knowledge.domain.letters import address_of, tell
from lumbung.knowledge.models import Session
from lumbung.knowledge.queries.sessions import without_minutes
from lumbung.organization.queries import library

AHEAD = timedelta(hours=30)
UPWARD = timedelta(hours=96)


def remind_of_sessions() -> int:
    """Every morning: tell the staff of each session of the coming day, once; returns how many messages."""
    now = clock.now()
    soon = Session.objects.filter(state="published", starts_at__gt=now, starts_at__lte=now + AHEAD)
    return sum(
        _tell(session, "session_reminder", staff()) for session in soon.select_related("facilitator").prefetch_related("points")
    )


def nudge_for_minutes() -> int:
    """Every morning: the facilitator of a session without minutes after 48 hours, once; after 96 hours the head, once."""
    now, told = clock.now(), 0
    for session in without_minutes(now).filter(starts_at__gte=now - timedelta(days=60)):
        told += _tell(session, "minutes_missing", [each for each in (session.facilitator,) if each])
        if session.starts_at and session.starts_at < now - UPWARD:
            told += _tell(session, "minutes_missing", staff().filter(role_grants__role=Role.HEAD), step="head")
    return told


def _tell(session: Session, code: str, people: Iterable[User], step: str = "") -> int:
    """A message to each who was not told of this before; how many."""
    facts = _facts(session)
    return tell(code, people, lambda _person: facts, about=[f"{code}{step}:{session.pk}"])


def _facts(session: Session) -> dict[str, Any]:
    return {
        "session": session,
        "points": [each.title for each in session.points.all()],
        "starts_at": session.starts_at.astimezone(library().zone) if session.starts_at else None,
        "link": address_of(reverse("knowledge:session", args=[session.pk])),
    }
