"""When it was what a device kept while the line was cut: by its clock, set right by how far that clock is from ours when it sends."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils.dateparse import parse_datetime

from lumbung.kernel import clock

AGREES = timedelta(minutes=1)
"""A clock so near to ours is believed: the rest is the way the message took."""


def lag(told: Any) -> timedelta:
    """How far the device's clock was behind ours when it said, while sending, that it was ``told``; nothing if it did not say."""
    try:
        said = parse_datetime(str(told))
    except ValueError:
        return timedelta(0)
    if said is None or said.tzinfo is None:
        return timedelta(0)
    behind = clock.now() - said
    return behind if abs(behind) > AGREES else timedelta(0)


def set_right(told: str, late: timedelta, *, believed: timedelta = timedelta.max) -> datetime | None:
    """When it was by our clock that the device's, so ``late``, said it was ``told``; None where it says no moment.

    What is yet to come counts as now, unless it is further ahead than is ``believed``. Raises ValueError, TypeError or OverflowError for
    what no clock says.
    """
    said = parse_datetime(told)
    if said is None or said.tzinfo is None:
        return None
    moment, now = (said + late).astimezone(UTC), clock.now()
    return now if timedelta(0) < moment - now <= believed else moment
