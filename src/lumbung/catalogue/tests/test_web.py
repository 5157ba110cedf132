"""The staff pages of records, items and item types."""

import pytest
from django.urls import reverse

from lumbung.catalogue.domain.copies import add_copies
from lumbung.catalogue.domain.item_types import add_item_type
from lumbung.catalogue.domain.items import add_item
from lumbung.catalogue.domain.records import add_record
from lumbung.catalogue.domain.revision import new_marc
from lumbung.catalogue.domain.simple_entry import SimpleEntry, entry_of
from lumbung.catalogue.models import Item, ItemType, Record
from lumbung.kernel.jobs.worker import work_off
from lumbung.organization.tests.factories import BranchFactory

pytestmark = pytest.mark.django_db
LONG = "Pengaruh kepemimpinan transformasional terhadap kinerja pustakawan perguruan tinggi negeri di Indonesia bagian timur"


def catalogued(**told):
    return add_record(new_marc(SimpleEntry(**{"title": "Bumi manusia", "people": ["Toer, Pramoedya Ananta"], **told})), by=None)


@pytest.fixture
def place(db):
    return BranchFactory(name="Pusat")


@pytest.fixture
def textbook(db):
    return add_item_type(code="textbook", name="Buku teks", by=None)


@pytest.fixture
def desk(client, sari, signed_in):
    return signed_in(client, sari)


def copy_of(record, place, textbook, barcode="B001"):
    return add_item(record, barcode=barcode, branch=place, item_type=textbook, by=None)


def typed(**told):
    return {"material": "book", "title": "Bumi manusia", "people": "Toer, Pramoedya Ananta", "language": "ind", **told}


def pages(record, item):
    read = [
        reverse("catalogue:records"),
        reverse("catalogue:record", args=[record.pk]),
        reverse("catalogue:item", args=[item.pk]),
    ]
    write = [
        reverse("catalogue:record_add"),
        reverse("catalogue:record_edit", args=[record.pk]),
        reverse("catalogue:item_add", args=[record.pk]),
        reverse("catalogue:item_edit", args=[item.pk]),
    ]
    return read, write


def test_who_sees_and_who_changes_the_catalogue(client, sari, ani, budi, with_role, signed_in, place, textbook):
    record = catalogued()
    read, write = pages(record, copy_of(record, place, textbook))
    assert [client.get(page).status_code for page in read + write] == [302] * 7
    for user in (sari, with_role("cataloguer"), with_role("head")):
        assert [signed_in(client, user).get(page).status_code for page in read + write] == [200] * 7
    for user in (ani.user, budi.user):
        assert [signed_in(client, user).get(page).status_code for page in read + write] == [403] * 7
    signed_in(client, with_role("circulation"))
    assert [client.get(page).status_code for page in read + write] == [200] * 3 + [403] * 4


@pytest.mark.parametrize(("material", "mark"), [("book", "tag late"), ("ebook", "tag")])
def test_a_title_without_copies_is_marked_unless_it_is_an_electronic_book(desk, material, mark):
    catalogued(material=material)
    assert f'<span class="{mark}">0 eksemplar</span>' in desk.get(reverse("catalogue:records")).content.decode()


def test_a_title_is_added_and_its_copies_come_next(desk):
    answer = desk.post(
        reverse("catalogue:record_add"), typed(isbn="979-97312-3-2", add_item="1", subjects="Fiksi\nSejarah -- Indonesia")
    )
    record = Record.objects.get()
    assert answer["Location"] == reverse("catalogue:item_add", args=[record.pk])
    assert (record.title, record.creator, record.language) == ("Bumi manusia", "Toer, Pramoedya Ananta", "ind")
    assert entry_of(record.marc_record).subjects == ["Fiksi", "Sejarah -- Indonesia"]


