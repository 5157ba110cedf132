"""MARC as lines of text: what we write we read back to the letter, and what others write we understand."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbung.formats.marc import Field, Record, read
from lumbung.formats.marc.lines import Unreadable, from_lines, to_lines

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
INDICATORS = st.sampled_from([*string.digits, *string.ascii_lowercase, " ", "#", "_", "\\", "$", "{", "Ω"])
CODES = st.sampled_from([each for each in map(chr, range(0x21, 0x7F)) if each != "$"])
DATA = st.builds(
    Field, st.from_regex(r"[1-9][0-9A-Z]{2}", fullmatch=True), INDICATORS, INDICATORS, st.lists(st.tuples(CODES, TEXT))
)
CONTROL = st.builds(Field, st.from_regex(r"00[1-9]", fullmatch=True), value=TEXT)


@given(st.lists(DATA | CONTROL))
def test_any_record_is_read_back_to_the_letter(fields):
    record = Record("00000nam a2200000 c 4500", fields)
    assert from_lines(to_lines(record)) == record


def test_real_records_are_read_back_to_the_letter(shared_data):
    with (shared_data / "marc/good/gpo-cmr-420.xml.gz").open("rb") as file:
        for entry in read(file):
            assert entry.record is None or from_lines(to_lines(entry.record)) == entry.record


@pytest.mark.parametrize(
    ("line", "indicators", "subfields"),
    [
        ("=245  10$aJudul :$bharga {dollar}5", "10", [("a", "Judul :"), ("b", "harga $5")]),
        ("=650  \\4$aFiksi", " 4", [("a", "Fiksi")]),
        ("650 #4 $a Fiksi $x Sejarah", " 4", [("a", "Fiksi"), ("x", "Sejarah")]),
        ("650  4 $aFiksi", " 4", [("a", "Fiksi")]),
        ("100 1_ |aToer", "1 ", [("a", "Toer")]),
        ("100 1  ‡aToer", "1 ", [("a", "Toer")]),
        ("500 $aCatatan\n    yang panjang", "  ", [("a", "Catatan yang panjang")]),
    ],
)
def test_what_others_write_is_understood(line, indicators, subfields):
    [field] = from_lines(line).fields
    assert (field.ind1 + field.ind2, field.subfields) == (indicators, subfields)


def test_every_unreadable_line_is_named():
    with pytest.raises(Unreadable) as unreadable:
        from_lines("LDR x\n24 $aJudul\n245 00 $aJudul\n650 tiga $aFiksi")
    assert unreadable.value.lines == [(2, "24 $aJudul"), (4, "650 tiga $aFiksi")]
