"""Returns as of an earlier day, what members say they brought back, and the book drop."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from lumbung.accounts.models import Role
from lumbung.accounts.tests.factories import UserFactory
from lumbung.circulation.domain.claims import claim_return, withdraw_claim
from lumbung.circulation.domain.fines import accrue_fines, report_lost
from lumbung.circulation.domain.loans import check_in, renew
from lumbung.circulation.domain.payments import take_payment
from lumbung.circulation.domain.rules import add_rule
from lumbung.circulation.models import Fee, Loan
from lumbung.circulation.queries import overdue_loans
from lumbung.circulation.tests.factories import HoldFactory, ItemFactory, LoanFactory
from lumbung.circulation.tests.test_fees import owed, refused
from lumbung.circulation.tests.test_fines import DUE, after, lent
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.organization.models import Branch
from lumbung.organization.tests.factories import BranchFactory

pytestmark = pytest.mark.django_db
MONDAY, WEDNESDAY = date(2026, 3, 2), date(2026, 3, 4)


def at(name: str, *args: int | str) -> str:
    return reverse(f"circulation:{name}", args=args)


def night(days: int) -> None:
    with clock.stopped_at(after(days)):
        accrue_fines()


def test_a_return_as_of_an_earlier_day_costs_what_it_cost_then(sari, ani, pusat):
    loan = lent(ani, fine=500)
    night(5)
    assert owed(ani) == (2500, 0)
    with clock.stopped_at(after(6)):
        result = check_in(loan.item, at=pusat, by=sari, on=WEDNESDAY, reason="dari kotak")
    loan.refresh_from_db()
    assert (owed(ani), result.overdue_days, loan.backdate_reason) == ((1000, 0), 2, "dari kotak")
    assert loan.returned_at.astimezone(pusat.zone) == datetime(2026, 3, 4, 23, 59, 59, tzinfo=pusat.zone)
    told = JournalEntry.objects.get(name="ReturnBackDated")
    assert (told.at, told.data["loan"]) == (after(6), loan.pk)


def test_what_was_paid_too_much_becomes_credit_and_the_day_it_was_due_costs_nothing(sari, ani, pusat):
    loan = lent(ani, fine=500)
    night(5)
    with clock.stopped_at(after(5)):
        take_payment(ani, 2000, method="cash", at=pusat, by=sari)
    with clock.stopped_at(after(6)):
        check_in(loan.item, at=pusat, by=sari, on=MONDAY, reason="dari kotak")
    assert (owed(ani), Loan.objects.get().returned_at) == ((0, 2000), DUE)


@pytest.mark.parametrize(("lends", "takes"), [("Asia/Jayapura", "Asia/Jakarta"), ("Asia/Jakarta", "Asia/Jayapura")])
def test_a_day_is_the_same_day_where_the_branch_that_lent_has_another_clock(sari, ani, pusat, lends, takes):
    loan = lent(ani, fine=500)
    Branch.objects.filter(pk=loan.lent_from_id).update(time_zone=lends)
    Loan.objects.update(due_at=datetime(2026, 3, 2, 23, 59, 59, tzinfo=ZoneInfo(lends)))
    other = BranchFactory(code="TIMUR", time_zone=takes)
    with clock.stopped_at(after(6)):
        result = check_in(loan.item, at=other, by=sari, on=WEDNESDAY, reason="dari kotak")
    loan = Loan.objects.get()
    assert (result.overdue_days, owed(ani)) == (2, (1000, 0))
    assert (loan.returned.tzinfo, loan.returned.date()) == (other.zone, WEDNESDAY)


def test_a_day_to_come_one_before_the_loan_and_one_without_reason_are_refused_together(sari, ani, pusat):
    loan = lent(ani, fine=500)
    with clock.stopped_at(after(6)):
        assert refused(lambda: check_in(loan.item, at=pusat, by=sari, on=date(2026, 3, 9), reason="x")) == ["return_to_come"]
        assert refused(lambda: check_in(loan.item, at=pusat, by=sari, on=date(2026, 2, 1))) == [
            "return_before_loan",
            "return_reason_missing",
        ]
        assert Loan.objects.get().returned_at is None
        check_in(loan.item, at=pusat, by=sari, on=date(2026, 3, 8))
    assert (owed(ani), JournalEntry.objects.filter(name="ReturnBackDated").count()) == ((3000, 0), 0)


def test_while_it_is_searched_for_nothing_grows_and_a_find_costs_what_it_cost_when_the_member_said_so(sari, ani, pusat):
    loan = lent(ani, fine=500)
    with clock.stopped_at(after(2)):
        claim_return(loan, by=sari)
        assert refused(lambda: claim_return(loan, by=sari)) == ["claimed_returned"]
        assert refused(lambda: renew(loan, by=sari)) == ["claimed_returned"]
    night(9)
    with clock.stopped_at(after(9)):
        assert (list(overdue_loans(clock.now())), owed(ani)) == ([], (1000, 0))
        assert check_in(loan.item, at=pusat, by=sari).overdue_days == 2
    assert owed(ani) == (1000, 0)


def test_a_claim_that_was_wrong_is_withdrawn_and_every_day_counts(sari, ani, pusat):
    loan = lent(ani, fine=500)
    with clock.stopped_at(after(2)):
        claim_return(loan, by=sari)
    with clock.stopped_at(after(4)):
        withdraw_claim(loan, by=sari)
        assert refused(lambda: withdraw_claim(loan, by=sari)) == ["not_claimed"]
        check_in(loan.item, at=pusat, by=sari)
    assert owed(ani) == (2000, 0)


def test_what_is_not_found_is_lost_and_charged_without_the_days_of_the_search(sari, ani):
    loan = lent(ani, fine=500)
    with clock.stopped_at(after(2)):
        claim_return(loan, by=sari)
    with clock.stopped_at(after(20)):
        report_lost(loan, by=sari)
    assert [(fee.kind, fee.amount) for fee in Fee.objects.order_by("pk")] == [("overdue", 1000), ("lost", 60_000)]


@pytest.fixture
def desk(client: Client, sari, pusat) -> Client:
    client.force_login(sari)
    return client


def test_the_page_of_a_loan_starts_the_search_and_the_list_ends_it(desk, sari, ani, pusat):
    first, second = (
        LoanFactory(member=ani, item__branch=pusat, item__call_number=number, item__shelf_key=number) for number in ("2", "1")
    )
    assert "Katanya sudah kembali" in desk.get(at("loan", first.pk)).content.decode()
    for loan in (first, second):
        desk.post(at("claim", loan.pk))
    listed = desk.get(at("claimed"))
    assert [loan.pk for loan in listed.context["page"]] == [second.pk, first.pk]
    desk.delete(at("claim", first.pk))
    desk.delete(at("item_loan", second.item.barcode))
    assert "Tidak ada yang dicari" in desk.get(at("claimed")).content.decode()
    first.refresh_from_db()
    assert (first.claimed_returned_at, first.returned_at) == (None, None)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_what_is_searched_for_asks_as_much_for_three_as_for_one(desk, ani, rows, django_assert_num_queries):
    for _ in range(rows):
        LoanFactory(member=ani, claimed_returned_at=clock.now())
    with django_assert_num_queries(6):
        desk.get(at("claimed"))


def test_the_page_of_a_loan_takes_back_as_of_the_day_typed_and_says_what_is_wrong_with_it(desk, sari, ani, pusat):
    loan, back = LoanFactory(member=ani), clock.today(pusat.zone)
    for on in ("2026-99-99", "besok"):
        desk.post(at("item_loan", loan.item.barcode), {"_method": "DELETE", "on": on, "reason": "x"})
    assert Loan.objects.get().returned_at is None
    given = {"_method": "DELETE", "on": back.isoformat(), "reason": "x"}
    desk.post(at("item_loan", loan.item.barcode), given)
    assert Loan.objects.get().returned_at is not None


def test_who_may_not_set_the_day_back_is_turned_away_and_sees_no_field_for_it(client, ani, pusat):
    loan = LoanFactory(member=ani)
    client.force_login(UserFactory(roles=[Role.CIRCULATION]))
    given = {"_method": "DELETE", "on": "2026-01-01", "reason": "x"}
    assert client.post(at("item_loan", loan.item.barcode), given).status_code == 403
    assert client.post(at("returns"), {"code": loan.item.barcode, "on": "2026-01-01", "reason": "x"}).status_code == 403
    assert 'name="on"' not in client.get(at("returns")).content.decode() + client.get(at("loan", loan.pk)).content.decode()
    assert Loan.objects.get().returned_at is None


def test_the_book_drop_lists_what_became_of_each_scan_and_where_it_goes(desk, ani, budi, pusat, teknik):
    plain = LoanFactory(member=ani, item__branch=pusat, item__barcode="A1", item__note="halaman 3 lepas")
    far = LoanFactory(member=ani, item__branch=teknik, item__barcode="A2")
    wanted = LoanFactory(member=ani, item__branch=pusat, item__barcode="A3")
    HoldFactory(record=wanted.item.record, member=budi, pickup_branch=pusat)
    ItemFactory(branch=pusat, barcode="A4")
    desk.post(at("working_branch"), {"branch": pusat.pk})
    desk.post(at("returns"), {"code": " *A1* "})
    desk.post(at("returns"), {"codes": "A2\r\nA3\n\nA4\nA1\nA9"})
    page = desk.get(at("returns"))
    rows = {row.code: row for row in page.context["rows"]}
    assert [(row.code, row.outcome) for row in reversed(page.context["rows"])] == [
        ("A1", "returned"),
        ("A2", "returned"),
        ("A3", "returned"),
        ("A4", "seen"),
        ("A1", "again"),
        ("A9", "unknown"),
    ]
    assert (rows["A2"].send_to, rows["A3"].hold.member, far.pk) == (teknik, budi, rows["A2"].loan.pk)
    said = page.content.decode()
    assert all(
        each in said for each in ("halaman 3 lepas", "Kirim ke", "Rak pesanan", "Barcode tidak dikenal", plain.item.barcode)
    )
    desk.post(at("finish_returns"))
    assert desk.get(at("returns")).context["rows"] == []


def test_the_book_drop_keeps_its_day_and_its_reason_from_scan_to_scan(desk, ani, pusat):
    loan = lent(ani, fine=500)
    with clock.stopped_at(after(5)):
        page = desk.post(at("returns"), {"code": loan.item.barcode, "on": "2026-03-03", "reason": "kotak malam"}, follow=True)
        too_soon = LoanFactory(member=ani, lent_at=after(4), due_at=after(9))
        desk.post(at("returns"), {"code": too_soon.item.barcode, "on": "2026-03-03", "reason": "kotak malam"})
        last = desk.get(at("returns")).context["last"]
    assert ('value="2026-03-03"' in page.content.decode(), 'value="kotak malam"' in page.content.decode()) == (True, True)
    assert (page.context["rows"][0].days_late, page.context["rows"][0].owed) == (1, 500)
    assert (last.outcome, last.reasons) == ("refused", ["Pinjaman ini baru dimulai pada 6 Maret 2026."])
    again = desk.get(at("returns")).text
    assert "2026-03-03" not in again, "who left the page begins with today"
    assert "kotak malam" not in again


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_the_book_drop_asks_as_much_for_three_as_for_one(desk, ani, pusat, rows, django_assert_num_queries):
    for _ in range(rows):
        loan = LoanFactory(member=ani, due_at=clock.now() + timedelta(hours=1))
        desk.post(at("returns"), {"code": loan.item.barcode})
    with django_assert_num_queries(7):
        desk.get(at("returns"))


def test_a_note_on_the_copy_is_said_when_it_is_scanned(desk, ani, rule, pusat):
    item = ItemFactory(branch=pusat, note="CD ada di dalam")
    lent_now = desk.post(at("desk"), {"code": item.barcode, "member": ani.pk}, follow=True).content.decode()
    back = desk.post(at("desk"), {"code": item.barcode}, follow=True).content.decode()
    assert ("CD ada di dalam" in lent_now, "CD ada di dalam" in back) == (True, True)


def test_a_member_registered_from_the_desk_is_open_on_it_at_once(desk, ani, pusat):
    page = desk.get(at("desk"), {"q": "Citra Lestari"}).content.decode()
    assert f"name=Citra%20Lestari&amp;branch={pusat.pk}&amp;next=/staff/desk" in page
    given = {
        "name": "Citra Lestari",
        "category": ani.category_id,
        "branch": pusat.pk,
        "joined_on": "2026-01-01",
        "expires_on": "2099-01-01",
        "numbers-TOTAL_FORMS": "0",
        "numbers-INITIAL_FORMS": "0",
    }
    there = desk.post(reverse("members:new") + "?next=/staff/desk", given, follow=True)
    assert (there.redirect_chain[0][0].split("?")[0], "Citra Lestari" in there.content.decode()) == ("/staff/desk", True)
    away = desk.post(reverse("members:new") + "?next=https://jahat.example/", given | {"name": "Dewi"})
    assert away["Location"].startswith("/staff/members/")


def test_what_was_lost_and_paid_is_told_as_found_in_the_book_drop_and_where_somebody_waits_for_it(desk, sari, ani, budi, pusat):
    waited, dropped = lent(ani, fine=0), LoanFactory(member=ani, item__branch=pusat)
    HoldFactory(record=waited.item.record, member=budi, pickup_branch=pusat)
    for loan in (waited, dropped):
        report_lost(loan, by=sari)
    take_payment(ani, owed(ani)[0], method="cash", at=pusat, by=sari)
    told = "Eksemplar ini tercatat hilang; sekarang tercatat ditemukan."
    at_the_desk = desk.post(at("desk"), {"code": waited.item.barcode}, follow=True).content.decode()
    assert ("Ada yang memesan" in at_the_desk, told in at_the_desk, "saldo anggota" in at_the_desk) == (True, True, True)
    desk.post(at("returns"), {"code": dropped.item.barcode})
    page = desk.get(at("returns"))
    assert (page.context["last"].tone, told in page.content.decode()) == ("attention", True)
    assert page.context["last"].credit == owed(ani)[1] > 0


def test_the_book_drop_sends_a_copy_where_it_stands_from_now_on(desk, ani, pusat, teknik):
    add_rule(return_to="stays", by=None)
    loan = LoanFactory(member=ani, item__branch=teknik)
    desk.post(at("working_branch"), {"branch": pusat.pk})
    desk.post(at("returns"), {"code": loan.item.barcode})
    assert desk.get(at("returns")).context["last"].send_to is None
