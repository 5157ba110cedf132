"""Trouble that comes again and again is told once a minute, so that it fills no disk."""

import errno
import io
import logging
import sys
from collections.abc import Callable, Iterator

import pytest
from django.db import OperationalError

from lumbung.project import log
from lumbung.project.log import KeyValue, OnceAMinute


@pytest.fixture
def passing(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[float], None]]:
    """``passing(seconds)`` lets time go by."""
    now = 1000.0
    monkeypatch.setattr(log, "seconds_running", lambda: now)

    def go_by(seconds: float) -> None:
        nonlocal now
        now += seconds

    return go_by


@pytest.fixture
def told() -> Iterator[tuple[logging.Logger, io.StringIO]]:
    """A loop of the worker with its log, and what was written of it."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(KeyValue())
    handler.addFilter(OnceAMinute())
    logger = logging.getLogger("lumbung.kernel.jobs.worker")
    logger.addHandler(handler)
    yield logger, written
    logger.removeHandler(handler)


def stumble(logger: logging.Logger, error: Exception, name: str = "outbox") -> None:
    try:
        raise error
    except type(error):
        logger.exception("%s stumbled; it goes on", name)


def test_a_loop_that_stumbles_again_over_the_same_is_told_once_a_minute_with_how_often_it_was(told, passing):
    logger, written = told
    for number in range(30):
        stumble(logger, ValueError(f"row {number}"))
        passing(1)
    assert written.getvalue().count("\n") == 1
    passing(30)
    stumble(logger, ValueError("row 31"))
    assert written.getvalue().count("\n") == 2
    assert " left_out=29 " in written.getvalue()


def test_another_fault_and_another_loop_are_told_beside_it(told, passing):
    logger, written = told
    stumble(logger, ValueError("a"))
    stumble(logger, ValueError("a"), name="listen")
    stumble(logger, KeyError("a"))
    assert written.getvalue().count("\n") == 3


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        OperationalError("database or disk is full"),
        ValueError("An IO error occurred: 'No space left on device (os error 28) at path \"/data/index/.tmpz7TtUw\"'"),
    ],
)
def test_a_full_disk_is_one_line_of_all_loops_and_has_no_traceback(told, passing, error):
    logger, written = told
    for name in ("outbox", "listen", "take_in"):
        stumble(logger, error, name)
        logger.warning("reaction index_records waits: %s", error)
    (line,) = written.getvalue().splitlines()
    assert f'reason="there is no room: {str(error)[:10]}' in line.replace("\\", "")
    assert "traceback" not in line


def test_pages_that_break_are_told_each_time(passing):
    spared = OnceAMinute()
    for _ in range(2):
        try:
            raise ValueError
        except ValueError:
            record = logging.LogRecord("django.request", logging.ERROR, __file__, 1, "/search", (), sys.exc_info())
        assert spared.filter(record)
