"""Many rows at once."""

import pytest

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
