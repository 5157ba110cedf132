"""No file makes the readers raise, and no bad record costs a good neighbour."""

import gzip
import io
import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lumbung.formats.marc import COLLECTION_END, COLLECTION_START, Field, Format, Kind, dumps, read, to_iso2709, to_marcxml
from lumbung.formats.marc.marcjson import BLOCK, LARGEST, read_marcjson
from lumbung.formats.marc.tests.records import a_record

GOOD = to_iso2709(a_record("Bumi manusia"))
OTHER = to_iso2709(a_record("Laskar pelangi"))


def titles(data, **options):
    found = [entry.record and entry.record.first("245") for entry in read(io.BytesIO(data), **options)]
    return [title and title.get("a") for title in found]


def kinds(data, **options):
    return [[defect.kind for defect in entry.defects] for entry in read(io.BytesIO(data), **options)]


@given(st.binary(max_size=400), st.sampled_from(list(Format)))
@example(b"\x1d\x1d\x1e\x1f", Format.ISO_2709)
@example(b"\x01" + bytes(23) + b"\x1e\x1d", Format.AUTO)
@example(b"<record><record>", Format.MARCXML)
@example(b'{"leader": 1, "fields": [{}]}', Format.MARC_IN_JSON)
def test_any_bytes_end_in_entries(data, form):
    for entry in read(io.BytesIO(data), form=form):
        assert entry.record is not None or entry.defects[0].refused


@given(st.integers(0, len(GOOD) - 1), st.integers(0, 255))
@example(36, ord("0"))
def test_one_wrong_byte_never_costs_the_next_record(at, byte):
    spoilt = GOOD[:at] + bytes([byte]) + GOOD[at + 1 :]
    assert titles(spoilt + OTHER)[-1] == "Laskar pelangi"


@given(st.integers(1, len(GOOD) - 1))
def test_a_lost_tail_never_costs_the_next_record(kept):
    found = titles(GOOD[:kept] + OTHER)
    assert found[-1] == "Laskar pelangi"
    assert found[:-1] in ([None], ["Bumi manusia"])


def test_a_file_cut_in_the_middle_names_the_place():
    *_, last = read(io.BytesIO(GOOD + OTHER[:50]))
    assert (last.position, last.offset, last.raw, last.record) == (2, len(GOOD), OTHER[:50], None)
    assert [(defect.kind, defect.place) for defect in last.defects] == [(Kind.TRUNCATED, "50")]


def test_junk_and_blanks_between_records_are_told_apart():
    data = b"\xef\xbb\xbf" + GOOD + b"\r\n\r\n" + OTHER + b"-- halaman 2 --" + GOOD + b"\x1a\x00  \n"
    assert titles(data) == ["Bumi manusia", "Laskar pelangi", None, "Bumi manusia"]
    assert kinds(data) == [[], [], [Kind.JUNK], []]


def test_a_wrong_length_is_a_warning():
    assert titles(b"00010" + GOOD[5:] + OTHER) == ["Bumi manusia", "Laskar pelangi"]
    assert kinds(b"00010" + GOOD[5:] + OTHER) == [[Kind.RECORD_LENGTH], []]


def test_a_missing_terminator_is_a_warning():
    assert titles(GOOD[:-1] + OTHER) == ["Bumi manusia", "Laskar pelangi"]
    assert kinds(GOOD[:-1] + OTHER) == [[Kind.NO_RECORD_TERMINATOR], []]


def test_bad_utf_8_is_kept_with_a_mark_and_a_warning():
    (entry,) = read(io.BytesIO(GOOD.replace(b"Bumi", b"B\xffm\xc3")))
    assert entry.record.first("245").get("a") == "B�m� manusia"
    assert [(defect.kind, defect.altered, defect.refused) for defect in entry.defects] == [(Kind.INVALID_UTF8, True, False)]


def test_utf_8_under_a_marc_8_flag_is_read_as_what_it_is():
    data = to_iso2709(a_record("Thérèse Raquin"))
    assert titles(data[:9] + b" " + data[10:]) == ["Thérèse Raquin"]
    assert kinds(data[:9] + b" " + data[10:]) == [[Kind.ENCODING_FLAG]]


def test_marc_8_becomes_composed_unicode():
    marc_8 = to_iso2709(a_record("Therxse")).replace(b"Therxse", b"Th\xe2ere")
    assert titles(marc_8[:9] + b" " + marc_8[10:]) == ["Thére"]


