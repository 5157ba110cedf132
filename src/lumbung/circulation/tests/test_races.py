"""Two desks at once, and a desk that dies in the middle: the database decides, and the loser is told why."""

import os
import signal
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client

from lumbung.circulation.domain.bookings import book_item
from lumbung.circulation.domain.cash import close_cash, open_cash
from lumbung.circulation.domain.fees import charge, waive
from lumbung.circulation.domain.holds import cancel_hold, place_hold, set_aside
from lumbung.circulation.domain.limit_sets import add_limit_set
from lumbung.circulation.domain.loans import check_in, check_out, renew
from lumbung.circulation.domain.payments import take_payment
from lumbung.circulation.domain.queue import put_first, suspend_hold
from lumbung.circulation.domain.recalls import change_urgency
from lumbung.circulation.domain.rules import add_rule, change_rule
from lumbung.circulation.models import BookedDay, FeeAccount, Hold, Loan, LoanRule, LocalFirst, Payment
from lumbung.circulation.queries import accounts_that_disagree
from lumbung.circulation.tests.factories import HoldFactory, ItemFactory, ItemTypeFactory, LoanFactory, RecordFactory
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.tests.race import killed_in, race
from lumbung.organization.domain.branch_groups import add_branch_group, remove_branch_group
from lumbung.organization.models import BranchGroup
from lumbung.organization.tests.factories import BranchFactory

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 3


def happened(name: str) -> int:
    return JournalEntry.objects.filter(name=name).count()


def test_of_two_desks_that_lend_one_item_one_wins_and_the_other_is_told(sari, ani, budi, pusat, rule):
    for _ in range(ROUNDS):
        item = ItemFactory()
        won, refused = race(
            lambda item=item: check_out(item, to=ani, at=pusat, by=sari),
            lambda item=item: check_out(item, to=budi, at=pusat, by=sari),
        )
        assert ([loan.item for loan in won], refused) == ([item], [["already_lent"]])
        assert Loan.objects.open().get(item=item) == won[0]
    assert happened("CheckedOut") == ROUNDS


def test_two_desks_do_not_pass_the_loan_limit_together(sari, ani, pusat, rule):
    LoanFactory.create_batch(2, member=ani)
    items = ItemFactory.create_batch(4)
    won, refused = race(*(lambda item=item: check_out(item, to=ani, at=pusat, by=sari) for item in items))
    assert (len(won), refused) == (1, [["loan_limit_reached"]] * 3)
    assert Loan.objects.open().filter(member=ani).count() == 3


def test_two_desks_do_not_pass_a_limit_over_several_types_together(sari, ani, pusat, rule):
    types = [ItemTypeFactory(code=code) for code in ("kamus", "atlas")]
    add_limit_set(name="Rujukan", most=1, item_types=types, by=sari)
    items = [ItemFactory(item_type=each) for each in (*types, *types)]
    won, refused = race(*(lambda item=item: check_out(item, to=ani, at=pusat, by=sari) for item in items))
    assert (len(won), refused) == (1, [["limit_set_reached"]] * 3)
    assert Loan.objects.open().filter(member=ani).count() == 1


def test_a_member_who_asks_twice_at_once_is_on_the_waiting_list_once(ani, pusat, rule):
    record = ItemFactory().record
    won, refused = race(*[lambda: place_hold(record, member=ani, pickup_branch=pusat, by=ani.user)] * 3)
    assert (len(won), refused) == (1, [["hold_exists"]] * 2)
    assert Hold.objects.filter(record=record, member=ani).count() == happened("HoldPlaced") == 1


def test_who_presses_twice_or_in_two_tabs_is_told_that_it_is_held_and_holds_it_once(ani, pusat, rule, signed_in):
    change_rule(rule, hold_limit=1, by=None)
    for asked in ({}, {"volume": "2"}):
        record = ItemFactory(volume="2").record
        ItemFactory(record=record, volume="1")
        tabs = [signed_in(Client(), ani.user) for _ in range(3)]
        address, said = f"/records/{record.pk}/holds", {"branch": pusat.pk, **asked}
        answers, _ = race(*(lambda tab=tab: tab.post(address, said, follow=True) for tab in tabs))  # noqa: B023 -- called here
        assert [answer.redirect_chain for answer in answers] == [[("/my", 302)]] * 3
        told = ("Dipesan. Kami akan memberi tahu Anda", "Judul ini sudah dipesan.")
        assert [sum(each in answer.text for answer in answers) for each in told] == [1, 2]
        assert Hold.objects.open().filter(record=record, member=ani).count() == 1
        Hold.objects.all().delete()


