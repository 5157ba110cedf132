"""Rows change places with a neighbour, in one way everywhere."""

import pytest

from lumbung.kernel.models import PendingReaction
from lumbung.kernel.places import exchanged, numbered


@pytest.mark.parametrize(
    ("moved", "up", "order"),
    [(2, True, [2, 1, 3]), (2, False, [1, 3, 2]), (1, True, []), (3, False, []), (9, True, [])],
)
def test_a_row_changes_places_with_its_neighbour_and_stays_at_the_end_or_when_it_is_gone(moved, up, order) -> None:
    rows = [PendingReaction(pk=key) for key in (1, 2, 3)]
    found = exchanged(rows, PendingReaction(pk=moved), up=up, field="place")
    assert [(row.pk, row.place) for row in found] == [(key, place) for place, key in enumerate(order, 1)]


def test_rows_are_numbered_as_they_stand() -> None:
    assert [row.position for row in numbered([PendingReaction(pk=7), PendingReaction(pk=5)])] == [1, 2]
