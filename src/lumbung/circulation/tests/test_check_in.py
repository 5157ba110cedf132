"""Taking an item back."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lumbung.catalogue.models import Item
from lumbung.circulation.domain.loans import check_in, check_out
from lumbung.circulation.models import Hold, Loan
from lumbung.circulation.tests.factories import HoldFactory, ItemFactory, ItemTypeFactory, LoanFactory, LoanRuleFactory
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.organization.tests.factories import open_on

pytestmark = pytest.mark.django_db

FRIDAY_MORNING = datetime(2026, 3, 6, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))


def names_in_journal() -> list[str]:
    return list(JournalEntry.objects.order_by("pk").values_list("name", flat=True))


def test_the_loan_ends_and_the_journal_says_where(sari, ani, pusat):
    loan = LoanFactory(member=ani, lent_at=FRIDAY_MORNING - timedelta(days=10))
    with clock.stopped_at(FRIDAY_MORNING):
        result = check_in(loan.item, at=pusat, by=sari)

    loan.refresh_from_db()
    assert (loan.returned_at, loan.returned_to) == (FRIDAY_MORNING, pusat)
    assert (result.loan, result.hold, result.send_to, result.overdue_days, result.was_lost) == (loan, None, None, 3, False)
    entry = JournalEntry.objects.get()
    assert (entry.name, entry.actor_id) == ("CheckedIn", sari.pk)
    assert entry.data == {
        "loan": loan.pk,
        "item": loan.item_id,
        "record": loan.item.record_id,
        "member": ani.pk,
        "branch": pusat.pk,
        "overdue_days": 3,
    }


def test_an_item_that_was_not_on_loan_is_received_and_the_desk_is_told(sari, pusat):
    item = ItemFactory()
    result = check_in(item, at=pusat, by=sari)
    assert (result.item, result.loan, result.hold, result.send_to) == (item, None, None, None)
    assert names_in_journal() == ["ItemSeen"]


def test_an_item_of_another_branch_is_told_its_way_home(sari, ani, pusat, teknik):
    loan = LoanFactory(member=ani, item=ItemFactory(branch=teknik))
    result = check_in(loan.item, at=pusat, by=sari)
    assert result.send_to == teknik
    assert Item.objects.get(pk=loan.item_id).held_at == pusat


def test_a_lost_item_that_comes_back_is_found(sari, pusat):
    item = ItemFactory(status=Item.Statuses.LOST)
    result = check_in(item, at=pusat, by=sari)
    assert result.was_lost
    assert Item.objects.get(pk=item.pk).status == "available"
    assert names_in_journal() == ["ItemStatusSet", "ItemSeen"]


def test_the_oldest_waiting_hold_gets_the_item_and_waits_its_open_days(sari, ani, budi, pusat):
    LoanRuleFactory(category=ani.category, hold_days=3)
    open_on(pusat)
    loan = LoanFactory(member=ani, lent_at=FRIDAY_MORNING - timedelta(days=1))
    later = HoldFactory(record=loan.item.record, placed_at=FRIDAY_MORNING - timedelta(hours=1))
    first = HoldFactory(record=loan.item.record, member=budi, placed_at=FRIDAY_MORNING - timedelta(hours=2))
    with clock.stopped_at(FRIDAY_MORNING):
        result = check_in(loan.item, at=pusat, by=sari)

    first.refresh_from_db()
    later.refresh_from_db()
    assert (result.hold, result.send_to) == (first, None)
    assert (first.state, first.item, first.ready_until) == ("ready", loan.item, date(2026, 3, 11))
    assert later.state == "waiting"
    assert names_in_journal()[-2:] == ["CheckedIn", "HoldReady"]


def test_a_hold_for_another_branch_sends_the_item_there_where_it_becomes_ready(sari, budi, pusat, teknik):
    item = ItemFactory()
    hold = HoldFactory(record=item.record, member=budi, pickup_branch=teknik)
    result = check_in(item, at=pusat, by=sari)
    assert (result.hold, result.send_to, result.hold.state) == (hold, teknik, "in_transit")

    result = check_in(item, at=teknik, by=sari)
    assert (result.hold, result.send_to, result.hold.state) == (hold, None, "ready")
    assert names_in_journal() == ["ItemSeen", "HoldSentOn", "ItemSeen", "HoldReady"]


def test_scanning_a_ready_item_again_changes_nothing_of_its_hold(sari, budi, pusat):
    hold = HoldFactory(member=budi)
    item = ItemFactory(record=hold.record)
    check_in(item, at=pusat, by=sari)
    hold.refresh_from_db()
    ready_until = hold.ready_until
    result = check_in(item, at=pusat, by=sari)
    assert (result.hold, result.hold.state, result.hold.ready_until) == (hold, "ready", ready_until)
    assert names_in_journal().count("HoldReady") == 1


def test_an_item_that_may_not_be_lent_fills_no_hold(sari, budi, pusat):
    item = ItemFactory(item_type=ItemTypeFactory(code="dictionary", lendable=False))
    hold = HoldFactory(record=item.record, member=budi)
    assert check_in(item, at=pusat, by=sari).hold is None
    hold.refresh_from_db()
    assert hold.state == "waiting"


def test_a_second_scan_of_a_returned_item_is_only_seen(sari, ani, pusat, rule):
    item = ItemFactory()
    check_out(item, to=ani, at=pusat, by=sari)
    check_in(item, at=pusat, by=sari)
    assert check_in(item, at=pusat, by=sari).loan is None
    assert Loan.objects.filter(item=item).count() == 1


def test_an_item_left_on_the_pick_up_shelf_is_cleared_by_the_scan(sari, budi, pusat):
    item = ItemFactory()
    hold = HoldFactory(
        record=item.record,
        member=budi,
        item=item,
        state=Hold.States.EXPIRED,
        ready_until=date(2026, 3, 1),
        closed_at=clock.now(),
    )
    check_in(item, at=pusat, by=sari)
    hold.refresh_from_db()
    assert hold.item is None


def test_a_check_in_takes_few_statements(sari, ani, pusat, rule):
    check_in(LoanFactory(member=ani).item, at=pusat, by=sari)
    loan = LoanFactory(member=ani)
    with CaptureQueriesContext(connection) as captured:
        check_in(loan.item, at=pusat, by=sari)
    assert [query["sql"].split()[0] for query in captured] == [
        "SAVEPOINT", "SELECT", "SELECT", "UPDATE", "INSERT", "INSERT", "SELECT", "SELECT", "SELECT", "RELEASE",
    ]  # fmt: skip
