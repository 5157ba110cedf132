"""Moments as days of the branch where they fall, and days that have come there, within a question to the database."""

from collections import defaultdict
from datetime import date, tzinfo
from functools import reduce
from operator import or_

from django.db.models import Case, Expression, Q, When
from django.db.models.functions import TruncDate

from lumbung.kernel import clock
from lumbung.organization.queries import branches, library


def day_there(moment: str, branch: str) -> Expression:
    """The day of a ``moment`` in the time of a ``branch`` (both names of fields)."""
    zones: dict[tzinfo, list[int]] = {}
    for each in branches():
        zones.setdefault(each.zone, []).append(each.pk)
    whens = [When(**{f"{branch}__in": keys}, then=TruncDate(moment, tzinfo=zone)) for zone, keys in zones.items()]
    return Case(*whens, default=TruncDate(moment, tzinfo=library().zone))


def has_come(day: str, branch: str) -> Q:
    """That a ``day`` has begun, or is over, in the time of a ``branch`` (both names of fields)."""
    places: defaultdict[date, list[int]] = defaultdict(list)
    for each in branches():
        places[clock.today(each.zone)].append(each.pk)
    if len(places) == 1:
        return Q(**{f"{day}__lte": next(iter(places))})
    return reduce(or_, (Q(**{f"{day}__lte": today, f"{branch}__in": keys}) for today, keys in places.items()), Q())
