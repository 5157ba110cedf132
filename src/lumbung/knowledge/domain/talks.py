"""The morning talk: in the morning its agenda is there by itself, and yesterday's actions are checked first."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from lumbung.accounts.models import User
from lumbung.kernel import clock, events
from lumbung.kernel.changes import set_changed
from lumbung.kernel.refusals import Refused
from lumbung.knowledge.domain import agenda, sessions, signals
from lumbung.knowledge.domain.signals import Day
from lumbung.knowledge.events.talks import TalkPlanChanged, TalkPrepared
from lumbung.knowledge.models import Action, AgendaPoint, Incident, Session, Signal, TalkPlan
from lumbung.knowledge.models.session import Kinds
from lumbung.knowledge.refusals.talks import TALK_DAYS_WRONG
from lumbung.organization.queries import library

MOST_NEWS, MOST_OF_A_CATEGORY = 9, 3
NEWS_SINCE = timedelta(hours=36)
ORDER = ("checks", "challenges", "figures", "news", "today")


@transaction.atomic
def change_plan(*, by: User | None, **fields: Any) -> TalkPlan:
    """Set when the morning talk is. Refuses one that is held on no day."""
    plan = TalkPlan.objects.select_for_update().first() or TalkPlan(pk=1)
    changed = set_changed(plan, fields, allowed={"is_on", "starts", "weekdays", "minutes_long", "place"})
    if not plan.weekdays or not set(plan.weekdays) <= set("0123456"):
        raise Refused(TALK_DAYS_WRONG())
    plan.save()
    if changed:
        events.record(TalkPlanChanged(fields=changed), by=by)
    return plan


def prepare_today() -> int:
    """Every morning: the agenda of today's talk, where there is one today; returns its number of points."""
    plan = TalkPlan.objects.filter(is_on=True).first()
    today = clock.today(library().zone)
    if plan is None or str(today.weekday()) not in plan.weekdays:
        return 0
    with override(None):
        return prepare(today, by=None).points.count()


@transaction.atomic
def prepare(day: date, *, by: User | None) -> Session:
    """The morning talk of the day with its agenda: yesterday's actions to check, yesterday's challenges and incidents, figures, news
    since the day before, today's sessions. Published. Done again, it adds what came since."""
    session = Session.objects.select_for_update().filter(talk_on=day).first() or _opened(day, by)
    if not session.is_open:
        return session
    before = session.points.count()
    signals.gather(_day_before(day))
    _check_actions(session, by)
    _bring_incidents(session, by)
    for signal in _wanted(day):
        signals.put_on_agenda(signal, by=by, session=session)
    _bring_today(session, day, by)
    _put_in_order(session)
    events.record(TalkPrepared(session=session.pk, count=session.points.count() - before), by=by)
    if session.state == Session.States.DRAFT and session.points.exists():
        session = sessions.publish(session, by=by)
    return session


def _opened(day: date, by: User | None) -> Session:
    plan = TalkPlan.objects.first() or TalkPlan(pk=1)
    starts = plan.starts if isinstance(plan.starts, time) else time.fromisoformat(plan.starts)
    session = sessions.plan(
        kind=Kinds.TALK,
        title=_("Obrolan pagi %(day)s") % {"day": f"{day:%d/%m/%Y}"},
        starts_at=datetime.combine(day, starts, library().zone),
        minutes_long=plan.minutes_long,
        place=plan.place,
        expected_product=_("Pemulihan dan tindakan untuk setiap tantangan kemarin"),
        facilitator=by or _last_host(),
        by=by,
    )
    session.talk_on = day
    session.save(update_fields=["talk_on"])
    return session


def _last_host() -> User | None:
    last = Session.objects.filter(kind=Kinds.TALK, facilitator__isnull=False).select_related("facilitator").first()
    return last.facilitator if last else None


def _day_before(day: date) -> Day:
    zone = library().zone
    begins = datetime.combine(day - timedelta(days=1), time(0), zone)
    return Day(day - timedelta(days=1), begins, datetime.combine(day, time(0), zone))


def _check_actions(session: Session, by: User | None) -> None:
    """Every open action of earlier talks comes back until it is ended; one that ended since the last talk is told once."""
    last = Session.objects.filter(kind=Kinds.TALK, starts_at__lt=session.starts_at).exclude(pk=session.pk).first()
    since = last.starts_at if last and last.starts_at else session.starts_at
    rows = Action.objects.filter(session__kind=Kinds.TALK).exclude(session=session).select_related("owner")
    for action in [*rows.filter(state="open"), *rows.exclude(state="open").filter(ended_at__gte=since)]:
        note = f"{action.owner.name} · {action.due_on:%d/%m/%Y} · {action.get_state_display()} {action.result}".strip()
        _bring_once(session, action, action.title, note=note, section="checks", by=by)


def _bring_incidents(session: Session, by: User | None) -> None:
    for incident in Incident.objects.filter(state="open").order_by("happened_at")[:20]:
        _bring_once(session, incident, incident.title, note=incident.text, section="challenges", by=by, is_challenge=True)


def _bring_today(session: Session, day: date, by: User | None) -> None:
    zone = library().zone
    begins = datetime.combine(day, time(0), zone)
    rows = Session.objects.filter(state="published", starts_at__gte=begins, starts_at__lt=begins + timedelta(days=1))
    for other in rows.exclude(pk=session.pk).order_by("starts_at")[:10]:
        title = f"{other.starts_at.astimezone(zone):%H.%M} {other.title}" if other.starts_at else other.title
        _bring_once(session, other, title, note=other.place, section="today", by=by)


def _bring_once(
    session: Session, thing: Any, title: str, *, note: str, section: str, by: User | None, is_challenge: bool = False
) -> None:
    if session.points.filter(source_kind=thing.trace_kind, source_key=str(thing.pk)).exists():
        return
    point = agenda.bring_up(thing, title, by=by, session=session, note=note)
    point.section, point.is_challenge = section, is_challenge
    point.save(update_fields=["section", "is_challenge"])


def _wanted(day: date) -> list[Signal]:
    """Every new signal of our own about yesterday, and the freshest news: a few of each category."""
    fresh = Signal.objects.filter(state=Signal.States.NEW, at__gte=_day_before(day).ends - NEWS_SINCE)
    own = fresh.exclude(source="feed").order_by("-is_challenge", "pk")
    return [*own, *_some_of_each(fresh.filter(source="feed").select_related("feed"))]


def _some_of_each(news: Iterable[Signal]) -> Iterator[Signal]:
    counts: dict[str, int] = {}
    for each in news:
        category = each.feed.category if each.feed else ""
        if counts.get(category, 0) < MOST_OF_A_CATEGORY and sum(counts.values()) < MOST_NEWS:
            counts[category] = counts.get(category, 0) + 1
            yield each


def _put_in_order(session: Session) -> None:
    places = {section: n for n, section in enumerate(ORDER)}
    points = sorted(session.points.all(), key=lambda each: (places.get(each.section, -1), each.position))
    for n, point in enumerate(points, start=1):
        point.position = n
    AgendaPoint.objects.bulk_update(points, ["position"])
