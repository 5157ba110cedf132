"""The next piece of a file is read while the last is made durable."""

import threading
from collections.abc import Iterator

import pytest

from lumbung.catalogue.domain.imports.ahead import Ahead


def test_pieces_come_in_their_order_read_ahead_or_not() -> None:
    with Ahead(iter("abcd")) as ahead:
        assert ahead.take() == "a"
        ahead.begin()
        assert [ahead.take(), ahead.take()] == ["b", "c"]
        ahead.begin()
        assert ahead.take() == "d"
        ahead.begin()
        assert ahead.take() is None


def test_a_piece_that_was_begun_is_read_beside() -> None:
    readers: list[int] = []

    def pieces() -> Iterator[str]:
        for each in "ab":
            readers.append(threading.get_ident())
            yield each

    with Ahead(pieces()) as ahead:
        ahead.take()
        ahead.begin()
        ahead.take()
    assert readers[0] == threading.get_ident() != readers[1]


def test_what_fails_while_it_is_read_ahead_fails_when_it_is_taken() -> None:
    with Ahead(1 // each for each in (1, 0)) as ahead:
        assert ahead.take() == 1
        ahead.begin()
        with pytest.raises(ZeroDivisionError):
            ahead.take()
