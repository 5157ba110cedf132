"""Real collections: the good ones come in whole, the broken ones end in a report."""

import io
import unicodedata
from itertools import islice

import mrrc
import pymarc
import pytest

from lumbung.formats.marc import COLLECTION_END, COLLECTION_START, Encoding, RecordTooLong, read, to_iso2709, to_marcxml

GOOD = {
    "good/gpo-iso2709.mrc.gz": 15_996,
    "good/gpo-cmr-420.xml.gz": 420,
    "good/apache-5000.mrc.gz": 5_000,
    "good/apache-uchicago.xml.gz": 62,
    "gpo-and-friends/gpo_nistir_utf8.mrc.gz": 1_447,
    "gpo-and-friends/uva_2000_marc8.mrc.gz": 2_000,
    "gpo-and-friends/sample_psucat.mrc.gz": 728,
    "gpo-and-friends/princeton.xml.gz": 99,
}
# kind, whether it cost the record; the offset is 0 but for XML, where the record stands after the declaration
DEFECTS = {
    "e001_record_length_below_24.bin": ("record_length", False),
    "e001_record_length_non_digit.bin": ("record_length", False),
    "e002_indicator_count_non_digit.bin": ("indicator_count", False),
    "e002_indicator_count_not_two.bin": ("indicator_count", False),
    "e002_invalid_bibliographic_level.bin": ("leader_code", False),
    "e002_invalid_cataloging_form.bin": ("leader_code", False),
    "e002_invalid_character_coding.bin": ("leader_code", False),
    "e002_invalid_control_record_type.bin": ("leader_code", False),
    "e002_invalid_encoding_level.bin": ("leader_code", False),
    "e002_invalid_multipart_level.bin": ("leader_code", False),
    "e002_invalid_record_status.bin": ("leader_code", False),
    "e002_subfield_code_count_not_two.bin": ("subfield_code_count", False),
    "e003_base_address_below_24.bin": ("base_address", False),
    "e003_base_address_non_digit.bin": ("base_address", False),
    "e004_base_address_past_record.bin": ("base_address", False),
    "e005_truncated_record.bin": ("truncated", True),
    "e006_no_record_terminator.bin": ("no_record_terminator", False),
    "e101_directory_no_terminator.bin": ("directory", False),
    "e101_directory_non_digit_length.bin": ("directory", False),
    "e101_directory_non_digit_start.bin": ("directory", False),
    "e101_non_ascii_tag.bin": ("tag", True),
    "e106_authority_field_too_short.bin": ("directory", False),
    "e106_expected_subfield_delimiter.bin": ("no_subfield", False),
    "e106_field_length_past_data.bin": ("directory", False),
    "e106_recovery_invalid_field.bin": ("truncated", True),
    "e201_bad_indicator.bin": ("indicator", False),
    "e201_per_tag_indicator_245.bin": ("indicator", False),
    "e202_non_printable_subfield_code.bin": ("subfield_code", False),
    "e301_invalid_utf8_in_authority_control_field.bin": ("invalid_marc8", False),
    "e301_invalid_utf8_in_control_field.bin": ("invalid_utf8", False),
    "e301_invalid_utf8_in_subfield.bin": ("invalid_utf8", False),
    "e401_bad_char_reference.xml": ("not_well_formed", True),
    "e401_malformed_marcxml.xml": ("not_well_formed", True),
    "e401_no_record_element.xml": ("no_record", True),
    "e401_unexpected_eof_in_subfield.xml": ("truncated", True),
    "e402_malformed_marcjson.json": ("malformed_json", True),
}


def entries_in(path):
    with path.open("rb") as file:
        yield from read(file)


@pytest.mark.parametrize("name", GOOD)
def test_a_good_collection_comes_in_whole(shared_data, name):
    entries = list(entries_in(shared_data / "marc" / name))
    assert [entry for entry in entries if entry.record is None] == []
    assert len(entries) == GOOD[name]


def test_every_small_record_comes_in(shared_data):
    folders = (shared_data / "marc/good/small", shared_data / "marc/gpo-and-friends/traject")
    for path in sorted(path for folder in folders for path in folder.iterdir()):
        assert [entry.record is not None for entry in entries_in(path)].count(False) == 0, path.name


@pytest.mark.parametrize("name", DEFECTS)
def test_a_defect_is_named_with_its_place(shared_data, name):
    (entry,) = entries_in(shared_data / "marc/defects/error_fixtures" / name)
    kind, refused = DEFECTS[name]
    assert (kind, refused) in [(defect.kind.value, defect.refused) for defect in entry.defects]
    assert entry.offset == (39 if entry.raw.startswith(b"<record") else 0)
    assert (entry.record is None) is refused


