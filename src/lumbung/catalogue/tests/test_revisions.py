"""Every change of a record's MARC leaves what stood before it, and can be taken back."""

import pytest

from lumbung.catalogue.domain.records import add_record, change_record, restore_version, set_suppressed
from lumbung.catalogue.models import Revision
from lumbung.catalogue.tests.factories import a_record, an_import, marc_of
from lumbung.formats.marc import Field
from lumbung.kernel import channel
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused

pytestmark = pytest.mark.django_db


def test_a_change_keeps_what_stood_before_and_who_changed_it_through_what(sari):
    record = a_record("Bumi manusia")
    with channel.through("api"):
        change_record(record, marc_of("Anak semua bangsa"), version=1, by=sari)
    [kept] = Revision.objects.all()
    assert (kept.was, kept.became, kept.by, kept.channel, kept.restored) == (1, 2, sari, "api", None)
    assert kept.marc_before == marc_of("Bumi manusia")


def test_saving_the_same_again_keeps_nothing_and_counts_no_version():
    record = a_record()
    assert change_record(record, record.marc_record, version=1, by=None).version == 1
    assert Revision.objects.count() == 0
    assert [entry.name for entry in JournalEntry.objects.all()] == ["RecordAdded"]


def test_neither_an_import_nor_hiding_a_title_keeps_a_revision():
    run = an_import([marc_of(f"Judul {n}") for n in range(3)])
    set_suppressed(run.records.first(), True, by=None)
    assert Revision.objects.count() == 0


def test_a_restored_version_is_a_change_of_its_own_and_can_be_taken_back(sari):
    record = change_record(a_record("Pertama"), marc_of("Kedua"), version=1, by=sari)
    back = restore_version(record, 1, version=2, by=sari)
    assert (back.title, back.version) == ("Pertama", 3)
    assert JournalEntry.objects.last().data == {"record": record.pk, "version": 3, "restored": 1}
    assert restore_version(record, 2, version=3, by=sari).title == "Kedua"
    assert list(Revision.objects.order_by("was").values_list("was", "became", "restored")) == [
        (1, 2, None),
        (2, 3, 1),
        (3, 4, 2),
    ]


def test_restoring_refuses_a_version_nobody_kept_and_a_record_changed_meanwhile():
    record = change_record(a_record("Pertama"), marc_of("Kedua"), version=1, by=None)
    with pytest.raises(Refused) as refused:
        restore_version(record, 7, version=1, by=None)
    assert refused.value.codes == ["stale", "version_unknown"]


def test_a_large_record_is_kept_in_a_third_of_its_size():
    notes = [Field("500", subfields=[("a", f"Catatan nomor {n} tentang naskah ini, dicatat pengatalog.")]) for n in range(100)]
    record = add_record(marc_of("Naskah", *notes), by=None)
    size = len(str(record.marc))
    change_record(record, marc_of("Naskah"), version=1, by=None)
    assert len(Revision.objects.get().before) * 3 < size


@pytest.mark.parametrize("delimiter", ["\x1d", "\x1e", "\x1f", "\x00"])
def test_no_value_may_hold_what_ends_fields_and_records(delimiter):
    with pytest.raises(Refused) as refused:
        a_record("Bumi manusia", Field("500", subfields=[("a", f"satu{delimiter}adua")]))
    assert refused.value.codes == ["control_characters"]
