"""Rules that speak of branches in several places: where it is lent, where the member belongs, whose the copy is, where it stands; and of
groups of branches instead of one."""

from datetime import date

import pytest
from django.db import IntegrityError

from lumbung.circulation.domain.limit_sets import add_limit_set
from lumbung.circulation.domain.rules import add_rule
from lumbung.circulation.models import CRITERIA, LoanRule
from lumbung.circulation.queries import blocks_to_check_out, decision, decision_of_copy, explanation
from lumbung.circulation.queries.hold_blocks import chances_of, kindest_of
from lumbung.circulation.queries.previewing import preview, rules_with
from lumbung.circulation.queries.rules import Rules
from lumbung.circulation.queries.rulings import Case
from lumbung.circulation.refusals import LIMIT_SET_REACHED, RULE_RETURNS_OF_MEMBERS, TYPE_LIMIT_REACHED
from lumbung.circulation.tests.factories import ItemFactory, ItemTypeFactory, LoanFactory
from lumbung.kernel.refusals import Refused
from lumbung.organization.domain.branch_groups import add_branch_group, change_branch_group, remove_branch_group
from lumbung.organization.refusals import GROUP_EMPTY, GROUP_IN_USE, GROUP_NAME_TAKEN, NAME_EMPTY
from lumbung.organization.tests.factories import BranchFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sipil(teknik):
    """A reading room that is part of the engineering library."""
    return BranchFactory(code="SIPIL", parent=teknik)


def days(item, member, branch) -> int | None:
    found = decision(item, member, branch)
    return found.policy.loan_days if found else None


def test_the_home_of_the_member_the_owner_and_the_place_of_the_copy_each_have_a_say(ani, pusat, teknik, sipil):
    add_rule(loan_days=7, by=None)
    add_rule(home=teknik, loan_days=10, by=None)
    add_rule(owner=teknik, loan_days=3, by=None)
    add_rule(stands=sipil, loan_days=2, by=None)
    book, theirs = ItemFactory(branch=pusat), ItemFactory(branch=sipil, held_at=pusat, returns_to=pusat)
    assert (ani.branch, days(book, ani, pusat)) == (pusat, 7)
    ani.branch = sipil
    assert (days(book, ani, pusat), days(theirs, ani, pusat)) == (10, 3)
    assert days(ItemFactory(branch=sipil), ani, pusat) == 2
    assert days(ItemFactory(branch=pusat, held_at=sipil, returns_to=sipil), ani, teknik) == 2


def test_where_it_is_lent_outweighs_where_it_stands_whose_it_is_and_where_the_member_belongs(ani, pusat, teknik):
    assert sorted(("branch", "home", "owner", "stands"), key=lambda name: -CRITERIA[name]) == [
        "branch", "stands", "owner", "home",
    ]  # fmt: skip
    book = ItemFactory(branch=teknik)
    for number, name in enumerate(("home", "owner", "stands", "branch"), start=1):
        add_rule(name=name, **{name: teknik if name in {"owner", "stands"} else pusat}, loan_days=number, by=None)
        told = next(each for each in explanation(decision(book, ani, pusat)) if each.name == "loan_days")
        assert (told.ruling.title, told.words) == (name, f"{number} hari")
    assert (told.runner_up.title, told.because) == (
        "stands",
        "Lebih khusus: menyebut cabang peminjaman (bobot 16.384, berikutnya 8.192).",
    )


def test_of_two_rules_alike_the_nearer_branch_goes_first_and_a_group_after_every_branch(ani, teknik, sipil):
    add_rule(owner_group=add_branch_group(name="Sains", branches=[sipil], by=None), loan_days=1, by=None)
    book = ItemFactory(branch=sipil)
    assert days(book, ani, teknik) == 1
    add_rule(name="Fakultas", owner=teknik, loan_days=2, by=None)
    told = next(each for each in explanation(decision(book, ani, teknik)) if each.name == "loan_days")
    assert (told.words, told.because) == ("2 hari", "Sama beratnya, tetapi cabangnya lebih dekat.")
    add_rule(owner=sipil, loan_days=3, by=None)
    assert days(book, ani, teknik) == 3


