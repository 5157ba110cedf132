"""The one clock. Domain code never asks the operating system for the time, so a test can stop it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_stopped: ContextVar[datetime | None] = ContextVar("stopped_clock", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _stopped.get() or datetime.now(UTC)


def today(zone: ZoneInfo) -> date:
    """The calendar day at this moment in ``zone``."""
    return now().astimezone(zone).date()


@contextmanager
def stopped_at(moment: datetime) -> Iterator[None]:
    """Within the block ``now()`` is ``moment``, which must be aware."""
    if moment.tzinfo is None:
        raise ValueError("the clock can be stopped only at an aware moment")
    token = _stopped.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _stopped.reset(token)
