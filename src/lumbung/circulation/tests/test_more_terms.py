"""Rules that speak of faculty, programme and age, and that charge for lending, forbid holds, renew of themselves or give up as lost."""

from datetime import UTC, date, datetime, timedelta

import pytest

from lumbung.circulation.domain.fines import declare_lost
from lumbung.circulation.domain.holds import place_hold
from lumbung.circulation.domain.loans import check_in, check_out, renew, renew_of_itself, undo_check_out
from lumbung.circulation.domain.rules import add_rule, change_rule
from lumbung.circulation.models import Fee, Loan, LoanRule
from lumbung.circulation.queries import decision, policy_words, standing
from lumbung.circulation.queries.explaining import explanation, said_words
from lumbung.circulation.queries.previewing import preview, rules_with
from lumbung.circulation.queries.rules import age_on, rules_now
from lumbung.circulation.tests.factories import HoldFactory, ItemFactory, LoanFactory, LoanRuleFactory
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.members.models import Member
from lumbung.members.tests.factories import MemberFactory
from lumbung.organization.domain.studies import add_programme, change_programme, faculty_named, remove_programme

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)  # nine in the morning in Jakarta


def refused_codes(verb, *given, **said) -> list[str]:
    with pytest.raises(Refused) as refused:
        verb(*given, **said)
    return refused.value.codes


def test_a_rule_speaks_of_the_faculty_of_the_programme_a_member_is_in_and_of_the_programme_before_it(ani, pusat, rule):
    health, law = faculty_named("Ilmu Kesehatan"), faculty_named("Hukum")
    nursing = add_programme(code="14201", name="Keperawatan", level="S1", faculty=health, by=None)
    add_rule(name="Kesehatan", faculty=health, loan_days=10, by=None)
    item = ItemFactory()
    assert decision(item, ani, pusat).policy.loan_days == 7
    ani.programme = nursing
    assert decision(item, ani, pusat).policy.loan_days == 10
    change_programme(nursing, faculty=law, by=None)
    assert decision(item, ani, pusat).policy.loan_days == 7
    add_rule(name="Perawat", programme=nursing, loan_days=21, by=None)
    add_rule(name="Hukum", faculty=law, loan_days=5, by=None)
    found = decision(item, ani, pusat)
    assert (found.policy.loan_days, found.rule.title, found.runner_up("loan_days").title) == (21, "Perawat", "Hukum")
    assert refused_codes(remove_programme, nursing, by=None) == ["programme_in_use"]


@pytest.mark.parametrize(
    ("born", "days"),
    [(date(2008, 3, 3), 3), (date(2008, 3, 2), 7), (date(2013, 3, 3), 3), (date(2014, 3, 3), 7), (None, 7)],
    ids=["eighteen tomorrow", "eighteen today", "twelve until tomorrow", "eleven", "birthday not known"],
)
def test_a_rule_for_ages_holds_from_one_birthday_to_the_next_and_for_nobody_whose_birthday_is_not_known(
    ani, pusat, rule, born, days
):
    LoanRuleFactory(category=None, age_from=12, age_to=17, loan_days=3)
    ani.born_on = born
    with clock.stopped_at(MONDAY):
        assert decision(ItemFactory(), ani, pusat).policy.loan_days == days


def test_somebody_born_on_a_leap_day_is_a_year_older_from_the_first_of_march():
    assert [age_on(date(2008, 2, 29), date(2026, month, day)) for month, day in ((2, 28), (3, 1))] == [17, 18]


def test_ages_that_run_backwards_are_refused_with_what_else_is_wrong(sari):
    assert refused_codes(add_rule, age_from=18, age_to=12, loan_days=4000, by=sari) == [
        "rule_number_wrong",
        "rule_ages_backwards",
    ]


def test_a_new_rule_for_an_age_is_seen_against_the_loans_of_those_of_that_age(ani, pusat, rule):
    young = MemberFactory(category=ani.category, born_on=date(2012, 5, 1))
    with clock.stopped_at(MONDAY):
        LoanFactory(member=young)
        LoanFactory(member=ani)
        seen = preview(rules_with(LoanRule(age_to=17, loan_days=3)))
    assert (seen.open_loans, [effect.loans for effect in seen.effects]) == (2, [1])


def test_what_borrowing_and_renewing_cost_is_charged_once_each_and_undone_with_the_loan(sari, ani, pusat, rule):
    rule.loan_fee, rule.renewal_fee = 2000, 500
    rule.save()
    with clock.stopped_at(MONDAY):
        loan = check_out(ItemFactory(), to=ani, at=pusat, by=sari)
        slip = check_out(ItemFactory(), to=ani, at=pusat, by=sari)
        undo_check_out(slip, by=sari)
    with clock.stopped_at(MONDAY + timedelta(days=3)):
        renew(loan, by=ani.user)
    charged = Fee.objects.open().order_by("pk").values_list("kind", "amount", "loan")
    assert list(charged) == [("lending", 2000, loan.pk), ("renewal", 500, loan.pk)]
    assert standing(Member.objects.get(pk=ani.pk)).owed == 2500
    assert policy_words(loan.terms) == ["7 hari", "biaya pinjam Rp2.000", "2 kali diperpanjang", "biaya perpanjangan Rp500"]