def test_programs_that_ask_twice_at_once_are_told_the_second_time(ani, pusat, rule, calling):
    record = ItemFactory().record
    programs = [calling(ani.user, "me") for _ in range(3)]
    facts = {"record": record.pk, "branch": "PUSAT"}
    answers, _ = race(*(lambda each=each: each.post("/api/v1/me/holds", facts, "application/json") for each in programs))
    assert sorted(each.status_code for each in answers) == [201, 409, 409]
    assert {each.json()["reasons"][0]["code"] for each in answers if each.status_code == 409} == {"hold_exists"}
    assert Hold.objects.count() == 1


def test_holds_asked_for_at_once_do_not_pass_the_limit(ani, pusat, rule):
    records = [ItemFactory().record for _ in range(5)]
    won, refused = race(
        *(lambda record=record: place_hold(record, member=ani, pickup_branch=pusat, by=ani.user) for record in records)
    )
    assert (len(won), refused) == (3, [["hold_limit_reached"]] * 2)


def test_a_loan_is_either_renewed_before_it_comes_back_or_not_at_all(sari, ani, pusat):
    for _ in range(ROUNDS):
        loan = LoanFactory(member=ani, lent_at=clock.now() - timedelta(days=3))
        done, refused = race(
            lambda loan=loan: check_in(loan.item, at=pusat, by=sari), lambda loan=loan: renew(loan, by=ani.user)
        )
        loan.refresh_from_db()
        assert loan.returned_at is not None
        assert len(done) == 2 - len(refused)
        assert refused in ([], [["loan_closed"]])
        assert loan.renewal_count == loan.renewals.count() == 1 - len(refused)


def test_two_scans_of_one_return_end_the_loan_once(sari, ani, pusat):
    loan = LoanFactory(member=ani)
    results, refused = race(*[lambda: check_in(loan.item, at=pusat, by=sari)] * 2)
    assert (sorted(result.loan is None for result in results), refused) == ([False, True], [])
    assert (happened("CheckedIn"), happened("ItemSeen")) == (1, 1)


def test_two_copies_that_come_back_at_once_go_to_two_who_wait(sari, ani, budi, pusat):
    record = RecordFactory()
    holds = [HoldFactory(record=record, member=ani), HoldFactory(record=record, member=budi)]
    items = ItemFactory.create_batch(2, record=record)
    results, _ = race(*(lambda item=item: check_in(item, at=pusat, by=sari) for item in items))
    assert {result.hold for result in results} == set(holds)
    assert set(Hold.objects.values_list("item", "state")) == {(item.pk, "ready") for item in items}


def test_copies_that_come_back_at_once_go_to_those_of_their_branch_before_who_asked_first(sari, pusat, teknik):
    change_urgency(by=sari, local_first=LocalFirst.PICKUP)
    for _ in range(ROUNDS):
        record = RecordFactory()
        holds = [HoldFactory(record=record, pickup_branch=branch) for branch in (pusat, pusat, teknik, teknik)]
        items = ItemFactory.create_batch(2, record=record, branch=teknik)
        results, refused = race(*(lambda item=item: check_in(item, at=teknik, by=sari) for item in items))
        assert ({result.hold for result in results}, refused) == (set(holds[2:]), [])


def test_one_copy_is_set_aside_for_one_hold_when_two_desks_set_it_aside_for_two(sari, pusat, rule):
    change_rule(rule, hold_from="own", by=None)
    for _ in range(ROUNDS):
        item = ItemFactory(branch=pusat)
        holds = [HoldFactory(record=item.record, pickup_branch=pusat) for _ in range(2)]
        won, refused = race(*(lambda hold=hold, item=item: set_aside(hold, item, at=pusat, by=sari) for hold in holds))
        assert (len(won), refused) == (1, [["set_aside_for_another"]])


def test_copies_that_come_back_at_once_go_to_the_first_in_the_queue_and_not_to_the_last(sari, ani, budi, pusat):
    for _ in range(ROUNDS):
        record = RecordFactory()
        holds = [HoldFactory(record=record) for _ in range(4)]
        put_first(holds[3], reason="Sidang", by=sari)
        suspend_hold(holds[0], until=None, by=sari)
        items = ItemFactory.create_batch(2, record=record)
        results, _ = race(*(lambda item=item: check_in(item, at=pusat, by=sari) for item in items))
        assert {result.hold for result in results} == {holds[3], holds[1]}


def test_who_suspends_while_a_copy_comes_in_has_either_the_copy_or_the_pause(sari, ani, pusat):
    for _ in range(ROUNDS):
        item = ItemFactory()
        hold = HoldFactory(record=item.record, member=ani)
        _, refused = race(
            lambda hold=hold: suspend_hold(hold, until=None, by=ani.user), lambda item=item: check_in(item, at=pusat, by=sari)
        )
        hold.refresh_from_db()
        assert (hold.state, hold.is_suspended) == (("ready", False) if refused else ("waiting", True))
        assert refused in ([], [["hold_set_aside"]])


