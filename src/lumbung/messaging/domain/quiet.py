"""Quiet hours: nobody's telephone sounds at night for a notice."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from lumbung.messaging.models import NoticePolicy


def waking_time(policy: NoticePolicy, now: datetime) -> datetime | None:
    """When the present quiet hours end; None outside them. Equal hours mean that there are none."""
    here = now.astimezone(ZoneInfo(settings.TIME_ZONE))
    begin, end, time = policy.quiet_from, policy.quiet_until, here.time()
    over_midnight = begin > end
    is_quiet = (time >= begin or time < end) if over_midnight else begin <= time < end
    if not is_quiet:
        return None
    day = here.date() + timedelta(days=1) if over_midnight and time >= begin else here.date()
    return datetime.combine(day, end, tzinfo=here.tzinfo)


def next_morning(policy: NoticePolicy, now: datetime) -> datetime:
    """When the quiet hours end next, today or tomorrow: the moment at which a day's gathered notices go out."""
    here = now.astimezone(ZoneInfo(settings.TIME_ZONE))
    day = here.date() if here.time() < policy.quiet_until else here.date() + timedelta(days=1)
    return datetime.combine(day, policy.quiet_until, tzinfo=here.tzinfo)
