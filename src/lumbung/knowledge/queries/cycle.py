"""The spiral in figures: how many get from talk to use, how long it takes, and where things get stuck."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Q

from lumbung.knowledge.models import Action, Attendance, Idea, Incident, Session, SessionDecision, SessionMinutes, Trace
from lumbung.knowledge.models.session import Kinds
from lumbung.knowledge.queries.sessions import MINUTES_WITHIN
from lumbung.knowledge.tracing import Links


@dataclass(frozen=True)
class Step:
    """A stage reached: how many got there, and the middle number of days it took from the stage before."""

    stage: str
    count: int
    days: float | None


def steps_between(first: datetime, last: datetime) -> list[Step]:
    """Of the sessions that began in the time: how many were held, written down, put together, used, and came back to a session."""
    held = Session.objects.filter(starts_at__gte=first, starts_at__lt=last, state__in=["published", "closed"])
    talks = {key: at for key, at in held.values_list("pk", "starts_at") if at is not None}
    rows = SessionMinutes.objects.filter(session__in=talks).exclude(state=SessionMinutes.States.DRAFT)
    minutes = {
        pk: (session, approved or written)
        for pk, session, approved, written in rows.values_list("pk", "session", "approved_at", "written_at")
    }
    written = [(talks[session], at) for session, at in minutes.values()]
    places = {("minutes", key): at for key, (_, at) in minutes.items()} | {("session", key): at for key, at in talks.items()}
    links = _links_onward()
    articles = _onward(links[Links.COMPILED], places)
    uses = _onward(links[Links.USED], {("article", key): at for key, (_, at) in articles.items()})
    back = _onward(links[Links.RETURNED], {("use", key): at for key, (_, at) in uses.items()})
    return [
        Step("S", len(talks), None),
        Step("E", len(written), _days(written)),
        Step("C", len(articles), _days(list(articles.values()))),
        Step("I", len(uses), _days(list(uses.values()))),
        Step("S+", len(back), _days(list(back.values()))),
    ]


ONWARD = {
    Links.COMPILED: (("session", "minutes"), "article"),
    Links.USED: (("article",), "use"),
    Links.RETURNED: (("use",), "session"),
}
"""By which link the spiral goes on, from what to what."""

Onward = tuple[str, int, int, datetime]


def _links_onward() -> dict[str, list[Onward]]:
    """By link: each step onward, from which kind and key to which key and when, the earliest first. One statement."""
    some = [Q(kind=link, from_kind__in=kinds, to_kind=to) for link, (kinds, to) in ONWARD.items()]
    found: dict[str, list[Onward]] = {link: [] for link in ONWARD}
    rows = Trace.objects.filter(reduce(or_, some)).order_by("at")
    for link, kind, key, target, at in rows.values_list("kind", "from_kind", "from_key", "to_key", "at"):
        found[link].append((kind, key, target, at))
    return found


def _onward(steps: Sequence[Onward], places: dict[tuple[str, int], Any]) -> dict[int, tuple[datetime, datetime]]:
    """The things these places became, each with when its earliest source was and when it became so."""
    found: dict[int, tuple[datetime, datetime]] = {}
    for kind, key, target, at in steps:
        if (before := places.get((kind, key))) is not None and target not in found:
            found[target] = (before, at)
    return found


def _days(pairs: Sequence[tuple[datetime, datetime]]) -> float | None:
    return round(median(max(0.0, (after - before) / timedelta(days=1)) for before, after in pairs), 1) if pairs else None


@dataclass(frozen=True)
class Stuck:
    """Where things wait, longest first."""

    without_minutes: Sequence[Session]
    unapproved: Sequence[SessionMinutes]
    uncompiled: Sequence[SessionMinutes]


def stuck_at(now: datetime, most: int = 8) -> Stuck:
    """Sessions without minutes after 48 hours, minutes nobody approves, and approved minutes that became no article in a month."""
    late = Session.objects.filter(state="published", starts_at__lt=now - MINUTES_WITHIN, minutes=None).order_by("starts_at")
    proposed = (
        SessionMinutes.objects.filter(state=SessionMinutes.States.PROPOSED).select_related("session").order_by("written_at")
    )
    compiled = Trace.objects.filter(kind=Links.COMPILED)
    old = SessionMinutes.objects.filter(state=SessionMinutes.States.APPROVED, approved_at__lt=now - timedelta(days=30)).exclude(
        session__kind=Kinds.TALK
    )
    old = old.exclude(pk__in=compiled.filter(from_kind="minutes").values("from_key"))
    old = old.exclude(session__in=compiled.filter(from_kind="session").values("from_key"))
    return Stuck(list(late[:most]), list(proposed[:most]), list(old.select_related("session").order_by("approved_at")[:most]))


@dataclass(frozen=True)
class Year:
    """A year of knowledge work, for the report that is handed over to the next."""

    by_topic: Sequence[tuple[str, int, int]]
    by_kind: Sequence[tuple[str, int]]
    sessions: int
    with_product: int
    without_product: Sequence[Session]
    minutes: int
    attendances: int
    decisions: Sequence[SessionDecision]
    done: int
    dropped: int
    carried: Sequence[Action]
    ideas: Sequence[Idea]
    incidents: int
    products: Sequence[Session]


def bounds_of(year: int, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """From the first moment of the year to the first of the next."""
    return datetime.combine(date(year, 1, 1), time(0), zone), datetime.combine(date(year + 1, 1, 1), time(0), zone)


def year_of(year: int, zone: ZoneInfo) -> Year:
    """What was held, what came out, and what is still open at its end: a fixed number of queries."""
    first, last = bounds_of(year, zone)
    held = Session.objects.filter(starts_at__gte=first, starts_at__lt=last, state__in=["published", "closed"]).order_by()
    topics = held.values("topic").annotate(n=Count("pk"), out=Count("pk", filter=~Q(product=""))).order_by("-n", "topic")
    kinds = held.values_list("kind").annotate(n=Count("pk")).order_by("-n")
    actions = Action.objects.filter(opened_at__lt=last)
    ended = actions.filter(ended_at__gte=first, ended_at__lt=last)
    return Year(
        by_topic=[(row["topic"], row["n"], row["out"]) for row in topics],
        by_kind=[(str(Kinds(kind).label), n) for kind, n in kinds],
        sessions=held.count(),
        with_product=held.exclude(product="").count(),
        without_product=list(held.exclude(without_product="").order_by("starts_at")[:100]),
        minutes=SessionMinutes.objects.filter(session__in=held, state=SessionMinutes.States.APPROVED).count(),
        attendances=Attendance.objects.filter(session__in=held).count(),
        decisions=list(
            SessionDecision.objects.filter(session__in=held).select_related("session").order_by("session__starts_at")[:200]
        ),
        done=ended.filter(state="done").count(),
        dropped=ended.filter(state="dropped").count(),
        carried=list(
            actions.filter(Q(state="open") | Q(ended_at__gte=last)).select_related("owner", "session").order_by("due_on")[:200]
        ),
        ideas=list(
            Idea.objects.filter(stage__in=["adopted", "dropped"], moved_at__gte=first, moved_at__lt=last).select_related(
                "owner"
            )
        ),
        incidents=Incident.objects.filter(happened_at__gte=first, happened_at__lt=last).count(),
        products=list(held.filter(~Q(product="")).exclude(kind=Kinds.TALK).order_by("starts_at")[:200]),
    )
