"""What readers looked for in vain, summed up for librarians."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max, QuerySet, Sum
from django.utils import timezone

from lumbung.discovery.models import UnmetNeed
from lumbung.kernel import clock

WEEKS = 12
DAYS = 7 * WEEKS


@dataclass(frozen=True, slots=True)
class Need:
    """One need over the last DAYS; ``weeks`` are the counts of the last WEEKS, oldest first."""

    key: str
    words: str
    count: int
    last_at: datetime
    weeks: Sequence[int]


Counted = tuple[str, int, datetime]
"""Key of a need, how often it was looked for, and when last."""


def unmet_needs(*, latest_first: bool = False) -> "QuerySet[UnmetNeed, Counted]":
    """Every need not set aside, most wanted first, or the one sought last first."""
    since = timezone.localdate(clock.now()) - timedelta(days=DAYS)
    needs = UnmetNeed.objects.filter(day__gte=since, dismissed=False).values("key")
    order = ("-latest", "-times", "key") if latest_first else ("-times", "-latest", "key")
    counted = needs.annotate(times=Sum("count"), latest=Max("last_at")).order_by(*order)
    return counted.values_list("key", "times", "latest")


def in_full(counted: Sequence[Counted]) -> list[Need]:
    """The needs with their words as last typed and their weeks, in one statement for any number of them."""
    today = timezone.localdate(clock.now())
    words: dict[str, str] = {}
    weeks: dict[str, list[int]] = defaultdict(lambda: [0] * WEEKS)
    days = UnmetNeed.objects.filter(key__in=[key for key, _, _ in counted], day__gte=today - timedelta(days=DAYS))
    for each in days.order_by("last_at"):
        words[each.key] = each.words
        weeks[each.key][WEEKS - 1 - _weeks_ago(each.day, today)] += each.count
    return [Need(key, words.get(key, key), times, latest, tuple(weeks[key])) for key, times, latest in counted]


def _weeks_ago(day: date, today: date) -> int:
    return min((today - day).days // 7, WEEKS - 1)
