from datetime import timedelta

import pytest

from lumbung.circulation.tests.factories import ItemFactory, LoanFactory, RecordFactory
from lumbung.discovery.queries import most_borrowed, new_titles
from lumbung.kernel import clock

pytestmark = pytest.mark.django_db


def titles(rows) -> list[str]:
    return [row.title for row in rows]


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
    RecordFactory.create_batch(amount)
    with django_assert_max_num_queries(1):
        assert len(new_titles()) == amount