def test_one_copy_is_set_aside_for_one_of_two_who_wait(sari, ani, budi, pusat):
    item = ItemFactory()
    holds = [HoldFactory(record=item.record, member=ani), HoldFactory(record=item.record, member=budi)]
    won, refused = race(*(lambda hold=hold: set_aside(hold, item, at=pusat, by=sari) for hold in holds))
    assert (len(won), refused) == (1, [["set_aside_for_another"]])
    assert sorted(Hold.objects.values_list("state", flat=True)) == ["ready", "waiting"]


def test_a_hold_is_either_fetched_or_cancelled(sari, ani, pusat, rule):
    for _ in range(ROUNDS):
        item = ItemFactory()
        hold = HoldFactory(record=item.record, member=ani)
        check_in(item, at=pusat, by=sari)
        _, refused = race(
            lambda hold=hold: cancel_hold(hold, by=ani.user), lambda item=item: check_out(item, to=ani, at=pusat, by=sari)
        )
        hold.refresh_from_db()
        assert refused in ([], [["hold_closed"]])
        assert hold.state == ("filled" if refused else "cancelled")
        assert Loan.objects.open().filter(item=item).count() == 1
        check_in(item, at=pusat, by=sari)


def test_a_desk_killed_before_its_commit_leaves_nothing_half_done(sari, ani, pusat, rule):
    item = ItemFactory()
    hold = HoldFactory(record=item.record, member=ani)

    def lend_and_die() -> None:
        with transaction.atomic():
            check_out(item, to=ani, at=pusat, by=sari)
            os.kill(os.getpid(), signal.SIGKILL)

    killed_in(lend_and_die)
    hold.refresh_from_db()
    assert (Loan.objects.count(), happened("CheckedOut"), hold.state) == (0, 0, "waiting")
    assert check_out(item, to=ani, at=pusat, by=sari).item == item


def test_a_desk_killed_after_its_commit_loses_nothing(sari, ani, pusat, rule):
    item = ItemFactory()
    killed_in(lambda: check_out(item, to=ani, at=pusat, by=sari))
    assert Loan.objects.open().get().item == item
    assert happened("CheckedOut") == 1


def test_the_first_fees_of_a_member_made_at_once_share_one_account(sari, ani):
    won, _ = race(*[lambda: charge(ani, "overdue", 500, by=sari)] * 3)
    assert (len(won), FeeAccount.objects.get(member=ani).owed) == (3, 1500)
    assert not accounts_that_disagree().exists()


def test_one_occasion_charged_by_two_at_once_is_charged_once(sari, ani):
    for round_ in range(ROUNDS):
        won, _ = race(*[lambda n=round_: charge(ani, "lost", 900, once=f"lost:{n}", by=sari)] * 2)
        assert won[0] == won[1]
    assert FeeAccount.objects.get(member=ani).owed == ROUNDS * 900


def test_two_desks_do_not_take_the_same_debt_twice(sari, ani, pusat):
    charge(ani, "overdue", 5000, by=sari)
    won, refused = race(*[lambda: take_payment(ani, 3000, method="cash", at=pusat, by=sari)] * 3)
    assert (len(won), refused) == (1, [["amount_over_owed"]] * 2)
    assert (FeeAccount.objects.get(member=ani).owed, Payment.objects.count()) == (2000, 1)


def test_one_form_sent_twice_at_once_is_one_payment(sari, ani, pusat):
    charge(ani, "overdue", 5000, by=sari)
    won, refused = race(*[lambda: take_payment(ani, 2000, method="cash", at=pusat, by=sari, once="form:1")] * 2)
    assert (won[0], refused, FeeAccount.objects.get(member=ani).owed) == (won[1], [], 3000)


def test_receipts_of_two_desks_have_numbers_without_a_gap(sari, ani, budi, pusat):
    for member in (ani, budi):
        charge(member, "overdue", 5000, by=sari)
    race(*(lambda m=member: take_payment(m, 1000, method="cash", at=pusat, by=sari) for member in (ani, budi, ani, budi)))
    assert sorted(int(number[5:]) for number in Payment.objects.values_list("receipt_number", flat=True)) == [1, 2, 3, 4]


def test_a_fee_is_either_waived_or_paid_or_in_part_both_and_the_sum_is_right(sari, ani, pusat):
    for _ in range(ROUNDS):
        fee = charge(ani, "overdue", 1000, by=sari)
        race(
            lambda fee=fee: waive(fee, reason="x", by=sari),
            lambda fee=fee: take_payment(ani, 600, method="cash", at=pusat, by=sari, fees=[fee]),
        )
        fee.refresh_from_db()
        assert fee.left == 0
        assert not accounts_that_disagree().exists()


