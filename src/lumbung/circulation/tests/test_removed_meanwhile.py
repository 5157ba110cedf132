"""What one clerk is about to save when another has removed it, or what it names, or has saved before."""

import pytest

from lumbung.circulation.domain.limit_sets import add_limit_set, change_limit_set, remove_limit_set
from lumbung.circulation.domain.packages import add_package, change_package, remove_package
from lumbung.circulation.domain.personal_rules import add_personal_rule, change_personal_rule, remove_personal_rule
from lumbung.circulation.domain.rules import add_rule, change_rule, remove_rule
from lumbung.circulation.models import LimitSet, LoanRule, PersonalRule, TermPackage
from lumbung.circulation.tests.factories import ItemTypeFactory
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.organization.domain.branch_groups import add_branch_group, change_branch_group, remove_branch_group
from lumbung.organization.models import BranchGroup

pytestmark = pytest.mark.django_db


@pytest.fixture
def south(teknik):
    return add_branch_group(name="Selatan", branches=[teknik], by=None)


def told(verb, *args, **said) -> list[str]:
    with pytest.raises(Refused) as caught:
        verb(*args, by=None, **said)
    return caught.value.codes


def test_a_rule_that_names_a_group_removed_meanwhile_is_refused_and_not_saved_for_everybody(south):
    rule = add_rule(loan_days=7, by=None)
    gone = BranchGroup.objects.get()
    remove_branch_group(south, by=None)
    assert told(add_rule, branch_group=gone, loan_days=1) == ["named_gone"]
    assert told(change_rule, rule, home_group=gone) == ["named_gone"]
    assert told(add_limit_set, name="Rujukan", most=1, materials=["book"], branch_group=gone) == ["named_gone"]
    assert [(each.branch_group, each.home_group) for each in LoanRule.objects.all()] == [(None, None)]
    assert not LimitSet.objects.exists()


def test_a_form_that_was_open_while_its_group_was_removed_says_so(sari, client, south):
    client.force_login(sari)
    given = {"branch": f"g{south.pk}", "loan_days": 3, "seen": "yes"}
    assert f'value="g{south.pk}"' in client.get("/staff/rules/new").content.decode()
    BranchGroup.objects.all().delete()  # by another process: this one has not heard of it yet
    refused = client.post("/staff/rules/new", given)
    page = refused.content.decode()
    assert (refused.status_code, "Pilihan kelompok cabang sudah dihapus orang lain" in page) == (422, True)
    assert not LoanRule.objects.exists()


def test_a_rule_removed_meanwhile_is_neither_changed_nor_removed_again(ani):
    kind = ItemTypeFactory(code="kamus")
    rule, package = add_rule(loan_days=7, by=None), add_package(name="Umum", loan_days=7, by=None)
    own = add_personal_rule(ani, item_types=[kind], kind="only", reason="Magang", by=None)
    limit = add_limit_set(name="Rujukan", most=1, item_types=[kind], by=None)
    seen = [LoanRule.objects.get(), TermPackage.objects.get(), PersonalRule.objects.get(), LimitSet.objects.get()]
    for remove, row in zip(
        (remove_rule, remove_package, remove_personal_rule, remove_limit_set), (rule, package, own, limit), strict=True
    ):
        remove(row, by=None)
    before = JournalEntry.objects.count()
    codes = ["rule_gone", "package_gone", "personal_rule_gone", "limit_set_gone"]
    changes = (
        (change_rule, "loan_days"),
        (change_package, "loan_days"),
        (change_personal_rule, "reason"),
        (change_limit_set, "most"),
    )
    assert [told(verb, row, **{name: 2}) for (verb, name), row in zip(changes, seen, strict=True)] == [[code] for code in codes]
    removals = (remove_rule, remove_package, remove_personal_rule, remove_limit_set)
    assert [told(verb, row) for verb, row in zip(removals, seen, strict=True)] == [[code] for code in codes]
    assert JournalEntry.objects.count() == before


def test_a_personal_rule_names_nothing_that_was_removed_meanwhile(ani):
    kind, gone = ItemTypeFactory(code="kamus"), ItemTypeFactory(code="peta")
    own = add_personal_rule(ani, item_types=[kind], kind="only", reason="Magang", by=None)
    type(gone).objects.filter(pk=gone.pk).delete()
    assert told(change_personal_rule, own, item_types=[kind, gone]) == ["named_gone"]
    assert list(own.item_types.all()) == [kind]


def test_of_two_clerks_who_edit_one_group_the_later_is_told_and_changes_nothing(sari, client, south, pusat, teknik):
    client.force_login(sari)
    address = f"/staff/organization/branch-groups/{south.pk}"
    first, later = (client.get(address).context["form"]["version"].value() for _clerk in range(2))
    saved = client.post(address, {"name": "Selatan", "branches": [pusat.pk, teknik.pk], "version": first})
    assert saved.status_code == 302
    refused = client.post(address, {"name": "Kampus Selatan", "branches": [teknik.pk], "version": later})
    page = refused.content.decode()
    assert (refused.status_code, "sudah diubah orang lain" in page, 'value="Kampus Selatan"' in page) == (422, True, True)
    south.refresh_from_db()
    assert (south.name, set(south.branches.all())) == ("Selatan", {pusat, teknik})
    again = client.get(address).context["form"]["version"].value()
    assert client.post(address, {"name": "Kampus Selatan", "branches": [teknik.pk], "version": again}).status_code == 302
    south.refresh_from_db()
    assert (south.name, set(south.branches.all())) == ("Kampus Selatan", {teknik})


def test_a_group_removed_meanwhile_is_neither_changed_nor_removed_again(south, teknik):
    seen = BranchGroup.objects.get()
    remove_branch_group(south, by=None)
    assert told(change_branch_group, seen, name="Selatan", branches=[teknik], version=1) == ["group_gone"]
    assert told(remove_branch_group, seen) == ["group_gone"]


def test_who_sends_the_form_of_what_a_colleague_removed_is_told_so_and_not_that_there_is_no_such_page(sari, ani, client, south):
    client.force_login(sari)
    kind = ItemTypeFactory(code="kamus")
    rule, package = add_rule(loan_days=7, by=None), add_package(name="Umum", loan_days=7, by=None)
    own = add_personal_rule(ani, item_types=[kind], kind="only", reason="Magang", by=None)
    limit = add_limit_set(name="Rujukan", most=1, item_types=[kind], by=None)
    rows = {
        f"/staff/rules/{rule.pk}": (rule, "Aturan ini"),
        f"/staff/rules/packages/{package.pk}": (package, "Paket ketentuan ini"),
        f"/staff/rules/personal/{own.pk}": (own, "Ketentuan khusus ini"),
        f"/staff/rules/limits/{limit.pk}": (limit, "Batas bersama ini"),
        f"/staff/organization/branch-groups/{south.pk}": (south, "Kelompok cabang ini"),
    }
    for address, (row, what) in rows.items():
        assert client.get(address).status_code == 200
        type(row).objects.filter(pk=row.pk).delete()
        for sent in ({"name": "Baru"}, {"_method": "DELETE"}):
            refused = client.post(address, sent, headers={"referer": f"http://testserver{address}"})
            told = f"{what} sudah dihapus orang lain sejak Anda membukanya." in refused.content.decode()
            assert (address, refused.status_code, told) == (address, 409, True)
        assert client.get(address).status_code == 404