def test_a_group_reaches_across_the_tree_with_what_lies_under_its_branches_and_is_followed_at_once(ani, pusat, teknik, sipil):
    elsewhere = BranchFactory(code="KEDOKTERAN")
    south = add_branch_group(name=" Kampus  Selatan ", branches=[teknik, elsewhere], by=None)
    add_rule(loan_days=7, by=None)
    rule = add_rule(branch_group=south, loan_days=14, by=None)
    assert str(rule) == "semua anggota, semua jenis, kelompok Kampus Selatan"
    book = ItemFactory(branch=pusat)
    assert [days(book, ani, each) for each in (pusat, teknik, sipil, elsewhere)] == [7, 14, 14, 14]
    change_branch_group(south, name="Kampus Selatan", branches=[elsewhere], version=1, by=None)
    assert [days(book, ani, each) for each in (pusat, teknik, sipil, elsewhere)] == [7, 7, 7, 14]
    with pytest.raises(Refused) as caught:
        remove_branch_group(south, by=None)
    assert [each.code for each in caught.value.reasons] == [GROUP_IN_USE.code]


def test_a_group_has_a_name_of_its_own_and_a_branch(pusat):
    add_branch_group(name="Selatan", branches=[pusat], by=None)
    for name, branches, codes in (
        ("", [pusat], [NAME_EMPTY.code]),
        ("Selatan", [], [GROUP_NAME_TAKEN.code, GROUP_EMPTY.code]),
    ):
        with pytest.raises(Refused) as caught:
            add_branch_group(name=name, branches=branches, by=None)
        assert [each.code for each in caught.value.reasons] == codes


def test_a_limit_for_copies_of_one_owner_counts_those_wherever_they_were_lent(ani, pusat, teknik):
    add_rule(loan_days=7, loan_limit=5, by=None)
    add_rule(owner=teknik, loan_limit=1, by=None)
    theirs, ours = ItemFactory(branch=teknik), ItemFactory(branch=pusat)
    LoanFactory(item__branch=pusat, member=ani)
    assert TYPE_LIMIT_REACHED.code not in {each.code for each in blocks_to_check_out(theirs, ani, at=pusat)}
    LoanFactory(item__branch=teknik, lent_from=pusat, member=ani)
    assert TYPE_LIMIT_REACHED.code in {each.code for each in blocks_to_check_out(theirs, ani, at=pusat)}
    assert blocks_to_check_out(ours, ani, at=pusat) == []


def test_a_shared_limit_may_hold_for_a_group(ani, pusat, teknik):
    add_rule(loan_days=7, loan_limit=5, by=None)
    kind = ItemTypeFactory(code="kamus")
    south = add_branch_group(name="Selatan", branches=[teknik], by=None)
    add_limit_set(name="Rujukan", most=1, item_types=[kind], branch_group=south, by=None)
    LoanFactory(item__item_type=kind, item__branch=teknik, member=ani)
    book = ItemFactory(item_type=kind, branch=pusat)
    assert [each.code for each in blocks_to_check_out(book, ani, at=teknik)] == [LIMIT_SET_REACHED.code]
    assert blocks_to_check_out(book, ani, at=pusat) == []


def test_holds_look_at_the_owner_of_each_copy(ani, pusat, teknik):
    add_rule(loan_days=7, hold_limit=5, by=None)
    add_rule(owner=teknik, hold_limit=0, by=None)
    book = ItemFactory(branch=teknik)
    assert kindest_of(chances_of(book.record, ani, pusat)).policy.hold_limit == 0
    ItemFactory(record=book.record, branch=pusat)
    assert kindest_of(chances_of(book.record, ani, pusat)).policy.hold_limit == 5


