"""What rules say together: of which case each speaks, who goes first, and how a decision explains itself."""

from datetime import UTC, date, datetime, time, timedelta
from time import process_time

import pytest

from lumbung.catalogue.models import Material
from lumbung.circulation.domain.loans import check_out, renew
from lumbung.circulation.domain.rules import add_rule, weigh
from lumbung.circulation.models import LoanRule, Policy
from lumbung.circulation.queries import blocks_to_check_out, decision, due_at, explanation, policy_words
from lumbung.circulation.queries.rules import Rules
from lumbung.circulation.queries.rulings import Case
from lumbung.circulation.tests.factories import (
    HoldFactory,
    ItemFactory,
    ItemTypeFactory,
    LoanFactory,
    LoanRuleFactory,
    RecordFactory,
)
from lumbung.circulation.tests.test_fees import refused
from lumbung.kernel import clock
from lumbung.members.tests.factories import CategoryFactory, MemberFactory
from lumbung.organization.domain.calendar import announce_closure, set_opening_hours
from lumbung.organization.domain.periods import add_period
from lumbung.organization.tests.factories import FRIDAY, BranchFactory, LocationFactory, open_on

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 3, tzinfo=UTC)  # ten in the morning in Jakarta


def days(item, member, branch, **facts) -> int | None:
    found = decision(item, member, branch, **facts)
    return found.policy.loan_days if found else None


def test_each_term_is_said_by_the_first_rule_that_says_it(ani, pusat):
    add_rule(name="Umum", fine=500, owed_limit=20_000, loan_days=7, by=None)
    add_rule(name="Mahasiswa", category=ani.category, loan_limit=3, renewal_limit=2, by=None)
    tandon = ItemTypeFactory(code="reserve")
    add_rule(name="Tandon", item_type=tandon, loan_hours=3, fine=1000, fine_per="hour", by=None)
    found = decision(ItemFactory(item_type=tandon), ani, pusat)
    assert (found.policy.loan_hours, found.policy.loan_days, found.policy.loan_limit) == (3, None, 3)
    assert (found.policy.fine, found.policy.fine_per, found.policy.owed_limit) == (1000, "hour", 20_000)
    assert found.rule.title == "Tandon"
    told = {each.name: each for each in explanation(found)}
    assert (told["loan_days"].words, told["loan_days"].runner_up.title, told["loan_days"].runner_up_words) == (
        "3 jam",
        "Umum",
        "7 hari",
    )
    assert told["loan_days"].because == "Lebih khusus: menyebut jenis eksemplar (bobot 128, berikutnya 0)."
    assert (told["renewal_limit"].ruling.title, told["renewal_limit"].because) == (
        "Mahasiswa",
        "Satu-satunya aturan yang mengaturnya di sini.",
    )
    assert told["hold_limit"].because == "Tidak ada aturan yang mengaturnya."
    assert policy_words(found.policy) == ["3 jam", "2 kali diperpanjang", "denda Rp1.000 per jam"]


def test_a_rule_holds_only_where_all_it_speaks_of_is_so(ani, pusat, teknik):
    shelf = LocationFactory(branch=pusat)
    book = ItemFactory(location=shelf, added_at=MONDAY - timedelta(days=10))
    other = ItemFactory(record=RecordFactory(material=Material.SERIAL), added_at=MONDAY - timedelta(days=100))
    ani.unit = "Teknik Sipil"
    add_rule(loan_days=7, by=None)
    cases = [
        ({"material": Material.SERIAL}, other, {}, book, {}),
        ({"location": shelf}, book, {}, other, {}),
        ({"unit": "TEKNIK SIPIL"}, book, {}, None, {}),
        ({"new_for_days": 30}, book, {}, other, {}),
        ({"in_demand": True}, book, {"in_demand": True}, book, {}),
        ({"loan_kind": "delivery"}, book, {"kind": "delivery"}, book, {}),
        ({"is_renewal": True}, book, {"is_renewal": True}, book, {}),
        ({"weekdays": "0"}, book, {"now": MONDAY}, book, {"now": MONDAY + timedelta(days=1)}),
        (
            {"first_day": date(2026, 3, 1), "last_day": date(2026, 3, 31)},
            book,
            {"now": MONDAY},
            book,
            {"now": MONDAY + timedelta(days=40)},
        ),
        ({"first_day": date(2026, 3, 3)}, book, {"now": MONDAY + timedelta(days=1)}, book, {"now": MONDAY}),
    ]
    for said, item, facts, not_item, not_facts in cases:
        rule = add_rule(**said, loan_days=3, by=None)
        assert days(item, ani, pusat, **{"now": MONDAY, **facts}) == 3, said
        if not_item is not None:
            assert days(not_item, ani, pusat, **{"now": MONDAY, **not_facts}) == 7, said
        else:
            assert days(item, MemberFactory(), pusat, now=MONDAY) == 7, said
        rule.delete()
        LoanRule.objects.exclude(loan_days=7).delete()
        weigh({}, by=None)


