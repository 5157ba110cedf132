"""Turns that transactions take."""

import time

import pytest
from django.db import transaction

from lumbung.kernel.tests.race import race
from lumbung.kernel.turns import wait_for_turn

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_transactions_take_turns() -> None:
    seen: list[str] = []

    def take() -> None:
        with transaction.atomic():
            wait_for_turn("tests")
            seen.append("in")
            time.sleep(0.02)
            seen.append("out")

    race(take, take, take)
    assert seen == ["in", "out"] * 3


def test_there_is_no_turn_without_a_transaction() -> None:
    with pytest.raises(RuntimeError, match="there is none"):
        wait_for_turn("tests")
