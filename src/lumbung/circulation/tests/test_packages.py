"""Packages of terms: said by every rule that names them, after what it says itself and before what other rules say."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lumbung.accounts.models import User
from lumbung.circulation.domain.packages import add_package, change_package, remove_package
from lumbung.circulation.domain.rules import add_rule, change_rule, remove_rule
from lumbung.circulation.models import LoanRule, TermPackage
from lumbung.circulation.queries import decision
from lumbung.circulation.queries.explaining import explanation, said_words
from lumbung.circulation.queries.previewing import preview, rules_with_package
from lumbung.circulation.tests.factories import ItemFactory, ItemTypeFactory, LoanFactory
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def usual(sari: User) -> TermPackage:
    """Ten days, five at once, Rp1.000 a week."""
    return add_package(name="Lazim", loan_days=10, loan_limit=5, fine=1000, fine_per="week", by=sari)


def test_a_rule_says_what_its_package_says_after_what_it_says_itself_and_before_other_rules(ani, pusat, sari, usual):
    add_rule(name="Umum", loan_days=3, loan_limit=1, renewal_limit=4, fine=200, by=sari)
    add_rule(name="Mahasiswa", category=ani.category, loan_limit=2, package=usual, by=sari)
    found = decision(ItemFactory(), ani, pusat)
    told = {each.name: (each.words, each.ruling.title, each.package) for each in explanation(found) if each.ruling}
    assert told["loan_days"] == ("10 hari", "Mahasiswa", "Lazim")
    assert told["loan_limit"] == ("paling banyak 2", "Mahasiswa", "")
    assert told["renewal_limit"] == ("4 kali diperpanjang", "Umum", "")
    assert told["fine"] == ("denda Rp1.000 per minggu", "Mahasiswa", "Lazim")
    assert said_words(found.said["loan_days"]) == ["batas pinjaman paling banyak 2", "menurut paket “Lazim”"]


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ({"loan_hours": 3}, (None, 3, 1000, "week", True)),
        ({"fine": 700}, (10, None, 700, "day", True)),
        ({"fine_per": "hour"}, (10, None, 1000, "week", True)),
        ({"may_borrow": False}, (10, None, 1000, "week", False)),
    ],
    ids=["hours for days", "an amount with its own measure", "a measure without an amount", "nothing lent"],
)
def test_values_that_are_said_as_one_are_all_the_rules_own_or_all_the_packages(ani, pusat, sari, usual, own, expected):
    add_rule(name="Mahasiswa", package=usual, **own, by=sari)
    policy = decision(ItemFactory(), ani, pusat).policy
    assert (policy.loan_days, policy.loan_hours, policy.fine, policy.fine_per, policy.may_borrow) == expected


def test_a_change_of_a_package_is_seen_against_the_running_loans_of_the_rules_that_name_it(ani, pusat, sari, usual):
    add_rule(name="Mahasiswa", category=ani.category, package=usual, by=sari)
    tandon = ItemTypeFactory(code="reserve")
    add_rule(name="Tandon", item_type=tandon, loan_days=1, by=sari)
    LoanFactory(member=ani)
    LoanFactory(member=ani, item__item_type=tandon)
    usual.loan_days = 14
    seen = preview(rules_with_package(usual))
    told = [(change.label, change.before, change.after) for effect in seen.effects for change in effect.changes]
    assert (seen.open_loans, seen.changed, told) == (2, 1, [("Lama pinjam", "10 hari", "14 hari")])
    assert decision(ItemFactory(), ani, pusat).policy.loan_days == 10
    change_package(usual, loan_days=14, by=sari)
    assert decision(ItemFactory(), ani, pusat).policy.loan_days == 14


def test_a_package_that_rules_name_is_not_removed_and_the_refusal_names_them(sari, usual):
    rule = add_rule(name="Mahasiswa", package=usual, by=sari)
    add_rule(item_type=ItemTypeFactory(code="reserve"), package=usual, by=sari)
    with pytest.raises(Refused) as refused:
        remove_package(usual, by=sari)
    assert [str(each) for each in refused.value.reasons] == [
        "Paket “Lazim” masih dipakai aturan: Mahasiswa; semua anggota, Reserve. Lepaskan dahulu dari sana."
    ]
    remove_rule(LoanRule.objects.exclude(pk=rule.pk).get(), by=sari)
    change_rule(rule, package=None, loan_days=7, by=sari)
    remove_package(usual, by=sari)
    told = JournalEntry.objects.filter(name__startswith="TermPackage").order_by("pk").values_list("name", "data")
    assert list(told) == [
        ("TermPackageAdded", {"package": usual.pk}),
        ("TermPackageRemoved", {"package": usual.pk}),
    ]


def test_what_is_wrong_with_a_package_is_told_all_at_once_and_a_change_says_what_changed(sari, usual):
    with pytest.raises(Refused) as refused:
        add_package(name=" ", loan_days=4000, loan_hours=2, fine_steps=[[3, 1], [2, 1]], by=sari)
    assert refused.value.codes == ["package_name_empty", "rule_number_wrong", "rule_days_and_hours", "fine_steps_wrong"]
    with pytest.raises(Refused) as refused:
        add_package(name="Lazim", by=sari)
    assert refused.value.codes == ["package_name_taken", "package_says_nothing"]
    change_package(usual, name="Biasa", fine=500, by=sari)
    assert JournalEntry.objects.get(name="TermPackageChanged").data == {"package": usual.pk, "fields": ["fine", "name"]}


def test_a_package_is_added_looked_at_changed_and_removed_on_its_pages(client: Client, sari, ani, pusat):
    client.force_login(sari)
    told = {"name": "Lazim", "loan_days": "10", "fine": "1.000", "fine_per": "day"}
    added = client.post(reverse("circulation:new_package"), told)
    package = TermPackage.objects.get()
    address = reverse("circulation:package", args=[package.pk])
    assert (added.status_code, package.loan_days, package.fine) == (302, 10, 1000)
    assert "Hapus paket ini" in client.get(address).text
    rule = add_rule(name="Mahasiswa", package=package, by=sari)
    LoanFactory(member=ani)
    looked = client.post(address, {"name": "Lazim", "loan_days": "14"})
    package.refresh_from_db()
    assert (looked.context["preview"].changed, package.loan_days) == (1, 10)
    assert client.post(address, {"name": "Lazim", "loan_days": "14", "seen": "yes"}).status_code == 302
    package.refresh_from_db()
    assert package.loan_days == 14
    page = client.get(address).text
    assert ("Hapus paket ini" in page, reverse("circulation:rule", args=[rule.pk]) in page) == (False, True)
    assert client.delete(address).status_code == 409
    remove_rule(rule, by=sari)
    assert (client.delete(address).status_code, TermPackage.objects.count()) == (302, 0)


def test_only_those_who_set_the_rules_see_packages(client: Client, ani, usual):
    client.force_login(ani.user)
    for name in ("packages", "new_package"):
        assert client.get(reverse(f"circulation:{name}")).status_code in {403, 404}
    client.post(reverse("circulation:package", args=[usual.pk]), {"name": "X", "seen": "yes"})
    usual.refresh_from_db()
    assert usual.name == "Lazim"


def test_the_list_of_packages_asks_as_much_for_three_as_for_one(client: Client, sari, usual):
    client.force_login(sari)
    address = reverse("circulation:packages")
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for number in range(2):
        package = add_package(name=f"Paket {number}", loan_days=number, by=sari)
        add_rule(name="Satu", age_from=number, package=package, by=sari)
    client.get(address)
    with CaptureQueriesContext(connection) as three:
        assert client.get(address).text.count('<a class="name"') == 3
    assert len(three) == len(one)


@pytest.mark.parametrize("page", ["new_rule", "new_package"])
def test_every_term_stands_in_one_group_of_the_form(client: Client, sari, page):
    client.force_login(sari)
    form = client.get(reverse(f"circulation:{page}")).context["form"]
    shown = [field.name for group in form.groups for field in group.fields]
    terms = {field.name for field in TermPackage._meta.concrete_fields} - {"id", "name"}
    assert (len(shown), terms <= set(shown)) == (len(set(shown)), True)
