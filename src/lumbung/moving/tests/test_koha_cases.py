"""Every case of Koha's circulation rules is decided here as Koha decides it: blanks, limits that stand beside each other, and order."""

import random
from datetime import UTC, date, datetime
from itertools import product

import pytest

from lumbung.catalogue.models import ItemType
from lumbung.circulation.domain.loans import check_out
from lumbung.circulation.domain.rules import add_rule, create_default_rules
from lumbung.circulation.domain.terms import BOUNDS
from lumbung.circulation.models import LoanKinds, LoanRule
from lumbung.circulation.queries.rules import best_rule, decision
from lumbung.circulation.queries.rulings import Demand
from lumbung.circulation.tests.factories import ItemFactory
from lumbung.kernel import clock
from lumbung.kernel.refusals import Refused
from lumbung.members.domain.categories import add_category
from lumbung.members.models import Category, Member
from lumbung.moving.domain import undoing
from lumbung.moving.domain.stages import houses
from lumbung.moving.tests.test_koha import dump, rule
from lumbung.organization.models import Branch

NOW = datetime(2026, 11, 25, 3, tzinfo=UTC)
BRANCHES, CATEGORIES, TYPES = ("CPL", "FPL"), {"S": "Pelajar", "PT": "Umum Kota"}, {"BK": "Buku", "REF": "Rujukan"}


@pytest.fixture(autouse=True)
def _now():
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def ruled(moved):
    """``ruled(rows)``: a library of Koha with these circulation rules, moved in."""
    return lambda rows, **tables: moved(dump(circulation_rules=rows, **tables), source="koha")


def decided(branch: str, category: str, kind: str | None):
    return best_rule(
        category=Category.objects.get(name=CATEGORIES[category]).pk,
        item_type=ItemType.objects.get(name=TYPES[kind]).pk if kind else None,
        branch=Branch.objects.get(code=branch).pk,
    )


def effective(rows, name: str, branch: str, category: str, kind: str | None):
    """The row that Koha takes (``get_effective_rule``): NULL fits all; branch before category before type, and a blank like any value."""
    wanted = {"branchcode": branch, "categorycode": category, "itemtype": kind}
    fitting = [
        row for row in rows if row["rule_name"] == name and all(row[part] in (None, value) for part, value in wanted.items())
    ]
    return max(fitting, key=lambda row: [row[part] is not None for part in wanted], default=None)


def value(rows, name: str, *case) -> str | None:
    found = effective(rows, name, *case)
    return found["rule_value"] if found else None


def smallest(*told: str | None) -> int | None:
    limits = [int(each) for each in told if each]
    return min(limits) if limits else None


def limit(term: str, found: int | None) -> int | None:
    """The most that can be said here is no limit."""
    return None if found == BOUNDS[term][1] else found


SCOPES = {
    "issuelength": "bct", "renewalsallowed": "bct", "fine": "bct", "firstremind": "bct", "finedays": "bct", "overduefinescap": "bct",
    "norenewalbefore": "bct", "maxsuspensiondays": "bct", "maxissueqty": "bct", "reservesallowed": "bct", "patron_maxissueqty": "bc",
    "max_holds": "bc", "holds_per_day": "bct", "holds_per_record": "bct",
}  # fmt: skip


def drawn(seed: int) -> list[dict[str, object]]:
    """Rules as a library may have set them, blanks among them; the general case says every length."""
    dice = random.Random(seed)  # noqa: S311 -- no secret
    rows = [rule("issuelength", "21"), rule("chargeperiod", "1")]
    for name, scope in SCOPES.items():
        for branch, category, kind in product((None, *BRANCHES), (None, *CATEGORIES), (None, *TYPES)):
            is_length = name == "issuelength"
            if (
                (kind and "t" not in scope)
                or (is_length and not (branch or category or kind))
                or dice.random() < (0.72, 0.95)[seed % 2]
            ):
                continue
            said = str(dice.randint(1, 40)) if is_length or dice.random() < 0.65 else ""
            rows.append(rule(name, said, category, kind, branch))
    return rows


