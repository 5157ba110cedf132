"""Branches, locations and item types of a file that names them in words: each its own, found again by the next file."""

import pytest

from lumbung.catalogue.models import ImportRun, Item, ItemType
from lumbung.catalogue.tests.factories import an_import, copy_field, marc_of
from lumbung.formats.marc import Field
from lumbung.organization.domain.branches import change_branch
from lumbung.organization.models import Branch, Location

pytestmark = pytest.mark.django_db

TECHNOLOGY, LAW = "Perpustakaan Fakultas Teknik", "Perpustakaan Fakultas Hukum"
BANDUNG = "Perpustakaan Daerah Bandung"  # its twentieth character is a blank


def a_copy(barcode: str, branch: str, location: str = "UMUM", item_type: str = "BUKU", **more: str) -> Field:
    return Field("952", subfields=[("a", branch), ("c", location), ("p", barcode), ("y", item_type), *more.items()])


def brought(*copies: Field, **options: object) -> ImportRun:
    return an_import([marc_of(f"Judul {copies[0].get('p')}", *copies)], **options)


def told(run: ImportRun) -> list[str]:
    return [each.reason for each in run.rejections.all()]


def test_branches_locations_and_types_that_begin_alike_stay_apart():
    rooms, kinds = (
        ("Ruang Referensi Lantai Satu", "Ruang Referensi Lantai Dua"),
        ("Buku Teks Perkuliahan Wajib", "Buku Teks Perkuliahan Pilihan"),
    )
    brought(a_copy("B-1", TECHNOLOGY, rooms[0], kinds[0]), a_copy("B-2", LAW, rooms[0], kinds[1]), a_copy("B-3", LAW, rooms[1]))
    stand = {each.barcode: each for each in Item.objects.select_related("branch", "location", "item_type")}
    assert [stand[each].branch.name for each in ("B-1", "B-2", "B-3")] == [TECHNOLOGY, LAW, LAW]
    assert [stand[each].location.name for each in ("B-1", "B-2", "B-3")] == [rooms[0], rooms[0], rooms[1]]
    assert [stand[each].item_type.name for each in ("B-1", "B-2", "B-3")] == [*kinds, "BUKU"]


def test_the_next_file_finds_the_same_places_whatever_blanks_and_case():
    brought(a_copy("B-1", BANDUNG, BANDUNG, BANDUNG))
    again = brought(a_copy("B-2", f" {BANDUNG.upper()}", BANDUNG.lower(), "Perpustakaan  Daerah Bandung "))
    assert (again.state, again.items_added, told(again)) == ("finished", 1, [])
    assert (Branch.objects.count(), Location.objects.count(), ItemType.objects.count()) == (1, 1, 1)


def test_a_branch_is_found_after_the_library_gave_it_another_name_or_another_code():
    brought(a_copy("B-1", TECHNOLOGY), a_copy("B-2", LAW))
    change_branch(Branch.objects.get(name=TECHNOLOGY), by=None, name="Teknik")
    change_branch(Branch.objects.get(name=LAW), by=None, code="FH")
    assert told(brought(a_copy("B-3", TECHNOLOGY), a_copy("B-4", LAW))) == []
    assert Branch.objects.count() == 2


def test_the_report_names_the_place_that_was_made():
    run = brought(a_copy("B-1", TECHNOLOGY, "Ruang Referensi Lantai Satu", "Buku Teks Perkuliahan Wajib"))
    branch, location, item_type = Branch.objects.get().code, Location.objects.get().code, ItemType.objects.get().code
    assert told(run) == [
        f"Cabang baru “{TECHNOLOGY}” dibuat dengan kode “{branch}”. Lengkapi jam bukanya.",
        f"Lokasi baru “Ruang Referensi Lantai Satu” dibuat dengan kode “{location}” di cabang {TECHNOLOGY}.",
        f"Jenis eksemplar baru “Buku Teks Perkuliahan Wajib” dibuat dengan kode “{item_type}”.",
    ]


def test_a_dry_run_tells_the_same_places():
    copies = [a_copy("B-1", TECHNOLOGY), a_copy("B-2", LAW), a_copy("B-3", LAW, item_type=TECHNOLOGY, **{"7": "1"})]
    assert told(brought(*copies, dry_run=True)) == told(brought(*copies))


def test_types_to_read_here_stay_apart_and_each_beside_the_one_that_is_lent():
    kinds = ("Koleksi Langka Abad A", "Koleksi Langka Abad B", "Koleksi Langka A-7", "Koleksi Langka A-8")
    for number, kind in enumerate(kinds):
        brought(a_copy(f"B-{number}", "PUSAT", item_type=kind), a_copy(f"R-{number}", "PUSAT", item_type=kind, **{"7": "1"}))
    names = [*kinds, *(f"{kind} (baca di tempat)" for kind in kinds)]
    assert sorted(ItemType.objects.values_list("name", flat=True)) == sorted(names)
    again = brought(
        a_copy("N-1", "PUSAT", item_type=kinds[0], **{"7": "1"}), a_copy("N-2", "PUSAT", item_type=kinds[2], **{"7": "1"})
    )
    assert told(again) == []


def test_copies_come_back_to_their_places_from_what_was_exported():
    brought(a_copy("R-1", TECHNOLOGY, LAW, BANDUNG, **{"7": "1"}))
    item = Item.objects.select_related("branch", "location", "item_type").get()
    code = item.item_type.code.removesuffix("-BT")
    again = brought(copy_field("R-2"), a_copy("R-3", item.branch.code, item.location.code, code, **{"7": "1"}))
    assert [each.facts["code"] for each in again.rejections.all()] == ["PUSAT", "UMUM", "BUKU"]
    back = Item.objects.get(barcode="R-3")
    assert (back.branch_id, back.location_id, back.item_type_id) == (item.branch_id, item.location_id, item.item_type_id)
