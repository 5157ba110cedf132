"""What others may ask about sessions, minutes and actions."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from lumbung.accounts.models import User
from lumbung.kernel import clock
from lumbung.kernel.permissions import may
from lumbung.knowledge.models import Action, Series, Session, SessionMinutes
from lumbung.knowledge.permissions import ENTER, MANAGE

MINUTES_WITHIN = timedelta(hours=48)
LONGEST_STREAK = 200


def sessions_visible_to(viewer: Any) -> QuerySet[Session]:
    """Every session that is no draft; drafts to those who lead or manage them; nothing to others than the staff."""
    if not may(viewer, ENTER):
        return Session.objects.none()
    if may(viewer, MANAGE):
        return Session.objects.all()
    return Session.objects.filter(~Q(state="draft") | Q(made_by=viewer.pk) | Q(facilitator=viewer.pk))


def may_lead(viewer: Any, session: Session) -> bool:
    """Whether they may change, publish and close the session: its facilitator, its maker, whoever manages."""
    return may(viewer, MANAGE) or (may(viewer, ENTER) and session.is_led_by(viewer))


def coming(viewer: Any) -> QuerySet[Session]:
    """What is published and not over, soonest first."""
    since = clock.now() - timedelta(hours=3)
    rows = sessions_visible_to(viewer).filter(state="published", starts_at__gte=since)
    return rows.select_related("facilitator").order_by("starts_at")


def with_counts(rows: QuerySet[Session]) -> QuerySet[Session]:
    """The sessions with ``came`` and ``open_actions``, and their minutes at hand, in one query."""
    return rows.select_related("facilitator", "minutes").annotate(
        came=Count("attendances", distinct=True),
        open_actions=Count("actions", filter=Q(actions__state="open"), distinct=True),
    )


def without_minutes(now: datetime) -> QuerySet[Session]:
    """Published sessions that ended more than 48 hours ago and whose minutes nobody has proposed, longest ago first."""
    late = Session.objects.filter(state="published", starts_at__lt=now - MINUTES_WITHIN)
    return late.exclude(minutes__state__in=["proposed", "approved"]).select_related("facilitator").order_by("starts_at")


def actions_visible_to(viewer: Any) -> QuerySet[Action]:
    """Every action, to the staff."""
    rows = Action.objects.select_related("owner", "session")
    return rows if may(viewer, ENTER) else rows.none()


def may_end(viewer: Any, action: Action) -> bool:
    return may(viewer, MANAGE) or (may(viewer, ENTER) and action.owner_id == viewer.pk)


def streak_of(series: Series) -> int:
    """How many sessions of the series were held one after another without a gap, up to now; one statement.

    A session that was cancelled or to which nobody came is a gap, and so is a round in which there was none. The latest, while its
    minutes are not late yet, is waited for.
    """
    now = clock.now()
    rows = series.sessions.filter(starts_at__lt=now).exclude(state="draft").annotate(came=Count("attendances"))
    streak, after = 0, now
    for session in rows.order_by("-starts_at")[:LONGEST_STREAK]:
        if session.starts_at is None or after - session.starts_at >= timedelta(weeks=2 * series.every_weeks):
            break
        if session.state == "closed" or (session.state == "published" and session.came):
            streak += 1
        elif session.state == "cancelled" or session.starts_at < now - MINUTES_WITHIN:
            break
        after = session.starts_at
    return streak


def next_session(after: Session | None = None) -> Session | None:
    """The next published session: of the same series, else of the same kind, else any."""
    rows = Session.objects.filter(state="published", starts_at__gt=clock.now()).order_by("starts_at")
    if after is None:
        return rows.first()
    rows = rows.exclude(pk=after.pk)
    same = rows.filter(series=after.series_id) if after.series_id else rows.none()
    return same.first() or rows.filter(kind=after.kind).first() or rows.first()


def present(session: Session) -> QuerySet[User]:
    """Those with an account who were there."""
    return User.objects.filter(pk__in=session.attendances.filter(person__isnull=False).values("person"))


def minutes_text(minutes: Collection[SessionMinutes]) -> dict[int, str]:
    """All the words of these minutes as plain text, for the search and for whoever compiles them; three queries for any number."""
    keys = [each.session_id for each in minutes]
    rows = Session.objects.filter(pk__in=keys).prefetch_related("points", "decisions", "actions")
    parts = {
        each.pk: [
            *(f"{point.title}\n{point.said}".strip() for point in each.points.all()),
            *(decision.text for decision in each.decisions.all()),
            *(action.title for action in each.actions.all()),
        ]
        for each in rows
    }
    return {each.pk: "\n\n".join(filter(None, [each.summary, *parts.get(each.session_id, [])])) for each in minutes}