@pytest.mark.parametrize("seed", range(6))
def test_whatever_the_rules_each_case_is_decided_as_koha_decides_it(ruled, seed):
    rows = drawn(seed)
    move = ruled(rows)
    assert (move.proof["whole"], move.findings.filter(entity="rule", refused=True).count()) == (True, 0)
    for case in product(BRANCHES, CATEGORIES, TYPES):
        ours, of_all = decided(*case), decided(*case[:2], None)
        told = {name: value(rows, name, *case) for name in SCOPES}
        typed = effective(rows, "maxissueqty", *case)
        total = smallest(value(rows, "maxissueqty", *case[:2], None), value(rows, "patron_maxissueqty", *case[:2], None))
        assert limit("loan_limit", of_all.loan_limit) == total, case
        if typed and typed["itemtype"]:
            assert limit("loan_limit", ours.loan_limit) == smallest(typed["rule_value"]), case
        days = 0 if told["maxsuspensiondays"] == "0" else int(told["finedays"] or 0)
        cap = int(told["overduefinescap"]) if told["overduefinescap"] else None
        assert {
            "loan_days": ours.loan_days,
            "renewal_limit": ours.renewal_limit,
            "fine": ours.fine,
            "grace_days": ours.grace_days,
            "suspension_days": ours.suspension_days,
            "suspension_cap": limit("suspension_cap", ours.suspension_cap),
            "fine_cap": limit("fine_cap", ours.fine_cap),
            "renew_from_days": limit("renew_from_days", ours.renew_from_days),
            "holds_per_day": limit("holds_per_day", ours.holds_per_day),
            "holds_per_record": limit("holds_per_record", ours.holds_per_record),
        } == {
            "loan_days": int(told["issuelength"]),
            "renewal_limit": int(told["renewalsallowed"] or 0),
            "fine": int(told["fine"] or 0),
            "grace_days": int(told["firstremind"] or 0),
            "suspension_days": days,
            "suspension_cap": smallest(told["maxsuspensiondays"]),
            "fine_cap": cap,
            "renew_from_days": smallest(told["norenewalbefore"]),
            "holds_per_day": smallest(told["holds_per_day"]),
            "holds_per_record": smallest(told["holds_per_record"]),
        }, case
        if told["reservesallowed"] is not None or told["max_holds"] is not None:
            held = smallest(told["reservesallowed"], value(rows, "max_holds", *case[:2], None))
            assert limit("hold_limit", ours.hold_limit) == held, case


def test_a_blank_limit_is_none_and_a_rule_that_is_not_there_is_the_more_general_one(ruled):
    ruled(
        [
            rule("issuelength", "14"), rule("maxissueqty", "5"), rule("reservesallowed", "2"), rule("overduefinescap", "20000"),
            rule("maxissueqty", "", "S"), rule("reservesallowed", "", "S"), rule("overduefinescap", "", "S"),
            rule("renewalsallowed", "3", "PT"),
        ]
    )  # fmt: skip
    free, other = decided("CPL", "S", "BK"), decided("CPL", "PT", "BK")
    assert (free.loan_limit, free.hold_limit, free.fine_cap) == (1000, 100, 100_000_000)  # the most that can be said
    assert (other.loan_limit, other.hold_limit, other.fine_cap, other.renewal_limit) == (5, 2, 20_000, 3)


def test_the_limit_of_a_patron_holds_beside_that_of_an_item_type(ruled):
    ruled(
        [
            rule("issuelength", "14"),
            rule("maxissueqty", "10"),
            rule("patron_maxissueqty", "6"),
            rule("maxissueqty", "2", "S", "REF"),
        ]
    )
    assert decided("CPL", "PT", None).loan_limit == 6
    assert decided("CPL", "S", "REF").loan_limit == 2


def test_the_limit_for_all_types_counts_loans_of_every_type_together(ruled):
    ruled([rule("issuelength", "14"), rule("maxissueqty", "2")], issues=None, old_issues=None)
    branch, ani = Branch.objects.get(code="CPL"), Member.objects.get(name="Ani Lestari")
    books, other = ItemType.objects.get(name="Buku"), ItemType.objects.get(name="Rujukan")
    for kind in (books, other):
        check_out(ItemFactory(item_type=kind, branch=branch), to=ani, at=branch, by=None)
    with pytest.raises(Refused) as refused:
        check_out(ItemFactory(item_type=books, branch=branch), to=ani, at=branch, by=None)
    assert refused.value.codes == ["loan_limit_reached"]


def test_what_is_read_in_the_house_has_a_limit_of_its_own(ruled):
    move = ruled(
        [
            rule("issuelength", "14"),
            rule("maxissueqty", "1"),
            rule("maxonsiteissueqty", "2", "S"),
            rule("patron_maxonsiteissueqty", "3"),
            rule("maxonsiteissueqty", "", "S", "REF"),
        ],
        issues=None,
        old_issues=None,
    )
    told = LoanRule.objects.filter(loan_kind="on_site").values_list(
        "category__name", "item_type__name", "loan_limit", "loan_days"
    )
    assert sorted(told, key=str) == [("Pelajar", "Rujukan", 1000, None), ("Pelajar", None, 2, None), (None, None, 3, None)]
    assert (move.proof["whole"], move.proof["differences"], move.findings.filter(code="rule_parts_kept").count()) == (
        True,
        [],
        0,
    )
    branch, ani = Branch.objects.get(code="CPL"), Member.objects.get(name="Ani Lestari")
    books = [ItemFactory(item_type=ItemType.objects.get(name="Buku"), branch=branch) for _ in range(4)]
    check_out(books[0], to=ani, at=branch, by=None)
    for each in books[1:3]:
        check_out(each, to=ani, at=branch, by=None, kind=LoanKinds.ON_SITE)
    with pytest.raises(Refused) as refused:
        check_out(books[3], to=ani, at=branch, by=None, kind=LoanKinds.ON_SITE)
    assert refused.value.codes == ["loan_limit_reached"]


