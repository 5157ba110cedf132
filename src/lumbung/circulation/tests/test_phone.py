"""Borrowing with one's own telephone, in the branch and nowhere else, and the ticket at the door."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from lumbung.circulation.domain.loans import check_in
from lumbung.circulation.domain.phone_lending import change_phone_lending, code_of_the_day, is_here, ticket_for, ticket_of
from lumbung.circulation.models import Loan
from lumbung.circulation.tests.factories import HoldFactory, ItemFactory, RecordFactory
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused

pytestmark = pytest.mark.django_db

FRIDAY = datetime(2026, 3, 6, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
CAMPUS, OUTSIDE = "10.20.3.4", "203.0.113.9"


@pytest.fixture(autouse=True)
def _friday():
    with clock.stopped_at(FRIDAY):
        yield


@pytest.fixture
def open_by_phone(pusat):
    return change_phone_lending(pusat, is_on=True, networks="10.20.0.0/16\n2001:db8::/32", takes_code=True, by=None)


@pytest.fixture
def phone(client: Client, ani, rule) -> Client:
    client.force_login(ani.user)
    return client


def scan(phone: Client, code: str, address: str = OUTSIDE):
    return phone.post("/my/borrow", {"code": code}, REMOTE_ADDR=address)


def test_somebody_is_here_by_the_network_or_by_the_code_of_this_day_and_branch(pusat, teknik, open_by_phone):
    code = code_of_the_day(pusat)
    assert [is_here(pusat, address=each) for each in (CAMPUS, "2001:db8::7", OUTSIDE, "nonsense")] == [True, True, False, False]
    assert is_here(pusat, address=OUTSIDE, code=code)
    assert not is_here(teknik, address=CAMPUS, code=code_of_the_day(teknik))
    with clock.stopped_at(FRIDAY.replace(day=7, hour=0)):
        assert not is_here(pusat, address=OUTSIDE, code=code)
    change_phone_lending(pusat, takes_code=False, by=None)
    assert not is_here(pusat, address=OUTSIDE, code=code)


def test_ani_scans_the_code_on_the_wall_then_the_book_and_shows_a_ticket(phone: Client, ani, pusat, open_by_phone):
    item = ItemFactory(barcode="B1", branch=pusat, record=RecordFactory(title="Bumi manusia"))
    assert "Pindai kode hari ini" in phone.get("/my/borrow").content.decode()
    assert "Anda di" in phone.get(f"/my/borrow/here/PUSAT/{code_of_the_day(pusat)}", follow=True).content.decode()
    assert scan(phone, " *B1*\r").status_code == 302
    loan = Loan.objects.get()
    assert (loan.member, loan.item, loan.lent_from, loan.lent_by, loan.channel) == (ani, item, pusat, ani.user, "phone")
    assert JournalEntry.objects.get(name="CheckedOut").channel == "phone"
    page = phone.get("/my/borrow").content.decode()
    assert "Bumi manusia" in page
    assert "13 Mar 2026" in page
    assert "Bumi manusia" in phone.get("/my/borrow/ticket").content.decode()


def test_in_the_network_of_the_branch_no_code_is_needed_and_outside_nothing_is_lent(phone: Client, pusat, open_by_phone):
    ItemFactory(barcode="B1", branch=pusat)
    away = scan(phone, "B1")
    assert (away.status_code, "hanya di dalam" in away.content.decode(), Loan.objects.count()) == (409, True, 0)
    forged = phone.get(f"/my/borrow/here/PUSAT/{'0' * 10}", follow=True)
    page = forged.content.decode()
    assert ("Pindai kode hari ini" in page, page.count("Kode itu tidak berlaku hari ini.")) == (True, 1)
    assert "tidak berlaku" not in phone.get(f"/my/borrow/here/PUSAT/{code_of_the_day(pusat)}", follow=True).content.decode()
    phone.get(f"/my/borrow/here/PUSAT/{'0' * 10}", follow=True)
    assert scan(phone, "B1", CAMPUS).status_code == 302
    assert Loan.objects.count() == 1


def test_the_rules_are_those_of_the_desk_with_nothing_set_aside(phone: Client, pusat, teknik, budi, open_by_phone):
    wanted = ItemFactory(barcode="B1", branch=pusat)
    HoldFactory(record=wanted.record, member=budi)
    assert "dipesan oleh anggota lain" in scan(phone, "B1", CAMPUS).content.decode()
    ItemFactory(barcode="B2", branch=teknik)
    assert "tercatat di" in scan(phone, "B2", CAMPUS).content.decode()
    assert "Tidak ada eksemplar dengan barcode B9." in scan(phone, "B9", CAMPUS).content.decode()
    assert Loan.objects.count() == 0


def test_a_branch_that_does_not_lend_this_way_says_so(phone: Client, ani, pusat):
    ItemFactory(barcode="B1", branch=ani.branch)
    assert "Belum dibuka" in phone.get("/my/borrow").content.decode()
    assert "belum dibuka" in scan(phone, "B1", CAMPUS).content.decode()


def test_a_book_scanned_twice_is_borrowed_once_and_said_to_be(phone: Client, pusat, open_by_phone):
    ItemFactory(barcode="B1", branch=pusat)
    scan(phone, "B1", CAMPUS)
    again = scan(phone, "B1", CAMPUS)
    assert (again.status_code, again.headers["Location"]) == (302, "/my/borrow")
    assert "Dipinjam dengan ponsel ini" in phone.get("/my/borrow").content.decode()
    assert (Loan.objects.count(), JournalEntry.objects.filter(name="CheckedOut").count()) == (1, 1)


def test_a_ticket_says_what_may_go_out_without_a_name_for_an_hour(client: Client, ani, sari, pusat, phone, open_by_phone):
    for code in ("B1", "B2"):
        ItemFactory(barcode=code, branch=pusat)
        scan(phone, code, CAMPUS)
    written = ticket_for([loan.pk for loan in Loan.objects.all()])
    page = Client().get(f"/tickets/{written}")
    assert (page.status_code, "Boleh keluar: 2 eksemplar" in page.content.decode()) == (200, True)
    assert "Ani" not in re.sub(r"<head>.*?</head>", "", page.content.decode(), flags=re.DOTALL)
    check_in(Loan.objects.first().item, at=pusat, by=sari)
    assert len(ticket_of(written).loans) == 1
    with clock.stopped_at(FRIDAY + timedelta(minutes=61)):
        assert Client().get(f"/tickets/{written}").status_code == 410
    assert Client().get(f"/tickets/{written[:-2]}xx").status_code == 410


def test_a_ticket_is_for_what_is_borrowed_with_this_telephone(phone: Client, open_by_phone):
    assert phone.get("/my/borrow/ticket").url == "/my/borrow"


def test_sari_opens_a_branch_hangs_up_the_code_and_hears_of_a_wrong_network(client: Client, sari, pusat, with_role):
    client.force_login(sari)
    wrong = client.post(f"/staff/phone-lending/{pusat.pk}", {"is_on": "on", "networks": "10.20/99"})
    assert (wrong.status_code, "bukan alamat jaringan" in wrong.content.decode()) == (422, True)
    client.post(f"/staff/phone-lending/{pusat.pk}", {"is_on": "on", "takes_code": "on", "networks": "10.20.0.0/16"})
    assert "Kode hari ini" in client.get("/staff/phone-lending").content.decode()
    assert "6 Mar 2026" in client.get(f"/staff/phone-lending/{pusat.pk}/poster").content.decode()
    with pytest.raises(Refused):
        change_phone_lending(pusat, networks="x", by=sari)
    client.force_login(with_role("circulation"))
    assert client.get("/staff/phone-lending").status_code == 403
    assert client.get(f"/staff/phone-lending/{pusat.pk}/poster").status_code == 200


def test_strangers_sign_in_first_and_the_site_can_be_installed(client: Client, pusat):
    assert client.get("/my/borrow").url.startswith("/accounts/login/")
    told = client.get("/app.webmanifest")
    assert (told.headers["Content-Type"], told.json()["display"]) == ("application/manifest+json", "standalone")
    assert 'rel="manifest"' in client.get("/").content.decode()
