"""What rules say of the due day, of fines and suspensions by stretches of time, of discounts, and what they have people told."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from lumbung.circulation.domain.loans import check_in, check_out, renew
from lumbung.circulation.domain.rules import add_rule
from lumbung.circulation.models import Fee, FeeAccount, Loan, LoanRule
from lumbung.circulation.queries import blocks_to_check_out, decision, policy_words
from lumbung.circulation.queries.explaining import explanation
from lumbung.circulation.queries.previewing import preview, rules_with
from lumbung.circulation.queries.term_words import words_of
from lumbung.circulation.tests.factories import ItemFactory, LoanFactory
from lumbung.kernel import clock
from lumbung.kernel.refusals import Refused

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Asia/Jakarta")
MONDAY = datetime(2026, 3, 2, 9, tzinfo=ZONE)


def lent(member, at, by, **terms) -> Loan:
    add_rule(name="Semua", **{"loan_days": 7, **terms}, by=by)
    with clock.stopped_at(MONDAY):
        return check_out(ItemFactory(branch=at, price=80_000), to=member, at=at, by=by)


def due(loan: Loan) -> str:
    return loan.due_at.astimezone(ZONE).strftime("%d %H:%M")


@pytest.mark.parametrize(
    ("how", "day", "expected", "words"),
    [
        ("", 5, "05 23:59", "7 hari, paling lambat 5 Maret 2026"),
        ("latest", 20, "09 23:59", "7 hari, paling lambat 20 Maret 2026"),
        ("latest", 2, "02 23:59", "7 hari, paling lambat 2 Maret 2026"),
        ("latest", 1, "09 23:59", "7 hari"),
        ("", 1, "09 23:59", "7 hari"),
        ("exactly", 5, "05 23:59", "sampai 5 Maret 2026"),
        ("exactly", 20, "20 23:59", "sampai 20 Maret 2026"),
        ("exactly", 2, "02 23:59", "sampai 2 Maret 2026"),
        ("exactly", 1, "09 23:59", "7 hari"),
        ("earliest", 5, "09 23:59", "7 hari, tidak sebelum 5 Maret 2026"),
        ("earliest", 20, "20 23:59", "7 hari, tidak sebelum 20 Maret 2026"),
    ],
)
def test_a_day_that_a_rule_names_is_the_latest_the_only_or_the_earliest_one(sari, ani, pusat, how, day, expected, words):
    loan = lent(ani, pusat, sari, due_by=date(2026, 3, day), due_by_how=how)
    assert (due(loan), policy_words(loan.terms)[0]) == (expected, words)


@pytest.mark.parametrize("how", ["exactly", "latest", ""])
def test_a_last_day_that_is_over_leaves_the_word_to_the_next_rule_and_the_page_of_rules_says_so(sari, ani, pusat, client, how):
    term = add_rule(name="Semester ini", due_by=date(2026, 6, 30), due_by_how="exactly", by=sari)
    over = {"due_by": date(2026, 3, 1), "due_by_how": how}
    loan = lent(ani, pusat, sari, category=ani.category, **over)
    assert (due(loan), loan.terms.due_by, loan.rule_for("due_by")) == ("30 23:59", date(2026, 6, 30), term.pk)
    item = ItemFactory(branch=pusat)
    with clock.stopped_at(MONDAY):
        found = decision(item, ani, pusat)
        assert (found.title_of("due_by"), found.runner_up("due_by")) == ("Semester ini", None)
        client.force_login(sari)
        said = client.get(reverse("circulation:rules")).content.decode()
    assert said.count("tanggal kembalinya sudah lewat dan tidak dipakai lagi") == 1


def test_an_exact_day_that_is_over_and_nothing_else_is_no_length_and_the_desk_says_so(sari, ani, pusat):
    add_rule(name="Semua", due_by=date(2026, 3, 1), due_by_how="exactly", by=sari)
    with clock.stopped_at(MONDAY):
        assert [block.code for block in blocks_to_check_out(ItemFactory(branch=pusat), ani, at=pusat)] == ["no_rule"]


def test_a_loan_of_an_exact_day_stays_due_that_day_however_late_it_is_renewed(sari, ani, pusat):
    loan = lent(ani, pusat, sari, due_by=date(2026, 3, 5), due_by_how="exactly", renewal_limit=2, renew_overdue=True)
    with clock.stopped_at(MONDAY + timedelta(days=1)), pytest.raises(Refused, match="renewal_gains_nothing"):
        renew(loan, by=sari)


@pytest.mark.parametrize(("how", "expected"), [("latest", "02 13:00"), ("exactly", "05 23:59"), ("earliest", "05 23:59")])
def test_the_day_holds_for_what_is_lent_by_the_hour_too(sari, ani, pusat, how, expected):
    assert due(lent(ani, pusat, sari, loan_days=None, loan_hours=4, due_by=date(2026, 3, 5), due_by_how=how)) == expected


def test_a_day_alone_is_length_enough_when_it_is_exact(sari, ani, pusat):
    assert due(lent(ani, pusat, sari, loan_days=None, due_by=date(2026, 3, 20), due_by_how="exactly")) == "20 23:59"


@pytest.mark.parametrize(
    ("terms", "late", "fine"),
    [
        ({"fine": 1000, "fine_every": 3}, 1, 1000),
        ({"fine": 1000, "fine_every": 3}, 4, 2000),
        ({"fine": 1000, "fine_every": 3, "fine_at_end": True}, 2, 0),
        ({"fine": 1000, "fine_every": 3, "fine_at_end": True}, 5, 1000),
        ({"fine": 1000, "fine_per": "week", "fine_at_end": True}, 13, 1000),
        ({"fine": 1000, "fine_per": "week", "fine_every": 2}, 15, 2000),
        ({"fine": 1000, "fine_per": "once", "fine_every": 3}, 9, 1000),
        ({"fine": 1000, "fine_every": 3, "grace_days": 2, "grace_deducts": True}, 5, 1000),
    ],
)
def test_a_fine_is_for_so_many_days_at_their_beginning_or_at_their_end(sari, ani, pusat, terms, late, fine):
    loan = lent(ani, pusat, sari, **terms)
    with clock.stopped_at(MONDAY + timedelta(days=7 + late)):
        check_in(loan.item, at=pusat, by=sari)
    assert sum(Fee.objects.values_list("amount", flat=True)) == fine


def test_a_suspension_is_for_every_so_many_days_late(sari, ani, pusat):
    loan = lent(ani, pusat, sari, suspension_days=2, suspension_every=3)
    with clock.stopped_at(MONDAY + timedelta(days=7 + 8)):
        check_in(loan.item, at=pusat, by=sari)
    assert FeeAccount.objects.get(member=ani).suspended_until == date(2026, 3, 17 + 5)


def test_a_discount_of_one_rule_is_taken_off_the_fee_of_another(sari, ani, pusat):
    add_rule(name="Alumni", category=ani.category, loan_fee_discount=25, by=sari)
    loan = lent(ani, pusat, sari, loan_fee=2001)
    assert [(fee.kind, fee.amount) for fee in Fee.objects.all()] == [("lending", 1500)]
    assert policy_words(loan.terms)[1] == "biaya pinjam Rp1.500 (dipotong 25%)"


def test_a_note_is_told_with_the_decision_at_the_desk_and_to_the_member(sari, ani, pusat, client, signed_in):
    note = "Periksa kelengkapan CD-nya."
    add_rule(name="Semua", loan_days=7, note=note, by=sari)
    item = ItemFactory(branch=pusat)
    asked = {"member": ani.barcode, "item": item.barcode, "branch": pusat.pk}
    assert note in signed_in(client, sari).get(reverse("circulation:tester"), asked).text
    with clock.stopped_at(MONDAY):
        loan = check_out(item, to=ani, at=pusat, by=sari)
        assert note in client.get(reverse("circulation:loan", args=[loan.pk])).text
        assert note in signed_in(client, ani.user).get("/my").text
    told = {each.name: (each.words, each.ruling.title) for each in explanation(decision(item, ani, pusat)) if each.ruling}
    assert told["note"] == (note, "Semua")


@pytest.mark.parametrize(
    ("says", "words"),
    [
        ({"fine": 1000, "fine_every": 3, "fine_at_end": True}, ["denda Rp1.000 per 3 hari yang genap"]),
        ({"suspension_days": 2, "suspension_every": 3}, ["skors 2 hari untuk tiap 3 hari terlambat"]),
        ({"renewal_forgives": True}, ["denda dihapus bila diperpanjang"]),
        ({"renewal_forgives": False}, ["denda dihapus bila diperpanjang: tidak"]),
        ({"fine": 0, "lost_price": 75000}, ["tanpa denda", "harga bila tidak tercatat: Rp75.000"]),
        ({"renewal_total_days": 60}, ["lama seluruhnya dengan perpanjangan (hari): 60"]),
        ({"may_borrow": False}, ["tidak dipinjamkan"]),
    ],
)
def test_a_rule_is_told_in_words_also_of_what_people_seldom_ask_about(says, words):
    assert words_of(says) == words


def test_a_preview_tells_of_every_term_that_would_be_otherwise(sari, ani, pusat):
    rule = add_rule(name="Semua", loan_days=7, renewal_limit=1, by=sari)
    LoanFactory(member=ani)
    drawn = LoanRule.objects.get(pk=rule.pk)
    drawn.renew_overdue, drawn.cap_at_price, drawn.unseen_limit = True, True, 1
    told = [(each.label, each.before, each.after) for effect in preview(rules_with(drawn)).effects for each in effect.changes]
    assert told == [
        (
            "Perpanjangan",
            "1 kali diperpanjang",
            "1 kali diperpanjang, tanpa memperlihatkan buku paling banyak 1 kali",
        ),
        ("Boleh diperpanjang walau terlambat", "tidak", "ya"),
        ("Denda tidak melebihi harga", "tidak", "ya"),
    ]


def test_an_explanation_tells_of_every_term_a_rule_says(sari, ani, pusat):
    add_rule(name="Semua", loan_days=7, cap_at_price=True, renewal_total_days=30, by=sari)
    told = {each.name: (each.label, each.words) for each in explanation(decision(ItemFactory(), ani, pusat))}
    assert told["cap_at_price"] == ("Denda tidak melebihi harga", "ya")
    assert told["renewal_total_days"] == ("Lama seluruhnya dengan perpanjangan (hari)", "30")


def test_a_limit_of_what_is_read_on_site_stands_apart_from_the_limit_of_loans(sari, ani, pusat):
    add_rule(name="Semua", loan_days=7, loan_limit=1, by=sari)
    add_rule(name="Di tempat", loan_kind="on_site", loan_limit=2, by=sari)

    def refused_because(kind: str) -> list[str]:
        return [str(reason) for reason in blocks_to_check_out(ItemFactory(branch=pusat), ani, at=pusat, kind=kind)]

    for kind in ("on_site", "normal", "on_site"):
        assert refused_because(kind) == []
        check_out(ItemFactory(branch=pusat), to=ani, at=pusat, by=sari, kind=kind)
    assert refused_because("on_site") == ["Sudah mencapai batas 2 pinjaman (aturan “Di tempat”)."]
    assert refused_because("normal") == ["Sudah mencapai batas 1 pinjaman (aturan “Semua”)."]