def test_what_is_due_today_is_renewed_of_itself_where_the_terms_say_so_and_nothing_stands_against_it(
    sari, ani, budi, pusat, rule
):
    rule.auto_renew = True
    rule.save()
    with clock.stopped_at(MONDAY):
        free, wanted = (check_out(ItemFactory(), to=ani, at=pusat, by=sari) for _ in range(2))
        HoldFactory(record=wanted.item.record, member=budi)
    with clock.stopped_at(MONDAY + timedelta(days=6)):
        assert renew_of_itself() == 0
    with clock.stopped_at(MONDAY + timedelta(days=7, hours=-8)):
        assert (renew_of_itself(), renew_of_itself()) == (1, 0)
    free.refresh_from_db()
    wanted.refresh_from_db()
    assert (free.due_at.date(), free.renewal_count, wanted.renewal_count) == (date(2026, 3, 16), 1, 0)
    assert JournalEntry.objects.get(name="Renewed").actor_id is None
    assert policy_words(free.terms)[1] == "2 kali diperpanjang, otomatis"


def test_what_costs_money_is_never_renewed_of_itself(sari, ani, pusat, rule):
    rule.auto_renew, rule.renewal_fee = True, 500
    rule.save()
    with clock.stopped_at(MONDAY):
        check_out(ItemFactory(), to=ani, at=pusat, by=sari)
    with clock.stopped_at(MONDAY + timedelta(days=7, hours=-8)):
        assert (renew_of_itself(), Fee.objects.count()) == (0, 0)


def test_what_is_overdue_for_as_long_as_its_terms_say_counts_as_lost_until_it_comes_back(sari, ani, pusat, rule):
    rule.lost_after_days, rule.lost_price = 30, 80_000
    rule.save()
    with clock.stopped_at(MONDAY):
        loan = check_out(ItemFactory(price=None), to=ani, at=pusat, by=sari)
    with clock.stopped_at(MONDAY + timedelta(days=36)):
        assert declare_lost() == 0
    with clock.stopped_at(MONDAY + timedelta(days=37)):
        assert (declare_lost(), declare_lost()) == (1, 0)
        loan.refresh_from_db()
        loan.item.refresh_from_db()
        assert (loan.reported_lost_at, loan.item.status) == (clock.now(), "lost")
        assert [(fee.kind, fee.left) for fee in Fee.objects.open()] == [("lost", 80_000)]
    with clock.stopped_at(MONDAY + timedelta(days=40)):
        assert check_in(loan.item, at=pusat, by=sari).was_lost is True
    assert standing(Member.objects.get(pk=ani.pk)).owed == 0


def test_a_title_on_the_shelf_or_one_no_rule_lets_be_held_is_not_held_and_the_rule_is_named(ani, budi, pusat, rule):
    rule.name, rule.hold_on_shelf = "Mahasiswa", False
    rule.save()
    item = ItemFactory(branch=pusat)
    with pytest.raises(Refused) as refused:
        place_hold(item.record, member=ani, pickup_branch=pusat, by=ani.user)
    assert [str(reason) for reason in refused.value.reasons] == [
        "Masih ada eksemplarnya di rak, jadi tidak perlu dipesan (aturan “Mahasiswa”)."
    ]
    LoanFactory(item=item, member=budi)
    place_hold(item.record, member=ani, pickup_branch=pusat, by=ani.user)
    change_rule(rule, hold_limit=0, by=None)
    other = ItemFactory(branch=pusat)
    LoanFactory(item=other, member=budi)
    with pytest.raises(Refused) as refused:
        place_hold(other.record, member=ani, pickup_branch=pusat, by=ani.user)
    assert [str(reason) for reason in refused.value.reasons] == ["Judul ini tidak dapat dipesan (aturan “Mahasiswa”)."]


def test_each_new_term_is_told_with_the_rule_that_says_it(ani, pusat, rule):
    more = LoanRuleFactory(
        name="Tandon", category=None, branch=pusat, loan_days=None, loan_limit=None, renewal_limit=None, hold_limit=0, hold_days=None,
        loan_fee=1000, renewal_fee=500, lost_after_days=60, lost_percent=100, lost_copies=0,
    )  # fmt: skip
    told = {
        each.name: (each.words, each.ruling.title) for each in explanation(decision(ItemFactory(), ani, pusat)) if each.ruling
    }
    assert told["loan_fee"] == ("biaya pinjam Rp1.000", "Tandon")
    assert told["renewal_fee"] == ("biaya perpanjangan Rp500", "Tandon")
    assert told["hold_limit"] == ("tidak dapat dipesan", "Tandon")
    assert told["lost_percent"] == ("100% dari harga, dianggap hilang sesudah terlambat 60 hari", "Tandon")
    [ruling] = [each for each in rules_now().rulings if each.pk == more.pk]
    assert "biaya pinjam Rp1.000" in said_words(ruling)
    assert Loan.objects.count() == 0


def test_a_rule_for_those_below_one_year_is_not_the_rule_for_every_age(sari):
    add_rule(loan_days=3, by=sari)
    add_rule(age_from=0, age_to=0, loan_days=5, by=sari)
    assert LoanRule.objects.count() == 2
