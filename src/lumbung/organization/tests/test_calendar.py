"""Opening hours, closures, and what they say about a day or a moment."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.organization.domain.calendar import announce_closure, set_opening_hours, shorten_closure, withdraw_closure
from lumbung.organization.domain.periods import add_period, change_period, remove_period
from lumbung.organization.models import Closure, OpeningHours, Period
from lumbung.organization.queries import (
    Hours,
    Status,
    branches_without_hours,
    calendar_of,
    closed_days_between,
    coming_closures,
    hours_today,
    is_open_on,
    next_open_day,
    open_day_after,
    period_kinds_on,
    previous_open_day,
    status_now,
)
from lumbung.organization.tests.factories import FRIDAY, MONDAY, BranchFactory, LibraryFactory, open_on

pytestmark = pytest.mark.django_db

JAKARTA = ZoneInfo("Asia/Jakarta")
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=JAKARTA)  # a Monday
FRIDAY_WITH_PRAYER = [(FRIDAY, time(7, 30), time(11, 30)), (FRIDAY, time(13), time(16, 30))]


@pytest.fixture
def pusat(db):
    return BranchFactory(code="PUSAT")


def test_hours_are_set_anew_each_time_with_several_spells_a_day(sari, pusat):
    with clock.stopped_at(NOW):
        set_opening_hours(pusat, [(MONDAY, time(8), time(16))], by=sari)
        set_opening_hours(pusat, FRIDAY_WITH_PRAYER, by=sari)
    assert list(OpeningHours.objects.filter(until=None).values_list("weekday", "opens", "closes")) == FRIDAY_WITH_PRAYER
    with clock.stopped_at(datetime(2026, 3, 6, 9, tzinfo=JAKARTA)):
        assert hours_today(pusat) == (Hours(time(7, 30), time(11, 30)), Hours(time(13), time(16, 30)))
    assert (
        list(JournalEntry.objects.values_list("name", "actor_id", "data"))
        == [("OpeningHoursSet", sari.pk, {"branch": pusat.pk, "stretch": None})] * 2
    )


def test_everything_wrong_with_hours_is_named_at_once(sari, pusat):
    with pytest.raises(Refused) as refused:
        set_opening_hours(
            pusat,
            [(7, time(8), time(9)), (0, time(16), time(8)), (4, time(7, 30), time(11, 30)), (4, time(11), time(13))],
            by=sari,
        )
    assert [str(reason) for reason in refused.value.reasons] == [
        "Hari ke-7 tidak ada; pakai 0 (Senin) sampai 6 (Minggu).",
        "Senin: jam tutup 08.00 harus sesudah jam buka 16.00.",
        "Jumat: jam buka 07.30–11.30 dan 11.00–13.00 bertumpang tindih.",
    ]
    assert not OpeningHours.objects.exists()


def test_a_day_is_open_by_its_weekday_unless_a_closure_covers_it(sari, pusat):
    open_on(pusat)
    with clock.stopped_at(NOW):
        announce_closure(first_day=date(2026, 3, 19), last_day=date(2026, 3, 24), reason="Idulfitri", by=sari)
    assert is_open_on(pusat, date(2026, 3, 18))
    assert not is_open_on(pusat, date(2026, 3, 19))
    assert not is_open_on(pusat, date(2026, 3, 24))
    assert not is_open_on(pusat, date(2026, 3, 28))  # Saturday
    assert next_open_day(pusat, date(2026, 3, 19)) == date(2026, 3, 25)
    assert next_open_day(pusat, date(2026, 3, 18)) == date(2026, 3, 18)
    assert open_day_after(pusat, date(2026, 3, 18), count=3) == date(2026, 3, 27)


def test_a_closure_of_one_branch_leaves_the_other_open(sari, pusat):
    open_on(pusat)
    teknik = open_on(BranchFactory(code="TEKNIK"))
    with clock.stopped_at(NOW):
        announce_closure(first_day=date(2026, 3, 3), last_day=date(2026, 3, 3), reason="Listrik padam", branch=teknik, by=sari)
        assert (is_open_on(pusat, date(2026, 3, 3)), is_open_on(teknik, date(2026, 3, 3))) == (True, False)
        assert (coming_closures(pusat).count(), coming_closures(teknik).count(), coming_closures().count()) == (0, 1, 1)


def test_a_branch_without_hours_neither_loops_nor_moves_a_day(sari, pusat):
    assert branches_without_hours() == [pusat]
    assert next_open_day(pusat, date(2026, 3, 8)) == date(2026, 3, 8)
    assert open_day_after(pusat, date(2026, 3, 8), count=3) == date(2026, 3, 11)
    assert hours_today(pusat) == ()
    with clock.stopped_at(NOW):
        assert status_now(pusat) == Status(is_open=False, hours_known=False, zone="WIB")
        announce_closure(first_day=date(2026, 3, 8), last_day=date(2026, 3, 9), reason="Banjir", by=sari)
    assert next_open_day(pusat, date(2026, 3, 8)) == date(2026, 3, 10)


def test_a_branch_closed_for_longer_than_the_horizon_leaves_the_day(sari, pusat):
    open_on(pusat)
    with clock.stopped_at(NOW):
        announce_closure(first_day=date(2026, 3, 3), last_day=date(2027, 3, 3), reason="Renovasi", by=sari)
        announce_closure(first_day=date(2027, 3, 4), last_day=date(2028, 3, 1), reason="Renovasi", by=sari)
        assert next_open_day(pusat, date(2026, 3, 9)) == date(2026, 3, 9)
        assert status_now(pusat).is_open


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ((6, 7, 29), Status(False, True, "WIB", opens_at=datetime(2026, 3, 6, 7, 30, tzinfo=JAKARTA))),
        ((6, 7, 30), Status(True, True, "WIB", until=datetime(2026, 3, 6, 11, 30, tzinfo=JAKARTA))),
        ((6, 11, 30), Status(False, True, "WIB", opens_at=datetime(2026, 3, 6, 13, 0, tzinfo=JAKARTA))),
        ((6, 16, 30), Status(False, True, "WIB", opens_at=datetime(2026, 3, 13, 7, 30, tzinfo=JAKARTA))),
    ],
)
def test_the_status_follows_the_clock_through_the_spells_of_a_day(pusat, moment, expected):
    set_opening_hours(pusat, FRIDAY_WITH_PRAYER, by=None)
    day, hour, minute = moment
    with clock.stopped_at(datetime(2026, 3, day, hour, minute, tzinfo=JAKARTA)):
        assert status_now(pusat) == expected


@pytest.mark.parametrize(
    ("zone", "letters", "is_open"),
    [("Asia/Jakarta", "WIB", False), ("Asia/Makassar", "WITA", True), ("Asia/Jayapura", "WIT", True)],
)
def test_each_branch_opens_by_its_own_clock(zone, letters, is_open):
    branch = open_on(BranchFactory(code=letters, time_zone=zone))
    with clock.stopped_at(datetime(2026, 3, 2, 0, 30, tzinfo=UTC)):
        status = status_now(branch)
    assert (status.zone, status.is_open) == (letters, is_open)


def test_a_closure_of_today_is_told_with_its_reason_and_the_next_opening(sari, pusat):
    open_on(pusat)
    with clock.stopped_at(NOW):
        announce_closure(first_day=date(2026, 3, 2), last_day=date(2026, 3, 3), reason="Hujan abu", by=sari)
        status = status_now(pusat)
    assert (status.is_open, status.closed_because) == (False, "Hujan abu")
    assert status.opens_at == datetime(2026, 3, 4, 8, tzinfo=JAKARTA)


def test_the_past_is_not_closed_and_everything_wrong_is_named_at_once(sari, pusat):
    LibraryFactory()
    with clock.stopped_at(NOW), pytest.raises(Refused) as refused:
        announce_closure(first_day=date(2026, 3, 1), last_day=date(2026, 2, 1), reason=" ", by=sari)
    assert refused.value.codes == ["closure_backwards", "closure_in_the_past", "reason_empty"]
    with clock.stopped_at(NOW), pytest.raises(Refused) as refused:
        announce_closure(first_day=date(2026, 3, 3), last_day=date(2027, 3, 4), reason="Renovasi", by=sari)
    assert refused.value.codes == ["closure_too_long"]


def test_a_closure_that_has_begun_is_shortened_and_one_that_has_not_is_withdrawn(sari, pusat):
    with clock.stopped_at(NOW):
        closure = announce_closure(
            first_day=date(2026, 3, 3), last_day=date(2026, 3, 9), reason="Banjir", branch=pusat, by=sari
        )
        called_off = announce_closure(first_day=date(2026, 3, 3), last_day=date(2026, 3, 9), reason="Pemilu", by=sari)
        withdraw_closure(called_off, by=sari)
    with clock.stopped_at(datetime(2026, 3, 6, 9, tzinfo=JAKARTA)):
        with pytest.raises(Refused) as refused:
            withdraw_closure(closure, by=sari)
        assert refused.value.codes == ["closure_began"]
        for wrong in (date(2026, 3, 4), date(2026, 3, 9)):
            with pytest.raises(Refused) as refused:
                shorten_closure(closure, last_day=wrong, by=sari)
            assert refused.value.codes == ["closure_not_shorter"]
        shorten_closure(closure, last_day=date(2026, 3, 5), by=sari)
        assert is_open_on(pusat, date(2026, 3, 6))
    assert Closure.objects.get().last_day == date(2026, 3, 5)
    assert list(JournalEntry.objects.order_by("pk").values_list("name", flat=True)) == [
        "ClosureAnnounced",
        "ClosureAnnounced",
        "ClosureWithdrawn",
        "ClosureShortened",
    ]


def test_new_hours_hold_from_today_and_days_gone_by_keep_theirs(sari, pusat):
    with clock.stopped_at(NOW):
        open_on(pusat, [MONDAY, FRIDAY])
        assert is_open_on(pusat, date(2025, 12, 29))  # a Monday before anybody entered hours
    with clock.stopped_at(datetime(2026, 3, 16, 9, tzinfo=JAKARTA)):
        open_on(pusat, [FRIDAY])
        days = [date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 16), date(2026, 3, 20), date(2026, 3, 23)]
        assert [is_open_on(pusat, day) for day in days] == [True, True, False, True, False]
        open_on(pusat, [MONDAY])
        assert [is_open_on(pusat, day) for day in days] == [True, True, True, False, True]
        assert OpeningHours.objects.count() == 3


def test_ramadan_has_hours_of_its_own_and_the_usual_ones_come_back(sari, pusat):
    teknik = BranchFactory(code="TEKNIK")
    with clock.stopped_at(NOW):
        open_on(pusat)
        open_on(teknik)
        ramadan = add_period(
            kind="ramadan", name="Ramadan 1447", first_day=date(2026, 3, 4), last_day=date(2026, 3, 12), by=sari
        )
        set_opening_hours(pusat, [(FRIDAY, time(8, 30), time(11, 30)), (FRIDAY, time(13), time(15))], period=ramadan, by=sari)
        friday = date(2026, 3, 6)
        assert calendar_of(pusat).hours_on(friday) == (Hours(time(8, 30), time(11, 30)), Hours(time(13), time(15)))
        assert not is_open_on(pusat, date(2026, 3, 5))
        assert calendar_of(pusat).hours_on(date(2026, 3, 13)) == (Hours(time(8), time(16)),)
        assert calendar_of(teknik).hours_on(friday) == (Hours(time(8), time(16)),)
        assert (period_kinds_on(teknik, friday), period_kinds_on(pusat, date(2026, 3, 13))) == ({"ramadan"}, frozenset())


def test_a_period_that_began_keeps_the_days_gone_by(sari, pusat):
    with clock.stopped_at(NOW):
        exams = add_period(kind="exams", name="UAS", first_day=date(2026, 3, 1), last_day=date(2026, 3, 14), by=sari)
        assert change_period(exams, last_day=date(2026, 3, 1), name="UAS genap", by=sari).last_day == date(2026, 3, 1)
    later = datetime(2026, 3, 10, 9, tzinfo=JAKARTA)
    with clock.stopped_at(later):
        for call in (
            lambda: change_period(exams, last_day=date(2026, 3, 20), by=sari),
            lambda: change_period(exams, first_day=date(2026, 3, 2), last_day=date(2026, 3, 20), by=sari),
            lambda: remove_period(exams, by=sari),
        ):
            with pytest.raises(Refused, match="period_began"):
                call()
        wisuda = add_period(
            kind="graduation", name="Wisuda", first_day=later.date(), last_day=date(2026, 4, 1), branch=pusat, by=sari
        )
        with pytest.raises(Refused, match="name_empty; period_backwards"):
            change_period(wisuda, name=" ", last_day=date(2026, 3, 9), by=sari)
        with pytest.raises(Refused, match="period_in_the_past"):
            add_period(kind="term", name="Ganjil", first_day=date(2025, 9, 1), last_day=date(2026, 1, 30), by=sari)
        coming = add_period(kind="exams", name="UTS", first_day=date(2026, 4, 1), last_day=date(2026, 4, 10), by=sari)
        remove_period(coming, by=sari)
    assert list(Period.objects.values_list("name", flat=True)) == ["UAS genap", "Wisuda"]


def test_closed_days_are_counted_and_found_backwards(pusat):
    with clock.stopped_at(NOW):
        open_on(pusat, [MONDAY, FRIDAY])
        assert closed_days_between(pusat, date(2026, 3, 2), date(2026, 3, 9)) == 5
        assert previous_open_day(pusat, date(2026, 3, 8)) == date(2026, 3, 6)
