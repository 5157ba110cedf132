"""What a list in Excel has more than one row a copy tells of: other sheets, counts in words, a sum below, a second list."""

from io import BytesIO

import pytest
from openpyxl import Workbook

from lumbung.catalogue.models import Item, Record
from lumbung.moving.domain.sheets import cells
from lumbung.moving.models import Finding

pytestmark = pytest.mark.django_db


@pytest.fixture
def came(moved):
    return lambda data, **options: moved(data, source="spreadsheet", **options)


def book(*sheets: tuple[str, list[list[object]]]) -> bytes:
    kept, made = BytesIO(), Workbook()
    made.remove(made.active)
    for name, rows in sheets:
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(kept)
    return kept.getvalue()


def told(move, code: str) -> list[str]:
    return sorted({each.reason for each in Finding.objects.filter(move=move, code=code)})


def test_sheets_that_are_not_read_are_told(came):
    move = came(book(("Buku", [["Judul"], ["Kalkulus"]]), ("Kosong", []), ("Skripsi", [["Judul"], ["Padi"]])))
    assert Record.objects.get().title == "Kalkulus"
    assert [each.rpartition("dibaca: ")[2].partition(".")[0] for each in told(move, "sheets_unread")] == ["Skripsi"]


def test_a_first_sheet_that_is_empty_is_passed_over(came):
    move = came(book(("Sheet1", []), ("Buku", [["Judul"], ["Kalkulus"]])))
    assert Record.objects.get().title == "Kalkulus"
    assert told(move, "sheets_unread") == []


@pytest.mark.parametrize(
    ("text", "copies"),
    [("", 0), ("-", 0), ("0", 0), ("3", 3), ("2.0", 2), ("2 eks", 2), ("2eks.", 2), ("3 buah", 3),
     ("dua", None), ("1-3", None), ("2 eks 1 hilang", None), ("501", None)],
)  # fmt: skip
def test_a_number_of_copies_is_read_with_its_word(text, copies):
    assert cells.copies(text, most=500) == copies


def test_a_number_of_copies_that_cannot_be_read_is_told_and_makes_one(came):
    move = came("Judul,Jumlah\nKalkulus,2 eks\nAljabar,dua\n")
    assert [Item.objects.filter(record__title=each).count() for each in ("Kalkulus", "Aljabar")] == [2, 1]
    assert [each[:5] for each in told(move, "copies_unreadable")] == ["“dua”"]
    assert Item.objects.get(record__title="Aljabar").note == "jumlah: dua"


def test_a_sum_below_the_list_is_no_copy(came):
    move = came("No,Judul,Jumlah\n1,Kalkulus,2\nJUMLAH,,2\n")
    assert move.counts["move"]["copy"] == {"read": 2, "added": 2}


def test_copies_without_barcodes_of_a_second_list_and_of_a_longer_one_come_in(came):
    came("Judul,Jumlah\nKalkulus,2\nAljabar,1\n")
    other = came("Judul,Jumlah\nSosiologi,2\n")
    longer = came("Judul,Jumlah\nStatistika,2\nKalkulus,2\nAljabar,1\n")
    assert other.counts["move"]["copy"] == {"read": 2, "added": 2}
    assert longer.counts["move"]["copy"] == {"read": 5, "same": 3, "added": 2}
    assert Item.objects.count() == 7
