"""The kiosk as members meet it: card, PIN, books, a receipt, and nobody left signed in."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from lumbung.accounts.domain.rates import Allowance
from lumbung.circulation.domain.pins import set_pin
from lumbung.circulation.domain.terminals import add_terminal, change_terminal, renew_secret
from lumbung.circulation.models import Loan
from lumbung.circulation.tests.factories import HoldFactory, ItemFactory, LoanFactory, RecordFactory
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry

pytestmark = pytest.mark.django_db

FRIDAY = datetime(2026, 3, 6, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
PIN = "2580"


@pytest.fixture(autouse=True)
def _friday(monkeypatch):
    monkeypatch.setattr("lumbung.circulation.web.kiosk.wrong_starts", Allowance(per_minute=2))
    with clock.stopped_at(FRIDAY):
        yield


@pytest.fixture
def terminal(sari, pusat):
    made, secret = add_terminal(name="Kios lobi", login="kios", branch=pusat, account=sari, by=sari)
    made.secret = secret
    return made


@pytest.fixture
def kiosk(client: Client, terminal, ani, rule) -> Client:
    """The device, started; Ani has a PIN."""
    set_pin(ani, PIN, by=None)
    assert client.post("/kiosk/start", {"login": "kios", "secret": terminal.secret}).url == "/kiosk"
    return client


def show(kiosk: Client, where: str, **sent: str) -> str:
    return kiosk.post(f"/kiosk/{where}", sent, follow=True).content.decode()


def come_in(kiosk: Client) -> str:
    show(kiosk, "card", code="M-ANI")
    return show(kiosk, "pin", pin=PIN)


def test_ani_borrows_renews_and_goes_with_a_receipt(kiosk: Client, ani, sari, pusat):
    mine = LoanFactory(member=ani, lent_at=FRIDAY - timedelta(days=3), item=ItemFactory(record=RecordFactory(title="Ronggeng")))
    ItemFactory(barcode="B1", record=RecordFactory(title="Bumi manusia"))
    assert "Masukkan PIN Anda" in show(kiosk, "card", code="M-ANI")
    assert "Halo, Ani" in show(kiosk, "pin", pin=PIN)
    assert "Dipinjam: Bumi manusia" in show(kiosk, "item", code="*B1*")
    assert "Dipinjam: Bumi manusia" in kiosk.get("/kiosk").text, "told again where the answer did not come through"
    loan = Loan.objects.get(item__barcode="B1")
    assert (loan.member, loan.lent_by, loan.lent_from, loan.channel) == (ani, sari, pusat, "kiosk")
    assert JournalEntry.objects.get(name="CheckedOut").channel == "kiosk"
    assert "Diperpanjang: Ronggeng" in show(kiosk, f"loans/{mine.pk}/renewal")
    receipt = kiosk.get("/kiosk/receipt", {"paper": "a4"}).content.decode()
    assert all(each in receipt for each in ("Bumi manusia", "Ronggeng", "13 Mar 2026", "paper-a4"))
    assert "Ani" not in receipt
    assert "Pindai kartu anggota Anda." in show(kiosk, "finish")
    assert "Bumi manusia" not in kiosk.get("/kiosk/receipt").content.decode()


def test_what_the_browser_sends_again_is_done_once_and_told_as_it_was(kiosk: Client, ani):
    mine = LoanFactory(member=ani, lent_at=FRIDAY - timedelta(days=3), item=ItemFactory(barcode="B2"))
    ItemFactory(barcode="B1", record=RecordFactory(title="Bumi manusia"))
    come_in(kiosk)

    def twice(where: str, token: str, **sent: str) -> list[str]:
        return [show(kiosk, where, csrfmiddlewaretoken=token * 64, **sent) for _ in range(2)]

    assert all("Dipinjam: Bumi manusia" in page for page in twice("item", "a", code="B1"))
    assert all("Diperpanjang: " in page for page in twice(f"loans/{mine.pk}/renewal", "b"))
    assert all("Dikembalikan: " in page for page in twice("item", "c", code="B2", mode="return"))
    mine.refresh_from_db()
    assert (mine.renewal_count, mine.returned_at is None, Loan.objects.open().count()) == (1, False, 1)
    assert "sudah meminjam eksemplar ini" in show(kiosk, "item", csrfmiddlewaretoken="d" * 64, code="B1")


def test_a_wrong_pin_opens_nothing_and_no_step_can_be_skipped(kiosk: Client, ani, budi):
    LoanFactory(member=ani, item=ItemFactory(barcode="B9", record=RecordFactory(title="Rahasia Ani")))
    ItemFactory(barcode="B1")
    assert "Kartu ini tidak dikenal." in show(kiosk, "card", code="nobody")
    show(kiosk, "card", code="M-ANI")
    assert "PIN tidak cocok" in show(kiosk, "pin", pin="0000")
    page = show(kiosk, "item", code="B1")
    assert "Rahasia Ani" not in page
    assert "Ani" not in page
    assert Loan.objects.count() == 1


def test_whoever_walks_away_is_forgotten_after_a_minute(kiosk: Client, ani):
    assert "Halo, Ani" in come_in(kiosk)
    ItemFactory(barcode="B1")
    with clock.stopped_at(FRIDAY + timedelta(seconds=59)):
        assert "Halo, Ani" in kiosk.get("/kiosk").content.decode()
    with clock.stopped_at(FRIDAY + timedelta(seconds=61)):
        assert "tidak melayani itu" in show(kiosk, "item", code="B1")
        assert "Halo" not in kiosk.get("/kiosk").content.decode()
    assert not Loan.objects.exists()
    assert 'content="61;url=/kiosk"' in kiosk.get("/kiosk").content.decode()


def test_books_come_back_without_a_card_and_the_kiosk_says_what_somebody_waits_for(kiosk: Client, ani, budi, pusat):
    mine, wanted = (
        LoanFactory(member=ani, item=ItemFactory(record=RecordFactory(title=title))) for title in ("Ronggeng", "Cantik")
    )
    HoldFactory(record=wanted.item.record, member=budi)
    assert "Dikembalikan: Ronggeng" in show(kiosk, "item", code=mine.item.barcode, mode="return")
    assert "Serahkan buku ini ke meja layanan." in show(kiosk, "item", code=wanted.item.barcode, mode="return")
    assert Loan.objects.open().count() == 0
    assert "Dikembalikan Jum 6 Mar 2026" in kiosk.get("/kiosk/receipt").content.decode()


def test_every_reason_against_a_loan_is_told(kiosk: Client, ani, budi):
    item = ItemFactory(barcode="B1")
    LoanFactory(item=item, member=budi)
    LoanFactory(member=ani, lent_at=FRIDAY - timedelta(days=20))
    come_in(kiosk)
    page = show(kiosk, "item", code="B1")
    assert "sedang dipinjam sampai" in page
    assert "Masih ada pinjaman yang terlambat: 1 (ketentuan umum)." in page


def test_where_no_pin_is_asked_for_the_card_is_enough(kiosk: Client, terminal, ani):
    change_terminal(terminal, needs_pin=False, takes_back=False, by=None)
    assert "Halo, Ani" in show(kiosk, "card", code="M-ANI")
    assert "tidak melayani itu" in show(kiosk, "item", code=ItemFactory().barcode, mode="return")


def test_only_a_device_that_knows_the_secret_is_a_kiosk_and_a_new_secret_ends_it(kiosk: Client, terminal, sari):
    stranger = Client()
    assert stranger.get("/kiosk").url == stranger.post("/kiosk/card", {"code": "M-ANI"}).url == "/kiosk/start"
    wrong = {"login": "kios", "secret": "wrong"}
    assert [stranger.post("/kiosk/start", wrong).status_code for _ in range(3)] == [422, 422, 429]
    told = stranger.post("/kiosk/start", wrong)
    assert 1 <= int(told["Retry-After"]) <= 60
    assert f"Tunggu {told['Retry-After']} detik" in told.content.decode()
    renew_secret(terminal, by=sari)
    assert kiosk.get("/kiosk").url == "/kiosk/start"


def test_a_kiosk_that_staff_switch_off_is_off(kiosk: Client, terminal):
    change_terminal(terminal, is_active=False, by=None)
    assert kiosk.get("/kiosk").url == "/kiosk/start"


def test_the_kiosk_speaks_english_when_asked(kiosk: Client):
    page = kiosk.post("/language", {"language": "en", "next": "/kiosk"}, follow=True).content.decode()
    assert "Scan your library card." in page


def test_two_copies_of_one_title_are_told_apart_by_their_barcodes(kiosk: Client, ani, pusat):
    record = RecordFactory(title="Ronggeng")
    for barcode in ("B7", "B8"):
        LoanFactory(member=ani, lent_at=FRIDAY - timedelta(days=3), item=ItemFactory(record=record, barcode=barcode))
    shown = come_in(kiosk)
    for barcode in ("B7", "B8"):
        assert f">{barcode}<" in shown
        assert f'aria-label="Perpanjang Ronggeng ({barcode})"' in shown
    assert "Diperpanjang: Ronggeng (B8)" in show(kiosk, f"loans/{Loan.objects.get(item__barcode='B8').pk}/renewal")


def test_what_stands_there_without_a_line_names_nobody_and_offers_no_way_back_to_who_was_done(kiosk: Client, ani):
    come_in(kiosk)
    away, left = (kiosk.get(f"/kiosk/away{query}").content.decode() for query in ("", "?left"))
    assert ("Coba lagi" in away, 'content="10;' in away, "Ani" in away) == (True, True, False)
    assert ("Coba lagi" in left, 'content="61;' in left, "Ani" in left) == (False, True, False)
    assert kiosk.get("/kiosk/worker.js")["Service-Worker-Allowed"] == "/kiosk"
