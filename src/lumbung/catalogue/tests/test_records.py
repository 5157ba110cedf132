"""A cataloguer adds, changes, hides and removes records."""

import pytest

from lumbung.accounts.tests.factories import UserFactory
from lumbung.catalogue.domain.duplicates import duplicates_of
from lumbung.catalogue.domain.records import add_record, change_record, remove_record, set_suppressed
from lumbung.catalogue.models import Identifier, Record
from lumbung.catalogue.tests.factories import a_record, an_item, marc_of
from lumbung.formats.marc import Field
from lumbung.formats.marc import Record as Marc
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused

pytestmark = pytest.mark.django_db
ISBN = Field("020", subfields=[("a", "979-3062-79-7 (jilid 1)")])


def journal():
    return [(entry.name, entry.data) for entry in JournalEntry.objects.order_by("pk")]


def test_a_record_is_kept_whole_and_its_columns_are_read_out():
    sari = UserFactory(roles=["librarian"])
    given = marc_of("Laskar pelangi /", Field("100", "1", subfields=[("a", "Hirata, Andrea.")]), ISBN, control_number="inlis1")
    record = add_record(given, by=sari)
    assert Record.objects.get().marc_record == given
    assert (record.title, record.creator, record.year, record.language) == ("Laskar pelangi", "Hirata, Andrea", 1980, "ind")
    assert list(record.identifiers.order_by("kind").values_list("kind", "value")) == [
        ("control", "inlis1"),
        ("isbn", "9789793062792"),
    ]
    assert journal() == [("RecordAdded", {"record": record.pk})]
    assert JournalEntry.objects.get().actor_id == sari.pk


def test_every_fault_of_a_record_is_told_at_once():
    with pytest.raises(Refused) as refused:
        add_record(Marc(fields=[Field("24", subfields=[("a", "x")]), Field("500", subfields=[("", "y")])]), by=None)
    assert refused.value.codes == ["no_title", "malformed_field", "malformed_field"]
    with pytest.raises(Refused) as refused:
        add_record(Marc(), by=None)
    assert refused.value.codes == ["no_fields"]
    assert not Record.objects.exists()


def test_a_change_reads_the_columns_anew():
    record = a_record("Bumi manusia", ISBN)
    changed = change_record(record, marc_of("Anak semua bangsa"), version=1, by=None)
    assert (changed.title, changed.version) == ("Anak semua bangsa", 2)
    assert not Identifier.objects.exists()
    assert journal()[-1] == ("RecordChanged", {"record": record.pk, "version": 2})


def test_of_two_who_change_the_same_version_the_second_is_refused():
    record = a_record("Bumi manusia")
    change_record(record, marc_of("Jejak langkah"), version=1, by=None)
    with pytest.raises(Refused) as refused:
        change_record(record, marc_of("Rumah kaca"), version=1, by=None)
    assert refused.value.codes == ["stale"]
    assert Record.objects.get().title == "Jejak langkah"


def test_hiding_twice_says_it_once():
    record = a_record()
    set_suppressed(record, True, by=None)
    assert set_suppressed(record, True, by=None).version == 2
    assert [name for name, _ in journal()] == ["RecordAdded", "RecordSuppressed"]
    assert not Record.objects.shown_to_public().exists()


def test_a_record_with_items_stays():
    item = an_item()
    with pytest.raises(Refused) as refused:
        remove_record(item.record, by=None)
    assert [str(reason) for reason in refused.value.reasons] == [
        "Judul ini masih mempunyai 1 eksemplar. Hapus eksemplarnya dahulu."
    ]


def test_a_removed_record_leaves_its_trace_in_the_journal():
    record = a_record()
    key = record.pk
    remove_record(record, by=None)
    assert not Record.objects.exists()
    assert journal()[-1] == ("RecordRemoved", {"record": key})
    with pytest.raises(Refused, match="record_gone"):
        remove_record(Record(pk=key), by=None)


def test_a_possible_duplicate_is_found_by_its_isbn_however_written():
    record = a_record("Laskar pelangi", ISBN)
    again = marc_of("Laskar Pelangi (cetakan kedua)", Field("020", subfields=[("a", "9789793062792")]))
    assert duplicates_of(again) == [record]
    assert duplicates_of(marc_of("Lain")) == []