def test_two_closings_at_once_count_the_drawer_once(sari, ani, pusat):
    charge(ani, "overdue", 5000, by=sari)
    take_payment(ani, 4000, method="cash", at=pusat, by=sari)
    won, refused = race(*[lambda: close_cash(pusat, 4000, by=sari)] * 2)
    assert (len(won), refused) == (1, [["note_for_difference"]])
    assert Payment.objects.get().closing == won[0]


def test_a_shift_opened_by_two_at_once_is_open_once(sari, pusat):
    won, refused = race(*[lambda: open_cash(pusat, 0, by=sari)] * 2)
    assert (len(won), refused) == (1, [["shift_open"]])


def test_of_two_who_book_the_last_copy_at_once_one_has_it(ani, budi, pusat, rule):
    rule.booking_limit = 100
    rule.save()
    for ahead in range(ROUNDS):
        item, day = ItemFactory(branch=pusat), clock.today(pusat.zone) + timedelta(days=10 + ahead)
        facts = {"at": pusat, "first_day": day, "last_day": day, "by": None}
        won, refused = race(
            lambda item=item, facts=facts: book_item(item.record, member=ani, **facts),
            lambda item=item, facts=facts: book_item(item.record, member=budi, **facts),
        )
        assert ([booking.item for booking in won], refused) == ([item], [["booking_taken"]])
        assert BookedDay.objects.filter(item=item).count() == 1


def test_two_who_book_at_once_get_a_copy_each_while_there_are_two(ani, budi, pusat, rule):
    rule.booking_limit = 100
    rule.save()
    day = clock.today(pusat.zone) + timedelta(days=10)
    items = ItemFactory.create_batch(2, record=RecordFactory(), branch=pusat)
    won, refused = race(
        *(
            lambda member=member: book_item(
                items[0].record, member=member, at=pusat, first_day=day, last_day=day, by=member.user
            )
            for member in (ani, budi)
        )
    )
    assert ({booking.item for booking in won}, refused) == (set(items), [])


def test_bookings_asked_for_at_once_do_not_pass_the_limit(ani, pusat, rule):
    rule.booking_limit = 1
    rule.save()
    day = clock.today(pusat.zone) + timedelta(days=10)
    records = [ItemFactory(branch=pusat).record for _ in range(3)]
    won, refused = race(
        *(
            lambda record=record: book_item(record, member=ani, at=pusat, first_day=day, last_day=day, by=ani.user)
            for record in records
        )
    )
    assert (len(won), refused) == (1, [["booking_limit_reached"]] * 2)


def test_a_copy_is_never_lent_beyond_a_booking_that_is_made_at_that_moment(sari, ani, budi, pusat, rule):
    rule.booking_limit = 100
    rule.save()
    day = clock.today(pusat.zone) + timedelta(days=5)  # a loan lasts seven
    for _ in range(ROUNDS):
        item = ItemFactory(branch=pusat)
        race(
            lambda item=item: book_item(item.record, member=ani, at=pusat, first_day=day, last_day=day, by=ani.user),
            lambda item=item: check_out(item, to=budi, at=pusat, by=sari),
        )
        loan, booked = Loan.objects.open().get(item=item), BookedDay.objects.filter(item=item).exists()
        assert (loan.due_at.astimezone(pusat.zone).date() < day) == booked


def test_a_group_of_branches_is_either_named_by_a_rule_or_removed_and_the_other_clerk_is_told(pusat):
    for _ in range(ROUNDS):
        group = add_branch_group(name="Selatan", branches=[pusat], by=None)
        _, refusals = race(
            lambda group=group: add_rule(branch_group=group, loan_days=3, by=None),
            lambda group=group: remove_branch_group(group, by=None),
        )
        assert refusals == ([["group_in_use"]] if LoanRule.objects.exists() else [["named_gone"]])
        assert BranchGroup.objects.exists() == LoanRule.objects.exists()
        LoanRule.objects.all().delete()
        BranchGroup.objects.all().delete()


def test_two_clerks_who_name_the_same_branches_in_another_order_do_not_stand_in_each_others_way():
    some = [BranchFactory(code=f"C{number}") for number in range(60)]
    for _ in range(ROUNDS):
        made, refusals = race(
            lambda: add_branch_group(name="Naik", branches=some, by=None),
            lambda: add_branch_group(name="Turun", branches=some[::-1], by=None),
        )
        assert (len(made), refusals) == (2, [])
        BranchGroup.objects.all().delete()
