"""Times of the day on screen."""

from datetime import UTC, datetime, time

import pytest
from django.utils import translation
from django.utils.formats import date_format, time_format

from lumbung.kernel.ui.words import day_and_time, time_of_day


@pytest.mark.parametrize(
    ("language", "of_day", "with_day"), [("id", "07.30", "23 Nov 2026 16.05"), ("en", "07:30", "23 Nov 2026 16:05")]
)
def test_times_are_told_in_24_hours_in_both_languages(language: str, of_day: str, with_day: str) -> None:
    with translation.override(language):
        assert time_format(time(7, 30)) == of_day
        assert date_format(datetime(2026, 11, 23, 16, 5, tzinfo=UTC), "SHORT_DATETIME_FORMAT") == with_day


@pytest.mark.parametrize(
    ("language", "in_full", "weekday", "near", "date"),
    [
        ("id", "23 November 2026, 16.05", "Senin, 23 November 2026, 16.05", "Sen 23 Nov, 16.05", "23 November 2026"),
        ("en", "23 November 2026, 16:05", "Monday, 23 November 2026, 16:05", "Mon 23 Nov, 16:05", "23 November 2026"),
    ],
)
def test_days_with_a_time_are_told_the_way_of_the_language_by_every_name(
    language: str, in_full: str, weekday: str, near: str, date: str
) -> None:
    moment = datetime(2026, 11, 23, 16, 5, tzinfo=UTC)
    with translation.override(language):
        assert (day_and_time(moment), time_of_day(moment), time_of_day(moment.time())) == (in_full, in_full[-5:], in_full[-5:])
        assert date_format(moment, "DATETIME_FORMAT") == in_full
        assert date_format(moment, "WEEKDAY_DATETIME_FORMAT") == weekday
        assert date_format(moment, "NEAR_DATETIME_FORMAT") == near
        assert (date_format(moment, "DATE_FORMAT"), date_format(moment, "SHORT_DATE_FORMAT")) == (date, "23 Nov 2026")
