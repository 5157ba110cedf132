"""UTC date-times of OAI-PMH: days (``2024-05-01``) or seconds (``2024-05-01T08:30:00Z``), nothing between and nothing else."""

import re
from calendar import timegm
from datetime import UTC, datetime, timedelta
from functools import lru_cache

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_SECOND = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAY = 24 * 60 * 60


def is_day(text: str) -> bool:
    """Whether the text tells a day and no time of it."""
    return bool(_DAY.fullmatch(text))


def as_moment(text: str, *, last: bool = False) -> int | None:
    """The second that the text tells; of a day its first, or its ``last``. None when it tells none."""
    form = "%Y-%m-%d" if is_day(text) else "%Y-%m-%dT%H:%M:%SZ" if _SECOND.fullmatch(text) else ""
    try:
        told = timegm(datetime.strptime(text, form).timetuple()) if form else None  # noqa: DTZ007 -- UTC by definition
    except ValueError:
        return None
    return told + DAY - 1 if told is not None and last and is_day(text) else told


@lru_cache(maxsize=4096)
def as_text(moment: int) -> str:
    """``2024-05-01T08:30:00Z``."""
    return (_EPOCH + timedelta(seconds=moment)).strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")