def test_a_gzip_file_that_breaks_off_gives_what_it_had():
    packed = gzip.compress(GOOD * 3000)
    entries = list(read(io.BytesIO(packed[: len(packed) // 2])))
    assert sum(entry.record is not None for entry in entries) > 100
    assert (entries[-1].record, entries[-1].defects[-1].place) == (None, "gzip")


def test_an_empty_file_has_no_entries():
    assert list(read(io.BytesIO(b""))) == []
    assert list(read(io.BytesIO(b"\r\n \x1a"))) == []


def xml(*records):
    return (COLLECTION_START + "".join(records) + COLLECTION_END).encode()


def test_xml_that_is_not_well_formed_costs_one_record():
    bad = to_marcxml(a_record("Rusak")).replace("</subfield>", "</subfeld>")
    data = xml(to_marcxml(a_record("Bumi manusia")), bad, to_marcxml(a_record("Laskar pelangi")))
    assert titles(data) == ["Bumi manusia", None, "Laskar pelangi"]
    assert kinds(data) == [[], [Kind.NOT_WELL_FORMED], []]


def test_an_unclosed_record_ends_where_the_next_begins():
    bad = to_marcxml(a_record("Rusak")).replace("</record>", "")
    data = xml(bad, to_marcxml(a_record("Laskar pelangi")))
    assert titles(data) == [None, "Laskar pelangi"]


def test_records_in_comments_are_not_records():
    data = xml("<!-- " + to_marcxml(a_record("Lama")) + " -->", to_marcxml(a_record("Baru")))
    assert titles(data) == ["Baru"]


def test_no_entity_expands_and_none_reaches_outside(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("rahasia")
    declared = f'<!DOCTYPE c [<!ENTITY a "aa"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file://{secret}">]>'
    for name in ("b", "f"):
        data = declared.encode() + xml(to_marcxml(a_record("X")).replace(">X<", f">&{name};<"), to_marcxml(a_record("Baik")))
        assert titles(data) == [None, "Baik"]


def test_elements_are_known_in_any_namespace_and_a_declared_encoding_is_followed():
    element = to_marcxml(a_record("Bücher")).replace("<", "<m:").replace("<m:/", "</m:")
    data = f'<?xml version="1.0" encoding="ISO-8859-1"?><m:collection xmlns:m="urn:x">{element}</m:collection>'
    assert titles(data.encode("latin-1")) == ["Bücher"]


def test_json_lines_and_a_json_list_both_are_read():
    first, second = (dumps(a_record(title)) for title in ("A {", "B {"))
    assert titles(f"{first}\n{second}\n".encode()) == ["A {", "B {"]
    assert titles(f"[{first}, {second}]".encode()) == ["A {", "B {"]
    assert titles(f'[{first}, {{"leader"'.encode()) == ["A {", None]


def test_text_without_its_first_delimiter_is_kept_as_subfield_a():
    data = to_iso2709(a_record("X", Field("773", subfields=[("g", "no. 2")])))
    lost = data.replace(b"  \x1fgno. 2", b"  Ka\x1fgno2")
    (entry,) = read(io.BytesIO(lost))
    assert entry.record.first("773").subfields == [("a", "Ka"), ("g", "no2")]
    assert [defect.kind for defect in entry.defects] == [Kind.TEXT_BEFORE_SUBFIELD]


def test_a_record_too_large_to_hold_costs_its_neighbours_nothing():
    good = dumps(a_record()).encode()
    large = b'{"leader":"' + b"x}" * (LARGEST // 2 + BLOCK) + b'"}'
    before, refused, after = read_marcjson(io.BytesIO(b"[" + good + b"," + large + b",\n" + good + b"]"))
    assert before.record == after.record == a_record()
    assert refused.record is None
    assert len(refused.raw) == LARGEST
    assert (refused.offset, refused.end) == (len(good) + 2, len(good) + 2 + len(large))
    assert after.offset == refused.end + 2


@pytest.mark.parametrize("shift", range(12))
def test_a_string_is_whole_wherever_a_block_breaks_off(shift: int):
    value = json.dumps({"a": '{"\\}' * 3}).encode()
    stream = b" " * (BLOCK - shift) + value + b"{}"
    assert [each.raw for each in read_marcjson(io.BytesIO(stream))] == [value, b"{}"]


@pytest.mark.parametrize("character", ["\x00", "\x1d", "\x1e", "\x1f", "\ud800"])
@pytest.mark.parametrize("place", ["subfield", "control field"])
def test_json_with_a_character_that_would_break_its_iso_2709_is_refused(character, place):
    field = {"245": {"ind1": "0", "ind2": "0", "subfields": [{"a": f"Bumi{character}manusia"}]}}
    told = {"leader": " " * 24, "fields": [field if place == "subfield" else {"001": f"7{character}"}]}
    [entry] = read_marcjson(io.BytesIO(json.dumps(told).encode()))
    assert [(each.kind, each.place, each.refused) for each in entry.defects] == [
        ("control_character", f"u{ord(character):04x}", True)
    ]
    assert entry.record is None


def test_json_may_speak_of_such_a_character():
    field = {"245": {"ind1": "0", "ind2": "0", "subfields": [{"a": "Galat \\u0000 dan \\u001f"}]}}
    [entry] = read_marcjson(io.BytesIO(json.dumps({"leader": " " * 24, "fields": [field]}).encode()))
    assert entry.record is not None
    assert entry.record.first("245").get("a") == "Galat \\u0000 dan \\u001f"
