"""What the desk did in a period, counted: by channel, kind, hour, subject, outcome, effort, against targets, with its ratings."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Avg, Count, F, Q, QuerySet
from django.db.models.functions import ExtractHour

from lumbung.desk import channels
from lumbung.desk.domain.finding import subjects_of
from lumbung.desk.models import Conversation, Rating, ServiceTarget, Turn
from lumbung.desk.queries import conversations_visible_to

MOST_WORDS = 20


@dataclass(frozen=True)
class ByChannel:
    """One channel: how much came, and the target against what was done. Times are minutes of opening hours, on average."""

    channel: str
    count: int
    first_target: int | None
    first_took: float | None
    first_in_time: int | None
    resolution_target: int | None
    resolution_took: float | None
    manner: float | None
    help: float | None


@dataclass(frozen=True)
class Figures:
    """The whole of a period. Complaints are counted and nothing more."""

    total: int
    open: int
    complaints: int
    by_channel: Sequence[ByChannel]
    by_kind: Sequence[tuple[str, int]]
    by_effort: Sequence[tuple[str, int]]
    by_outcome: Sequence[tuple[str, int]]
    by_hour: Sequence[tuple[int, int]]
    by_service: Sequence[tuple[str, int]]
    by_subject: Sequence[tuple[str, int]]

    @property
    def questions(self) -> int:
        """All but the complaints: so many stand in each of the tables."""
        return self.total - self.complaints


def conversations_in(first: date, last: date, zone: ZoneInfo) -> QuerySet[Conversation]:
    """What began on these days, both included, but what was no question or went into another conversation."""
    begins = datetime.combine(first, time.min, zone)
    ends = datetime.combine(last + timedelta(days=1), time.min, zone)
    rows = Conversation.objects.filter(opened_at__gte=begins, opened_at__lt=ends)
    return rows.exclude(outcome__in=[Conversation.Outcomes.SPAM, Conversation.Outcomes.MERGED]).order_by()


def figures(first: date, last: date, zone: ZoneInfo) -> Figures:
    """Count the period."""
    rows = conversations_in(first, last, zone)
    asked = rows.filter(is_complaint=False)
    whole = rows.aggregate(
        total=Count("pk"), open=Count("pk", filter=Q(state="open")), complaints=Count("pk", filter=Q(is_complaint=True))
    )
    hours = dict(asked.annotate(h=ExtractHour("opened_at", tzinfo=zone)).values_list("h").annotate(n=Count("pk")))
    return Figures(
        **whole,
        by_channel=_by_channel(asked),
        by_kind=_labelled(asked, "kind", Conversation.Kinds),
        by_effort=_labelled(asked, "effort", Conversation.Efforts),
        by_outcome=_labelled(asked, "outcome", Conversation.Outcomes),
        by_hour=[(hour, hours.get(hour, 0)) for hour in range(min([7, *hours]), max([20, *hours]) + 1)],
        by_service=list(
            asked.filter(service__isnull=False).values_list("service__name").annotate(n=Count("pk")).order_by("-n")
        ),
        by_subject=_by_subject(asked),
    )


def words_said(first: date, last: date, zone: ZoneInfo, viewer: object) -> QuerySet[Rating]:
    """What askers wrote to their marks for conversations of the period that ``viewer`` may see, the latest first."""
    asked = conversations_in(first, last, zone).filter(pk__in=conversations_visible_to(viewer).values("pk"))
    rated = Rating.objects.filter(conversation__in=asked.values("pk"), rated_at__isnull=False).exclude(word="")
    return rated.select_related("conversation").order_by("-rated_at")[:MOST_WORDS]


def _by_channel(rows: QuerySet[Conversation]) -> list[ByChannel]:
    targets = {each.channel: each for each in ServiceTarget.objects.filter(service=None)}
    rated = Rating.objects.filter(conversation__in=rows.values("pk"), rated_at__isnull=False)
    marks = {
        channel: (manner, helped)
        for channel, manner, helped in rated.values_list("conversation__channel")
        .annotate(m=Avg("manner"), h=Avg("help"))
        .order_by()
    }
    told = rows.values("channel").annotate(n=Count("pk"), first=Avg("first_took"), resolution=Avg("resolution_took"))
    return [
        _one(rows, dict(row), targets.get(row["channel"]) or targets.get(""), marks) for row in told.order_by("-n", "channel")
    ]


def _one(rows: QuerySet[Conversation], row: dict[str, Any], target: ServiceTarget | None, marks: dict[str, Any]) -> ByChannel:
    manner, helped = marks.get(row["channel"], (None, None))
    in_time = None
    if target:
        answered = rows.filter(channel=row["channel"], first_took__isnull=False)
        count = answered.aggregate(n=Count("pk"), good=Count("pk", filter=Q(first_took__lte=target.first_minutes)))
        in_time = round(100 * count["good"] / count["n"]) if count["n"] else None
    return ByChannel(
        channels.label(row["channel"]),
        row["n"],
        target.first_minutes if target else None,
        row["first"],
        in_time,
        target.resolution_minutes if target else None,
        row["resolution"],
        manner,
        helped,
    )


def _by_subject(rows: QuerySet[Conversation]) -> list[tuple[str, int]]:
    """What was asked about, as far as titles were given in answer; a question may be about several subjects."""
    answers = Turn.objects.filter(conversation__in=rows.values("pk"), kind=Turn.Kinds.ANSWER).exclude(titles=[])
    given = {(asked, key) for asked, keys in answers.values_list("conversation", "titles") for key in keys}
    called = subjects_of({key for _, key in given})
    counted = Counter(name for _, name in {(asked, called[key]) for asked, key in given if key in called})
    return sorted(counted.items(), key=lambda each: (-each[1], each[0]))


def _labelled(rows: QuerySet[Conversation], field: str, choices: Any) -> list[tuple[str, int]]:
    found = rows.exclude(**{field: None}).values_list(field).annotate(n=Count("pk")).order_by(F("n").desc(), field)
    return [(str(choices(value).label), count) for value, count in found if value != ""]
