"""Times of the day on screen."""

from datetime import UTC, datetime, time

import pytest
from django.utils import translation
from django.utils.formats import date_format, time_format


@pytest.mark.parametrize(
    ("language", "of_day", "with_day"), [("id", "07.30", "23 Nov 2026 16.05"), ("en", "07:30", "23 Nov 2026 16:05")]
)
def test_times_are_told_in_24_hours_in_both_languages(language: str, of_day: str, with_day: str) -> None:
    with translation.override(language):
        assert time_format(time(7, 30)) == of_day
        assert date_format(datetime(2026, 11, 23, 16, 5, tzinfo=UTC), "SHORT_DATETIME_FORMAT") == with_day