def test_a_wrong_isbn_is_kept_as_the_book_has_it_with_a_warning(desk):
    answer = desk.post(reverse("catalogue:record_add"), typed(isbn="979-97312-3-3"), follow=True)
    assert "ISBN 979-97312-3-3 tidak sah. Disimpan seperti tertulis" in answer.text
    record = Record.objects.get()
    assert entry_of(record.marc_record).isbn == ["979-97312-3-3"]
    assert list(record.identifiers.values_list("kind", "value")) == [("bad_isbn", "9799731233")]
    page = desk.get(reverse("catalogue:record_edit", args=[record.pk]))
    assert "tidak sah" not in page.text


@pytest.mark.parametrize("year", ["abcd", "tahun lalu", "?", "Mix"])
def test_a_year_that_tells_no_time_is_refused_in_a_sentence(desk, year):
    page = desk.post(reverse("catalogue:record_add"), typed(year=year)).text
    assert f"“{year}” bukan tahun. Contoh: 2019" in page
    assert not Record.objects.exists()


@pytest.mark.parametrize(
    "year", ["2019", "[2019?]", "19--", "c2010", "1998-2004", "1441 H", "MCMXC", "[tanpa tahun]", "t.th", "n.d"]
)
def test_a_year_is_written_as_the_rules_of_cataloguing_allow(desk, year):
    desk.post(reverse("catalogue:record_add"), typed(year=year))
    assert entry_of(Record.objects.get().marc_record).year == year


def test_a_year_that_came_so_stays_when_something_else_is_changed(desk):
    record = catalogued(year="abcd")
    told = typed(title="Bumi manusia kita", year="abcd", version=record.version)
    desk.post(reverse("catalogue:record_edit", args=[record.pk]), told)
    assert Record.objects.get().title == "Bumi manusia kita"


def test_the_same_isbn_is_stopped_until_the_cataloguer_says_it_is_another(desk):
    twin = catalogued(isbn=["9799731232"])
    answer = desk.post(reverse("catalogue:record_add"), typed(isbn="9799731232"))
    assert [each.record for each in answer.context["candidates"]] == [twin]
    assert Record.objects.count() == 1
    desk.post(reverse("catalogue:record_add"), typed(isbn="9799731232", confirmed="on"))
    assert Record.objects.count() == 2


def test_a_record_is_hidden_shown_and_removed_but_not_with_copies(desk, place, textbook):
    record = catalogued()
    visibility, removal = (reverse(f"catalogue:record_{verb}", args=[record.pk]) for verb in ("visibility", "remove"))
    desk.post(visibility, {"suppressed": "1"})
    assert Record.objects.get().suppressed
    desk.post(visibility, {"suppressed": "0"})
    assert not Record.objects.get().suppressed
    item = copy_of(record, place, textbook)
    assert desk.post(removal).status_code == 409
    desk.post(reverse("catalogue:item_remove", args=[item.pk]))
    desk.post(removal)
    assert Record.objects.count() == 0


def test_the_list_finds_titles_hidden_ones_too_and_a_barcode_opens_its_item(desk, place, textbook):
    record = catalogued(title=LONG)
    item = copy_of(record, place, textbook)
    desk.post(reverse("catalogue:record_visibility", args=[record.pk]), {"suppressed": "1"})
    work_off()
    assert [row.pk for row, _ in desk.get(reverse("catalogue:records"), {"q": "kepemimpinan"}).context["rows"]] == [record.pk]
    assert desk.get(reverse("catalogue:records"), {"q": "b001"})["Location"] == reverse("catalogue:item", args=[item.pk])


def test_many_copies_are_added_by_scanning_or_counting_up(desk, place, textbook):
    record = catalogued(classification="899.221")
    address = reverse("catalogue:item_add", args=[record.pk])
    assert desk.get(address).context["form"].initial["call_number"] == "899.221 TOE b"
    shared = {"branch": place.pk, "item_type": textbook.pk, "call_number": "899.221 TOE b"}
    desk.post(address, {**shared, "barcodes": "B0098\n\n B0100 "})
    desk.post(address, {**shared, "first_barcode": "B0101", "count": "2"})
    assert list(Item.objects.order_by("pk").values_list("barcode", "copy")) == [
        ("B0098", "k.1"),
        ("B0100", "k.2"),
        ("B0101", "k.3"),
        ("B0102", "k.4"),
    ]


