"""What a clerk takes back on the device when it may have been sent already: the answer was lost, and only the library knows."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from lumbung.circulation.domain.loans import check_in, check_out
from lumbung.circulation.domain.offline import dismiss_entry, retry_entry, take_entries
from lumbung.circulation.models import Loan, OfflineEntry
from lumbung.circulation.queries import offline_conflicts
from lumbung.circulation.tests.factories import ItemFactory, LoanFactory
from lumbung.circulation.tests.test_offline import FRIDAY, WEEK_LATER, back, lent, states
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused

pytestmark = pytest.mark.django_db
SOON = FRIDAY + timedelta(minutes=5)


def told(sent, at, by, *, moment=SOON):
    """The device tells, twice as devices do, that what it sent was taken back; the entry as it stands then."""
    with clock.stopped_at(moment):
        for _ in range(2):
            [entry] = take_entries("HP-1", [replace(sent, is_taken_back=True)], at=at, by=by)
    return entry


@pytest.mark.parametrize("sent", [lent(1, "B1"), back(1, "B1")])
def test_what_never_arrived_is_not_done_not_even_when_the_first_sending_arrives_after_all(sari, ani, pusat, rule, sent):
    item = ItemFactory(barcode="B1")
    entry = told(sent, pusat, sari)
    assert (entry.state, entry.note, entry.card) == ("dismissed", "Dibatalkan di perangkat.", "")
    with clock.stopped_at(SOON):
        assert states(take_entries("HP-1", [sent], at=pusat, by=sari)) == ["dismissed"]
        check_out(item, to=ani, at=pusat, by=sari)
    assert (Loan.objects.count(), offline_conflicts().count()) == (1, 0)


def test_a_loan_whose_answer_was_lost_is_undone_as_at_a_desk(sari, ani, pusat, rule):
    ItemFactory(barcode="B1")
    with clock.stopped_at(SOON):
        take_entries("HP-1", [lent(1, "B1")], at=pusat, by=sari)
    entry = told(lent(1, "B1"), pusat, sari)
    assert (entry.state, Loan.objects.count(), offline_conflicts().count()) == ("dismissed", 0, 0)
    assert JournalEntry.objects.filter(name="CheckOutUndone").count() == 1


def test_a_loan_that_is_too_old_to_undo_is_for_a_person_to_put_right_and_is_not_done_again(sari, ani, pusat, rule):
    item = ItemFactory(barcode="B1")
    with clock.stopped_at(SOON):
        take_entries("HP-1", [lent(1, "B1")], at=pusat, by=sari)
    entry = told(lent(1, "B1"), pusat, sari, moment=WEEK_LATER)
    assert [each.pk for each in offline_conflicts()] == [entry.pk]
    assert [each["said"] for each in entry.reasons] == ["Sudah tercatat ketika petugas membatalkannya di perangkat."]
    with pytest.raises(Refused) as refused:
        retry_entry(entry, by=sari)
    assert refused.value.codes == ["taken_back_late"]
    page = Client()
    page.force_login(sari)
    shown = page.get("/staff/offline/conflicts").content.decode()
    assert ("Betulkan di meja sirkulasi, lalu kesampingkan." in shown, "Coba lagi" in shown) == (True, False)
    with clock.stopped_at(WEEK_LATER):
        check_in(item, at=pusat, by=sari)
        dismiss_entry(entry, reason="Dikembalikan di meja", by=sari)
    assert (Loan.objects.count(), Loan.objects.open().count(), offline_conflicts().count()) == (1, 0, 0)


def test_a_return_that_ended_a_loan_is_for_a_person_and_one_that_ended_none_is_not(sari, ani, pusat, rule):
    loan = LoanFactory(member=ani, lent_at=FRIDAY - timedelta(days=1), item=ItemFactory(barcode="B1"))
    ItemFactory(barcode="B2")
    with clock.stopped_at(SOON):
        take_entries("HP-1", [back(1, "B1"), back(2, "B2")], at=pusat, by=sari)
    assert states([told(back(1, "B1"), pusat, sari), told(back(2, "B2"), pusat, sari)]) == ["conflict", "dismissed"]
    loan.refresh_from_db()
    assert loan.returned_at == FRIDAY


def test_what_was_lent_elsewhere_or_scanned_twice_stays_lent_when_one_scan_is_taken_back(sari, ani, pusat, rule):
    desk, twice = ItemFactory(barcode="B1"), ItemFactory(barcode="B2")
    with clock.stopped_at(FRIDAY - timedelta(minutes=1)):
        check_out(desk, to=ani, at=pusat, by=sari)
    with clock.stopped_at(SOON):
        take_entries("HP-1", [lent(1, "B1"), lent(2, "B2"), lent(3, "B2")], at=pusat, by=sari)
    assert states([told(lent(1, "B1"), pusat, sari), told(lent(2, "B2"), pusat, sari)]) == ["dismissed", "dismissed"]
    assert {loan.item for loan in Loan.objects.open()} == {desk, twice}
    assert (told(lent(3, "B2"), pusat, sari).state, Loan.objects.open().get().item) == ("dismissed", desk)


def test_what_was_in_the_way_is_put_aside(sari, ani, pusat, rule):
    with clock.stopped_at(SOON):
        assert states(take_entries("HP-1", [lent(1, "B9")], at=pusat, by=sari)) == ["conflict"]
    entry = told(lent(1, "B9"), pusat, sari)
    assert (entry.state, entry.note, entry.card) == ("dismissed", "Dibatalkan di perangkat.", "")


def test_the_device_hears_which_stand(sari, ani, pusat, rule, client):
    client.force_login(sari)
    ItemFactory(barcode="B1")
    LoanFactory(member=ani, lent_at=FRIDAY - timedelta(days=1), item=ItemFactory(barcode="B2"))

    def send(**more: str) -> dict[str, object]:
        forms = [{"kind": "loan", "card": "M-ANI", "code": "B1"}, {"kind": "return", "card": "", "code": "B2"}]
        kept = [{"sequence": n, "at": FRIDAY.isoformat(), "form": {**each, **more}} for n, each in enumerate(forms, start=1)]
        body = json.dumps({"device": "HP-1", "branch": pusat.code, "entries": kept})
        with clock.stopped_at(SOON):
            return client.post("/staff/offline/entries", body, content_type="application/json").json()

    assert send() == {"taken": [1, 2], "conflicts": 0, "standing": []}
    assert send(taken_back="yes") == {"taken": [1, 2], "conflicts": 1, "standing": [2]}
    assert list(OfflineEntry.objects.order_by("sequence").values_list("state", flat=True)) == ["dismissed", "conflict"]
    told = JournalEntry.objects.filter(name__startswith="Offline").order_by("pk").values_list("name", flat=True)
    assert list(told) == ["OfflineEntryTakenBack", "OfflineConflictFound"]
