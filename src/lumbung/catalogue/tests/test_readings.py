"""What records are found by, kept in their rows."""

from hashlib import blake2b

import pytest

from lumbung.catalogue.domain.bibliographic import findable_of, taken_up
from lumbung.catalogue.domain.bibliographic.findable import VERSION, findable_in, kept
from lumbung.catalogue.domain.readings import findables, read_anew
from lumbung.catalogue.domain.records import change_record
from lumbung.catalogue.models import Record
from lumbung.catalogue.tests.factories import a_record, marc_of
from lumbung.formats.marc import Field, dumps

THESIS = marc_of(
    "Pengaruh motivasi terhadap kinerja :",
    Field("024", "7", " ", [("a", "1301.20.0045"), ("2", "nim")]),
    Field("020", subfields=[("a", "978-979-22-3456-8 (jil. 1)")]),
    Field("041", "0", subfields=[("a", "ind"), ("a", "eng")]),
    Field("082", "0", "4", [("a", "658.3/14"), ("2", "23")]),
    Field("100", "1", subfields=[("a", "Sitorus, Ben,"), ("c", "Dr."), ("e", "pengarang")]),
    Field("246", "3", subfields=[("a", "Motivasi & kinerja")]),
    Field("250", subfields=[("a", "Ed. 2.")]),
    Field("264", " ", "1", [("a", "Medan :"), ("b", "USU Press,"), ("c", "2019")]),
    Field("490", "0", subfields=[("a", "Seri manajemen ;"), ("v", "4")]),
    Field("502", subfields=[("a", "Skripsi (Program Studi Manajemen) NIM 130120045")]),
    Field("505", "0", subfields=[("a", "Bab 1. Kerja.")]),
    Field("520", subfields=[("a", "Tentang kerja\n  “yang baik”.")]),
    Field("650", " ", "4", [("a", "Motivasi kerja"), ("x", "Penelitian")]),
    Field("700", "1", subfields=[("a", "Lubis, Aisyah."), ("t", "Kerja.")]),
    Field("856", "4", "0", [("u", "https://repo.example/1.pdf"), ("y", "Teks lengkap")]),
    Field("880", "1", subfields=[("6", "245-01/(3/r"), ("a", "كتاب")]),
    control_number="ID-1",
)
READ = "3 8ca1"
"""Version and digest of what is read of the thesis."""


def test_what_is_kept_is_what_was_read():
    found = findable_of(dumps(THESIS))
    again = taken_up(kept(found))
    assert again is not None
    assert [list(each) if isinstance(each, tuple) else each for each in found] == list(again)


def test_who_changes_what_is_read_raises_its_version():
    told = kept(findable_of(dumps(THESIS)))
    assert f"{VERSION} {blake2b(told.encode(), digest_size=2).hexdigest()}" == READ


@pytest.mark.parametrize("text", ["", "[0,1,2]", f"[{VERSION}0,"])
def test_what_another_version_kept_is_not_taken_up(text):
    assert taken_up(text) is None


def test_half_a_letter_is_kept_as_a_question_mark():
    found = findable_in("00000nam a2200000 i 4500", {"245": [Field("245", subfields=[("a", "Padi \ud800")])]})
    again = taken_up(kept(found))
    assert again is not None
    assert again.title == "Padi ?"


@pytest.mark.django_db
def test_a_row_of_another_version_is_read_from_its_marc_in_one_statement(django_assert_num_queries):
    old, older, new = a_record("Padi"), a_record("Jagung"), a_record("Ubi")
    Record.objects.filter(pk__in=[old.pk, older.pk]).update(findable="[0]")
    rows = dict(Record.objects.values_list("pk", "findable"))
    with django_assert_num_queries(1):
        found = findables(rows)
    assert {key: each.title for key, each in found.items()} == {old.pk: "Padi", older.pk: "Jagung", new.pk: "Ubi"}
    with django_assert_num_queries(0):
        assert findables({new.pk: rows[new.pk]})[new.pk].title == "Ubi"
    assert findables({}) == {}


@pytest.mark.django_db
def test_rows_of_another_version_are_read_anew_and_the_others_left():
    old, new = a_record("Padi"), a_record("Ubi")
    Record.objects.filter(pk=old.pk).update(findable="", title="padi?")
    Record.objects.filter(pk=new.pk).update(title="by hand")
    assert read_anew([old.pk, new.pk]) == 1
    assert read_anew([old.pk, new.pk]) == 0
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.title, new.title, old.version) == ("Padi", "by hand", 1)
    assert findables({old.pk: old.findable})[old.pk].title == "Padi"


@pytest.mark.django_db
def test_a_change_of_the_record_is_kept_with_it():
    record = a_record("Padi")
    change_record(record, marc_of("Padi gogo"), version=1, by=None)
    kept_now = Record.objects.values_list("findable", flat=True).get(pk=record.pk)
    assert findables({record.pk: kept_now})[record.pk].title == "Padi gogo"
