"""Limits over a group: at most so many at once of some types, places and materials together, whichever they are."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lumbung.accounts.models import User
from lumbung.catalogue.models import ItemType, Material
from lumbung.circulation.domain.limit_sets import add_limit_set, change_limit_set, remove_limit_set
from lumbung.circulation.domain.loans import check_out
from lumbung.circulation.models import LimitSet
from lumbung.circulation.queries import blocks_to_check_out
from lumbung.circulation.tests.factories import ItemFactory, ItemTypeFactory, LoanFactory, LoanRuleFactory
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.members.tests.factories import CategoryFactory
from lumbung.organization.tests.factories import BranchFactory, LocationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def kamus(db: None) -> ItemType:
    return ItemTypeFactory(code="kamus")


@pytest.fixture
def atlas(db: None) -> ItemType:
    return ItemTypeFactory(code="atlas")


@pytest.fixture
def rujukan(sari: User, kamus: ItemType, atlas: ItemType) -> LimitSet:
    """Two at once of dictionaries, atlases and videos together."""
    return add_limit_set(name="Rujukan", most=2, item_types=[kamus, atlas], materials=[Material.VIDEO], by=sari)


@pytest.fixture(autouse=True)
def many(ani) -> None:
    """Otherwise students may have ten books."""
    LoanRuleFactory(category=ani.category, loan_limit=10)


def codes(item, member, **asked) -> list[str]:
    return [reason.code for reason in blocks_to_check_out(item, member, **asked)]


def test_what_is_of_any_of_the_group_counts_and_the_refusal_says_how_many_are_out_and_which(
    sari, ani, budi, pusat, kamus, atlas, rujukan
):
    check_out(ItemFactory(item_type=kamus, record__title="Kamus Jawa"), to=ani, at=pusat, by=sari)
    film = ItemFactory(record__title="Daun", record__material=Material.VIDEO)
    assert codes(film, ani) == []
    check_out(film, to=ani, at=pusat, by=sari)
    map_book = ItemFactory(item_type=atlas)
    with pytest.raises(Refused) as refused:
        check_out(map_book, to=ani, at=pusat, by=sari)
    assert [(each.code, str(each), each.waivable) for each in refused.value.reasons] == [
        (
            "limit_set_reached",
            "Batas “Rujukan” sudah tercapai: paling banyak 2, yang sedang dipinjam 2 (Kamus Jawa; Daun).",
            True,
        )
    ]
    assert (codes(ItemFactory(), ani), codes(map_book, budi)) == ([], [])
    loan = check_out(map_book, to=ani, at=pusat, by=sari, waive={"limit_set_reached"}, waive_reason="Ujian peta")
    assert (loan.waive_reason, JournalEntry.objects.filter(name="CheckedOut").latest("pk").data["waived"]) == (
        "Ujian peta",
        ["limit_set_reached"],
    )


def test_a_place_on_the_shelf_may_be_of_the_group(ani, sari, pusat):
    shelf = LocationFactory(branch=pusat)
    add_limit_set(name="Lantai 2", most=1, locations=[shelf], by=sari)
    LoanFactory(member=ani, item__location=shelf)
    assert codes(ItemFactory(location=shelf), ani) == ["limit_set_reached"]
    assert codes(ItemFactory(location=LocationFactory(branch=pusat, code="R2")), ani) == []


def test_what_is_read_on_site_reported_lost_or_brought_back_does_not_count(ani, kamus, atlas, rujukan):
    LoanFactory(member=ani, item__item_type=kamus)
    LoanFactory(member=ani, item__item_type=atlas, kind="on_site")
    LoanFactory(member=ani, item__item_type=atlas, reported_lost_at=clock.now())
    earlier = clock.now() - timedelta(days=1)
    LoanFactory(member=ani, item__item_type=atlas, lent_at=earlier, returned_at=clock.now())
    item = ItemFactory(item_type=atlas)
    assert codes(item, ani) == []
    LoanFactory(member=ani, item__item_type=kamus)
    assert codes(item, ani) == ["limit_set_reached"]
    assert "limit_set_reached" not in codes(item, ani, kind="on_site")


def test_a_set_of_a_category_holds_for_those_under_it_and_for_nobody_else(ani, budi, sari, kamus):
    above = CategoryFactory(code="civitas", name="Civitas")
    ani.category.parent = above
    ani.category.save()
    add_limit_set(name="Kamus", most=1, item_types=[kamus], category=above, by=sari)
    other = CategoryFactory(code="luar", name="Luar")
    LoanRuleFactory(category=other, loan_limit=10)
    budi.category = other
    budi.save()
    for member in (ani, budi):
        LoanFactory(member=member, item__item_type=kamus)
    item = ItemFactory(item_type=kamus)
    assert (codes(item, ani), codes(item, budi)) == (["limit_set_reached"], [])


def test_a_set_of_a_branch_counts_what_was_lent_there_or_in_its_parts_and_holds_nowhere_else(ani, sari, pusat, teknik, kamus):
    room = BranchFactory(code="SIPIL", parent=teknik)
    add_limit_set(name="Kamus", most=1, item_types=[kamus], branch=teknik, by=sari)
    LoanFactory(member=ani, item__item_type=kamus, lent_from=pusat)
    item = ItemFactory(item_type=kamus)
    assert codes(item, ani, at=teknik) == []
    LoanFactory(member=ani, item__item_type=kamus, lent_from=room)
    assert (codes(item, ani, at=teknik), codes(item, ani, at=room), codes(item, ani, at=pusat)) == (
        ["limit_set_reached"],
        ["limit_set_reached"],
        [],
    )


def test_of_many_titles_the_first_five_are_named(ani, sari, kamus):
    add_limit_set(name="Kamus", most=6, item_types=[kamus], by=sari)
    for number in range(7):
        LoanFactory(member=ani, item__item_type=kamus, item__record__title=f"K{number}")
    (reason,) = blocks_to_check_out(ItemFactory(item_type=kamus), ani)
    assert str(reason).endswith("yang sedang dipinjam 7 (K0; K1; K2; K3; K4; 2 lainnya).")


def test_a_loan_asks_no_more_of_the_database_for_three_sets_than_for_none(sari, ani, pusat, kamus, atlas):
    def statements() -> int:
        items = ItemFactory.create_batch(2, item_type=kamus)
        check_out(items[0], to=ani, at=pusat, by=sari)
        with CaptureQueriesContext(connection) as asked:
            check_out(items[1], to=ani, at=pusat, by=sari)
        return len(asked)

    none = statements()
    for number in range(3):
        add_limit_set(name=f"Batas {number}", most=9, item_types=[kamus, atlas], by=sari)
    assert statements() == none


def test_a_refusal_asks_no_more_of_the_database_for_six_loans_than_for_two(sari, ani, kamus):
    add_limit_set(name="Kamus", most=1, item_types=[kamus], by=sari)
    asked = list[int]()
    for number in (1, 1, 4):  # at first the rules are read too
        LoanFactory.create_batch(number, member=ani, item__item_type=kamus, item__volume="Jilid 1")
        item = ItemFactory(item_type=kamus)
        with CaptureQueriesContext(connection) as statements:
            (reason,) = blocks_to_check_out(item, ani)
            str(reason)
        asked.append(len(statements))
    assert asked[1] == asked[2]


def test_what_is_wrong_with_a_set_is_told_all_at_once(sari, kamus, rujukan):
    with pytest.raises(Refused) as refused:
        add_limit_set(name=" ", most=0, by=sari)
    assert refused.value.codes == ["limit_set_name_empty", "limit_set_of_nothing", "rule_number_wrong"]
    with pytest.raises(Refused) as refused:
        add_limit_set(name="Rujukan", most=1, item_types=[kamus], by=sari)
    assert refused.value.codes == ["limit_set_name_taken"]
    with pytest.raises(Refused) as refused:
        change_limit_set(rujukan, item_types=[], materials=[], by=sari)
    assert refused.value.codes == ["limit_set_of_nothing"]


def test_a_change_holds_at_once_says_what_changed_and_a_removed_set_limits_nothing(sari, ani, kamus, atlas, rujukan):
    LoanFactory(member=ani, item__item_type=kamus)
    item = ItemFactory(item_type=kamus)
    change_limit_set(rujukan, most=1, item_types=[kamus], by=sari)
    change_limit_set(rujukan, most=1, item_types=[kamus], by=sari)
    assert (codes(item, ani), codes(ItemFactory(item_type=atlas), ani)) == (["limit_set_reached"], [])
    key = rujukan.pk
    remove_limit_set(rujukan, by=sari)
    assert codes(item, ani) == []
    told = JournalEntry.objects.filter(name__startswith="LimitSet").order_by("pk").values_list("name", "data")
    assert list(told) == [
        ("LimitSetAdded", {"limit_set": key}),
        ("LimitSetChanged", {"limit_set": key, "fields": ["item_types", "most"]}),
        ("LimitSetRemoved", {"limit_set": key}),
    ]


def test_a_set_is_added_changed_and_removed_on_its_pages(client: Client, sari, kamus, atlas):
    client.force_login(sari)
    assert "Belum ada batas bersama" in client.get(reverse("circulation:limit_sets")).text
    filled = {"name": "Rujukan", "most": "2", "item_types": [kamus.pk, atlas.pk], "materials": ["video"]}
    assert client.post(reverse("circulation:new_limit_set"), filled).status_code == 302
    limit = LimitSet.objects.get()
    assert (limit.most, set(limit.item_types.all()), limit.materials) == (2, {kamus, atlas}, ["video"])
    assert "Kamus, Video" in client.get(reverse("circulation:limit_sets"), {"q": "kamus"}).text.replace("Atlas, ", "")
    assert "Tidak ada batas yang cocok" in client.get(reverse("circulation:limit_sets"), {"q": "peta"}).text
    address = reverse("circulation:limit_set", args=[limit.pk])
    empty = client.post(address, {"name": "Rujukan", "most": "2"})
    assert (empty.status_code, "sedikitnya satu jenis eksemplar" in empty.text) == (422, True)
    assert client.post(address, {**filled, "most": "3"}).status_code == 302
    limit.refresh_from_db()
    assert limit.most == 3
    assert (client.delete(address).status_code, LimitSet.objects.count()) == (302, 0)


def test_only_those_who_set_the_rules_see_sets(client: Client, ani, rujukan):
    client.force_login(ani.user)
    address = reverse("circulation:limit_set", args=[rujukan.pk])
    for page in (reverse("circulation:limit_sets"), reverse("circulation:new_limit_set"), address):
        assert client.get(page).status_code in {403, 404}
    client.delete(address)
    assert LimitSet.objects.count() == 1


def test_the_list_of_sets_asks_as_much_for_three_as_for_one(client: Client, sari, kamus, rujukan):
    client.force_login(sari)
    address = reverse("circulation:limit_sets")
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for number in range(2):
        add_limit_set(name=f"Batas {number}", most=1, item_types=[kamus], by=sari)
    client.get(address)
    with CaptureQueriesContext(connection) as three:
        assert client.get(address).text.count('<a class="name"') == 3
    assert len(three) == len(one)


def test_the_tester_the_desk_and_the_members_own_page_say_how_the_member_stands(
    client: Client, sari, ani, pusat, kamus, rujukan
):
    LoanFactory(member=ani, item__item_type=kamus, item__record__title="Kamus Jawa")
    item = ItemFactory(item_type=kamus)
    client.force_login(sari)
    asked = {"member": ani.barcode, "item": item.barcode, "branch": pusat.pk}
    page = client.get(reverse("circulation:tester"), asked).text
    assert "paling banyak 2 dari Atlas, Kamus, Video bersama-sama. Sedang dipinjam 1: Kamus Jawa." in page
    assert "Batas bersama</b>" not in client.get(reverse("circulation:tester"), {**asked, "kind": "on_site"}).text
    assert "1 dari 2 bersama-sama" in client.get(reverse("circulation:desk"), {"member": ani.pk}).text
    client.force_login(ani.user)
    own = client.get("/my").text
    assert "Rujukan: paling banyak 2 dari Atlas, Kamus, Video bersama-sama; sedang dipinjam 1" in own


def test_a_program_is_told_how_the_member_stands_against_the_sets_the_item_belongs_to(
    calling, sari, ani, pusat, kamus, rujukan
):
    LoanFactory(member=ani, item__item_type=kamus)
    asked = {"item": ItemFactory(item_type=kamus).barcode, "member": ani.barcode, "branch": "PUSAT"}
    asking = calling(sari, "loans:read")
    said = "paling banyak 2 dari Atlas, Kamus, Video bersama-sama"
    told = {"id": rujukan.pk, "name": "Rujukan", "says": said, "most": 2, "lent": 1}
    assert asking.get("/api/v1/loans/explanation", asked).json()["limit_sets"] == [told]
    LoanFactory(member=ani, item__item_type=kamus)
    full = asking.get("/api/v1/loans/explanation", asked).json()
    assert (full["limit_sets"], [each["code"] for each in full["blocks"]]) == ([{**told, "lent": 2}], ["limit_set_reached"])
    assert asking.get("/api/v1/loans/explanation", {**asked, "item": ItemFactory().barcode}).json()["limit_sets"] == []
