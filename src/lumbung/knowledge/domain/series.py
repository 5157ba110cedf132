"""Sessions that come round: the next is there by itself, with the next host and what the last left open."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from lumbung.accounts.models import User
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Reason, Refused
from lumbung.knowledge.domain import agenda, sessions
from lumbung.knowledge.events.sessions import SeriesBegun, SeriesEnded
from lumbung.knowledge.models import Action, Series, SeriesHost, Session
from lumbung.knowledge.refusals.sessions import NO_NEXT_SESSION, ROTATION_EMPTY, ROUND_TOO_LONG, SCHEDULE_MISSING
from lumbung.organization.queries import library

LONGEST_ROUND = 26


@transaction.atomic
def repeat(session: Session, *, every_weeks: int, hosts: Sequence[User], by: User | None) -> Series:
    """Let the session come round, each time with the next of ``hosts``. Refuses without a schedule or hosts, and beyond 26 weeks."""
    session = sessions.locked(session)
    reasons: list[Reason] = []
    if session.starts_at is None:
        reasons.append(SCHEDULE_MISSING())
    if not hosts:
        reasons.append(ROTATION_EMPTY())
    if not 1 <= every_weeks <= LONGEST_ROUND:
        reasons.append(ROUND_TOO_LONG())
    if reasons:
        raise Refused(reasons)
    taken_over = ("title", "kind", "topic", "minutes_long", "place", "link", "expected_product")
    points = "\n".join(session.points.filter(source_kind="").values_list("title", flat=True))
    series = Series.objects.create(
        every_weeks=every_weeks, points=points, **{name: getattr(session, name) for name in taken_over}
    )
    SeriesHost.objects.bulk_create(
        SeriesHost(series=series, person=each, position=n) for n, each in enumerate(dict.fromkeys(hosts))
    )
    session.series = series
    session.save(update_fields=["series"])
    events.record(SeriesBegun(series=series.pk, session=session.pk), by=by)
    return series


@transaction.atomic
def end_series(series: Series, *, by: User | None) -> Series:
    """No further sessions are made; those that are planned stay."""
    series.is_active = False
    series.save(update_fields=["is_active"])
    events.record(SeriesEnded(series=series.pk), by=by)
    return series


@transaction.atomic
def make_next(series: Series, *, by: User | None) -> Session:
    """The next session of the series, published where its template has all it needs: the next host, the usual points, and every
    action that is still open. Returns the one that is there already, if one is to come. Refuses a series without a session."""
    series = Series.objects.select_for_update().get(pk=series.pk)
    last = series.sessions.exclude(starts_at=None).order_by("-starts_at").first()
    if last is None or last.starts_at is None:
        raise Refused(NO_NEXT_SESSION())
    if last.starts_at > clock.now():
        return last
    session = sessions.plan(
        kind=series.kind, title=series.title, topic=series.topic, minutes_long=series.minutes_long, place=series.place,
        link=series.link, expected_product=series.expected_product, starts_at=_next_start(series, last),
        facilitator=_next_host(series, last), points=series.points, community=last.community, by=by,
    )  # fmt: skip
    session.series = series
    session.save(update_fields=["series"])
    for action in Action.objects.filter(session__series=series, state="open").select_related("owner"):
        note = f"{action.owner.name} · {action.due_on:%d/%m/%Y}"
        agenda.bring_up(action, action.title, by=by, session=session, note=note)
    if session.points.exists() and session.expected_product:
        session = sessions.publish(session, by=by)
    return session


def make_next_of_all() -> int:
    """Every night: how many sessions were made."""
    made = 0
    for series in Series.objects.filter(is_active=True, sessions__isnull=False).distinct():
        if not series.sessions.filter(starts_at__gt=clock.now()).exists():
            make_next(series, by=None)
            made += 1
    return made


def _next_start(series: Series, last: Session) -> object:
    """The same hour of the wall clock so many weeks later, the first that is still to come."""
    zone = library().zone
    local = timezone.localtime(last.starts_at, zone).replace(tzinfo=None)
    while (start := local.replace(tzinfo=zone)) <= clock.now():
        local += timedelta(weeks=series.every_weeks)
    return start


def _next_host(series: Series, last: Session) -> User | None:
    hosts = [each.person for each in series.hosts.select_related("person") if each.person.is_active]
    if not hosts:
        return last.facilitator
    at = next((n for n, each in enumerate(hosts) if each.pk == last.facilitator_id), -1)
    return hosts[(at + 1) % len(hosts)]
