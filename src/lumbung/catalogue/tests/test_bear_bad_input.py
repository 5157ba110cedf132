"""Bad input of a cataloguer's day: nothing is lost, and the words are clear."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lumbung.catalogue.domain.authorities.entry import AuthorityEntry, new_authority_marc
from lumbung.catalogue.domain.authorities.establishing import add_authority, remove_authority
from lumbung.catalogue.models import Authority, HeadingKind, ImportRun, Record, RecordHeading
from lumbung.catalogue.tests.factories import a_record, file_of, marc_of
from lumbung.kernel.jobs.worker import work_off
from lumbung.kernel.refusals import Refused

pytestmark = pytest.mark.django_db
LINKS, TITLES = 50_000, 50


@pytest.fixture
def desk(client, sari):
    client.force_login(sari)
    return client


def test_a_heading_with_fifty_thousand_links_is_not_removed_and_its_page_stays_quick(desk, django_assert_max_num_queries):
    crowded = add_authority(new_authority_marc(AuthorityEntry(kind=HeadingKind.SUBJECT, heading="Indonesia")), by=None)
    keys = [a_record(f"Judul {n}").pk for n in range(TITLES)]
    RecordHeading.objects.bulk_create(
        RecordHeading(
            record_id=keys[n % TITLES], kind="subject", key="indonesia", label="Indonesia", about=True, authority=crowded
        )
        for n in range(LINKS)
    )
    with django_assert_max_num_queries(6), pytest.raises(Refused) as refused:
        remove_authority(crowded, by=None)
    assert refused.value.codes == ["heading_in_use"]
    assert f"{TITLES}" in str(refused.value.reasons[0])
    assert RecordHeading.objects.filter(authority=crowded).count() == LINKS
    answer = desk.post(f"/staff/authorities/{crowded.pk}/removal", follow=True)
    assert (answer.status_code in {200, 409}, Authority.objects.count()) == (True, 1)
    with django_assert_max_num_queries(20):
        assert desk.get(f"/staff/authorities/{crowded.pk}").status_code == 200
    RecordHeading.objects.filter(authority=crowded).delete()
    remove_authority(crowded, by=None)
    assert (Authority.objects.count(), Record.objects.count()) == (0, TITLES)


@pytest.mark.parametrize(
    "leader",
    ["", "x", "00000", "zzzzzzzzzzzzzzzzzzzzzzzz", "00000nam a2200000 c 4500 dan lagi"],
)
def test_an_invalid_leader_is_told_and_what_was_typed_stays(desk, leader):
    typed = f"LDR {leader}\n008 200101s2020    io            000 0 ind d\n245 00 $aJudul yang sudah diketik\n"
    answer = desk.post("/staff/records/new/marc", {"lines": typed, "record": "", "version": "", "draft": ""})
    assert (answer.status_code, "Judul yang sudah diketik" in answer.text) == (422, True)
    assert not Record.objects.exists()


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.mrc",
        "C:\\Windows\\koleksi.mrc",
        "a\r\nSet-Cookie: x=1.mrc",
        "<img src=x onerror=alert(1)>.mrc",
        "=cmd|' /C calc'!A0.mrc",
        "\u202egpj.mrc",
        "n" * 300 + ".mrc",
    ],
)
def test_a_hostile_file_name_is_only_a_name(desk, name):
    upload = SimpleUploadedFile("koleksi.mrc", file_of([marc_of("Bumi manusia")]).getvalue())
    upload.name = name  # past what the class would make of it
    answer = desk.post(
        "/staff/imports/new",
        {"file": upload, "way": "import", "format": "auto", "encoding": "auto", "items": "auto", "duplicates": "add"},
    )
    work_off()
    run = ImportRun.objects.get()
    page = desk.get(answer["Location"]).text
    report = desk.get(f"/staff/imports/{run.pk}/report.csv")
    assert (answer.status_code, run.records.count()) == (302, 1)
    assert "<img src=x" not in page
    assert "\n" not in report["Content-Disposition"]
    assert not {"/", "\\"} & set(run.file_name)


@pytest.mark.parametrize("number", ["9" * 5_000, "²", "-1", "1.5"])
def test_a_number_that_none_can_be_is_as_none_at_all(desk, number):
    record = a_record("Bumi manusia")
    work_off()
    typed = {"lines": "245 00 $aBumi manusia", "record": number, "version": number, "draft": number}
    answers = [
        desk.get("/staff/records/", {"q": "bumi", "page": number}),
        desk.post("/staff/records/duplicates", typed),
        desk.post("/staff/marc/check", typed),
        desk.post(f"/staff/records/{record.pk}/marc", typed),
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 422]
