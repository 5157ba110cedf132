"""The letter about a visit that does not take place: whoever has something due at it, once for each move."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from lumbung.circulation.domain.handover_places import add_place, call_off_visit
from lumbung.circulation.domain.loans import check_in
from lumbung.circulation.models import DueDateShift
from lumbung.circulation.tests.factories import ItemFactory, LoanFactory
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.messaging.models import Delivery
from lumbung.organization.tests.factories import BranchFactory, LibraryFactory, open_on
from lumbung.reactions.table import NIGHTLY, TABLE
from lumbung.reactions.visit_moved_letters import visit_moved_letters

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)
THURSDAY = date(2026, 12, 3)
DUE = datetime(2026, 12, 3, 16, 59, 59, tzinfo=UTC)


@pytest.fixture
def hall(sari):
    LibraryFactory()
    pusat = open_on(BranchFactory())
    with clock.stopped_at(MONDAY):
        facts = {"kind": "stop", "name": "Balai Desa", "weekdays": "4", "starts": time(9), "ends": time(11)}
        yield add_place(branch=pusat, by=sari, **facts)


def lend(member, title: str, place):
    item = ItemFactory(branch=place.branch, record__title=title)
    return LoanFactory(member=member, item=item, lent_from=place.branch, lent_at=MONDAY, due_at=DUE, place=place)


def moved(number: int = 0) -> JournalEntry:
    return JournalEntry.objects.filter(name="DueDatesFollowedVisits").order_by("pk")[number]


def test_each_member_is_told_once_for_each_move_of_what_is_still_lent_and_when_it_is_due_now(hall, ani, budi, sari):
    for title in ("Bumi manusia", "Jejak langkah"):
        lend(ani, title, hall)
    back = lend(budi, "Rumah kaca", hall)
    call_off_visit(hall, THURSDAY, reason="Mobil mogok", by=sari)
    check_in(back.item, at=hall.branch, by=sari)
    for _ in range(2):
        visit_moved_letters(moved())
    [letter] = Delivery.objects.filter(code="visit_moved")
    assert letter.subject == "Kunjungan ke Balai Desa berpindah hari"
    assert "tidak jadi, maka pinjaman Anda dari sana jatuh tempo pada kunjungan berikutnya, tanpa denda:" in letter.body
    assert "  Bumi manusia: Kam 10 Des 2026\n  Jejak langkah: Kam 10 Des 2026\n" in letter.body
    call_off_visit(hall, THURSDAY + timedelta(days=7), reason="Banjir", by=sari)
    visit_moved_letters(moved(0))
    visit_moved_letters(moved(1))
    assert ["17 Des" in each.body for each in Delivery.objects.filter(code="visit_moved").order_by("pk")] == [False, True]
    assert DueDateShift.objects.count() == 5
    assert any(each.name == "visit_moved_letters" and each.to == ("DueDatesFollowedVisits",) for each in TABLE)


def test_at_night_doors_open_and_what_is_due_follows_its_visit_before_fines_accrue():
    hours = {each.name: each.at for each in NIGHTLY}
    assert hours["open_doors_in_time"] < hours["follow_visits"] < hours["accrue_fines"]
