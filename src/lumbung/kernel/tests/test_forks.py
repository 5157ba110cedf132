"""A process forked from this one does its work beside it, until it is told to stop."""

import os
import threading
import time
from collections.abc import Iterator

import pytest
from django.db import connection

from lumbung.kernel.forks import Forked

PATIENCE = 60.0

pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    hear, say = os.pipe()
    yield hear, say
    os.close(hear)
    os.close(say)


def test_it_works_until_it_is_told_to_stop(pipe: tuple[int, int]) -> None:
    hear, say = pipe

    def work(stop: threading.Event) -> None:
        os.write(say, b"begun ")
        stop.wait()
        os.write(say, b"stopped")

    beside = Forked(work)
    assert os.read(hear, 100) == b"begun "
    assert not beside.has_ended()
    beside.end()
    assert os.read(hear, 100) == b"stopped"
    assert beside.has_ended()
    beside.end()  # what is over is not ended again


def test_it_has_a_connection_of_its_own(pipe: tuple[int, int]) -> None:
    hear, say = pipe
    connection.ensure_connection()

    beside = Forked(lambda stop: os.write(say, repr(connection.connection).encode()))

    assert os.read(hear, 100) == b"None"
    beside.end()


def test_one_that_falls_over_has_ended() -> None:
    beside = Forked(lambda stop: 1 // 0)
    deadline = time.monotonic() + PATIENCE
    while not beside.has_ended() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert beside.has_ended()