@pytest.mark.parametrize(("there", "comes"), [("k.1", "k.2"), ("c.1", "c.2"), ("", "k.2")])
def test_new_copies_are_numbered_as_those_that_are_there(place, textbook, there, comes):
    record = catalogued()
    add_item(record, barcode="B001", branch=place, item_type=textbook, copy=there, by=None)
    [made] = add_copies(record, ["B002"], by=None, branch=place, item_type=textbook)
    assert made.copy == comes


def test_the_form_of_copies_says_how_many_come_at_once(desk):
    page = desk.get(reverse("catalogue:item_add", args=[catalogued().pk])).text
    assert "Paling banyak 100 sekali tambah." in page


def test_one_clash_stops_all_copies_and_names_every_barcode(desk, place, textbook):
    record = catalogued()
    copy_of(record, place, textbook, "B0001")
    shared = {"branch": place.pk, "item_type": textbook.pk}
    answer = desk.post(reverse("catalogue:item_add", args=[record.pk]), {**shared, "barcodes": "B0002\nb0001\nB0002"})
    assert answer.context["form"].non_field_errors() == [
        "Barcode b0001 sudah dipakai oleh sebuah eksemplar. Pakai barcode lain.",
        "Barcode B0002 dua kali dalam daftar ini. Setiap eksemplar perlu barcodenya sendiri.",
    ]
    assert Item.objects.count() == 1


def test_a_barcode_without_digits_cannot_be_counted_up(desk, place, textbook):
    address = reverse("catalogue:item_add", args=[catalogued().pk])
    answer = desk.post(address, {"branch": place.pk, "item_type": textbook.pk, "first_barcode": "BUKU", "count": "2"})
    assert answer.context["form"].errors["first_barcode"] == ["Barcode pertama harus berakhir dengan angka, contoh: B0012457."]


def test_an_item_moves_changes_its_status_and_refuses_a_foreign_location(desk, place, textbook):
    item = copy_of(catalogued(), place, textbook)
    other = BranchFactory(code="FKIP")
    elsewhere = other.locations.create(code="A", name="Rak A")
    told = {"barcode": "B001", "item_type": textbook.pk, "branch": other.pk, "location": elsewhere.pk, "note": "Sampul baru"}
    desk.post(reverse("catalogue:item_edit", args=[item.pk]), told)
    desk.post(reverse("catalogue:item_status", args=[item.pk]), {"status": "in_repair"})
    item.refresh_from_db()
    assert (item.branch, item.location, item.note, item.status) == (other, elsewhere, "Sampul baru", "in_repair")
    assert desk.post(reverse("catalogue:item_edit", args=[item.pk]), {**told, "branch": place.pk}).status_code == 422


def test_item_types_are_kept_by_librarians_only(desk, client, with_role, signed_in, place, textbook):
    address = reverse("catalogue:item_types")
    desk.post(address, {"name": "Tandon", "code": "reserve", "lendable": "on"})
    reserve = ItemType.objects.get(code="reserve")
    desk.post(reverse("catalogue:item_type", args=[reserve.pk]), {"name": "Buku tandon", "code": "reserve"})
    reserve.refresh_from_db()
    assert (reserve.name, reserve.lendable) == ("Buku tandon", False)
    copy_of(catalogued(), place, textbook)
    assert desk.post(reverse("catalogue:item_type_remove", args=[textbook.pk])).status_code == 409
    assert signed_in(client, with_role("cataloguer")).get(address).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_pages_ask_as_much_for_three_rows_as_for_one(desk, place, textbook, count, django_assert_num_queries):
    for n in range(count):
        record = catalogued(title=f"Judul {n}")
    for n in range(count):
        item = copy_of(record, place, textbook, f"B{n}")
    with django_assert_num_queries(6):
        desk.get(reverse("catalogue:records"))
    with django_assert_num_queries(18):
        desk.get(reverse("catalogue:record", args=[record.pk]))
    with django_assert_num_queries(9):
        desk.get(reverse("catalogue:item", args=[item.pk]))
