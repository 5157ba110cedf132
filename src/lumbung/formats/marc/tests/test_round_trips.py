"""What goes out comes back the same: every field, indicator, order and local tag."""

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lumbung.formats.marc import (
    COLLECTION_END,
    COLLECTION_START,
    Encoding,
    Field,
    Record,
    RecordTooLong,
    dumps,
    from_json,
    read,
    to_iso2709,
    to_json,
    to_marcxml,
)
from lumbung.formats.marc.tests.records import a_record, any_record


def only(entries):
    (entry,) = entries
    return entry


@given(any_record)
def test_a_record_comes_back_from_json_as_it_was(record):
    assert from_json(to_json(record)) == record
    assert json.loads(dumps(record)) == to_json(record)


@given(any_record)
def test_a_record_comes_back_from_iso_2709_as_it_was(record):
    entry = only(read(io.BytesIO(to_iso2709(record)), encoding=Encoding.UTF_8))
    assert entry.record is not None
    assert entry.record.fields == record.fields
    assert entry.record.leader[5:10] == record.leader[5:10]


@given(any_record)
def test_a_record_comes_back_from_marcxml_as_it_was(record):
    file = io.BytesIO((COLLECTION_START + to_marcxml(record) + COLLECTION_END).encode())
    assert only(read(file)).record == record


@given(st.lists(any_record, min_size=1, max_size=4), st.integers(0, 3))
@settings(max_examples=50)
def test_reading_again_from_the_end_of_an_entry_gives_what_follows(records, skipped):
    file = io.BytesIO(b"".join(map(to_iso2709, records)))
    entries = list(read(file, encoding=Encoding.UTF_8))
    skipped = min(skipped, len(entries) - 1)
    rest = list(read(file, encoding=Encoding.UTF_8, offset=entries[skipped].end, position=entries[skipped].position))
    assert rest == entries[skipped + 1 :]


def test_a_record_over_99_999_bytes_is_refused_by_iso_2709_and_carried_by_marcxml():
    long = a_record("Ensiklopedia", *[Field("500", subfields=[("a", "x" * 9000)]) for _ in range(12)])
    with pytest.raises(RecordTooLong, match="the most is 99,999"):
        to_iso2709(long)
    assert only(read(io.BytesIO(to_marcxml(long, namespace=True).encode()))).record == long


def test_a_field_over_9_999_bytes_is_refused_by_iso_2709():
    with pytest.raises(RecordTooLong, match="field 520 has 10,005 bytes"):
        to_iso2709(Record(fields=[Field("520", subfields=[("a", "x" * 10_000)])]))


def test_marcxml_replaces_the_control_characters_that_xml_cannot_carry():
    assert "Bumi\ufffdmanusia &amp; &lt;anak&gt;" in to_marcxml(a_record("Bumi\x0cmanusia & <anak>"))