def test_a_rule_of_ramadan_goes_before_one_of_a_branch_and_ends_with_it(sari, ani, pusat):
    with clock.stopped_at(MONDAY):
        add_period(kind="ramadan", name="Ramadan", first_day=date(2026, 2, 18), last_day=date(2026, 3, 19), by=sari)
    add_rule(loan_days=7, branch=pusat, by=sari)
    add_rule(loan_days=14, period="ramadan", by=sari)
    item = ItemFactory()
    assert [days(item, ani, pusat, now=MONDAY + timedelta(days=n)) for n in (0, 17, 18)] == [14, 14, 7]


def test_a_rule_for_a_campus_holds_in_its_branches_until_one_has_its_own(ani, pusat):
    faculty = BranchFactory(code="FKIP", parent=pusat)
    add_rule(branch=pusat, loan_days=7, by=None)
    assert days(ItemFactory(), ani, faculty) == 7
    add_rule(branch=faculty, loan_days=5, by=None)
    assert (days(ItemFactory(), ani, faculty), days(ItemFactory(), ani, pusat)) == (5, 7)


def test_a_rule_may_forbid_and_a_more_particular_one_allow_again(sari, ani, pusat):
    serial = ItemTypeFactory(code="majalah")
    add_rule(loan_days=7, by=sari)
    add_rule(name="Majalah di tempat", item_type=serial, may_borrow=False, by=sari)
    item = ItemFactory(item_type=serial)
    assert [str(block) for block in blocks_to_check_out(item, ani, at=pusat)] == [
        "Menurut aturan “Majalah di tempat” ini tidak dipinjamkan."
    ]
    add_rule(item_type=serial, category=ani.category, loan_days=1, by=sari)
    assert check_out(item, to=ani, at=pusat, by=sari).terms.loan_days == 1


def test_a_rule_that_matches_nothing_says_so_and_nothing_is_lent(sari, ani, pusat):
    add_rule(category=CategoryFactory(code="lain"), loan_days=7, by=sari)
    add_rule(fine=500, by=sari)
    assert refused(lambda: check_out(ItemFactory(), to=ani, at=pusat, by=sari)) == ["no_rule"]


def test_a_limit_of_a_shelf_counts_what_came_from_it(sari, ani, pusat):
    shelf = LocationFactory(branch=pusat)
    add_rule(loan_days=7, loan_limit=5, by=sari)
    add_rule(location=shelf, loan_limit=1, by=sari)
    check_out(ItemFactory(location=shelf), to=ani, at=pusat, by=sari)
    assert refused(lambda: check_out(ItemFactory(location=shelf), to=ani, at=pusat, by=sari)) == ["type_limit_reached"]
    check_out(ItemFactory(), to=ani, at=pusat, by=sari)


def test_reading_on_site_is_due_when_it_closes_and_is_counted_apart(sari, ani, pusat):
    with clock.stopped_at(MONDAY):
        open_on(pusat)
        add_rule(loan_days=7, loan_limit=1, by=sari)
        kamus = ItemFactory(item_type=ItemTypeFactory(code="dictionary", lendable=False))
        check_out(ItemFactory(), to=ani, at=pusat, by=sari)
        read = check_out(
            kamus, to=ani, at=pusat, by=sari, kind="on_site", waive={"loan_limit_reached"}, waive_reason="Dibaca di sini"
        )
        assert read.due_at == datetime.combine(MONDAY.date(), time(16), pusat.zone)
        assert refused(lambda: check_out(ItemFactory(), to=ani, at=pusat, by=sari)) == ["loan_limit_reached"]


def test_what_is_in_demand_goes_out_for_less(sari, ani, budi, pusat):
    add_rule(loan_days=14, by=sari)
    add_rule(in_demand=True, loan_days=3, by=sari)
    item = ItemFactory()
    ItemFactory.create_batch(2, record=item.record)
    HoldFactory(record=item.record, member=budi)
    assert check_out(item, to=ani, at=pusat, by=sari).terms.loan_days == 3


def test_the_loan_keeps_the_terms_whatever_happens_to_the_rules(sari, ani, pusat):
    rule = add_rule(loan_days=7, renewal_limit=1, fine=500, by=sari)
    add_rule(is_renewal=True, loan_days=3, by=sari)
    with clock.stopped_at(MONDAY):
        loan = check_out(ItemFactory(), to=ani, at=pusat, by=sari)
    LoanRule.objects.filter(pk=rule.pk).update(loan_days=30, fine=9000)
    with clock.stopped_at(MONDAY + timedelta(days=6)):
        renewed = renew(loan, by=sari)
    assert renewed.due_at.astimezone(pusat.zone).date() == date(2026, 3, 11)
    assert renewed.terms == Policy(loan_days=7, renewal_limit=1, renewal_days=3, fine=500)