def test_where_a_copy_goes_when_it_is_back_may_depend_on_whose_it_is_and_not_on_the_borrower(pusat, teknik):
    add_rule(owner=teknik, return_to="stays", by=None)
    assert decision_of_copy(ItemFactory(branch=teknik)).policy.return_to == "stays"
    with pytest.raises(Refused) as caught:
        add_rule(home=teknik, return_to="stays", by=None)
    assert [each.code for each in caught.value.reasons] == [RULE_RETURNS_OF_MEMBERS.code]


def test_the_preview_knows_whose_copies_and_whose_members_are_meant(ani, pusat, teknik):
    add_rule(loan_days=7, by=None)
    LoanFactory(item__branch=teknik, lent_from=pusat, member=ani)
    LoanFactory(item__branch=pusat, member=ani)
    for said, changed in (({"owner": teknik}, 1), ({"stands": pusat}, 1), ({"home": pusat}, 2), ({"home": teknik}, 0)):
        assert preview(rules_with(LoanRule(**said, loan_days=1))).changed == changed


def test_a_rule_names_a_branch_or_a_group_not_both(pusat):
    south = add_branch_group(name="Selatan", branches=[pusat], by=None)
    with pytest.raises(IntegrityError):
        add_rule(home=pusat, home_group=south, loan_days=1, by=None)


def test_a_librarian_chooses_branches_and_groups_from_one_list_and_sees_the_case_in_words(sari, client, pusat, teknik):
    client.force_login(sari)
    client.post("/staff/organization/branch-groups/new", {"name": "Selatan", "branches": [teknik.pk]})
    page = client.get("/staff/organization/branch-groups")
    group = page.context["page"].object_list[0]
    assert (group.name, list(group.branches.all())) == ("Selatan", [teknik])
    given = {"home": f"g{group.pk}", "owner": f"b{pusat.pk}", "loan_days": 3, "seen": "yes"}
    assert client.post("/staff/rules/new", given).status_code == 302
    rule = LoanRule.objects.get()
    assert (rule.home, rule.home_group, rule.owner) == (None, group, pusat)
    assert rule.case_in_words == "semua anggota, semua jenis, anggota kelompok Selatan, milik Perpustakaan Pusat"
    form = client.get(f"/staff/rules/{rule.pk}").context["form"]
    assert (form["home"].value(), form["owner"].value(), form["branch"].value()) == (f"g{group.pk}", f"b{pusat.pk}", "")
    refused = client.post(f"/staff/organization/branch-groups/{group.pk}", {"_method": "DELETE"})
    assert refused.status_code == 409


def test_members_do_not_see_groups_of_branches(ani, client, signed_in):

    assert signed_in(client, ani.user).get("/staff/organization/branch-groups").status_code == 403


def test_among_a_thousand_rules_that_speak_of_branches_alone_one_that_fits_is_found(ani):
    houses = [BranchFactory(code=f"B{n}") for n in range(100)]
    groups = [add_branch_group(name=f"G{n}", branches=houses[n * 5 : n * 5 + 5], by=None) for n in range(20)]
    rows = []
    for n in range(1000):
        said = {"owner": houses[n % 100]} if n % 3 else {"home_group": groups[n % 20]}
        rows.append(LoanRule(pk=n + 1, loan_days=n % 30 + 1, **said, **({"stands": houses[n * 7 % 100]} if n % 2 else {})))
    book = Rules(rows)
    cases = [
        Case(ani.category_id, at.pk, day=date(2026, 1, 1), home=houses[-n].pk, owner=at.pk, stands=houses[n * 7 % 100].pk)
        for n, at in enumerate(houses)
    ]
    for case in cases:
        found = book.decide(case)
        assert found is not None
        rule = rows[found.rule.pk - 1]
        assert rule.owner_id in {None, case.owner}
        assert rule.stands_id in {None, case.stands}


def test_a_rule_of_dates_still_outweighs_every_branch(ani, pusat):
    add_rule(branch=pusat, home=pusat, owner=pusat, stands=pusat, loan_days=7, by=None)
    add_rule(first_day=date(2020, 1, 1), loan_days=1, by=None)
    assert days(ItemFactory(branch=pusat), ani, pusat) == 1
