"""Tables that come in from spreadsheet programs."""

import zipfile
from io import BytesIO

import pytest
from openpyxl import Workbook

from lumbung.kernel.sheets import XLSX, UnreadableTableError, rows_of, unread_sheets
from lumbung.kernel.ui.spreadsheet import table_response


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
DECIMALS = "Judul;Harga;Ket\nSatu;1,5\nTiga;2,5\nEmpat;3,5\n"
ENDS_UNWRITTEN = "No Anggota;Nama;Alamat;Catatan\nM-1;Budi 1, S.H.\nM-2;Budi 2, S.H.\nM-3;Budi 3, S.H.\n"
ONE_COLUMN = "Nama\nBudi, S.H.\nAni, M.Kom.\n"
TITLED_PLAINLY = "Daftar buku\nJudul;Pengarang\nBumi;Toer, Pramoedya\nLaut;Leila, S.\n"
TITLED_WITH_NAMES = "Daftar buku, SMA, 2025\nJudul;Pengarang\nBumi;Toer, Pramoedya\nLaut;Leila, S.\n"
HEADS_OF_WORDS = "Judul;Penulis, editor;Tahun\nBumi;Toer, P.\nLaut;Leila, S.\n"
DECIMALS_ALONE = "Harga\n1,5\n2,5\n17,25\n"
SIZES_ALONE = "Ukuran\n21,5 x 29,7\n14,8 x 21,0\n"
TITLED_DECIMALS = "Daftar buku\nHarga,Judul\n1,Bumi\n2,Laut\n"
SOME_TORN = "Judul\nBumi;anak judul\nLaut\nBukit\n"

LAST = {"Bumi", "Bumi manusia", "Bumi;Laut", "Laut", "Empat", "M-3", "Ani, M.Kom", "Bukit", "17,25", "14,8 x 21,0", "2"}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "widths"),
    [
        (QUOTED, [2, 2]),
        (TITLED, [1, 2, 2]),
        (NAMES, [2, 2, 2]),
        (RAGGED, [4, 3, 3]),
        (DECIMALS, [3, 2, 2, 2]),
        (ENDS_UNWRITTEN, [4, 2, 2, 2]),
        (ONE_COLUMN, [1, 1, 1]),
        (TITLED_PLAINLY, [1, 2, 2, 2]),
        (TITLED_WITH_NAMES, [1, 2, 2, 2]),
        (HEADS_OF_WORDS, [3, 2, 2]),
        (SOME_TORN, [1, 1, 1, 1]),
        (DECIMALS_ALONE, [1, 1, 1, 1]),
        (SIZES_ALONE, [1, 1, 1]),
        (TITLED_DECIMALS, [1, 2, 2, 2]),
        ("sep=|\nJudul|Pengarang\nBumi;Laut|Toer\n", [2, 2]),
        ("Judul\nBumi\n", [1, 1]),
    ],
)
def test_the_separator_is_that_of_the_heads_or_under_a_title_the_one_by_which_most_rows_become_columns(text, widths):
    rows = rows_of(text.encode())
    assert [len(row) for row in rows] == widths
    assert rows[-1][0].rstrip(",.") in LAST


def test_a_table_goes_out_in_the_form_that_its_name_says_and_is_kept_by_nobody():
    sheet, lines = (table_response(f"daftar.{form}", ["Nomor"], [["007"], ["=1+1"]]) for form in ("xlsx", "csv"))
    assert rows_of(sheet.content) == [["Nomor"], ["007"], ["=1+1"]]
    assert rows_of(lines.getvalue()) == [["Nomor"], ["007"], ["'=1+1"]]
    assert (sheet["Content-Type"], lines["Content-Type"]) == (XLSX, "text/csv; charset=utf-8")
    for response, form in ((sheet, "xlsx"), (lines, "csv")):
        assert response["Content-Disposition"] == f'attachment; filename="daftar.{form}"'
        assert response["Cache-Control"] == "no-store"