def test_a_fine_without_a_stretch_of_time_or_of_nothing_is_none(ruled):
    ruled(
        [
            rule("issuelength", "14"),
            rule("fine", "500"),
            rule("chargeperiod", "1"),
            rule("fine", "0", "S"),
            rule("chargeperiod", "0", "PT"),
        ]
    )
    assert [decided("CPL", each, "BK").fine for each in ("S", "PT")] == [0, 0]


def test_what_a_loss_cost_is_given_back_as_long_as_koha_gives_it_back(ruled):
    preferences = [{"variable": "NoRefundOnLostReturnedItemsAge", "value": "90"}]
    ruled(
        [rule("issuelength", "14"), rule("lostreturn", "refund"), rule("lostreturn", "0", branch="FPL")],
        systempreferences=preferences,
    )
    found = [decided(branch, "S", "BK") for branch in BRANCHES]
    assert [(each.refund_days, each.lost_return, each.processing_return) for each in found] == [
        (90, "all", "all"),
        (90, "nothing", "all"),
    ]


def test_a_date_by_which_all_is_back_can_be_lifted_for_some(ruled):
    ruled(
        [
            rule("issuelength", "14"),
            rule("hardduedate", "2026-12-20"),
            rule("hardduedatecompare", "-1"),
            rule("hardduedate", "", "S"),
        ]
    )
    assert [decided("CPL", each, "BK").due_by for each in ("S", "PT")] == [date(2999, 12, 31), date(2026, 12, 20)]


def test_a_case_that_says_nothing_we_have_is_told_too(ruled):
    move = ruled(
        [
            rule("issuelength", "14"),
            rule("maxonsiteissueqty", "banyak", "S"),
            rule("fill_other_biblio_holds_policy", "0", None, "BK", "FPL"),
        ]
    )
    told = move.findings.filter(entity="input", code="rule_parts_kept").values_list("source_id", "facts")
    assert list(told) == [("*|S|*", {"parts": "maxonsiteissueqty"}), ("FPL|*|BK", {"parts": "fill_other_biblio_holds_policy"})]


HIGH_DEMAND = {"decreaseLoanHighHolds": "1", "decreaseLoanHighHoldsDuration": "5", "decreaseLoanHighHoldsValue": "2"}


def preferences(**said: str) -> list[dict[str, str]]:
    return [{"variable": name, "value": value} for name, value in said.items()]


def lasts(waiting: int, *, copies: int = 1, branch: str = "CPL", category: str = "S", kind: str = "BK") -> int | None:
    """For how many days a title is lent for which so many others wait."""
    member = Member.objects.filter(category__name=CATEGORIES[category]).select_related("category").first()
    item = ItemFactory(item_type=ItemType.objects.get(name=TYPES[kind]), branch=Branch.objects.get(code=branch))
    demand = Demand(waiting, copies=copies, free=0)
    found = decision(item, member, item.branch, demand=demand)
    return found.policy.loan_days if found else None


LENT = [
    rule("issuelength", "14"),
    rule("issuelength", "3", "S", "REF"),
    rule("issuelength", "21", None, None, "FPL"),
    rule("decreaseloanholds", "7", None, None, "FPL"),
    rule("decreaseloanholds", "2", "PT"),
]


@pytest.mark.parametrize(
    ("control", "case", "least", "usual", "shortened"),
    [
        ("static", {}, 3, 14, 5),
        ("static", {"kind": "REF"}, 3, 3, 3),
        ("static", {"branch": "FPL"}, 3, 21, 7),
        ("static", {"branch": "FPL", "category": "PT"}, 3, 21, 7),
        ("static", {"category": "PT"}, 3, 14, 2),
        ("dynamic", {"copies": 4}, 7, 14, 5),
        ("dynamic", {"copies": 1}, 4, 14, 5),
    ],
)
def test_what_many_wait_for_is_lent_for_as_short_as_koha_lends_it(ruled, control, case, least, usual, shortened):
    said = preferences(**HIGH_DEMAND, decreaseLoanHighHoldsControl=control)
    move = ruled(LENT, systempreferences=said)
    assert [lasts(waiting, **case) for waiting in (0, least - 1, least)] == [usual, usual, shortened]
    assert not move.findings.filter(code="rule_parts_kept").exists()
    assert move.proof["whole"] is True


