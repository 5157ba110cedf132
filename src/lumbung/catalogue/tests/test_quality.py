"""What records lack or have wrong: each defect by itself, the survey in the background, its course, and the way to mending."""

import pytest
from django.urls import reverse

from lumbung.catalogue.domain import quality
from lumbung.catalogue.domain.quality import begin_survey, defects_now, survey_quality
from lumbung.catalogue.domain.records import add_record, change_record, remove_record
from lumbung.catalogue.models import Defect, QualitySurvey, Record, RecordDefect
from lumbung.catalogue.tests.factories import a_record, an_item
from lumbung.formats.marc import Field
from lumbung.formats.marc import Record as Marc
from lumbung.kernel.jobs.worker import work_off

pytestmark = pytest.mark.django_db
WHOLE = {
    "008": Field("008", value="200520s1980    io a          000 1 ind d"),
    "020": Field("020", subfields=[("a", "9789799731234")]),
    "082": Field("082", "0", "4", [("a", "899.221")]),
    "245": Field("245", "0", "0", [("a", "Bumi manusia")]),
    "336": Field("336", subfields=[("a", "teks"), ("b", "txt"), ("2", "rdacontent")]),
    "337": Field("337", subfields=[("a", "tanpa perantara"), ("b", "n"), ("2", "rdamedia")]),
    "338": Field("338", subfields=[("a", "jilid"), ("b", "nc"), ("2", "rdacarrier")]),
    "653": Field("653", subfields=[("a", "Kolonialisme")]),
    "720": Field("720", subfields=[("a", "Pramoedya Ananta Toer")]),
    "856": Field("856", "4", "0", [("u", "https://x.example")]),
}


def whole(**other) -> Record:
    """A record without a defect, but for these fields; a tag given None is not there."""
    fields = {**WHOLE, **{tag.removeprefix("f"): field for tag, field in other.items()}}
    return add_record(Marc("00000nam a2200000 c 4500", [each for _, each in sorted(fields.items()) if each]), by=None)


def told(record: Record) -> list[str]:
    record.refresh_from_db()
    return defects_now([record])[record.pk]


@pytest.mark.parametrize(
    ("other", "defect"),
    [
        ({}, None),
        ({"f082": None}, "no_class"),
        ({"f653": None}, "no_subject"),
        ({"f720": None}, "no_creator"),
        ({"f008": Field("008", value="200520nuuuuuuuuio a          000 1 ind d")}, "no_year"),
        ({"f008": Field("008", value="200520s1980    io a          000 1 ||| d")}, "no_language"),
        ({"f337": None}, "no_carrier"),
        ({"f020": Field("020", subfields=[("a", "9789799731235")])}, "bad_isbn"),
        ({"f022": Field("022", subfields=[("a", "1234-5678")])}, "bad_issn"),
        ({"f245": Field("245", "0", "0", [("a", "BUMI MANUSIA")])}, "shouted"),
        ({"f653": Field("650", " ", "4", [("a", "Kolonialisme")])}, "unlinked"),
        ({"f856": None}, "no_items"),
        ({"f008": Field("008", value="200520s1980    io a          000 1 ind")}, "bad_fixed"),
        ({"f008": Field("008", value="200520s1980    io a          000 ? ind d")}, "bad_fixed"),
        ({"f008": Field("008", value="200520s1980    io                  ind d")}, None),
    ],
)
def test_each_defect_is_seen_alone(other, defect) -> None:
    assert told(whole(**other)) == ([defect] if defect else [])


def test_without_008_also_year_and_language_are_missing_and_a_copy_is_enough() -> None:
    bare = whole(f008=None, f856=None)
    an_item(bare)
    assert told(bare) == ["no_year", "no_language", "no_fixed"]


def test_a_survey_counts_and_the_next_one_tells_the_course(client, sari, signed_in) -> None:
    lacking, sound = whole(f082=None), whole()
    first = survey_quality()
    assert (first.records, first.sound, first.counts) == (2, 1, {"no_class": 1})
    assert list(RecordDefect.objects.values_list("record", "defect")) == [(lacking.pk, "no_class")]
    lacking.refresh_from_db()
    change_record(lacking, sound.marc_record, version=lacking.version, by=sari)
    desk = signed_in(client, sari)
    listed = desk.get(reverse("catalogue:quality_defect", args=["no_class"])).content.decode()
    assert "Sudah diperbaiki" in listed
    desk.post(reverse("catalogue:quality_survey"))
    assert "judul sudah diperiksa" in desk.get(reverse("catalogue:quality")).content.decode()
    work_off()
    assert not RecordDefect.objects.exists()
    page = desk.get(reverse("catalogue:quality")).content.decode()
    assert ("<polyline" in page, "-1" in page) == (True, True)
    rows = b"".join(desk.get(reverse("catalogue:quality"), {"format": "csv"})).decode().splitlines()
    assert [row.split(",")[1:4] for row in rows[1:]] == [["2", "2", "0"], ["2", "1", "1"]]


def test_a_survey_that_was_stopped_goes_on_and_a_removed_record_has_no_defects(monkeypatch) -> None:
    monkeypatch.setattr(quality, "STRETCH", 1)
    records = [whole(f082=None) for _ in range(3)]
    quality._look_at(begin_survey().pk, [records[0].pk])
    remove_record(records[1], by=None)
    done = survey_quality()
    assert (done.records, done.counts, QualitySurvey.objects.count()) == (2, {"no_class": 2}, 1)
    remove_record(records[0], by=None)
    assert RecordDefect.objects.count() == 1


def test_from_a_defect_straight_to_a_change_of_all(client, sari, signed_in) -> None:
    whole(f082=None)
    survey_quality()
    desk = signed_in(client, sari)
    page = desk.get(reverse("catalogue:quality_defect", args=["no_class"])).content.decode()
    address = f"{reverse('catalogue:batch_records')}?defect=no_class"
    assert address in page
    assert '<option value="no_class" selected' in desk.get(address).content.decode()
    assert desk.get(reverse("catalogue:quality_defect", args=["entah"])).status_code == 404


def test_who_sees_the_catalogue_sees_its_quality_and_cataloguers_survey(client, ani, budi, with_role, signed_in) -> None:
    pages = [reverse("catalogue:quality"), reverse("catalogue:quality_defect", args=["no_class"])]
    assert [client.get(page).status_code for page in pages] == [302, 302]
    for user in (ani.user, budi.user):
        assert [signed_in(client, user).get(page).status_code for page in pages] == [403, 403]
    desk = signed_in(client, with_role("circulation"))
    assert [desk.get(page).status_code for page in pages] == [200, 200]
    assert desk.post(reverse("catalogue:quality_survey")).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_ask_as_much_for_three_as_for_one(client, sari, signed_in, count, django_assert_num_queries) -> None:
    for number in range(count):
        a_record(f"Judul {number}")
        survey_quality()
    desk = signed_in(client, sari)
    with django_assert_num_queries(6):
        desk.get(reverse("catalogue:quality"))
    with django_assert_num_queries(7):
        desk.get(reverse("catalogue:quality_defect", args=["no_class"]))


def test_every_defect_has_a_name() -> None:
    assert all(Defect(each).label for each in Defect.values)
