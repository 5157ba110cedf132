"""Whether a copy can be had now."""

from datetime import date, timedelta

import pytest

from lumbung.catalogue.models import Item
from lumbung.circulation.domain.loans import count_in_house_use
from lumbung.circulation.models import Hold, Loan
from lumbung.circulation.queries import ItemState, ItemStates, availability_of, item_states, overdue_loans
from lumbung.circulation.tests.factories import HoldFactory, ItemFactory, ItemTypeFactory, LoanFactory, RecordFactory
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.members.tests.factories import CategoryFactory, MemberFactory
from lumbung.organization.queries import branches, library

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def known_library(db):
    """The library is remembered by then, as on every page: whose day it is asks nothing."""
    library()


@pytest.mark.parametrize("copies", [1, 3])
def test_the_copies_of_titles_are_counted_by_state_and_branch_in_two_statements(
    ani, pusat, teknik, copies, django_assert_num_queries
):
    mixed, lent, none = RecordFactory(), RecordFactory(), RecordFactory()
    ItemFactory.create_batch(copies, record=mixed)
    ItemFactory(record=mixed, branch=teknik, item_type=ItemTypeFactory(code="reference", lendable=False))
    ItemFactory(record=mixed, status=Item.Statuses.LOST)
    aside = ItemFactory(record=mixed)
    HoldFactory(record=mixed, item=aside, state=Hold.States.READY, ready_until=date(2099, 1, 1))
    loans = [LoanFactory(item=ItemFactory(record=lent)) for _ in range(copies)]
    HoldFactory(record=lent, member=ani)

    branches()  # whose clocks tell when a copy is due; everybody asks for them
    with django_assert_num_queries(2):
        found = availability_of([mixed.pk, lent.pk, none.pk])
    assert (found[mixed.pk].total, found[mixed.pk].available, found[mixed.pk].in_house) == (copies + 2, copies, 1)
    at_pusat, at_teknik = found[mixed.pk].branches[pusat.pk], found[mixed.pk].branches[teknik.pk]
    assert (at_pusat.total, at_pusat.available, at_pusat.in_house) == (copies + 1, copies, 0)
    assert (at_teknik.total, at_teknik.available, at_teknik.in_house) == (1, 0, 1)
    assert (found[mixed.pk].can_be_had, found[lent.pk].can_be_had, found[none.pk].can_be_had) == (True, False, False)
    assert (found[lent.pk].total, found[lent.pk].available, found[lent.pk].waiting) == (copies, 0, 1)
    assert found[lent.pk].next_due_at == loans[0].due_at
    assert found[none.pk].total == 0


def test_of_the_copies_on_loan_the_first_that_is_still_to_come_is_told_and_none_that_is_late():
    title, now = RecordFactory(), clock.now()
    days = [now + timedelta(days=days) for days in (-3, -2, 4, 5)]
    loans = [LoanFactory(item=ItemFactory(record=title), lent_at=now - timedelta(days=9), due_at=due_at) for due_at in days]
    found = availability_of([title.pk])[title.pk]
    assert (found.next_due_at, found.is_late) == (days[2], False)
    Loan.objects.filter(pk__in=[loan.pk for loan in loans[2:]]).update(due_at=days[1])
    found = availability_of([title.pk])[title.pk]
    assert (found.next_due_at, found.is_late) == (days[0], True)


def test_a_title_of_five_thousand_copies_takes_no_more_statements(pusat, django_assert_num_queries):
    record, item_type = RecordFactory(), ItemTypeFactory()
    Item.objects.bulk_create(
        Item(record=record, barcode=f"X{n}", branch=pusat, held_at=pusat, item_type=item_type, added_at=clock.now())
        for n in range(5000)
    )
    with django_assert_num_queries(2):
        assert availability_of([record.pk])[record.pk].available == 5000


def test_each_copy_tells_its_state(ani, pusat, teknik, django_assert_num_queries):
    loan = LoanFactory()
    aside, moving, kamus, broken, free = ItemFactory.create_batch(5)
    HoldFactory(item=aside, state=Hold.States.READY, ready_until=date(2026, 3, 9))
    HoldFactory(item=moving, state=Hold.States.IN_TRANSIT, pickup_branch=teknik)
    kamus.item_type = ItemTypeFactory(code="dictionary", lendable=False)
    broken.status = Item.Statuses.IN_REPAIR
    branches()  # whose clocks tell when a copy is due; everybody asks for them
    with django_assert_num_queries(2):
        states = item_states([loan.item, aside, moving, kamus, broken, free])
    assert states == {
        loan.item_id: ItemState(ItemStates.ON_LOAN, due_at=loan.due_at),
        aside.pk: ItemState(ItemStates.SET_ASIDE, ready_until=date(2026, 3, 9)),
        moving.pk: ItemState(ItemStates.IN_TRANSIT),
        kamus.pk: ItemState(ItemStates.IN_HOUSE),
        broken.pk: ItemState(ItemStates.IN_REPAIR),
        free.pk: ItemState(ItemStates.AVAILABLE),
    }


def test_reading_in_the_house_is_counted_and_an_item_on_loan_is_not_read(sari, teknik):
    kamus = ItemFactory(item_type=ItemTypeFactory(code="dictionary", lendable=False))
    count_in_house_use(kamus, at=teknik, by=sari)
    entry = JournalEntry.objects.get()
    assert (entry.name, entry.data) == ("UsedInHouse", {"item": kamus.pk, "record": kamus.record_id, "branch": teknik.pk})
    assert Item.objects.get(pk=kamus.pk).held_at == teknik
    with pytest.raises(Refused) as refused:
        count_in_house_use(LoanFactory().item, at=teknik, by=sari)
    assert refused.value.codes == ["already_lent"]


def test_overdue_loans_are_told_longest_first_by_branch_and_category(ani, pusat, teknik):
    now = clock.now()
    student = CategoryFactory(code="student")
    freshman = MemberFactory(category=CategoryFactory(code="freshman", parent=student))
    long = LoanFactory(member=freshman, lent_at=now - timedelta(days=20))
    short = LoanFactory(member=ani, lent_at=now - timedelta(days=8), item=ItemFactory(branch=teknik))
    LoanFactory(member=ani)
    assert list(overdue_loans(now)) == [long, short]
    assert list(overdue_loans(now, branch=teknik)) == [short]
    assert list(overdue_loans(now, category=student)) == [long]
    assert list(overdue_loans(now, days=7)) == [long]