@pytest.mark.parametrize("said", [{**HIGH_DEMAND, "decreaseLoanHighHolds": "0"}, {"usedaysmode": "Days"}])
def test_where_koha_shortens_nothing_neither_does_lumbung_and_nothing_is_told(ruled, said):
    move = ruled(LENT, systempreferences=preferences(**said))
    assert [lasts(9), lasts(9, branch="FPL")] == [14, 21]
    assert not move.findings.filter(code="rule_parts_kept").exists()
    assert not LoanRule.objects.filter(waiting_from__isnull=False).exists()


def test_rules_for_what_many_wait_for_go_again_when_the_move_is_undone(ruled):
    move = ruled(LENT, systempreferences=preferences(**HIGH_DEMAND, decreaseLoanHighHoldsControl="static"))
    assert LoanRule.objects.filter(waiting_from=3).count() > 1
    undoing.undo(move, by=None)
    assert not LoanRule.objects.filter(waiting_from__isnull=False).exists()


def test_a_hold_that_koha_leaves_open_beside_a_loan_of_another_copy_is_told_where_it_is_a_rule(ruled):
    move = ruled([rule("issuelength", "14"), rule("fill_other_biblio_holds_policy", "1"), rule("issuelength", "7", "S"),
                  rule("fill_other_biblio_holds_policy", "0", "S")])  # fmt: skip
    told = move.findings.filter(code="rule_parts_kept", rehearsal=False).values_list("source_id", "facts")
    assert list(told) == [("*|S|*", {"parts": "fill_other_biblio_holds_policy"})]


def test_the_proof_compares_every_term_of_a_rule_and_every_day_off(ruled, monkeypatch):
    spots = {
        each["entity"]: each["compared"]
        for each in ruled([rule("issuelength", "14"), rule("issuelength", "7", "S")]).proof["spots"]
    }
    assert (spots["rule"], spots["closed_day"]) == (2, 3)


def test_a_rule_or_a_day_off_that_came_out_differently_is_a_difference(ruled, monkeypatch):
    whole, announce = houses._terms, houses.announce_closure
    monkeypatch.setattr(houses, "_terms", lambda row: {**whole(row), "renewal_limit": 9})
    monkeypatch.setattr(houses, "announce_closure", lambda **said: announce(**{**said, "reason": "Lain"}))
    proof = ruled([rule("issuelength", "14")]).proof
    assert proof["whole"] is False
    assert [(each["entity"], each["id"], each["field"], each["source"], each["here"]) for each in proof["differences"]] == [
        ("rule", "*|*|*", "renewal_limit", "", "9"),
        ("closed_day", "2026-12-25", "reason", "Natal", "Lain"),
        ("closed_day", "2026-12-26@FPL", "reason", "Hanya Farida", "Lain"),
        ("closed_day", "2027-08-17", "reason", "Kemerdekaan", "Lain"),
    ]


def test_a_rule_a_new_library_began_with_says_what_koha_says_and_no_more_and_undoing_gives_it_back(ruled, house):
    create_default_rules(by=None)
    pupil = add_category(code="pelajar", name="Pelajar", membership_months=12, by=None)
    add_rule(category=pupil, loan_days=7, loan_limit=2, renewal_limit=1, hold_limit=1, due_by=date(2026, 12, 1), by=None)
    move = ruled([rule("issuelength", "14"), rule("patron_maxissueqty", "3", "S")])
    kept = LoanRule.objects.get(category=pupil, item_type=None, branch=None)
    assert (kept.loan_limit, kept.loan_days, kept.renewal_limit, kept.due_by) == (3, None, None, None)
    assert decided("CPL", "S", "BK").loan_days == 14
    undoing.undo(move, by=None)
    kept.refresh_from_db()
    assert (kept.loan_limit, kept.loan_days, kept.renewal_limit, kept.due_by) == (2, 7, 1, date(2026, 12, 1))


def test_rules_here_that_koha_has_not_are_told_where_they_speak_of_what_came(ruled, house):
    create_default_rules(by=None)
    town = add_category(code="kota", name="Umum Kota", membership_months=12, by=None)
    add_rule(category=town, loan_days=3, by=None)
    move = ruled([rule("issuelength", "14")])
    told = move.findings.filter(code="rule_of_ours", rehearsal=False).values_list("facts", flat=True)
    assert list(told) == [{"rule": "Umum Kota, semua jenis"}]
