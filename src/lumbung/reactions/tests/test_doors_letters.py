"""Letters about closed doors: to those concerned, once, and not when nobody wanted them or it was over."""

from datetime import UTC, date, datetime

import pytest

from lumbung.circulation.domain import closed_doors
from lumbung.circulation.domain.closed_doors import close_doors, open_doors
from lumbung.circulation.domain.loans import check_out
from lumbung.circulation.models import ClosedDoors
from lumbung.circulation.tests.factories import HoldFactory, ItemFactory, LoanRuleFactory, RecordFactory
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.messaging.models import Delivery
from lumbung.organization.tests.factories import BranchFactory, LibraryFactory, open_on
from lumbung.reactions.closing import move_due_dates
from lumbung.reactions.doors_letters import doors_called_off_letters, doors_closed_letters

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
ASH = {
    "first_day": date(2026, 11, 30),
    "last_day": date(2026, 12, 11),
    "reason": "Abu vulkanik",
    "note": "Layanan daring jalan.",
}


@pytest.fixture(autouse=True)
def _monday():
    with clock.stopped_at(MONDAY):
        yield


@pytest.fixture
def concerned(sari, ani):
    """Ani has a book that falls due while the doors are closed, and another waits for her."""
    LibraryFactory()
    branch = open_on(BranchFactory(code="PUSAT"))
    LoanRuleFactory(category=ani.category)
    ani.email = "ani@kampus.example"
    ani.save()
    check_out(ItemFactory(record=RecordFactory(title="Bumi manusia"), branch=branch), to=ani, at=branch, by=sari)
    waiting = ItemFactory(record=RecordFactory(title="Jejak langkah"), branch=branch)
    HoldFactory(
        record=waiting.record, member=ani, pickup_branch=branch, item=waiting, state="ready", ready_until=date(2026, 12, 1)
    )
    return ani


def told(name: str, letters) -> list[Delivery]:
    before = set(Delivery.objects.values_list("pk", flat=True))
    letters(JournalEntry.objects.get(name=name))
    return list(Delivery.objects.exclude(pk__in=before))


def test_one_letter_tells_a_member_of_every_loan_and_hold_that_moved_and_it_goes_once(concerned, budi, sari):
    close_doors(**ASH, by=sari)
    [letter] = told("DoorsClosed", doors_closed_letters)
    assert (letter.code, letter.address) == ("doors_closed", "ani@kampus.example")
    assert all(said in letter.body for said in ("Abu vulkanik", "Bumi manusia", "14 Des", "Jejak langkah", "16 Des"))
    assert told("DoorsClosed", doors_closed_letters) == []


def test_where_due_dates_follow_in_the_background_the_letter_waits_for_them(concerned, sari, monkeypatch):
    monkeypatch.setattr(closed_doors, "AT_ONCE", 0)
    close_doors(**ASH, by=sari)
    assert told("DoorsClosed", doors_closed_letters) == []
    move_due_dates(JournalEntry.objects.get(name="DoorsClosed"))
    [letter] = told("ClosingFinished", doors_closed_letters)
    assert all(said in letter.body for said in ("Bumi manusia", "14 Des", "Jejak langkah", "16 Des"))


def test_without_letters_none_are_written(concerned, sari):
    close_doors(**ASH, tells=False, by=sari)
    assert told("DoorsClosed", doors_closed_letters) == []


def test_doors_that_opened_before_the_letters_went_write_none(concerned, sari):
    open_doors(close_doors(**ASH, by=sari), by=sari)
    assert told("DoorsClosed", doors_closed_letters) == []
    assert told("DoorsOpened", doors_called_off_letters) == []


def test_whoever_was_told_is_told_when_it_is_called_off_and_not_when_it_simply_ends(concerned, sari):
    closed = close_doors(**ASH, by=sari)
    told("DoorsClosed", doors_closed_letters)
    open_doors(closed, by=sari)
    [letter] = told("DoorsOpened", doors_called_off_letters)
    assert (letter.code, "tidak jadi tutup" in letter.body) == ("doors_called_off", True)
    JournalEntry.objects.filter(name__in=["DoorsClosed", "DoorsOpened"]).delete()
    again = close_doors(**ASH, by=sari)
    told("DoorsClosed", doors_closed_letters)
    with clock.stopped_at(datetime(2026, 12, 4, 2, 0, tzinfo=UTC)):
        open_doors(ClosedDoors.objects.get(pk=again.pk), by=sari)
    assert told("DoorsOpened", doors_called_off_letters) == []
