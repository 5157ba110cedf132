"""Rates of sending, per pair, per account and for the whole library: who goes too fast is told when the next turn is."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from lumbung.messaging.channels import Rate
from lumbung.messaging.models import Pace

EVERYTHING = Rate(1200, 60)
"""All channels together: a mistake is seen before it has reached everybody."""
EVERYTHING_KEY = "everything"


@transaction.atomic
def take_turn(rates: Mapping[str, Rate], now: datetime) -> datetime | None:
    """Take a turn at every one of these rates, or at none: then the moment at which all of them allow it is returned."""
    rows = {row.key: row for row in Pace.objects.select_for_update().filter(key__in=rates)}
    turn = max((_turn(rows.get(key), rate, now) for key, rate in rates.items()), default=now)
    if turn > now:
        return turn
    for key, rate in rates.items():
        row = rows.get(key) or Pace(key=key, ahead_until=now)
        row.ahead_until = max(row.ahead_until, now) + _interval(rate)
        row.save()
    return None


def _interval(rate: Rate) -> timedelta:
    return timedelta(seconds=rate.seconds / rate.count)


def _turn(row: Pace | None, rate: Rate, now: datetime) -> datetime:
    """When the rate allows one more: a bunch of ``count`` at once, then evenly."""
    if row is None:
        return now
    return row.ahead_until + _interval(rate) - timedelta(seconds=rate.seconds)


def forget_past(now: datetime) -> int:
    """Rows that hold nobody back any more; returns how many."""
    return Pace.objects.filter(ahead_until__lt=now).delete()[0]
