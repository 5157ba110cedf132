from datetime import timedelta

import pytest

from lumbung.circulation.tests.factories import ItemFactory, LoanFactory, RecordFactory
from lumbung.discovery.queries import most_borrowed, new_titles, shelf_neighbours
from lumbung.kernel import clock

pytestmark = pytest.mark.django_db


def titles(rows) -> list[str]:
    return [row.title for row in rows]


def test_neighbours_stand_beside_the_title_on_the_shelf():
    numbers = ("001", "297", "297.1", "297.1", "813")
    shelf = [RecordFactory(title=title, classification=number) for title, number in zip("ABCDE", numbers, strict=True)]
    RecordFactory(title="hidden", classification="297.2", suppressed=True)
    RecordFactory(title="without a number")
    assert titles(shelf_neighbours(shelf[2], 4)) == ["A", "B", "D", "E"]
    assert titles(shelf_neighbours(shelf[2], 2)) == ["B", "D"]
    assert titles(shelf_neighbours(shelf[0], 3)) == ["B", "C", "D"]
    assert titles(shelf_neighbours(shelf[4], 3)) == ["B", "C", "D"]


def test_a_title_without_a_class_number_has_no_neighbours():
    RecordFactory(classification="297")
    assert shelf_neighbours(RecordFactory()) == []


def test_new_titles_are_the_last_ones_added_that_all_may_see():
    now = clock.now()
    for days, title in enumerate(("today", "yesterday", "before")):
        RecordFactory(title=title, created_at=now - timedelta(days=days))
    RecordFactory(title="hidden", suppressed=True)
    assert titles(new_titles(2)) == ["today", "yesterday"]


def test_most_borrowed_counts_recent_loans_of_titles_all_may_see():
    now = clock.now()
    records = [RecordFactory(title=title, suppressed=title == "hidden") for title in ("loved", "liked", "hidden", "old")]
    loved, liked, hidden, old = (ItemFactory(record=record) for record in records)
    for item, loans, days in ((liked, 1, 3), (loved, 2, 5), (hidden, 3, 5), (old, 4, 400)):
        for _ in range(loans):
            LoanFactory(item=item, lent_at=now - timedelta(days=days), returned_at=now)
    assert titles(most_borrowed(5, days=180)) == ["loved", "liked"]


@pytest.mark.parametrize("amount", [1, 3])
def test_shelves_take_a_fixed_number_of_statements(django_assert_max_num_queries, amount):
    items = [ItemFactory(record=RecordFactory(classification="297")) for _ in range(amount + 1)]
    with django_assert_max_num_queries(2):
        assert len(shelf_neighbours(items[0].record)) == amount
    with django_assert_max_num_queries(1):
        assert len(new_titles()) == amount + 1
