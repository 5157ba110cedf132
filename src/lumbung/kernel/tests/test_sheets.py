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
