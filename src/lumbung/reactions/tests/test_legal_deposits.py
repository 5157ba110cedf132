"""Works of the campus are handed to the national and the provincial library in time, with their receipts."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lumbung.catalogue.tests.factories import a_record
from lumbung.digital.domain.legal_deposits import (
    due_on,
    excuse_legal_deposit,
    note_legal_deposit,
    receive_receipt,
    send_copy,
    take_step_back,
)
from lumbung.digital.models import LegalDeposit, LegalDepositCopy
from lumbung.digital.queries.legal_deposits import by_year, counts, legal_deposits
from lumbung.digital.tests.factories import a_pdf
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.messaging.models import Delivery
from lumbung.organization.domain.library import set_up
from lumbung.organization.queries import library
from lumbung.reactions.legal_deposits import tell_of_legal_deposits

pytestmark = pytest.mark.django_db
ADDRESS = "/staff/legal-deposits"


def today() -> date:
    return clock.today(library().zone)


def a_work(days: int = 10, kind: str = "printed") -> LegalDeposit:
    return note_legal_deposit(a_record(), kind=kind, published_on=today() - timedelta(days=days), by=None)


def copies_of(work: LegalDeposit) -> list[LegalDepositCopy]:
    return list(LegalDepositCopy.objects.filter(legal_deposit=work).order_by("recipient"))


@pytest.mark.parametrize(
    ("kind", "published", "due"),
    [
        ("printed", date(2026, 1, 31), date(2026, 4, 30)),
        ("printed", date(2026, 11, 30), date(2027, 2, 28)),
        ("printed", date(2027, 11, 30), date(2028, 2, 29)),
        ("recorded", date(2028, 2, 29), date(2029, 2, 28)),
    ],
)
def test_the_day_is_counted_as_the_law_says(kind: str, published: date, due: date):
    assert due_on(kind, published) == due


def test_each_library_has_its_copies_and_the_state_follows_them(sari):
    work = a_work()
    national, province = copies_of(work)
    assert [(each.recipient, each.count) for each in (national, province)] == [("national", 2), ("province", 1)]
    states = []
    for step in (
        lambda: send_copy(national, sent_on=today(), how="JNE 1", by=sari),
        lambda: send_copy(province, sent_on=today(), how="", by=sari),
        lambda: receive_receipt(national, received_on=today(), number="N/1", proof=a_pdf(), by=sari),
        lambda: receive_receipt(province, received_on=today(), number="P/1", proof=b"", by=sari),
        lambda: take_step_back(province, by=sari),
        lambda: take_step_back(province, by=sari),
    ):
        step()
        work.refresh_from_db()
        states.append(work.state)
    assert states == ["open", "sent", "sent", "done", "sent", "open"]
    names = JournalEntry.objects.filter(name__startswith="LegalDeposit").order_by("pk").values_list("name", flat=True)
    assert [each.removeprefix("LegalDeposit") for each in names] == [
        *("Noted", "Sent", "Sent", "Received", "Received", "TakenBack", "TakenBack")
    ]


def test_what_cannot_be_is_refused_with_every_reason(sari):
    work = a_work()
    national = copies_of(work)[0]
    for attempt, codes in (
        (lambda: note_legal_deposit(work.record, kind="printed", published_on=today(), by=sari), ["legal_there_already"]),
        (lambda: receive_receipt(national, received_on=today(), number="1", proof=b"", by=sari), ["legal_not_sent"]),
        (lambda: send_copy(national, sent_on=today() + timedelta(days=1), how="", by=sari), ["legal_dates_wrong"]),
        (lambda: take_step_back(national, by=sari), ["legal_nothing_back"]),
        (lambda: excuse_legal_deposit(work, because=" ", by=sari), ["reason_empty"]),
    ):
        with pytest.raises(Refused) as refusal:
            attempt()
        assert refusal.value.codes == codes
    send_copy(national, sent_on=today(), how="", by=sari)
    with pytest.raises(Refused) as refusal:
        receive_receipt(national, received_on=today() - timedelta(days=2), number=" ", proof=b"<html>", by=sari)
    assert refusal.value.codes == ["legal_receipt_without_number", "legal_dates_wrong", "legal_proof_unreadable"]


def test_a_work_can_be_excused_and_be_due_again(sari):
    work = excuse_legal_deposit(a_work(), because="Cetak ulang tanpa perubahan", by=sari)
    assert (work.state, counts()["excused"]) == ("excused", 1)
    assert excuse_legal_deposit(work, because="", by=sari).state == "open"


def test_the_report_counts_what_was_in_time(sari):
    good, late, still = a_work(10), a_work(200), a_work(300)
    for work in (good, late):
        for each in copies_of(work):
            send_copy(each, sent_on=today(), how="", by=sari)
    assert [each.pk for each in legal_deposits("late")] == [still.pk]
    told = by_year()
    assert (sum(row["all"] for row in told), sum(row["in_time"] for row in told), sum(row["too_late"] for row in told)) == (
        3,
        1,
        1,
    )


def test_the_library_is_written_to_once_ahead_and_once_late():
    set_up(name="Perpustakaan Kampus", email="perpus@kampus.test", by=None)
    a_work(70)
    a_work(10)
    late = a_work(200)
    assert [tell_of_legal_deposits(), tell_of_legal_deposits()] == [2, 0]
    letter = Delivery.objects.get(code="legal_deposits")
    assert letter.address == "perpus@kampus.test"
    assert late.record.title in letter.body


def test_staff_note_send_and_receive_on_the_page(signed_in, sari, ani):
    client, record = signed_in(Client(), sari), a_record()
    assert "Belum ada karya yang dicatat" in client.get(ADDRESS).text
    wrong = client.post(ADDRESS, {"record": "999999", "kind": "printed", "published_on": f"{today()}"})
    assert (wrong.status_code, "Tidak ada judul dengan nomor itu" in wrong.text) == (422, True)
    client.post(ADDRESS, {"record": record.pk, "kind": "printed", "published_on": f"{today()}"})
    work = LegalDeposit.objects.get()
    national, province = copies_of(work)
    page = f"{ADDRESS}/{work.pk}"
    assert client.get(f"{ADDRESS}/copies/{national.pk}/letter").content.startswith(b"%PDF-")
    step = f"{ADDRESS}/copies/{national.pk}/step"
    assert "Isi tanggal" in client.post(step, {}, follow=True).text
    assert "Pengiriman dicatat" in client.post(step, {"sent_on": f"{today()}", "how": "JNE 77"}, follow=True).text
    receipt = {"received_on": f"{today()}", "number": "PNRI/1", "proof": SimpleUploadedFile("bukti.pdf", a_pdf())}
    assert "Tanda terima dicatat" in client.post(step, receipt, follow=True).text
    assert "PNRI/1" in client.get(page).text
    assert client.get(f"{ADDRESS}/copies/{national.pk}/proof").getvalue() == a_pdf()
    assert client.get(f"{ADDRESS}/copies/{province.pk}/proof").status_code == 404
    assert "PNRI/1" in client.get(f"{ADDRESS}.csv").getvalue().decode()
    assert "dibatalkan" in client.post(step, {"verb": "back"}, follow=True).text
    assert "Tidak wajib" in client.post(f"{page}/excuse", {"because": "Bukan terbitan kampus"}, follow=True).text
    for path in ("", ".csv", f"/{work.pk}", f"/copies/{national.pk}/letter", f"/copies/{national.pk}/proof"):
        assert signed_in(Client(), ani.user).get(ADDRESS + path).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_number_of_questions(signed_in, sari, count: int, django_assert_max_num_queries):
    client = signed_in(Client(), sari)
    for _ in range(count):
        a_work()
    client.get(ADDRESS)
    with django_assert_max_num_queries(13):
        client.get(ADDRESS)
