"""The pages on handing on: who may see them, and exactly what records lack."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lumbung.catalogue.domain.bibliographic import describe
from lumbung.catalogue.domain.records import add_record
from lumbung.catalogue.tests.factories import a_record, marc_of
from lumbung.cooperation.domain.sharing import refresh
from lumbung.cooperation.models import KeptIdentifier, SharingRules
from lumbung.cooperation.models.lacks import ONESEARCH, RAMA, Lack
from lumbung.cooperation.queries.standing import SERVICES, counts, lacking, readiness
from lumbung.cooperation.tests.asking import asked, identifiers, thesis_marc
from lumbung.formats.marc import Field
from lumbung.kernel.models import JournalEntry
from lumbung.organization.models import StudyProgramme

pytestmark = pytest.mark.django_db
PAGES = ["/staff/harvest", "/staff/readiness", "/staff/readiness/rama", "/staff/readiness/onesearch.csv"]


@pytest.fixture
def as_sari(client, sari, signed_in):
    return signed_in(client, sari)


@pytest.fixture
def _programme(db):
    StudyProgramme.objects.create(code="55201", name="Teknik Informatika", level="S1")


@pytest.mark.parametrize("path", PAGES)
def test_staff_see_the_pages_and_others_do_not(path, client, sari, ani, budi, with_role, signed_in):
    assert client.get(path).status_code == 302
    for person, expected in ((sari, 200), (with_role("cataloguer"), 200), (ani.user, 403), (budi.user, 403)):
        assert signed_in(client, person).get(path).status_code == expected


@pytest.mark.usefixtures("_programme")
def test_a_thesis_with_everything_is_ready_and_one_without_lacks_exactly_that():
    whole = add_record(thesis_marc("Utuh"), by=None)
    poor = add_record(thesis_marc("Kurang", complete=False), by=None)
    book = a_record("Bumi manusia")
    refresh([whole.pk, poor.pk, book.pk])
    assert [(each.record, Lack(each.rama_lacks)) for each in lacking(SERVICES["rama"])] == [
        (poor.pk, Lack.STUDENT_NUMBER | Lack.LECTURER_NUMBER | Lack.FULL_TEXT)
    ]
    report = readiness(SERVICES["rama"], counts())
    assert (report.total, report.ready) == (2, 1)
    assert {lack for lack, count in report.lacking if count} == {Lack.STUDENT_NUMBER, Lack.LECTURER_NUMBER, Lack.FULL_TEXT}
    assert [(each.record, Lack(each.onesearch_lacks)) for each in lacking(SERVICES["onesearch"])] == [
        (book.pk, Lack.CREATOR | Lack.PUBLISHER | Lack.SUBJECT)
    ]


@pytest.mark.usefixtures("_programme")
def test_a_thesis_that_tells_nothing_lacks_everything():
    bare = add_record(marc_of("[Tanpa judul]", Field("502", subfields=[("a", "Skripsi")])), by=None)
    refresh([bare.pk])
    [row] = lacking(SERVICES["rama"])
    assert Lack(row.rama_lacks) == RAMA & ~(Lack.YEAR | Lack.LANGUAGE)
    assert Lack(row.onesearch_lacks) == ONESEARCH & ~(Lack.YEAR | Lack.LANGUAGE)


@pytest.mark.usefixtures("_programme")
def test_what_was_mended_is_no_longer_listed(as_sari):
    poor = add_record(thesis_marc("Kurang", complete=False), by=None)
    refresh([poor.pk])
    assert "Kurang" in as_sari.get("/staff/readiness/rama?lacks=STUDENT_NUMBER").content.decode()
    assert "Tidak ada yang kurang di sini" in as_sari.get("/staff/readiness/rama?lacks=SUPERVISOR").content.decode()
    assert as_sari.get("/staff/readiness/rama?lacks=apa").status_code == 200
    assert as_sari.get("/staff/readiness/lain").status_code == 404


@pytest.mark.usefixtures("_programme")
def test_the_list_goes_out_as_a_table(as_sari):
    poor = add_record(thesis_marc("Kurang", complete=False), by=None)
    refresh([poor.pk])
    content = b"".join(as_sari.get("/staff/readiness/rama.csv").streaming_content).decode("utf-8-sig")
    [header, row] = csv.reader(io.StringIO(content))
    assert header[:5] == ["Nomor", "Judul", "Pengarang", "Tahun", "Kurang"]
    assert row[:5] == [
        str(poor.pk), "Kurang", "Siti Aminah", "1980",
        "NIM penulis; NIDN, NIDK, atau NUPTK pembimbing; Tautan teks lengkap",
    ]  # fmt: skip
    assert row[5:].count("x") == 3


@pytest.mark.parametrize("path", ["/staff/readiness/onesearch", "/staff/readiness", "/staff/harvest"])
def test_pages_ask_the_same_for_one_row_and_for_three(path, as_sari, django_assert_num_queries):
    refresh([a_record("Satu").pk])
    asked(verb="ListRecords", metadataPrefix="oai_dc")
    as_sari.get(path)
    with CaptureQueriesContext(connection) as first:
        as_sari.get(path)
        count = len(first)
    refresh([a_record("Dua").pk, a_record("Tiga").pk])
    asked(verb="ListRecords", metadataPrefix="oai_dc")
    asked(verb="ListIdentifiers", metadataPrefix="oai_dc")
    with django_assert_num_queries(count):
        as_sari.get(path)


def test_rules_are_changed_and_wrong_ones_refused_with_every_reason(as_sari):
    wrong = {"repository": "bukan domain", "emails": "salah", "page_size": "5"}
    assert "bukan nama domain" in as_sari.post("/staff/harvest", {**wrong, "repository": "repo.k.id"}).content.decode()
    page = as_sari.post("/staff/harvest", wrong)
    assert page.status_code == 422
    for sentence in ("bukan nama domain", "bukan alamat surel", "paling sedikit 10"):
        assert sentence in page.content.decode()
    right = {"is_open": "on", "repository": "repo.kampus.ac.id", "emails": "a@kampus.ac.id\nb@kampus.ac.id", "page_size": "200"}
    assert as_sari.post("/staff/harvest", right).status_code == 302
    assert SharingRules.objects.get().page_size == 200
    root = asked(verb="Identify")
    assert [each.text for each in root.iter("{http://www.openarchives.org/OAI/2.0/}adminEmail")] == [
        "a@kampus.ac.id",
        "b@kampus.ac.id",
    ]
    assert JournalEntry.objects.get(name="SharingRulesChanged").data["fields"] == ["emails", "page_size", "repository"]


def test_records_keep_the_identifiers_they_had(as_sari):
    first, second = a_record("Satu"), a_record("Dua")
    refresh([first.pk, second.pk])
    lines = (
        f"{first.pk};oai:eprints.kampus.ac.id:345\n{second.pk};bukan\n{second.pk};oai:eprints.kampus.ac.id:345\n999;oai:x.y:1\n"
    )
    page = as_sari.post("/staff/harvest/identifiers", {"lines": lines}, follow=True).content.decode()
    assert "1 pengenal lama disimpan." in page
    assert "3 baris tidak diambil" in page
    assert KeptIdentifier.objects.get().record == first.pk
    root = asked(verb="ListIdentifiers", metadataPrefix="oai_dc")
    assert sorted(identifiers(root)) == ["oai:eprints.kampus.ac.id:345", f"oai:lumbung.localdomain:{second.pk}"]
    alone = asked(verb="GetRecord", identifier="oai:eprints.kampus.ac.id:345", metadataPrefix="oai_dc")
    assert identifiers(alone) == ["oai:eprints.kampus.ac.id:345"]


def test_a_list_without_any_identifier_is_refused(as_sari):
    assert (
        "tidak memuat baris" in as_sari.post("/staff/harvest/identifiers", {"lines": "apa saja"}, follow=True).content.decode()
    )


def test_last_harvests_are_shown_with_what_was_asked(as_sari):
    refresh([a_record("Satu").pk])
    asked(verb="ListRecords", metadataPrefix="oai_dc", set="type:book", from_="2020-01-01")
    page = as_sari.get("/staff/harvest").content.decode()
    assert "from=2020-01-01&amp;set=type:book" in page or "set=type:book&amp;from=2020-01-01" in page
    assert "selesai" in page


@pytest.mark.parametrize(
    ("note", "programme"),
    [
        ("Skripsi (S1), KODEPRODI 55201", ""),
        ("Skripsi, Kode Prodi: 55201", ""),
        ("Skripsi, Prodi KODEPRODI 55201", ""),
        ("Skripsi, Prodi 55201", ""),
        ("Skripsi, Program Studi Teknik Informatika KODEPRODI 55201, 2024", "Teknik Informatika"),
        ("Skripsi, KODEPRODI 55201, Prodi S1 Teknik Informatika", "S1 Teknik Informatika"),
    ],
)
def test_a_code_of_a_programme_is_not_its_name(note, programme):
    record = marc_of("Model antrean", Field("502", subfields=[("a", note)]))
    assert describe(record).programme == programme
