"""Fees corrected, written off and taken back; losses withdrawn; transfers with proof; the QRIS shown; the cash book taken along."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from lumbung.accounts.models import Role
from lumbung.accounts.tests.factories import UserFactory
from lumbung.circulation.domain.claims import claim_return
from lumbung.circulation.domain.fees import charge
from lumbung.circulation.domain.fines import report_lost, withdraw_loss
from lumbung.circulation.domain.loans import check_in
from lumbung.circulation.domain.payments import take_payment
from lumbung.circulation.domain.proofs import send_proof
from lumbung.circulation.models import Fee, FeeAccount, FeeEntry, Payment
from lumbung.circulation.queries.fines import cost_of_loss
from lumbung.circulation.tests.test_fees import owed, refused
from lumbung.circulation.tests.test_fines import after, lent
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.sheets import rows_of
from lumbung.members.domain.privacy import holdings

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40) + b"IEND\xaeB`\x82"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%%EOF"


def at(name: str, *args: int | str) -> str:
    return reverse(f"circulation:{name}", args=args)


@pytest.fixture
def desk(client: Client, sari, pusat) -> Client:
    client.force_login(sari)
    return client


def kinds() -> list[tuple[str, int]]:
    return list(FeeEntry.objects.order_by("pk").values_list("kind", "amount"))


def test_each_way_of_changing_a_fee_writes_its_own_line(desk, sari, ani):
    fees = [charge(ani, "card", 10_000, by=sari) for _ in range(4)]
    deeds = [("waive", "4.000"), ("correct", "Rp3.000"), ("write_off", ""), ("take_back", "")]
    for fee, (deed, amount) in zip(fees, deeds, strict=True):
        desk.post(at("fee_waiver", fee.pk), {"deed": deed, "amount": amount, "reason": "alasan"})
    assert kinds()[4:] == [("waiver", -4000), ("correction", -3000), ("write_off", -10_000), ("reversal", -10_000)]
    assert owed(ani) == (13_000, 0)


@pytest.mark.parametrize(
    "given", [{"amount": "0"}, {"amount": "-5"}, {"amount": "banyak"}, {"amount": "10.001"}, {"reason": " "}]
)
@pytest.mark.parametrize("deed", ["waive", "correct"])
def test_what_cannot_be_changed_so_changes_nothing(desk, sari, ani, deed, given):
    fee = charge(ani, "card", 10_000, by=sari)
    desk.post(at("fee_waiver", fee.pk), {"deed": deed, "amount": "1.000", "reason": "x", **given})
    assert owed(ani) == (10_000, 0)


def test_a_fee_that_was_paid_is_taken_back_from_the_page_once_and_becomes_credit(desk, sari, ani, pusat):
    fee = charge(ani, "damaged", 10_000, by=sari)
    take_payment(ani, 10_000, method="cash", at=pusat, by=sari)
    page = desk.get(at("fees", ani.pk))
    assert ([each.pk for each in page.context["settled"]], page.context["fees"]) == ([fee.pk], [])
    for _ in range(2):
        desk.post(at("fee_waiver", fee.pk), {"deed": "take_back", "reason": "ternyata sudah rusak"})
    assert (owed(ani), desk.get(at("fees", ani.pk)).context["settled"]) == ((0, 10_000), [])


def test_a_loss_withdrawn_in_time_gives_back_what_was_paid_and_the_loan_goes_on(sari, ani, pusat):
    loan = lent(ani, fine=500, refund_days=30)
    with clock.stopped_at(after(-1)):
        report_lost(loan, by=sari)
        take_payment(ani, 60_000, method="cash", at=pusat, by=sari)
    with clock.stopped_at(after(3)):
        assert withdraw_loss(loan, by=sari) == 60_000
        assert refused(lambda: withdraw_loss(loan, by=sari)) == ["not_reported_lost"]
        loan.item.refresh_from_db()
        assert loan.item.status == "available"
        check_in(loan.item, at=pusat, by=sari)
    assert owed(ani) == (1500, 60_000)
    assert JournalEntry.objects.get(name="LossWithdrawn").data["credit"] == 60_000


def test_after_the_time_for_it_the_charge_stands_and_a_second_loss_of_the_same_loan_is_not_charged_again(sari, ani):
    loan = lent(ani, refund_days=30)
    with clock.stopped_at(after(0)):
        report_lost(loan, by=sari)
    with clock.stopped_at(after(31)):
        assert withdraw_loss(loan, by=sari) == 0
        assert owed(ani) == (60_000, 0)
        report_lost(loan, by=sari)
    assert (owed(ani), Fee.objects.filter(kind="lost").count()) == ((60_000, 0), 1)


def test_the_page_of_a_loan_withdraws_the_loss_and_says_until_when_it_is_given_back(desk, sari, ani):
    loan = lent(ani, refund_days=30)
    report_lost(loan, by=sari)
    page = desk.get(at("loan", loan.pk)).content.decode()
    assert ("Cabut laporan hilang" in page, "ditarik kembali bila ada lagi sampai" in page) == (True, True)
    desk.delete(at("loss", loan.pk))
    loan.refresh_from_db()
    assert loan.reported_lost_at is None


def test_a_member_sends_a_proof_that_only_the_member_and_staff_who_may_see_fees_open(client, sari, ani, budi, pusat):
    charge(ani, "card", 10_000, by=sari)
    client.force_login(ani.user)
    mine = reverse("discovery:my-fees")
    given = {"amount": 10_000, "method": "transfer", "reference": "BRI 1"}
    client.post(mine, given | {"proof": SimpleUploadedFile("bukti.exe", PNG)})
    payment = Payment.objects.get()
    shown = reverse("self_service:proof", args=[payment.pk])
    assert (payment.proof.startswith("proofs/"), payment.proof.endswith(".png")) == (True, True)
    answer = client.get(shown)
    assert (answer.status_code, answer["Content-Type"], b"".join(answer.streaming_content)) == (200, "image/png", PNG)
    assert ("sandbox" in answer["Content-Security-Policy"], answer["X-Content-Type-Options"]) == (True, "nosniff")
    client.force_login(budi.user)
    assert client.get(shown).status_code == 404
    client.logout()
    assert client.get(shown).status_code == 302
    client.force_login(sari)
    assert shown in client.get(at("cash")).content.decode()
    opened = client.get(shown)
    opened.close()
    assert opened.status_code == 200


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"MZ" + PNG, "proof_unknown"),
        (PNG[:30], "proof_unknown"),
        (PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/JavaScript>>"), "proof_acts"),
        (PNG + bytes(8 << 20), "file_too_large"),
    ],
)
def test_a_proof_that_is_no_picture_and_no_quiet_pdf_is_refused_and_not_kept(sari, ani, pusat, content, code):
    charge(ani, "card", 10_000, by=sari)
    assert refused(lambda: send_proof(ani, 10_000, method="transfer", at=pusat, by=ani.user, content=content)) == [code]
    assert (Payment.objects.count(), default_storage.exists("proofs")) == (0, False)


def test_a_proof_of_what_is_not_owed_is_not_kept_either(sari, ani, pusat):
    charge(ani, "card", 10_000, by=sari)
    assert refused(lambda: send_proof(ani, 10_001, method="transfer", at=pusat, by=ani.user, content=PDF)) == [
        "amount_over_owed"
    ]
    assert default_storage.listdir("proofs") == ([], [])


def test_the_library_shows_its_qris_to_whoever_owes_and_changes_or_removes_it(
    desk, client, sari, ani, pusat, django_capture_on_commit_callbacks
):
    wrong = desk.post(
        at("payment_ways"), {"bank": "BRI 1", "qris_name": "Perpus", "picture": SimpleUploadedFile("q.png", b"GIF89a")}
    )
    assert (wrong.status_code, "JPEG, PNG, atau WebP" in wrong.content.decode()) == (422, True)
    desk.post(
        at("payment_ways"),
        {"bank": "BRI 0341\nan. Perpus", "qris_name": "PERPUS NUSA", "picture": SimpleUploadedFile("q", PNG)},
    )
    held_out = desk.get(at("qris_at_desk", ani.pk)).content.decode()
    assert ("PERPUS NUSA" in held_out, "terima pembayarannya dengan cara bayar QRIS" in held_out) == (True, True)
    charge(ani, "card", 10_000, by=sari)
    client.force_login(ani.user)
    page = client.get(reverse("discovery:my-fees")).content.decode()
    assert all(each in page for each in ("BRI 0341<br>an. Perpus", "PERPUS NUSA", "Rp10.000", reverse("self_service:qris")))
    assert b"".join(client.get(reverse("self_service:qris")).streaming_content) == PNG
    assert client.get(at("payment_ways")).status_code in {302, 403}
    client.force_login(sari)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(at("payment_ways"), {"bank": "", "qris_name": "", "drop_picture": "on"})
    assert (client.get(reverse("self_service:qris")).status_code, default_storage.listdir("payments")) == (404, ([], []))


def test_the_desk_offers_a_qris_only_where_there_is_one_and_says_what_to_do_where_there_is_none(desk, client, sari, ani):
    charge(ani, "card", 10_000, by=sari)
    shown = at("qris_at_desk", ani.pk)
    assert shown not in desk.get(at("fees", ani.pk)).text
    assert all(
        said in desk.get(shown).text for said in ("belum memasang QRIS", "tunai atau dengan transfer", at("payment_ways"))
    )
    desk.post(at("payment_ways"), {"qris_name": "PERPUS", "picture": SimpleUploadedFile("q", PNG)})
    assert shown in desk.get(at("fees", ani.pk)).text
    desk.post(at("payment_ways"), {"qris_name": "PERPUS", "drop_picture": "on"})
    client.force_login(UserFactory(roles=[Role.CIRCULATION]))
    page = client.get(shown).text
    assert ("oleh yang mengatur cara membayar" in page, at("payment_ways") in page) == (True, False)


def test_the_cash_book_of_a_day_is_taken_along_as_csv_and_xlsx_and_the_journal_says_by_whom(desk, sari, ani, pusat):
    charge(ani, "card", 10_000, by=sari)
    take_payment(ani, 4000, method="cash", at=pusat, by=sari)
    slip = take_payment(ani, 6000, method="qris", at=pusat, by=sari, reference="=1+1")
    desk.post(at("payment_state", slip.pk), {"deed": "cancel", "reason": "salah"})
    lines = b"".join(desk.post(at("cash_csv")).streaming_content).decode().splitlines()
    assert [line.split(",")[6] for line in lines] == ["nominal", "4000", "0"]
    assert "'=1+1" in lines[2]
    sheet = rows_of(desk.post(at("cash_xlsx")).content)
    assert [row[6:8] for row in sheet[1:]] == [["4000", "Diterima"], ["0", "Dibatalkan"]]
    assert JournalEntry.objects.filter(name="CashBookTaken", actor_id=sari.pk).count() == 2
    assert desk.get(at("cash_csv")).status_code == 405
    desk.force_login(UserFactory(roles=[Role.CATALOGUER]))
    assert desk.post(at("cash_csv")).status_code == 403


def test_a_member_who_is_forgotten_leaves_amounts_and_numbers_and_no_words(
    sari, ani, pusat, django_capture_on_commit_callbacks
):
    fee = charge(ani, "damaged", 10_000, by=sari, note="kopi tumpah oleh Ani")
    told = send_proof(ani, 4000, method="transfer", at=pusat, by=ani.user, content=PNG, reference="BRI ANI")
    desk_paid = take_payment(ani, 6000, method="cash", at=pusat, by=sari, reference="Ani")
    Payment.objects.filter(pk=told.pk).update(state="rejected", reason="nama pengirim lain")
    assert default_storage.exists(told.proof)
    FeeEntry.objects.filter(fee=fee).update(reason="kata Ani")
    (holding,) = (each for each in holdings.registered() if each.code == "circulation")
    with django_capture_on_commit_callbacks(execute=True):
        holding.erase(ani)
    assert list(Payment.objects.order_by("pk").values_list("amount", "reference", "reason", "proof")) == [
        (4000, "", "", ""),
        (6000, "", "", ""),
    ]
    assert Payment.objects.get(pk=desk_paid.pk).receipt_number == desk_paid.receipt_number
    assert (set(FeeEntry.objects.values_list("reason", flat=True)), Fee.objects.get().note) == ({""}, "")
    assert (default_storage.exists(told.proof), FeeAccount.objects.get().owed) == (False, 4000)


def test_what_was_settled_more_than_a_year_ago_is_not_offered_any_more(desk, sari, ani, pusat):
    with clock.stopped_at(clock.now() - timedelta(days=366)):
        charge(ani, "card", 1000, by=sari)
        take_payment(ani, 1000, method="cash", at=pusat, by=sari)
    assert desk.get(at("fees", ani.pk)).context["settled"] == []


@pytest.mark.parametrize("deed", ["waive", "correct"])
def test_part_of_a_fee_is_taken_off_once_though_pressed_twice_or_at_two_desks(desk, sari, ani, deed):
    fee = charge(ani, "card", 10_000, by=sari)
    assert 'name="seen_left" value="10000"' in desk.get(at("fees", ani.pk)).content.decode()
    sent = {"deed": deed, "amount": "4.000", "reason": "alasan", "seen_left": "10000"}
    desk.post(at("fee_waiver", fee.pk), sent)
    told = desk.post(at("fee_waiver", fee.pk), sent, follow=True).content.decode()
    assert ("sisanya kini Rp6.000" in told, owed(ani)) == (True, (6_000, 0))
    desk.post(at("fee_waiver", fee.pk), sent | {"seen_left": "6000"})
    assert owed(ani) == (2_000, 0)


def test_a_loss_tells_what_it_costs_before_it_is_reported_and_one_searched_for_is_searched_for_again(desk, sari, ani):
    loan = lent(ani, fine=500, refund_days=30, processing_fee=10_000)
    with clock.stopped_at(after(-1)):
        claim_return(loan, by=sari)
        for page in (at("loan", loan.pk), at("claimed")):
            shown = desk.get(page).content.decode()
            assert ("dikenai penggantian Rp60.000 dan pengolahan Rp10.000" in shown, "Ya, catat hilang" in shown) == (
                True,
                True,
            )
        assert cost_of_loss(loan) == (60_000, 10_000)
        desk.post(at("loss", loan.pk))
        assert owed(ani) == (70_000, 0)
        told = desk.post(at("loss", loan.pk), {"_method": "DELETE"}, follow=True).content.decode()
        assert ("dicari di rak lagi" in told, owed(ani)) == (True, (0, 0))
