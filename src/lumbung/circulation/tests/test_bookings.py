"""Copies promised for days to come: booked, changed, fetched, kept from others, not fetched."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from lumbung.catalogue.models import Item
from lumbung.circulation.domain.bookings import (
    book_item,
    cancel_all,
    cancel_booking,
    change_booking,
    expire_bookings,
    move_bookings,
)
from lumbung.circulation.domain.holds import set_aside
from lumbung.circulation.domain.loans import check_in, check_out, renew, undo_check_out
from lumbung.circulation.models import BookedDay
from lumbung.circulation.queries import (
    availability_of,
    blocks_to_renew,
    bookings_visible_to,
    copies_of,
    item_states,
    loan_words,
    may_book,
    open_bookings,
    pull_list,
    troubled_bookings,
)
from lumbung.circulation.tests.factories import BookingFactory, HoldFactory, ItemFactory, LoanFactory, RecordFactory
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.members.domain.members import block
from lumbung.organization.models import Branch
from lumbung.organization.tests.factories import BranchFactory, open_on

pytestmark = pytest.mark.django_db

ZONE = ZoneInfo("Asia/Jakarta")
TUESDAY = datetime(2026, 12, 1, 9, 0, tzinfo=ZONE)
CLASS = date(2026, 12, 10)


@pytest.fixture(autouse=True)
def on_tuesday():
    with clock.stopped_at(TUESDAY):
        yield


@pytest.fixture
def bookable(rule):
    """Students book two at once, three days at most, prepared a day before and looked over a day after."""
    rule.booking_limit, rule.booking_days, rule.booking_lead_days, rule.booking_trail_days = 2, 3, 1, 1
    rule.booking_ahead_days, rule.name = 60, "Mahasiswa"
    rule.save()
    return rule


@pytest.fixture
def projector(pusat):
    return ItemFactory(branch=pusat)


def booked(copy, member, first=CLASS, last=None, **more):
    return book_item(
        copy.record, member=member, at=copy.branch, first_day=first, last_day=last or first, by=member.user, **more
    )


def at(day, hour=9):
    return clock.stopped_at(datetime.combine(day, datetime.min.time(), ZONE).replace(hour=hour))


def days_kept(booking):
    return list(BookedDay.objects.filter(booking=booking).values_list("item", "day"))


def codes_of(refused):
    return refused.value.codes


def test_a_copy_is_promised_with_the_days_around_it_and_the_journal_says_so(ani, budi, sari, projector, bookable):
    booking = booked(projector, ani, note=" Kelas A ")
    assert (booking.item, booking.any_copy, booking.state, booking.note) == (projector, True, "booked", "Kelas A")
    assert (booking.blocked_from, booking.blocked_until, booking.fetch_until) == (date(2026, 12, 9), date(2026, 12, 11), CLASS)
    assert days_kept(booking) == [(projector.pk, date(2026, 12, each)) for each in (9, 10, 11)]
    entry = JournalEntry.objects.get(name="ItemBooked")
    assert entry.data == {
        "booking": booking.pk, "record": projector.record_id, "item": projector.pk, "member": ani.pk,
        "first_day": "2026-12-10", "last_day": "2026-12-10",
    }  # fmt: skip
    assert list(open_bookings(ani)) == [booking]
    assert [list(bookings_visible_to(each)) for each in (ani.user, budi.user, sari)] == [[booking], [], [booking]]


def test_without_a_rule_that_says_so_nothing_is_booked(ani, projector, rule):
    assert may_book(projector.record, ani) == []
    with pytest.raises(Refused) as refused:
        booked(projector, ani)
    assert codes_of(refused) == ["booked_by_no_rule"]


def test_every_block_to_a_booking_is_named_at_once(ani, sari, projector, bookable):
    open_on(projector.branch, weekdays=[0, 1, 2, 3, 4])
    BookingFactory.create_batch(2, member=ani)
    ani.expires_on = date(2026, 12, 12)
    ani.save()
    block(ani, reason="Skorsing", by=sari)
    with pytest.raises(Refused) as refused:
        booked(projector, ani, date(2026, 12, 12), date(2026, 12, 20))
    assert codes_of(refused) == [
        "member_blocked", "booking_limit_reached", "booking_beyond_membership", "booking_too_long", "booking_closed_day",
        "booking_closed_day",
    ]  # fmt: skip
    said = [str(reason) for reason in refused.value.reasons]
    assert "Paling lama 3 hari (aturan “Mahasiswa”)." in said
    assert f"{projector.branch.name} tutup pada 12 Desember 2026." in said


@pytest.mark.parametrize(
    ("first", "last", "codes"),
    [
        (date(2026, 12, 1), date(2026, 12, 1), ["day_past"]),
        (date(2026, 12, 10), date(2026, 12, 9), ["booking_backwards"]),
        (date(2027, 1, 31), date(2027, 1, 31), ["booking_too_far"]),
    ],
)
def test_days_that_make_no_sense_are_refused(ani, projector, bookable, first, last, codes):
    with pytest.raises(Refused) as refused:
        booked(projector, ani, first, last)
    assert codes_of(refused) == codes


def test_who_asks_too_late_to_make_it_ready_is_told_the_first_day(ani, projector, bookable):
    bookable.booking_lead_days = 3
    bookable.save()
    with pytest.raises(Refused) as refused:
        booked(projector, ani, date(2026, 12, 3))
    assert str(refused.value.reasons[0]) == (
        "Eksemplarnya perlu disiapkan dahulu: paling cepat 4 Desember 2026 (aturan “Mahasiswa”)."
    )
    assert booked(projector, ani, date(2026, 12, 4)).blocked_from == date(2026, 12, 1)


def test_days_before_and_after_count_when_bookings_meet_and_the_nearest_free_ones_are_proposed(ani, budi, projector, bookable):
    booked(projector, ani)
    with pytest.raises(Refused) as refused:
        booked(projector, budi, date(2026, 12, 12))
    assert codes_of(refused) == ["booking_taken"]
    assert str(refused.value.reasons[0]) == (
        "Pada hari-hari itu tidak ada eksemplar yang bebas. "
        "Terdekat yang bebas: 13 Desember 2026; 14 Desember 2026; 15 Desember 2026."
    )
    assert booked(projector, budi, date(2026, 12, 13)).state == "booked"
    assert booked(projector, budi, date(2026, 12, 7)).state == "booked"


def test_closed_days_do_not_count_as_days_to_make_it_ready(ani, projector, bookable):
    open_on(projector.branch, weekdays=[0, 1, 2, 3, 4])
    booking = booked(projector, ani, date(2026, 12, 14), date(2026, 12, 14))  # a Monday
    assert (booking.blocked_from, booking.blocked_until) == (date(2026, 12, 11), date(2026, 12, 15))


def test_what_is_lent_till_then_is_not_free_and_another_copy_is_promised(ani, budi, projector, bookable):
    LoanFactory(item=projector, member=budi, due_at=datetime(2026, 12, 9, 23, 59, 59, tzinfo=ZONE))
    other = ItemFactory(record=projector.record, branch=projector.branch)
    assert booked(projector, ani).item == other
    with pytest.raises(Refused) as refused:
        booked(projector, ani, item=projector)
    assert codes_of(refused) == ["booking_taken"]


def test_a_booking_changes_its_days_and_may_overlap_itself(ani, projector, bookable):
    booking = booked(projector, ani)
    changed = change_booking(booking, first_day=date(2026, 12, 11), last_day=date(2026, 12, 12), by=ani.user)
    assert (changed.pk, changed.first_day, changed.last_day, changed.item) == (
        booking.pk, date(2026, 12, 11), date(2026, 12, 12), projector,
    )  # fmt: skip
    assert days_kept(changed) == [(projector.pk, date(2026, 12, each)) for each in (10, 11, 12, 13)]
    assert JournalEntry.objects.filter(name="BookingChanged").count() == 1


def test_a_cancelled_booking_frees_its_days_and_is_cancelled_once(ani, projector, bookable):
    booking = cancel_booking(booked(projector, ani), by=ani.user)
    assert (booking.state, days_kept(booking)) == ("cancelled", [])
    for verb in (
        lambda: cancel_booking(booking, by=ani.user),
        lambda: change_booking(booking, first_day=CLASS, last_day=CLASS, by=ani.user),
    ):
        with pytest.raises(Refused) as refused:
            verb()
        assert codes_of(refused) == ["booking_closed"]


def test_all_that_a_member_has_booked_is_cancelled_at_once(ani, sari, projector, bookable):
    booked(projector, ani)
    booked(projector, ani, date(2026, 12, 20))
    assert cancel_all(ani, by=sari) == 2
    assert BookedDay.objects.count() == 0


def test_what_is_lent_before_is_due_before_the_copy_is_kept_and_says_why(ani, budi, sari, projector, bookable):
    booked(projector, ani, date(2026, 12, 6))
    loan = check_out(projector, to=budi, at=projector.branch, by=sari)
    assert loan.due_at == datetime(2026, 12, 4, 23, 59, 59, tzinfo=ZONE)
    assert "lebih pendek, karena dipesan anggota lain mulai 6 Desember 2026" in loan_words(loan)


def test_a_loan_that_ends_well_before_is_as_long_as_usual(ani, budi, sari, projector, bookable):
    booked(projector, ani, date(2026, 12, 20))
    loan = check_out(projector, to=budi, at=projector.branch, by=sari)
    assert (loan.due_at.astimezone(ZONE).date(), loan.policy.get("booked_from")) == (date(2026, 12, 8), None)


def test_a_copy_that_is_kept_is_lent_to_nobody_else_unless_that_is_set_aside(ani, budi, sari, projector, bookable):
    booked(projector, ani)
    with at(date(2026, 12, 9)):
        with pytest.raises(Refused) as refused:
            check_out(projector, to=budi, at=projector.branch, by=sari)
        assert codes_of(refused) == ["booked_for_another"]
        assert str(refused.value.reasons[0]) == "Eksemplar ini dipesan anggota lain untuk 10 Desember 2026."
        loan = check_out(
            projector, to=budi, at=projector.branch, by=sari, waive={"booked_for_another"}, waive_reason="Rusak semua"
        )
        assert loan.due_at.astimezone(ZONE).date() == date(2026, 12, 16)


def test_who_booked_it_fetches_it_and_it_is_due_at_the_end_of_the_booking(ani, sari, projector, bookable):
    booking = booked(projector, ani, CLASS, date(2026, 12, 11))
    with at(CLASS):
        loan = check_out(projector, to=ani, at=projector.branch, by=sari)
        booking.refresh_from_db()
        assert loan.due_at == datetime(2026, 12, 11, 23, 59, 59, tzinfo=ZONE)
        assert (booking.state, booking.loan, booking.closed_at) == ("fetched", loan, clock.now())
        assert "menurut pesanan bertanggal, sampai 11 Desember 2026" in loan_words(loan)
        assert JournalEntry.objects.get(name="BookingFilled").data["loan"] == loan.pk
        with pytest.raises(Refused):  # its days stay kept while it is out
            booked(projector, ani, date(2026, 12, 12))
    with at(date(2026, 12, 11)):
        check_in(projector, at=projector.branch, by=sari)
    assert days_kept(booking) == []


def test_any_other_free_copy_fills_the_booking_and_frees_the_one_that_was_kept(ani, sari, projector, bookable):
    other = ItemFactory(record=projector.record, branch=projector.branch)
    booking = booked(projector, ani)
    assert booking.item == projector
    with at(CLASS):
        check_out(other, to=ani, at=projector.branch, by=sari)
    booking.refresh_from_db()
    assert (booking.item, {item for item, _ in days_kept(booking)}) == (other, {other.pk})


def test_a_booking_of_one_copy_is_not_filled_by_another(ani, sari, projector, bookable):
    other = ItemFactory(record=projector.record, branch=projector.branch)
    booking = booked(projector, ani, item=projector)
    with at(CLASS):
        loan = check_out(other, to=ani, at=projector.branch, by=sari)
    booking.refresh_from_db()
    assert (booking.state, loan.due_at.astimezone(ZONE).date()) == ("booked", date(2026, 12, 17))


def test_a_slip_at_the_desk_undone_lets_the_booking_stand_again(ani, sari, projector, bookable):
    booking = booked(projector, ani)
    with at(CLASS):
        undo_check_out(check_out(projector, to=ani, at=projector.branch, by=sari), by=sari)
    booking.refresh_from_db()
    assert (booking.state, booking.loan, booking.closed_at, len(days_kept(booking))) == ("booked", None, None, 3)


def test_renewals_stop_at_a_booking(ani, budi, sari, projector, bookable):
    loan = check_out(projector, to=budi, at=projector.branch, by=sari)  # due on the 8th
    booked(projector, ani, date(2026, 12, 13))
    with at(date(2026, 12, 7)):
        assert renew(loan, by=budi.user).due_at == datetime(2026, 12, 11, 23, 59, 59, tzinfo=ZONE)
        loan.refresh_from_db()
        assert [reason.code for reason in blocks_to_renew(loan)] == ["booked_for_another"]


def test_nobody_who_waits_gets_a_copy_that_is_kept(ani, budi, sari, projector, bookable):
    booked(projector, ani)
    hold = HoldFactory(record=projector.record, member=budi, pickup_branch=projector.branch)
    with at(date(2026, 12, 9)):
        assert pull_list(projector.branch) == []
        with pytest.raises(Refused) as refused:
            set_aside(hold, projector, at=projector.branch, by=sari)
        assert codes_of(refused) == ["booked_for_another"]
        assert check_in(projector, at=projector.branch, by=sari).hold is None


def test_a_copy_set_aside_waits_no_longer_than_until_the_day_before_a_booking(ani, budi, sari, projector, bookable):
    booked(projector, ani, date(2026, 12, 5))
    hold = HoldFactory(record=projector.record, member=budi, pickup_branch=projector.branch)
    assert set_aside(hold, projector, at=projector.branch, by=sari).ready_until == date(2026, 12, 3)


def test_a_copy_that_is_kept_counts_as_not_available_and_says_from_when(ani, projector, bookable):
    booked(projector, ani)
    item = Item.objects.get(pk=projector.pk)
    assert (item_states([item])[item.pk].state, item_states([item])[item.pk].booked_from) == ("available", date(2026, 12, 9))
    assert availability_of([item.record_id])[item.record_id].available == 1
    with at(date(2026, 12, 9)):
        assert item_states([item])[item.pk].state == "booked"
        assert availability_of([item.record_id])[item.record_id].available == 0


def test_what_nobody_fetched_is_free_again_after_a_day_of_grace(ani, projector, bookable):
    booking = booked(projector, ani, CLASS, date(2026, 12, 12))
    assert booking.fetch_until == date(2026, 12, 11)
    with at(date(2026, 12, 11)):
        assert expire_bookings() == 0
    with at(date(2026, 12, 12)):
        assert expire_bookings() == 1
        assert expire_bookings() == 0
    booking.refresh_from_db()
    assert (booking.state, days_kept(booking)) == ("expired", [])
    assert JournalEntry.objects.filter(name="BookingExpired").count() == 1


def test_where_a_copy_cannot_be_there_another_is_promised_in_its_place(ani, budi, projector, bookable):
    other = ItemFactory(record=projector.record, branch=projector.branch)
    booking, fixed = booked(projector, ani), booked(projector, ani, date(2026, 12, 20), item=projector)
    Item.objects.filter(pk=projector.pk).update(status=Item.Statuses.LOST)
    assert set(troubled_bookings()) == {booking, fixed}
    assert move_bookings() == 1
    booking.refresh_from_db()
    fixed.refresh_from_db()
    assert (booking.item, fixed.item) == (other, projector)
    assert {item for item, _ in days_kept(booking)} == {other.pk}
    assert JournalEntry.objects.get(name="BookingMoved").data["item"] == other.pk


def test_what_is_overdue_troubles_a_booking_and_what_comes_back_in_time_does_not(ani, budi, projector, bookable):
    booking = booked(projector, ani)
    loan = LoanFactory(item=projector, member=budi, due_at=clock.now() + timedelta(days=2))
    assert list(troubled_bookings()) == []
    with at(date(2026, 12, 5)):
        assert list(troubled_bookings()) == [booking]
        assert move_bookings() == 0
    loan.delete()


@pytest.mark.parametrize(
    ("zone", "hour", "is_late"),
    [
        ("Asia/Jayapura", 22, False),
        ("Asia/Jayapura", 23, False),
        ("Asia/Jayapura", 24, True),
        ("Asia/Jakarta", 24, False),
        ("Asia/Jakarta", 26, True),
    ],
)
def test_whether_a_loan_ends_in_time_is_told_by_the_days_of_the_branch_that_lent_it(
    ani, budi, projector, bookable, zone, hour, is_late
):
    branch = projector.branch
    branch.time_zone = zone
    branch.save()
    booking = booked(projector, ani)
    there = datetime.combine(booking.blocked_from - timedelta(days=1), datetime.min.time(), ZoneInfo("Asia/Jayapura"))
    LoanFactory(item=projector, member=budi, lent_from=branch, due_at=there + timedelta(hours=hour))
    assert list(troubled_bookings()) == [booking] * is_late


@pytest.mark.parametrize(("hour", "is_kept"), [(21, False), (22, True), (23, True)])
@pytest.mark.parametrize("others", [0, 2])
def test_a_copy_is_kept_from_the_hour_at_which_the_day_begins_at_its_branch(
    ani, budi, projector, bookable, hour, is_kept, others
):
    Branch.objects.filter(pk=projector.branch_id).update(time_zone="Asia/Jayapura")  # two hours before the library's own time
    BranchFactory.create_batch(others)
    projector.branch.refresh_from_db()
    booking = booked(projector, ani)
    hold = HoldFactory(record=projector.record, member=budi, pickup_branch=projector.branch)
    eve = datetime.combine(booking.blocked_from - timedelta(days=1), datetime.min.time(), ZONE)
    with clock.stopped_at(eve + timedelta(hours=hour)):
        assert [pull.hold for pull in pull_list(projector.branch)] == [hold] * (not is_kept)
        assert availability_of([projector.record_id])[projector.record_id].available == (not is_kept)
        state = item_states([Item.objects.get(pk=projector.pk)])[projector.pk].state
        [copy] = copies_of(projector.record_id)
        assert {state == "available", copy.state == "available"} == {not is_kept}


def test_the_number_of_statements_does_not_grow_with_what_is_booked(ani, projector, bookable, django_assert_num_queries):
    record = RecordFactory()
    for _ in range(3):
        BookingFactory(item=ItemFactory(record=record), member=ani)
    with django_assert_num_queries(1):
        assert [each.member.category.name for each in open_bookings(ani)] == [ani.category.name] * 3
