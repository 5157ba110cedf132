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


QUOTED = '"Judul; anak judul; jilid",Pengarang\nBumi manusia,Toer\n'
TITLED = "Daftar buku, Perpustakaan SMA, 2025\nJudul;Tahun\nBumi;1980\n"
NAMES = "Judul;Pengarang\nBumi;Toer, Pramoedya, Ananta\nLaut;Leila, S., Chudori\n"
RAGGED = "Judul,Pengarang,Tahun,Lokasi\nBumi,Toer; Lane,1980\nLaut,Leila; Budi,2017\n"


@pytest.mark.parametrize(
    ("text", "widths"),
    [
        (QUOTED, [2, 2]),
        (TITLED, [1, 2, 2]),
        (NAMES, [2, 2, 2]),
        (RAGGED, [4, 3, 3]),
        ("sep=|\nJudul|Pengarang\nBumi;Laut|Toer\n", [2, 2]),
        ("Judul\nBumi\n", [1, 1]),
    ],
)
def test_the_separator_is_the_one_by_which_most_rows_become_columns(text, widths):
    rows = rows_of(text.encode())
    assert [len(row) for row in rows] == widths
    assert rows[-1][0].startswith(("Bumi", "Laut"))
