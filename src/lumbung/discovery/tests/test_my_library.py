"""The member's own pages: Ani sees Ani's, Budi never does."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from lumbung.circulation.domain.loans import check_out
from lumbung.circulation.models import Hold, Loan
from lumbung.circulation.tests.factories import HoldFactory, ItemFactory, LoanFactory, LoanRuleFactory, RecordFactory
from lumbung.kernel import clock

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


def lent(member, title: str, *, due_in: int, lent_ago: int = 3) -> Loan:
    item = ItemFactory(record=RecordFactory(title=title))
    return LoanFactory(item=item, member=member, lent_at=NOON - timedelta(days=lent_ago), due_at=NOON + timedelta(days=due_in))


def test_a_visitor_is_asked_to_sign_in(client: Client) -> None:
    for path in ("/my", "/my/history", "/my/settings"):
        page = client.get(path)
        assert (page.status_code, page["Location"]) == (302, f"/accounts/login/?next={path}")
    for path in ("/my/loans/1/renewal", "/my/loans/renewal", "/my/holds/1"):
        assert client.post(path).status_code in {302, 405}


def test_ani_sees_her_loans_in_words_and_budi_does_not(client: Client, signed_in, ani, budi) -> None:
    with clock.stopped_at(NOON):
        lent(ani, "Bumi manusia", due_in=1)
        lent(ani, "Laut bercerita", due_in=-3, lent_ago=10)
        page = signed_in(client, ani.user).get("/my").text
        assert "Halo, Ani" in page
        assert 'class="tag due" title="Sel 24 Nov 2026">Besok</span>' in page
        assert ">Terlambat 3 hari</span>" in page
        assert "Bumi manusia" not in signed_in(client, budi.user).get("/my").text


def test_each_loan_tells_its_terms_in_plain_words_and_which_rule_set_them(client: Client, signed_in, ani, sari) -> None:
    LoanRuleFactory(name="Mahasiswa", category=ani.category, fine=500, grace_days=1)
    check_out(ItemFactory(), to=ani, at=ani.branch, by=sari)
    page = signed_in(client, ani.user).get("/my").text
    said = ("7 hari", "2 kali diperpanjang", "denda Rp500 per hari, tenggang 1 hari", "aturan “Mahasiswa”")
    told = "".join(f"<li>{phrase}</li>" for phrase in said)
    assert f"<summary>Syarat pinjaman ini</summary><ul>{told}</ul>" in page


def test_ani_renews_and_is_told_the_new_day(client: Client, signed_in, ani) -> None:
    with clock.stopped_at(NOON):
        loan = lent(ani, "Bumi manusia", due_in=1)
        LoanRuleFactory(category=ani.category)
        page = signed_in(client, ani.user).post(f"/my/loans/{loan.pk}/renewal", follow=True)
    assert "Diperpanjang: Bumi manusia, kembali Sen 30 Nov 2026." in page.text
    assert "1× diperpanjang" in page.text


def test_a_loan_that_may_not_be_renewed_says_every_reason(client: Client, signed_in, ani, budi) -> None:
    with clock.stopped_at(NOON):
        loan = lent(ani, "Bumi manusia", due_in=-3, lent_ago=10)
        HoldFactory(record=loan.item.record, member=budi)
        page = signed_in(client, ani.user).get("/my").text
        assert "Belum dapat diperpanjang" in page
        late = "Pinjaman ini sudah lewat jatuh tempo 20 November 2026 (ketentuan umum)."
        assert f"<li>Judul ini dipesan oleh anggota lain.</li><li>{late}" in page
        assert f"/my/loans/{loan.pk}/renewal" not in page
        client.post(f"/my/loans/{loan.pk}/renewal")
    loan.refresh_from_db()
    assert loan.renewal_count == 0


def test_budi_cannot_touch_what_is_anis(client: Client, signed_in, ani, budi) -> None:
    with clock.stopped_at(NOON):
        loan, hold = lent(ani, "Bumi manusia", due_in=1), HoldFactory(member=ani)
        signed_in(client, budi.user)
        assert client.post(f"/my/loans/{loan.pk}/renewal").status_code == 404
        assert client.post(f"/my/holds/{hold.pk}", {"_method": "DELETE"}).status_code == 404
    hold.refresh_from_db()
    assert hold.state == Hold.States.WAITING


def test_all_are_renewed_that_may_be_and_the_rest_say_why(client: Client, signed_in, ani) -> None:
    with clock.stopped_at(NOON):
        first, late = lent(ani, "Bumi manusia", due_in=1), lent(ani, "Laut bercerita", due_in=-3, lent_ago=10)
        page = signed_in(client, ani.user).post("/my/loans/renewal", follow=True).text
    assert "1 pinjaman diperpanjang." in page
    assert "Laut bercerita: Pinjaman ini sudah lewat jatuh tempo" in page
    assert [(loan.pk, loan.renewal_count) for loan in Loan.objects.order_by("pk")] == [(first.pk, 1), (late.pk, 0)]


def test_ani_sees_her_place_in_the_queue_and_may_leave_it(client: Client, signed_in, ani, budi) -> None:
    with clock.stopped_at(NOON):
        before = HoldFactory(member=budi, record=RecordFactory(title="Pulang"))
        hold = HoldFactory(member=ani, record=before.record, placed_at=NOON + timedelta(minutes=1))
        assert "Urutan ke-2 dalam antrean" in signed_in(client, ani.user).get("/my").text
        page = client.post(f"/my/holds/{hold.pk}", {"_method": "DELETE"}, follow=True)
    assert "Pesanan dibatalkan: Pulang." in page.text
    assert [each.pk for each in Hold.objects.open()] == [before.pk]


def test_history_is_off_until_ani_asks_for_it(client: Client, signed_in, ani) -> None:
    with clock.stopped_at(NOON):
        loan = lent(ani, "Bumi manusia", due_in=1)
        Loan.objects.filter(pk=loan.pk).update(returned_at=NOON)
        signed_in(client, ani.user)
        assert "Bumi manusia" not in client.get("/my/history").text
        client.post("/my/settings", {"keeps_history": "on"})
        assert "Bumi manusia" in client.get("/my/history").text
        client.post("/my/settings", {})
        assert "Bumi manusia" not in client.get("/my/history").text


def test_an_account_without_membership_is_told_what_to_do(client: Client, signed_in, sari) -> None:
    assert "Akun ini belum terhubung dengan keanggotaan" in signed_in(client, sari).get("/my").text
    assert client.get("/my/history").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_my_page_takes_a_fixed_number_of_statements(
    client: Client, signed_in, ani, rows: int, django_assert_num_queries
) -> None:
    with clock.stopped_at(NOON):
        for number in range(rows):
            lent(ani, f"Judul {number}", due_in=1)
            HoldFactory(member=ani, record=RecordFactory(title=f"Pesanan {number}"))
        signed_in(client, ani.user).get("/my")
        with django_assert_num_queries(14):
            client.get("/my")


def test_whose_membership_begins_later_is_not_told_that_it_ended(client: Client, signed_in, ani) -> None:
    type(ani).objects.filter(pk=ani.pk).update(joined_on=date(2030, 3, 2), expires_on=date(2031, 3, 2))
    assert "berakhir" not in signed_in(client, ani.user).get("/my").text


def test_whose_membership_ended_is_told_at_once_and_where_to_go(client: Client, signed_in, ani) -> None:
    reader = signed_in(client, ani.user)
    assert "Keanggotaan Anda berakhir" not in reader.get("/my").text
    type(ani).objects.filter(pk=ani.pk).update(expires_on=date(2026, 3, 2))
    page = reader.get("/my").text
    assert "Keanggotaan Anda berakhir pada Sen 2 Mar 2026." in page
    assert 'href="/#cabang"' in page
    assert "Berlaku s.d." not in page
