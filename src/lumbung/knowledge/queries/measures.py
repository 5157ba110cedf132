"""What the portal does for the house: the four tasks of knowledge, how much is shared month by month, and how fast answers come."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from statistics import median
from typing import Any

from django.db.models import CharField, Count, F, Min, Q, QuerySet, Sum, Value
from django.db.models.functions import TruncMonth

from lumbung.accounts.models import User
from lumbung.knowledge.models import (
    Action,
    Answer,
    ArticleVersion,
    Attendance,
    Award,
    Contribution,
    Incident,
    Question,
    Remark,
    SessionMinutes,
    SurveyTally,
    Topic,
    Use,
)
from lumbung.knowledge.models.survey import Dimensions


@dataclass(frozen=True)
class Task:
    """One of the four tasks of knowledge in a span of time: how often the whole house did it, and one person."""

    name: str
    house: int
    mine: int


TASKS = ("collected", "managed", "used", "exploited")
"""Collected: talks, minutes, incidents, answers. Managed: versions, approvals, remarks answered. Used: read and learnt. Exploited: work
done by an article, actions ended with a result."""


def four_tasks(since: datetime, until: datetime, me: User) -> list[Task]:
    """The four counts, in one statement."""

    def counted(task: str, model: Any, at: str, who: str, **more: Any) -> Any:
        rows = model.objects.filter(**{f"{at}__gte": since, f"{at}__lt": until}, **more).order_by()
        rows = rows.annotate(task=Value(task, output_field=CharField())).values("task")
        return rows.annotate(house=Count("pk"), mine=Count("pk", filter=Q(**{who: me.pk}))).values_list("task", "house", "mine")

    first, *rest = [
        counted("collected", Attendance, "session__starts_at", "person"),
        counted("collected", SessionMinutes, "written_at", "written_by"),
        counted("collected", Incident, "happened_at", "reported_by"),
        counted("collected", Answer, "at", "by"),
        counted("managed", ArticleVersion, "at", "by"),
        counted("managed", Contribution, "at", "person", part=Contribution.Parts.REVIEWER),
        counted("managed", Remark, "settled_at", "article__owner"),
        counted("used", Use, "at", "by", kind__in=[Use.Kinds.READ, Use.Kinds.LEARNT]),
        counted("exploited", Use, "at", "by", kind=Use.Kinds.USED),
        counted("exploited", Action, "ended_at", "owner", state=Action.States.DONE),
    ]
    rows = list(first.union(*rest, all=True))
    return [
        Task(name, sum(n for task, n, _ in rows if task == name), sum(n for task, _, n in rows if task == name))
        for name in TASKS
    ]


@dataclass(frozen=True)
class Month:
    """How many pieces were contributed in a month, by how many people; the awards given then, and what a survey said of sharing."""

    first: datetime
    pieces: int
    people: int
    awards: int = 0
    culture: float | None = None


def sharing_by_month(since: datetime, until: datetime, zone: Any) -> Sequence[Month]:
    """Articles and answers contributed, month by month, beside the awards others may see and the surveys closed: what came after what,
    and so whether people like to share. A fixed number of statements."""
    pieces: dict[datetime, int] = defaultdict(int)
    people: dict[datetime, set[int]] = defaultdict(set)
    gave, answered = (
        _monthly(rows, "at", since, until, zone).values_list("month", who).annotate(n=Count("pk"))
        for rows, who in ((Contribution.objects.filter(person__isnull=False), "person"), (Answer.objects.all(), "by"))
    )
    for month, person, n in gave.union(answered, all=True):
        pieces[month] += n
        people[month].add(person)
    given = _monthly(Award.objects.filter(agreed_at__isnull=False), "at", since, until, zone)
    awards = dict(given.values_list("month").annotate(n=Count("pk")))
    culture = _culture_by_month(since, until, zone)
    return [
        Month(month, pieces[month], len(people[month]), awards.get(month, 0), culture.get(month))
        for month in sorted({*pieces, *awards, *culture})
    ]


def _monthly(rows: QuerySet[Any], at: str, since: datetime, until: datetime, zone: Any) -> QuerySet[Any]:
    """The rows of the span, each with its ``month``."""
    within = rows.filter(**{f"{at}__gte": since, f"{at}__lt": until})
    monthly: QuerySet[Any] = within.annotate(month=TruncMonth(at, tzinfo=zone)).order_by()
    return monthly


def _culture_by_month(since: datetime, until: datetime, zone: Any) -> dict[datetime, float]:
    """The mean of the statements on the culture of sharing in the last survey closed in a month; none where a group is too small to
    hide in."""
    tallies = SurveyTally.objects.filter(question__dimension=Dimensions.CULTURE)
    rows = (
        _monthly(tallies, "question__run__closed_at", since, until, zone)
        .values_list("question__run", "month", "question__run__smallest_group", "group", "question")
        .annotate(n=Sum("count"), total=Sum(F("value") * F("count")))
        .order_by("question__run__closed_at", "question__run")
    )
    found: dict[datetime, float] = {}
    for (_run, month, smallest), some in groupby(rows, key=lambda row: row[:3]):
        counted = [(n, total) for *_key, n, total in some]
        everybody = sum(n for n, _total in counted)
        if everybody and all(n >= smallest for n, _total in counted if n):
            found[month] = sum(total for _n, total in counted) / everybody
        else:
            found.pop(month, None)
    return found


@dataclass(frozen=True)
class AnswerTime:
    """The middle number of hours until a question on a topic was answered, before and since there is an article on it."""

    topic: Topic
    before: float | None
    since: float | None


def answer_times() -> list[AnswerTime]:
    """For each topic that has an article and answered questions; the first approval counts as the day since when there is one."""
    reviewed = Q(articles__contributions__part=Contribution.Parts.REVIEWER)
    topics = Topic.objects.annotate(written_at=Min("articles__contributions__at", filter=reviewed)).exclude(written_at=None)
    hours: dict[tuple[int, bool], list[float]] = defaultdict(list)
    known = {each.pk: each for each in topics}
    rows = Question.objects.filter(topic__in=known, settled_at__isnull=False)
    for topic, at, settled in rows.values_list("topic", "at", "settled_at"):
        if settled is not None:
            hours[topic, at >= known[topic].written_at].append((settled - at).total_seconds() / 3600)
    asked = [each for each in topics if hours[each.pk, False] or hours[each.pk, True]]
    return [AnswerTime(each, _middle(hours[each.pk, False]), _middle(hours[each.pk, True])) for each in asked]


def _middle(hours: Sequence[float]) -> float | None:
    return round(median(hours), 1) if hours else None