def test_renewal_is_kept_to_its_window_and_to_its_whole_length(sari, ani, pusat):
    with clock.stopped_at(MONDAY):
        loan = LoanFactory(
            member=ani, policy={"loan_days": 7, "renewal_limit": 9, "renew_from_days": 2, "renewal_total_days": 12}
        )
    with clock.stopped_at(MONDAY + timedelta(days=3)):
        assert refused(lambda: renew(loan, by=ani.user)) == ["renewal_too_early"]
    with clock.stopped_at(MONDAY + timedelta(days=6)):
        assert renew(loan, by=ani.user).due_at.astimezone(pusat.zone).date() == date(2026, 3, 14)


@pytest.mark.parametrize(
    ("policy", "due"),
    [
        (Policy(loan_days=4), "2026-03-10 23:59:59"),  # Friday and Monday are closed, so are Saturday and Sunday
        (Policy(loan_days=4, closed_days="back"), "2026-03-05 23:59:59"),
        (Policy(loan_days=4, closed_days="skip"), "2026-03-10 23:59:59"),
        (Policy(loan_days=4, closed_days="ignore"), "2026-03-06 23:59:59"),
        (Policy(loan_days=30, due_by=date(2026, 3, 12)), "2026-03-12 23:59:59"),
        (Policy(loan_hours=3), "2026-03-02 13:00:00"),
        (Policy(loan_hours=8), "2026-03-03 08:00:00"),
        (Policy(loan_hours=8, closed_days="back"), "2026-03-02 16:00:00"),
        (Policy(loan_hours=8, closed_days="ignore"), "2026-03-02 18:00:00"),
        (Policy(loan_hours=90), "2026-03-10 08:00:00"),
    ],
)
def test_closed_days_move_a_due_date_as_the_rule_says(sari, pusat, policy, due):
    with clock.stopped_at(MONDAY):
        open_on(pusat)
        announce_closure(first_day=date(2026, 3, 6), last_day=date(2026, 3, 9), reason="Abu vulkanik", by=sari)
        found = due_at(policy, now=MONDAY, at=pusat, expires_on=date(2030, 1, 1))
    assert f"{found.astimezone(pusat.zone):%Y-%m-%d %H:%M:%S}" == due


def test_the_last_day_of_membership_bounds_a_loan_unless_the_rule_lets_it_pass(pusat):
    bounds = {"now": MONDAY, "at": pusat, "expires_on": date(2026, 3, 4)}
    assert due_at(Policy(loan_days=7), **bounds).date() == date(2026, 3, 4)
    assert due_at(Policy(loan_hours=200), **bounds).date() == date(2026, 3, 4)
    assert due_at(Policy(loan_days=7, beyond_expiry=True), **bounds).date() == date(2026, 3, 9)


def test_an_hourly_loan_over_friday_prayer_is_due_when_the_desk_opens_again(pusat):
    friday = datetime(2026, 3, 6, 2, tzinfo=UTC)  # nine
    with clock.stopped_at(friday):
        set_opening_hours(pusat, [(FRIDAY, time(7, 30), time(11, 30)), (FRIDAY, time(13), time(16, 30))], by=None)
        due = due_at(Policy(loan_hours=3), now=friday, at=pusat, expires_on=date(2030, 1, 1))
    assert due == datetime(2026, 3, 6, 13, tzinfo=pusat.zone)


def test_a_thousand_rules_are_matched_within_a_millisecond(ani, pusat):
    types = [ItemTypeFactory(code=f"t{n}") for n in range(20)]
    units = [f"Prodi {n}" for n in range(50)]
    rows = [
        LoanRule(pk=n * 50 + m + 1, item_type=each, unit=unit, loan_days=m + 1)
        for n, each in enumerate(types)
        for m, unit in enumerate(units)
    ]
    book = Rules([LoanRule(pk=9999, fine=500), *rows])
    cases = [
        Case(ani.category_id, pusat.pk, item_type=each.pk, unit=unit, day=MONDAY.date())
        for each in types
        for unit in units[:10]
    ]
    book.decide(cases[0])
    start = process_time()
    found = [book.decide(case) for case in cases]
    took = (process_time() - start) / len(cases)
    assert [(each.policy.loan_days, each.policy.fine) for each in found[:3]] == [(1, 500), (2, 500), (3, 500)]
    assert took < 0.001


def test_rules_read_again_when_another_process_changed_them(ani, pusat):
    LoanRuleFactory(category=None, loan_days=7)
    item = ItemFactory()
    assert days(item, ani, pusat) == 7
    add_rule(category=ani.category, loan_days=9, by=None)
    assert days(item, ani, pusat) == 9
