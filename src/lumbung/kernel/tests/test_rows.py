"""Many rows at once."""

import pytest
from django.db import connection

from lumbung.kernel import rows
from lumbung.kernel.rows import among


@pytest.mark.parametrize(
    ("keys", "condition"),
    [
        ([3, 1, 2], {"pk__gte": 1, "pk__lte": 3}),
        ({7: "a", 8: "b"}, {"pk__gte": 7, "pk__lte": 8}),
        ([1, 2, 4], {"pk__in": [1, 2, 4]}),
        ([1, 3, 3], {"pk__in": [1, 3, 3]}),
        ([5], {"pk__in": [5]}),
        ([], {"pk__in": []}),
    ],
)
def test_keys_that_follow_each_other_are_asked_as_a_range_and_no_others(keys, condition):
    assert among(keys) == condition


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite alone is told how much to hold")
def test_who_writes_much_is_given_room_until_it_is_done_or_fails(db):
    usual = held()
    with rows.room_for_many():
        assert held() == -rows.ROOM
    assert held() == usual
    with pytest.raises(ZeroDivisionError), rows.room_for_many():
        raise ZeroDivisionError
    assert held() == usual


def held() -> int:
    with connection.cursor() as cursor:
        return cursor.execute("PRAGMA cache_size").fetchone()[0]
