"""Tables that come in from spreadsheet programs."""

import zipfile
from io import BytesIO

import pytest
from openpyxl import Workbook

from lumbung.kernel.sheets import UnreadableTableError, rows_of, unread_sheets


def with_damaged(sheet: str) -> bytes:
    """A workbook of three sheets, of which this one breaks off."""
    whole, damaged, made = BytesIO(), BytesIO(), Workbook()
    made.active.append(["Judul", "Kalkulus"])
    for name in ("Skripsi", "Majalah"):
        made.create_sheet(name).append(["Judul", name])
    made.save(whole)
    with zipfile.ZipFile(whole) as packed, zipfile.ZipFile(damaged, "w") as kept:
        for each in packed.namelist():
            content = packed.read(each)
            kept.writestr(each, content[: len(content) // 2] if each.endswith(sheet) else content)
    return damaged.getvalue()


def test_a_damaged_sheet_behind_the_first_is_told_and_hinders_nothing():
    book = with_damaged("sheet2.xml")
    assert rows_of(book) == [["Judul", "Kalkulus"]]
    assert unread_sheets(book) == ["Skripsi", "Majalah"]


def test_a_first_sheet_that_is_damaged_is_no_table():
    with pytest.raises(UnreadableTableError):
        rows_of(with_damaged("sheet1.xml"))


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ('"Judul; anak judul; jilid",Pengarang\nBumi manusia,Toer\n', [["Judul; anak judul; jilid", "Pengarang"], ["Bumi manusia", "Toer"]]),
        ("Daftar buku, Perpustakaan SMA, 2025\nJudul;Tahun\nBumi;1980\n", [["Daftar buku, Perpustakaan SMA, 2025"], ["Judul", "Tahun"], ["Bumi", "1980"]]),
        ("Judul;Pengarang\nBumi;Toer, Pramoedya, Ananta\nLaut;Leila, S., Chudori\n", [["Judul", "Pengarang"], ["Bumi", "Toer, Pramoedya, Ananta"], ["Laut", "Leila, S., Chudori"]]),
        ("Judul,Pengarang,Tahun,Lokasi\nBumi,Toer; Lane,1980\nLaut,Leila; Budi,2017\n", [["Judul", "Pengarang", "Tahun", "Lokasi"], ["Bumi", "Toer; Lane", "1980"], ["Laut", "Leila; Budi", "2017"]]),
        ("sep=|\nJudul|Pengarang\nBumi;Laut|Toer\n", [["Judul", "Pengarang"], ["Bumi;Laut", "Toer"]]),
        ("Judul\nBumi\n", [["Judul"], ["Bumi"]]),
    ],
)  # fmt: skip
def test_the_separator_is_the_one_by_which_most_rows_become_columns(text, rows):
    assert rows_of(text.encode()) == rows
