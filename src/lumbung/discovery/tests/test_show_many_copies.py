"""The page of a title with many copies: the first of each place, true counts, and all of them in pages."""

import re
from datetime import date

import pytest
from django.test import Client

from lumbung.catalogue.models import Item, Record
from lumbung.circulation.queries import ItemStates, copies_of, item_states
from lumbung.circulation.tests.factories import HoldFactory, ItemFactory, ItemTypeFactory, LoanFactory
from lumbung.discovery.tests.shelf import catalogued
from lumbung.kernel import clock
from lumbung.organization.models import Branch
from lumbung.organization.tests.factories import BranchFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def agenda() -> Record:
    return catalogued("Agenda mahasiswa")


@pytest.fixture
def pusat(agenda: Record) -> Branch:
    return copies_at(agenda, "Pusat", 230)


def copies_at(record: Record, name: str, count: int, volumes: int = 0) -> Branch:
    """A branch with so many copies of the title."""
    branch, kind = BranchFactory(code=name.upper(), name=name), ItemTypeFactory()
    Item.objects.bulk_create(
        Item(
            record=record, branch=branch, held_at=branch, item_type=kind, barcode=f"{name}-{at}", call_number="050 AGE",
            added_at=clock.now(), copy=f"k.{at:04}", shelf_key=f"050 AGE {at:04}", volume=f"No. {at % volumes}" if volumes else "",
        )
        for at in range(count)
    )  # fmt: skip
    return branch


def told(page: str) -> list[str]:
    rows = re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]


@pytest.mark.parametrize("elsewhere", [3, 40])
def test_of_thousands_the_first_of_each_place_are_shown_and_every_one_is_counted(
    client: Client, agenda: Record, pusat: Branch, elsewhere: int, django_assert_num_queries
) -> None:
    copies_at(agenda, "Timur", elsewhere)
    LoanFactory(item=Item.objects.get(barcode="Pusat-229"))
    Item.objects.filter(barcode="Pusat-228").update(status=Item.Statuses.LOST)
    page = client.get(f"/records/{agenda.pk}").text
    rows = told(page)
    assert rows[1:3] == ["Pusat 228 dari 229 eksemplar tersedia", "050 AGE k.0000 Tersedia"]
    assert rows[21:23] == ["050 AGE k.0019 Tersedia", "Eksemplar lain di Pusat"]
    assert rows[23] == ("Timur 40 dari 40 eksemplar tersedia" if elsewhere > 20 else "Timur")
    assert len(rows) == 24 + min(elsewhere, 20) + (elsewhere > 20)
    assert f"{228 + elsewhere} dari {229 + elsewhere} eksemplar tersedia" in page
    assert f'href="/records/{agenda.pk}/copies"' in page
    with django_assert_num_queries(6):
        client.get(f"/records/{agenda.pk}")


def test_all_of_them_are_there_page_by_page_and_of_one_branch(client: Client, agenda: Record, pusat: Branch) -> None:
    timur = copies_at(agenda, "Timur", 3)
    LoanFactory(item=Item.objects.get(barcode="Pusat-229"))
    Item.objects.filter(barcode="Pusat-228").update(status=Item.Statuses.WITHDRAWN)
    pages = [told(client.get(f"/records/{agenda.pk}/copies?page={page}").text) for page in (1, 2, 3)]
    seen = [row for page in pages for row in page if row.startswith("050")]
    assert len(seen) == len(set(seen)) + 3 == 232
    assert next(row for row in seen if "Dipinjam" in row).startswith("050 AGE k.0229 Dipinjam")
    assert not any("k.0228" in row for row in seen)
    assert pages[2][1] == "Pusat"
    assert [row for row in pages[2] if not row.startswith("050")] == ["Nomor panggil Status", "Pusat", "Timur"]
    assert told(client.get(f"/records/{agenda.pk}/copies?branch={timur.pk}").text)[1:] == [
        "Timur", *(f"050 AGE k.000{at} Tersedia" for at in range(3))
    ]  # fmt: skip
    assert len(told(client.get(f"/records/{agenda.pk}/copies?branch=x&page=x").text)) == 102


def test_a_title_of_few_copies_has_no_more_to_show_and_a_hidden_one_nothing(client: Client, agenda: Record) -> None:
    copies_at(agenda, "Pusat", 20)
    assert "/copies" not in client.get(f"/records/{agenda.pk}").text
    Record.objects.update(suppressed=True)
    assert client.get(f"/records/{agenda.pk}/copies").status_code == 404


def test_a_newspaper_of_many_issues_shows_the_first_and_leads_to_all(client: Client, agenda: Record) -> None:
    copies_at(agenda, "Pusat", 500, volumes=500)
    page = client.get(f"/records/{agenda.pk}").text
    assert re.findall(r'<h3 id="jilid-\d+">(.*?)</h3>', page) == [f"No. {at}" for at in range(200)]
    assert "Semua 500 eksemplar" in page


def test_a_copy_in_plain_values_is_in_the_same_state(agenda: Record, ani) -> None:
    free, lent, aside, lost, broken = (ItemFactory(record=agenda, volume=f"Jil. {at}") for at in range(5))
    house = ItemFactory(record=agenda, item_type=ItemTypeFactory(code="REF", lendable=False))
    LoanFactory(item=lent)
    HoldFactory(record=agenda, member=ani, item=aside, state="ready", ready_until=date(2099, 1, 1))
    Item.objects.filter(pk=lost.pk).update(status=Item.Statuses.LOST)
    Item.objects.filter(pk=broken.pk).update(status=Item.Statuses.DAMAGED)
    items = list(Item.objects.all())
    states = item_states(items)
    assert {each.pk: each.state for each in copies_of(agenda.pk)} == {item.pk: states[item.pk].state for item in items}
    assert {each.pk: (each.volume, each.lendable) for each in copies_of(agenda.pk)}[free.pk] == ("0", True)
    assert {each.state for each in copies_of(agenda.pk) if each.pk == house.pk} == {ItemStates.IN_HOUSE}


def test_thousands_of_copies_are_told_as_thousands(client: Client, agenda: Record) -> None:
    copies_at(agenda, "Pusat", 1200)
    copies_at(agenda, "Timur", 1)
    page, every = client.get(f"/records/{agenda.pk}").text, client.get(f"/records/{agenda.pk}/copies").text
    assert "1.201 dari 1.201 eksemplar tersedia" in page
    assert "1.200 dari 1.200 eksemplar tersedia" in page
    assert "1.200 dari 1.200 eksemplar tersedia" in every
    assert "dari 1200 " not in page + every
