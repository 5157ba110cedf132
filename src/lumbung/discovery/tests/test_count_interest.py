"""What readers care for: opens by the day, nightly lists, titles borrowed together."""

from datetime import UTC, datetime, timedelta

import pytest

from lumbung.circulation.models import Loan
from lumbung.circulation.tests.factories import HoldFactory, ItemFactory, LoanFactory, RecordFactory
from lumbung.discovery.domain import interest
from lumbung.discovery.domain.interest import count_interest, note_open, pair_loans, write_opens
from lumbung.discovery.models import BorrowedTogether, DailyInterest, Ranked
from lumbung.discovery.queries.interest import borrowed_together, ranked
from lumbung.kernel import clock
from lumbung.members.tests.factories import MemberFactory
from lumbung.organization.queries import library

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _nothing_noted():
    write_opens()
    DailyInterest.objects.all().delete()


def test_opens_are_written_together_and_counted_by_the_day(django_assert_num_queries) -> None:
    record = RecordFactory()
    library()
    with clock.stopped_at(NOON), django_assert_num_queries(0):
        note_open(record.pk, from_search=True)
        note_open(record.pk, from_search=False)
    with clock.stopped_at(NOON + timedelta(minutes=1)):
        note_open(record.pk, from_search=False)
    with clock.stopped_at(NOON + timedelta(days=1)):
        note_open(record.pk, from_search=False)
        write_opens()
    assert [(row.day.day, row.opens, row.from_search) for row in DailyInterest.objects.order_by("day")] == [
        (23, 3, 1),
        (24, 1, 0),
    ]


def test_what_is_written_later_is_added_to_what_was_written() -> None:
    one, other = RecordFactory(), RecordFactory()
    with clock.stopped_at(NOON):
        note_open(one.pk, from_search=True)
        write_opens()
        note_open(one.pk, from_search=False)
        note_open(other.pk, from_search=False)
        write_opens()
    assert set(DailyInterest.objects.values_list("record", "opens", "from_search")) == {(one.pk, 2, 1), (other.pk, 1, 0)}


def test_lists_are_counted_from_loans_holds_and_opens_and_show_no_hidden_title() -> None:
    loved, waited, opened, hidden = (RecordFactory(title=title, suppressed=title == "d") for title in "abcd")
    for record in (loved, hidden):
        LoanFactory(item=ItemFactory(record=record), lent_at=NOON - timedelta(days=3), due_at=NOON)
    LoanFactory(item=ItemFactory(record=waited), lent_at=NOON - timedelta(days=100), due_at=NOON)
    HoldFactory(record=waited, placed_at=NOON - timedelta(days=1))
    with clock.stopped_at(NOON):
        note_open(opened.pk, from_search=True)
        write_opens()
        assert count_interest() == {"borrowed_30": 2, "borrowed_365": 3, "trending_7": 4, "trending_30": 4}
    assert [(row.record_id, row.score) for row in Ranked.objects.filter(list="trending_7").order_by("place")] == [
        (loved.pk, 10),
        (waited.pk, 6),
        (opened.pk, 3),
    ]
    assert ranked("borrowed_30") == [loved]
    assert ranked("borrowed_365") == [waited, loved]


def test_two_titles_are_a_pair_when_three_people_borrowed_both() -> None:
    one, other, rare = (ItemFactory(record=RecordFactory(title=title)) for title in ("satu", "dua", "jarang"))
    for number in range(3):
        member = MemberFactory()
        for item in (one, other, *([rare] if number < 2 else [])):
            LoanFactory(item=item, member=member, lent_at=NOON - timedelta(days=1), due_at=NOON, returned_at=NOON)
    same = MemberFactory()
    for _ in range(3):
        LoanFactory(item=rare, member=same, lent_at=NOON - timedelta(days=1), due_at=NOON, returned_at=NOON)
    assert pair_loans() == 2
    assert pair_loans() == 2
    assert {(row.record_id, row.other_id, row.members) for row in BorrowedTogether.objects.all()} == {
        (one.record_id, other.record_id, 3),
        (other.record_id, one.record_id, 3),
    }
    assert [row.title for row in borrowed_together(one.record_id)] == ["dua"]


def test_pairs_that_hold_no_more_are_let_go_and_a_run_broken_off_is_made_good(monkeypatch) -> None:
    monkeypatch.setattr(interest, "STRETCH", 1)
    items = [ItemFactory(record=RecordFactory(title=title)) for title in ("satu", "dua", "tiga")]
    for _ in range(3):
        member = MemberFactory()
        for item in items:
            LoanFactory(item=item, member=member, lent_at=NOON - timedelta(days=1), due_at=NOON, returned_at=NOON)
    BorrowedTogether.objects.create(record_id=10**9, other_id=1, members=3)
    BorrowedTogether.objects.create(record_id=items[0].record_id, other_id=10**9, members=9)
    assert pair_loans() == 6
    keys = [item.record_id for item in items]
    assert set(BorrowedTogether.objects.values_list("record", "other", "members")) == {
        (one, other, 3) for one in keys for other in keys if one != other
    }
    Loan.objects.update(member=None)
    assert pair_loans() == 0
    assert not BorrowedTogether.objects.exists()
