"""Bringing files in and letting them out, on the pages of the staff."""

import gzip
import zipfile
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from lumbung.catalogue.domain.revision import new_marc
from lumbung.catalogue.domain.simple_entry import SimpleEntry
from lumbung.catalogue.models import ImportRejection, ImportRun, Record
from lumbung.formats.marc import read, to_iso2709
from lumbung.kernel.jobs.worker import work_off

pytestmark = pytest.mark.django_db
START = reverse("catalogue:import_start")


def iso(*titles):
    return b"".join(to_iso2709(new_marc(SimpleEntry(title=title))) for title in titles)


BROKEN = b"00100nam a2200000 a 4500bukan cantuman\x1d"


@pytest.fixture
def desk(client, sari, signed_in):
    return signed_in(client, sari)


def send(desk, content, name="lama.mrc", **told):
    choices = {"way": "import", "items": "auto", "encoding": "auto", **told}
    answer = desk.post(START, {**choices, "file": SimpleUploadedFile(name, content)})
    return ImportRun.objects.latest("pk") if answer.status_code == 302 else answer


def test_members_and_circulation_staff_import_nothing(client, ani, budi, with_role, signed_in):
    pages = [reverse("catalogue:imports"), START, reverse("catalogue:export")]
    assert [client.get(page).status_code for page in pages] == [302] * 3
    for user in (ani.user, budi.user, with_role("circulation")):
        assert [signed_in(client, user).get(page).status_code for page in pages] == [403] * 3
    assert [signed_in(client, with_role("cataloguer")).get(page).status_code for page in pages] == [200] * 3


def test_a_dry_run_saves_nothing_then_the_import_follows_with_the_same_file(desk):
    rehearsal = send(desk, iso("Satu", "Dua"), way="rehearsal")
    work_off()
    rehearsal.refresh_from_db()
    assert (rehearsal.state, rehearsal.records_added, Record.objects.count()) == ("finished", 2, 0)
    assert "Impor sekarang" in desk.get(reverse("catalogue:import", args=[rehearsal.pk])).content.decode()
    desk.post(reverse("catalogue:import_go", args=[rehearsal.pk]))
    work_off()
    assert sorted(Record.objects.values_list("title", flat=True)) == ["Dua", "Satu"]
    kept = rehearsal.stored_file
    rehearsal.refresh_from_db()
    assert (rehearsal.stored_file, default_storage.exists(kept)) == ("", False)


def test_the_content_decides_what_a_file_is_not_its_name(desk):
    run = send(desk, gzip.compress(iso("Terkompres")), name="data.xml")
    work_off()
    run.refresh_from_db()
    assert (run.state, run.records_added, run.rejected) == ("finished", 1, 0)


def test_a_broken_record_is_reported_and_its_neighbours_come_in(desk):
    run = send(desk, iso("Satu") + BROKEN + iso("Dua"))
    work_off()
    page = desk.get(reverse("catalogue:import", args=[run.pk]))
    rows = list(page.context["page"])
    assert {row.position for row in rows if row.refused} == {2}
    assert Record.objects.count() == 2
    report = b"".join(desk.get(reverse("catalogue:import_report", args=[run.pk]))).decode("utf-8-sig").splitlines()
    assert report[0] == "Urutan,Letak bita,Akibat,Jenis,Alasan,Nomor kendali"
    assert len(report) == 1 + len(rows)
    assert b"".join(desk.get(reverse("catalogue:import_rejected", args=[run.pk]))) == BROKEN


def test_progress_is_polled_as_a_fragment_that_stops_when_all_is_done(desk):
    run = send(desk, iso("Satu"))
    address = reverse("catalogue:import", args=[run.pk])
    waiting = desk.get(address, headers={"HX-Request": "true"}).content.decode()
    assert 'hx-trigger="every 2s"' in waiting
    assert "<html" not in waiting
    work_off()
    assert "hx-trigger" not in desk.get(address, headers={"HX-Request": "true"}).content.decode()


def test_the_same_file_again_is_stopped_until_confirmed(desk):
    first = send(desk, iso("Satu"))
    refused = send(desk, iso("Satu"))
    assert refused.status_code == 422
    assert f"nomor {first.pk}" in refused.context["form"].non_field_errors()[0]
    assert send(desk, iso("Satu"), again="on").pk != first.pk


def test_an_empty_file_is_refused(desk):
    assert send(desk, b"").status_code == 422
    assert ImportRun.objects.count() == 0


def zipped(*names):
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), "x")
    return out.getvalue()


