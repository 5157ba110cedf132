"""A device's moment by our clock: set right by how late it is, never yet to come, and none where it says none."""

from datetime import UTC, datetime, timedelta

import pytest

from lumbung.kernel import clock
from lumbung.kernel.device_clock import lag, set_right
from lumbung.kernel.device_texts import readable

NOW = datetime(2026, 3, 6, 9, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _nine():
    with clock.stopped_at(NOW):
        yield


@pytest.mark.parametrize(
    ("told", "late", "moment"),
    [
        (NOW - HOUR, timedelta(0), NOW - HOUR),
        (NOW - 2 * HOUR, HOUR, NOW - HOUR),
        (NOW + HOUR, -2 * HOUR, NOW - HOUR),
        (NOW + HOUR, timedelta(0), NOW),
        (NOW, HOUR, NOW),
    ],
)
def test_a_moment_is_set_right_and_is_never_yet_to_come(told, late, moment):
    assert set_right(told.isoformat(), late) == moment


def test_what_is_further_ahead_than_is_believed_is_left_for_a_person_to_judge():
    assert set_right((NOW + MINUTE).isoformat(), timedelta(0), believed=MINUTE) == NOW
    assert set_right((NOW + 2 * MINUTE).isoformat(), timedelta(0), believed=MINUTE) == NOW + 2 * MINUTE


@pytest.mark.parametrize("told", ["", "kemarin", "2026-03-06", "2026-03-06T09:00:00"])
def test_what_names_no_moment_is_none(told):
    assert set_right(told, timedelta(0)) is None


@pytest.mark.parametrize("told", ["2026-13-06T09:00:00Z", "0001-01-01T00:00:00+14:00", None, 7])
def test_what_no_clock_says_is_told(told):
    with pytest.raises((ValueError, TypeError, OverflowError)):
        set_right(told, timedelta(0))


def test_a_clock_that_is_near_ours_or_says_nothing_is_not_late():
    assert [lag(told) for told in ((NOW - HOUR).isoformat(), NOW.isoformat(), None, "x")] == [HOUR, *[timedelta(0)] * 3]


def test_what_a_device_says_is_kept_without_what_the_database_does_not_take():
    assert readable("B\0-1") == "B-1"
    with pytest.raises(ValueError, match="surrogates"):
        readable("\ud800")