def test_a_broken_file_gives_its_good_records(shared_data):
    folder = shared_data / "marc/broken"
    good = {path.name: sum(entry.record is not None for entry in entries_in(path)) for path in folder.iterdir()}
    assert good["bad_hathi_records.mrc"] == 5
    assert good["bad_oversize_field_bad_directory.mrc"] == 5
    assert good["bad_records.mrc"] == 5
    assert good["regression45.dat"] == 12
    assert good["weird_ids.mrc"] == 8
    assert good["not-well-formed.xml"] == good["bad_tag.xml"] == good["bad_data_value.mrc"] == 0
    assert len(good) == 23


def test_the_same_records_in_utf_8_and_marc_8_agree(shared_data):
    """But for those whose UTF-8 file still has MARC-8's escape sequences or its half marks (one tie over two letters)."""
    folder, differing, compared = shared_data / "marc/gpo-and-friends", [], 0
    for name in ("gpo_nistir", "gpo_nbs_monograph", "gpo_nist_technical_note", "gpo_nbs_building_science_series"):
        for one, other in zip(
            entries_in(folder / f"{name}_utf8.mrc.gz"), entries_in(folder / f"{name}_marc8.mrc.gz"), strict=True
        ):
            compared += 1
            if fields_of(one) != fields_of(other):
                differing.append(one.raw)
    assert (len(differing), compared) == (6, 2176)
    assert sum(b"\x1b" in raw for raw in differing) == 5


@pytest.mark.parametrize("name", ["gpo_nbs_monograph", "gpo_nist_technical_note", "gpo_nbs_building_science_series"])
def test_the_same_records_in_marcxml_agree(shared_data, name):
    folder = shared_data / "marc/gpo-and-friends"
    in_xml = list(entries_in(folder / f"{name}.xml.gz"))
    in_iso = list(entries_in(folder / f"{name}_utf8.mrc.gz"))
    differing = sum(titles_of(one) != titles_of(other) for one, other in zip(in_xml, in_iso, strict=True))
    assert differing / len(in_iso) < 0.03


@pytest.mark.parametrize("name", ["good/apache-5000.mrc.gz", "gpo-and-friends/uva_2000_marc8.mrc.gz"])
def test_a_collection_goes_out_as_it_came(shared_data, name):
    records = [entry.record for entry in entries_in(shared_data / "marc" / name)]
    again = read(io.BytesIO(b"".join(map(to_iso2709, records))), encoding=Encoding.UTF_8)
    assert [entry.record.fields for entry in again] == [record.fields for record in records]
    as_xml = COLLECTION_START + "".join(map(to_marcxml, records)) + COLLECTION_END
    assert [entry.record for entry in read(io.BytesIO(as_xml.encode()))] == records


def fields_of(entry):
    return [
        (
            field.tag,
            field.ind1,
            field.ind2,
            composed(field.value or ""),
            [(code, composed(text)) for code, text in field.subfields],
        )
        for field in entry.record.fields
        if field.tag not in {"001", "005"}
    ]


def titles_of(entry):
    return [[(code, composed(text)) for code, text in field.subfields] for field in entry.record.all("245", "100", "700")]


def composed(text):
    return unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("name", GOOD)
def test_what_we_write_two_other_readers_read_as_we_do(shared_data, name):
    """pymarc and mrrc are the oracles: of what we let out, both must make the record that we hold."""
    with (shared_data / "marc" / name).open("rb") as file:
        records = [each.record for each in islice(read(file), 1500) if each.record is not None and not each.defects]
    assert records
    for record in records:
        try:
            written = to_iso2709(record)
        except RecordTooLong:
            continue
        meant = said(record)
        assert as_said(next(iter(pymarc.MARCReader(written, to_unicode=True, utf8_handling="strict")))) == meant
        assert as_said(next(iter(mrrc.MARCReader(written, recovery_mode="strict")))) == meant


def said(record):
    """What a record says, tag by tag, without the places in the leader that each file counts anew."""
    fields = [
        (each.tag, each.value) if each.is_control else (each.tag, each.ind1, each.ind2, *each.subfields)
        for each in record.fields
    ]
    return sorted(fields, key=lambda each: each[0])


def as_said(other):
    fields = []
    for each in other.get_fields():
        if each.is_control_field():
            fields.append((each.tag, each.data))
        else:
            subfields = each.subfields() if callable(each.subfields) else each.subfields
            fields.append((each.tag, *each.indicators, *((one.code, one.value) for one in subfields)))
    return sorted(fields, key=lambda each: each[0])
