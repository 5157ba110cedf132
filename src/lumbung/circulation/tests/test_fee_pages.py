"""Fees at the desk and on the member's own page, through HTTP."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from lumbung.accounts.models import Role
from lumbung.accounts.tests.factories import UserFactory
from lumbung.circulation.domain.fees import charge, take_back
from lumbung.circulation.domain.fines import report_lost
from lumbung.circulation.domain.payments import cancel_payment, take_payment, tell_of_payment
from lumbung.circulation.models import CashClosing, Fee, FeeAccount, Payment
from lumbung.circulation.tests.factories import LoanFactory
from lumbung.circulation.tests.test_fees import owed
from lumbung.circulation.tests.test_fines import after, lent
from lumbung.kernel import clock

pytestmark = pytest.mark.django_db


def at(name: str, *args: int | str) -> str:
    return reverse(f"circulation:{name}", args=args)


@pytest.fixture
def desk(client: Client, sari, pusat) -> Client:
    client.force_login(sari)
    return client


def test_a_payment_is_taken_for_the_fee_ticked_and_its_receipt_shown(desk, sari, ani):
    loan = LoanFactory(member=ani, item__record__title="Bumi Manusia")
    charge(ani, "card", 10_000, by=sari)
    late = charge(ani, "overdue", 4000, by=sari, loan=loan, item=loan.item)
    page = desk.get(at("fees", ani.pk))
    assert ("Rp14.000" in page.content.decode(), page.context["form"].initial["amount"]) == (True, 14_000)
    given = {"amount": "Rp4.000", "method": "cash", "fee": [late.pk], "once": "form:1"}
    for _ in range(2):  # a double click
        receipt = desk.post(at("fees", ani.pk), given, follow=True)
    said = receipt.content.decode()
    assert (Payment.objects.count(), FeeAccount.objects.get().owed) == (1, 10_000)
    assert all(each in said for each in ("Bumi Manusia", "Rp4.000", Payment.objects.get().receipt_number))
    assert ani.barcode not in said.split("<article")[1]
    assert "paper-a4" in desk.get(at("payment_receipt", Payment.objects.get().pk), {"paper": "a4"}).content.decode()


def test_what_cannot_be_taken_is_said_on_the_form_and_nothing_is_lost(desk, sari, ani):
    charge(ani, "card", 10_000, by=sari)
    wrong = desk.post(at("fees", ani.pk), {"amount": "20.000", "method": "cash", "once": "form:1"})
    assert (wrong.status_code, "hanya Rp10.000" in wrong.content.decode(), 'value="20.000"' in wrong.content.decode()) == (
        422,
        True,
        True,
    )
    unread = desk.post(at("new_fee", ani.pk), {"kind": "damaged", "amount": "nol", "note": "sampul sobek"})
    text, pay = unread.content.decode(), at("fees", ani.pk)
    assert (unread.status_code, 'value="nol"' in text, 'value="sampul sobek"' in text) == (422, True, True)
    assert f'action="{pay}" class="card stack" id="pay"' in text
    assert Fee.objects.count() == 1
    desk.post(at("new_fee", ani.pk), {"kind": "damaged", "amount": "Rp15.000", "note": "sampul sobek"})
    assert FeeAccount.objects.get().owed == 25_000


def test_only_who_may_waives_and_only_with_a_reason(desk, sari, ani, client):
    fee = charge(ani, "card", 10_000, by=sari)
    desk.post(at("fee_waiver", fee.pk), {"reason": " "})
    assert FeeAccount.objects.get().owed == 10_000
    client.force_login(UserFactory(roles=[Role.CIRCULATION]))
    assert client.post(at("fee_waiver", fee.pk), {"reason": "x"}).status_code == 403
    client.force_login(sari)
    client.post(at("fee_waiver", fee.pk), {"reason": "kartu rusak dari pabrik"})
    assert FeeAccount.objects.get().owed == 0


def test_credit_is_given_back_and_the_drawer_counted(desk, sari, ani, pusat):
    fee = charge(ani, "lost", 5000, by=sari)
    take_payment(ani, 5000, method="cash", at=pusat, by=sari)
    take_back(fee, reason="ditemukan", by=sari)
    told = desk.post(at("fee_credit", ani.pk), {"once": "form:2"})
    assert told["Location"] == at("payment_receipt", Payment.objects.get(is_pay_out=True).pk)
    assert "Bukti pengembalian uang" in desk.get(told["Location"]).content.decode()
    assert desk.post(at("fee_credit", ani.pk), {"once": "form:2"})["Location"] == told["Location"], "pressed twice"
    assert FeeAccount.objects.get().credit == 0
    charge(ani, "card", 3000, by=sari)
    slip = take_payment(ani, 1000, method="cash", at=pusat, by=sari)
    desk.post(at("payment_state", slip.pk), {"deed": "cancel", "reason": "salah orang"})
    take_payment(ani, 3000, method="cash", at=pusat, by=sari)
    book = desk.get(at("cash"))
    assert (book.context["drawer"], book.context["book"].total) == (3000, 3000)
    short = desk.post(at("cash"), {"counted": "2.500", "left": "0", "note": ""})
    told = "Uang di laci kurang Rp500 dari catatan (Rp3.000). Tuliskan keterangannya."
    assert (short.status_code, told in short.content.decode()) == (422, True)
    desk.post(at("cash"), {"counted": "3.000", "left": "1.000", "note": ""})
    assert (CashClosing.objects.get().handed_over, desk.get(at("cash")).context["drawer"]) == (2000, 1000)
    assert desk.get(at("cash"), {"day": "2026-99-99"}).status_code == 200


def test_a_shift_is_opened_on_the_cash_book_and_stands_in_the_book_of_its_day(desk, client, sari, pusat):
    assert "Hitung laci sebelum mulai." in desk.get(at("cash")).content.decode()
    refused = desk.post(at("shift"), {"shift-counted": "50.000", "shift-note": ""})
    told = refused.content.decode()
    assert (refused.status_code, "Uang di laci lebih Rp50.000 dari catatan (Rp0). Tuliskan keterangannya." in told) == (
        422,
        True,
    )
    assert 'name="shift-counted" value="50.000"' in told
    desk.post(at("shift"), {"shift-counted": "50.000", "shift-note": "modal kembalian"})
    book = desk.get(at("cash"))
    assert [(each.counted, each.difference, each.note) for each in book.context["book"].openings] == [
        (50_000, 50_000, "modal kembalian")
    ]
    assert (book.context["drawer"], "Hitung laci sebelum mulai." in book.content.decode()) == (50_000, False)
    assert desk.post(at("shift"), {"shift-counted": "banyak"}).status_code == 422
    again = desk.post(at("shift"), {"shift-counted": "50.000"})
    assert (again.status_code, "Kas di cabang ini sudah dibuka pada" in again.content.decode()) == (422, True)
    client.force_login(UserFactory(roles=[Role.CATALOGUER]))
    assert client.post(at("shift"), {"shift-counted": "0"}).status_code == 403


def test_a_closing_tells_who_counted_and_what_stays_and_the_drawer_is_counted_on_no_other_day_than_today(
    desk, sari, ani, pusat
):
    charge(ani, "overdue", 3000, by=sari)
    take_payment(ani, 3000, method="cash", at=pusat, by=sari)
    desk.post(at("cash"), {"counted": "3.000", "left": "1.000", "note": ""})
    today = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", desk.get(at("cash")).content.decode()))
    assert f" · {sari.name} Seharusnya Rp3.000 Dihitung Rp3.000 Selisih Rp0 Ditinggal di laci Rp1.000 Disetor Rp2.000 " in today
    before = desk.get(at("cash"), {"day": "2026-01-05"}).content.decode()
    assert [words in before for words in ("Buka kas", "Tutup kas", "Laci dihitung di halaman hari ini")] == [False, False, True]


def test_the_page_of_a_lost_loan_takes_the_barcode_of_the_copy_in_its_place(desk, client, sari, ani, pusat):
    loan = lent(ani)
    assert "Diganti eksemplar yang sama" not in desk.get(at("loan", loan.pk)).content.decode()
    desk.post(at("loss", loan.pk))
    assert "Barcode 1 eksemplar penggantinya" in desk.get(at("loan", loan.pk)).content.decode()
    wrong = desk.post(at("replacement", loan.pk), {"barcodes": "N1 N2"}, follow=True).content.decode()
    assert "Diganti 1 eksemplar judul yang sama (ketentuan umum): tulis satu barcode untuk tiap eksemplar." in wrong
    page = desk.post(at("replacement", loan.pk), {"barcodes": " N1\n"}, follow=True).content.decode()
    assert all(
        said in page for said in ("Eksemplar penggantinya tercatat", "Hilang, sudah diselesaikan", "<dt>Diselesaikan</dt>")
    )
    client.force_login(ani.user)
    assert client.post(at("replacement", loan.pk), {"barcodes": "N2"}).status_code == 403


def test_a_transfer_told_of_by_the_member_is_looked_for_by_staff(client, sari, ani, budi, pusat):
    charge(ani, "card", 10_000, by=sari)
    client.force_login(ani.user)
    mine = reverse("discovery:my-fees")
    owing = client.get(mine).content.decode()
    assert ("Rp10.000" in owing, "Kirim pembayaran lain" in owing, "belum mencantumkan rekeningnya" in owing) == (
        True,
        False,
        True,
    )
    assert client.post(mine, {"amount": 20_000, "method": "transfer", "reference": "BRI"}).status_code == 422
    client.post(mine, {"amount": "10.000", "method": "transfer", "reference": "BRI 123"})
    assert "Menunggu diperiksa" in client.get(mine).content.decode()
    again = client.get(mine)
    assert (again.context["form"].initial, "Kirim pembayaran lain" in again.content.decode()) == ({"amount": None}, True)
    client.force_login(budi.user)
    assert "Rp10.000" not in client.get(mine).content.decode()
    assert client.get(at("fees", ani.pk)).status_code in {302, 403}
    client.force_login(sari)
    told = Payment.objects.get()
    assert "BRI 123" in client.get(at("cash")).content.decode()
    client.post(at("payment_state", told.pk), {"deed": "reject"})
    client.post(at("payment_state", told.pk), {"deed": "verify"})
    told.refresh_from_db()
    assert (told.state, FeeAccount.objects.get().owed) == ("received", 0)


def test_a_loss_is_reported_from_the_page_of_the_loan(desk, ani):
    loan = LoanFactory(member=ani, item__price=50_000)
    assert "Dilaporkan hilang" in desk.get(at("loan", loan.pk)).content.decode()
    desk.post(at("loss", loan.pk))
    desk.post(at("loss", loan.pk))
    assert FeeAccount.objects.get().owed == 50_000
    assert f"/staff/members/{ani.pk}/fees" in desk.get(reverse("circulation:desk"), {"member": ani.pk}).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_pages_of_fees_ask_as_much_for_three_rows_as_for_one(desk, sari, ani, pusat, rows, django_assert_num_queries):
    for _ in range(rows):
        loan = LoanFactory(member=ani)
        charge(ani, "overdue", 1000, by=sari, loan=loan, item=loan.item)
        take_payment(ani, 500, method="cash", at=pusat, by=sari)
        tell_of_payment(ani, 100, method="transfer", at=pusat, by=ani.user)
    with django_assert_num_queries(9):
        desk.get(at("fees", ani.pk))
    with django_assert_num_queries(11):
        desk.get(at("cash"))


def test_the_desk_says_at_the_return_what_the_lateness_costs(desk, ani, pusat):
    loan = lent(ani, fine=500)
    with clock.stopped_at(after(4)):
        said = desk.delete(at("item_loan", loan.item.barcode), follow=True).content.decode()
    fees = at("fees", ani.pk)
    assert f'<a href="{fees}" hx-boost="false"><b>Rp2.000</b> harus dibayar</a>' in said


def test_a_fee_charged_by_hand_is_charged_once_however_often_it_is_pressed(desk, sari, ani):
    page = desk.get(at("fees", ani.pk))
    sent = {"kind": "damaged", "amount": "15.000", "once": page.context["charge_form"]["once"].value()}
    for _ in range(2):
        desk.post(at("new_fee", ani.pk), sent)
    assert (Fee.objects.count(), FeeAccount.objects.get().owed) == (1, 15_000)
    desk.post(at("new_fee", ani.pk), sent | {"once": desk.get(at("fees", ani.pk)).context["charge_form"]["once"].value()})
    assert FeeAccount.objects.get().owed == 30_000


def test_money_for_a_fee_that_another_desk_settled_meanwhile_goes_to_no_other(desk, sari, ani, pusat):
    old, ticked = charge(ani, "card", 10_000, by=sari), charge(ani, "damaged", 10_000, by=sari)
    take_payment(ani, 10_000, method="cash", at=pusat, by=sari, fees=[ticked])
    told = desk.post(at("fees", ani.pk), {"amount": "10.000", "method": "cash", "once": "form:9", "fee": [ticked.pk]})
    assert (told.status_code, "hanya Rp0" in told.content.decode()) == (422, True)
    old.refresh_from_db()
    assert (old.left, Payment.objects.count()) == (10_000, 1)


def test_a_receipt_says_how_much_went_to_each_fee_and_each_once_though_it_was_cancelled(desk, sari, ani, pusat):
    charge(ani, "card", 4_000, by=sari)
    charge(ani, "damaged", 10_000, by=sari)
    payment = take_payment(ani, 9_000, method="cash", at=pusat, by=sari)
    for cancelled in (False, True):
        if cancelled:
            cancel_payment(payment, reason="Salah anggota", by=sari)
        slip = desk.get(at("payment_receipt", payment.pk)).content.decode().split("<article")[1]
        assert [slip.count(each) for each in ("<li>", "Rp4.000", "Rp5.000", "Rp9.000")] == [2, 1, 1, 1]
        assert ("DIBATALKAN" in slip) is cancelled


def test_fields_of_both_forms_have_labels_of_their_own_and_ticks_say_what_they_pay(desk, sari, ani):
    charge(ani, "card", 10_000, by=sari)
    page = desk.get(at("fees", ani.pk)).content.decode()
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert {"charge_amount", "id_amount"} <= set(ids)
    assert "Rp10.000</span></label>" in page


def test_the_desk_tells_of_the_credit_when_what_was_lost_and_paid_comes_back(desk, sari, ani, pusat):
    loan = lent(ani, fine=500, refund_days=30)
    with clock.stopped_at(after(-1)):
        report_lost(loan, by=sari)
        take_payment(ani, 60_000, method="cash", at=pusat, by=sari)
        told = desk.post(at("desk"), {"code": loan.item.barcode}, follow=True).content.decode()
        assert ("sekarang tercatat ditemukan" in told, "Rp60.000</b> saldo anggota, dapat dikembalikan" in told) == (True, True)
        desk.post(at("fee_credit", ani.pk), {"once": "form:3"})
        assert owed(ani) == (0, 0)
