"""Lists and course readings when two titles become one, and two again."""

import pytest

from lumbung.catalogue.domain.field_choices import together, usual_choice
from lumbung.catalogue.domain.mergers import merge_records, undo_merger
from lumbung.catalogue.tests.factories import a_record
from lumbung.discovery.domain.joined_titles import told
from lumbung.discovery.models import Course, CourseItem, CourseSection, CuratedList, CuratedTitle, ListedTitle, PersonalList
from lumbung.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def gone(db):
    return a_record("Bumi Manusia")


@pytest.fixture
def kept(db):
    return a_record("Bumi manusia")


def merge(gone, kept):
    made = together(kept.marc_record, gone.marc_record, usual_choice(kept.marc_record, gone.marc_record))
    return merge_records(gone, into=kept, made=made, versions=(gone.version, kept.version), by=None)


def a_list(user, *titles):
    made = PersonalList.objects.create(owner=user, name="Baca", created_at=clock.now(), changed_at=clock.now())
    for place, (record, note) in enumerate(titles):
        ListedTitle.objects.create(
            list=made, record=record, title=record.title, note=note, position=place, added_at=clock.now()
        )
    return made


def titles(held):
    return [(each.record_id, each.title, each.note, each.position) for each in held.titles.all()]


def test_a_list_names_the_title_that_stays(ani, gone, kept):
    key = gone.pk
    held = a_list(ani.user, (gone, "untuk skripsi"))
    assert told(gone, kept) == ["Tercantum pada 1 daftar; ikut pindah."]
    merger = merge(gone, kept)
    assert titles(held) == [(kept.pk, "Bumi Manusia", "untuk skripsi", 0)]
    undo_merger(merger, by=None)
    assert titles(held) == [(key, "Bumi Manusia", "untuk skripsi", 0)]


def test_a_list_with_both_has_it_once_with_both_notes_and_both_again(ani, gone, kept):
    key = gone.pk
    held = a_list(ani.user, (gone, "milik Budi"), (kept, "bab 3"))
    added = [each.added_at for each in held.titles.all()]
    merger = merge(gone, kept)
    assert titles(held) == [(kept.pk, "Bumi manusia", "bab 3 · milik Budi", 1)]
    undo_merger(merger, by=None)
    assert titles(held) == [(key, "Bumi Manusia", "milik Budi", 0), (kept.pk, "Bumi manusia", "bab 3", 1)]
    assert [each.added_at for each in held.titles.all()] == added


def test_a_note_changed_since_stays(ani, gone, kept):
    held = a_list(ani.user, (gone, "a"), (kept, "b"))
    merger = merge(gone, kept)
    held.titles.update(note="baru")
    undo_merger(merger, by=None)
    assert [note for _, _, note, _ in titles(held)] == ["a", "baru"]


def test_curated_lists_and_course_readings_follow_too(sari, gone, kept):
    key = gone.pk
    curated = CuratedList.objects.create(title="Roman", changed_at=clock.now())
    CuratedTitle.objects.create(curated_list=curated, record=gone, place=1, note="x" * 300)
    CuratedTitle.objects.create(curated_list=curated, record=kept, place=2, note="y" * 300)
    course = Course.objects.create(lecturer=sari, code="SAS1", name="Sastra", search_text="", created_at=clock.now())
    section = CourseSection.objects.create(course=course, name="1", position=0)
    reading = CourseItem.objects.create(section=section, record=gone, citation="Toer", position=0)
    assert told(gone, kept) == ["Tercantum pada 1 daftar; ikut pindah.", "1 bacaan kuliah ikut pindah."]
    merger = merge(gone, kept)
    reading.refresh_from_db()
    assert reading.record == kept
    assert list(curated.titles.values_list("record_id", "note")) == [(kept.pk, "y" * 300)]
    undo_merger(merger, by=None)
    reading.refresh_from_db()
    assert reading.record_id == key
    assert list(curated.titles.values_list("record_id", "note")) == [(key, "x" * 300), (kept.pk, "y" * 300)]