TABLE = b"judul;pengarang\nBumi manusia;Toer\nBumi;Liye\n"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (
            zipped("[Content_Types].xml", "xl/workbook.xml"),
            "tabel (Excel), bukan cantuman MARC. Bawa masuk lewat “Impor tabel”",
        ),
        (TABLE, "tabel (CSV)"),
        (gzip.compress(TABLE, mtime=0), "tabel (CSV)"),
        (zipped("word/document.xml"), "dokumen (Word)"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "dokumen (PDF)"),
        (b"<!DOCTYPE html><html><body>Masuk</body></html>", "dokumen (HTML)"),
        (b"-- MySQL dump 10.13\n\n/*!40101 SET NAMES utf8 */;\nCREATE TABLE `biblio` (", "isi basis data (SQL)"),
        (b"/*!40101 SET NAMES utf8 */;\n" * 40 + b"INSERT INTO biblio VALUES (1)", "isi basis data (SQL)"),
        (b'[{"judul": "Bumi manusia", "tahun": 1980}]', "JSON, tetapi bukan MARC-in-JSON"),
        (zipped("lama.mrc"), "arsip ZIP. Bongkar dahulu"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Office lama"),
        (b"=LDR  00100nam a2200000 a 4500\n=245  00$aBumi\n", "teks MarcEdit"),
    ],
    ids=[
        "excel",
        "csv",
        "csv.gz",
        "word",
        "pdf",
        "html",
        "sql",
        "sql of many remarks",
        "json",
        "zip",
        "old office",
        "mnemonic",
    ],
)
def test_a_file_of_something_else_is_refused_whole_and_told_where_it_belongs(desk, content, told):
    refused = send(desk, content, way="rehearsal")
    assert told in refused.content.decode()
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize(
    "content",
    [b"judul\nBumi manusia\n", BROKEN, b'{"fields": [], "leader": "x"}', b"<collection/>", b"/* x */\n" * 60 + b"?"],
    ids=["words", "broken", "json", "xml", "many remarks"],
)
def test_what_may_be_broken_records_is_read(desk, content):
    assert send(desk, content, way="rehearsal").file_name == "lama.mrc"


def test_a_dry_run_of_which_nothing_can_be_taken_is_no_success_and_offers_no_import(desk):
    rehearsal = send(desk, BROKEN, way="rehearsal")
    work_off()
    page = desk.get(reverse("catalogue:import", args=[rehearsal.pk])).content.decode()
    assert "Tidak satu cantuman pun dapat diterima." in page
    assert "Impor sekarang" not in page
    assert 'class="say ok"' not in page
    assert '<span class="tag ok">' not in page


@pytest.mark.parametrize(("kind", "told"), [("title", "title “Bumi”"), ("control", "control number 7"), ("isbn", "ISBN")])
def test_what_is_alike_is_told_in_the_language_of_the_reader(kind, told):
    value = {"title": "“Bumi”", "control": "7"}.get(kind, "9789799731234")
    row = ImportRejection(position=2, kind="duplicate_in_file", facts={"kind": kind, "value": value, "position": 1})
    with override("en"):
        assert row.reason.startswith(f"Possible duplicate: {told}")


def test_an_import_is_undone_whole_after_asking(desk):
    run = send(desk, iso("Satu", "Dua"))
    work_off()
    address = reverse("catalogue:import_undo", args=[run.pk])
    assert "<b>2 judul</b>" in desk.get(address).content.decode()
    assert Record.objects.count() == 2
    shown = desk.post(address, follow=True)
    assert "sedang dihapus kembali" in shown.text
    assert "Batalkan seluruh impor ini" not in shown.text
    work_off()
    run.refresh_from_db()
    assert (run.state, Record.objects.count()) == ("undone", 0)


def test_an_import_whose_titles_were_changed_says_why_it_stays(desk):
    run = send(desk, iso("Satu"))
    work_off()
    Record.objects.update(version=2)
    address = reverse("catalogue:import_undo", args=[run.pk])
    assert "1 judul dari impor ini sudah diubah" in desk.get(address).content.decode()
    assert desk.post(address).status_code == 409


def test_what_is_exported_is_what_was_stored(desk):
    send(desk, iso("Satu", "Dua"))
    work_off()
    answer = desk.get(reverse("catalogue:export"), {"form": "iso2709"})
    titles = [entry.record.first("245").get("a") for entry in read(BytesIO(b"".join(answer)))]
    assert titles == ["Satu", "Dua"]
    assert b"".join(desk.get(reverse("catalogue:export"), {"form": "iso2709", "material": "map"})) == b""


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_much_for_three_imports_as_for_one(desk, count, django_assert_num_queries):
    for n in range(count):
        send(desk, iso(f"Judul {n}"))
    with django_assert_num_queries(6):
        desk.get(reverse("catalogue:imports"))
