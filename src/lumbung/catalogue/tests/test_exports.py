"""Letting records out in every form, at once or in the background, whole or chosen; what a spreadsheet may not do to us."""

import csv
import io
import json
import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from openpyxl import load_workbook
from rdflib import Graph

from lumbung.catalogue.domain.exports import FORMS, RecordSelection, Told, forget_exports, run_export, start_export
from lumbung.catalogue.domain.items import change_item
from lumbung.catalogue.domain.records import add_record
from lumbung.catalogue.models import ExportRun, Record
from lumbung.catalogue.tests.factories import BranchFactory, a_record, an_item, marc_of
from lumbung.formats import mods
from lumbung.formats.marc import Field, read
from lumbung.kernel import clock
from lumbung.kernel.jobs.worker import work_off
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused

pytestmark = pytest.mark.django_db
PAGE = "catalogue:export"


@pytest.fixture
def three():
    """Three titles: one with two copies and an ISBN, one that a spreadsheet would take for a formula, one by itself."""
    isbn = Field("020", subfields=[("a", "9789799731234")])
    bumi = a_record("Bumi manusia", isbn, Field("082", "0", "4", [("a", "020.7")]))
    items = [an_item(bumi, "007"), an_item(bumi, "008", branch="TEKNIK")]
    change_item(items[0], note='=HYPERLINK("http://x.example")', call_number="020.7 TOE b", accession_number="0001", by=None)
    return bumi, a_record("@SUM(1+1)*cmd", Field("500", subfields=[("a", "-1+1")])), a_record("Jejak langkah")


def whole(form, **told):
    return b"".join(FORMS[form].write(RecordSelection().records(), Told(**told)))


def test_every_form_writes_every_title(three):
    parsed = {
        "iso2709": lambda file: len(list(read(io.BytesIO(file)))),
        "marcxml": lambda file: len(list(read(io.BytesIO(file)))),
        "marcjson": lambda file: len(list(read(io.BytesIO(file)))),
        "mods": lambda file: len(ET.fromstring(file).findall(f"{{{mods.NAMESPACE}}}mods")),
        "dc": lambda file: len(list(ET.fromstring(file))),
        "bibframe": lambda file: sum("bibframe/Instance" in str(kind) for kind in Graph().parse(data=file, format="nt").objects()),
        "csv": lambda file: len(list(csv.reader(io.StringIO(file.decode("utf-8-sig"))))) - 1,
        "xlsx": lambda file: load_workbook(io.BytesIO(file)).worksheets[0].max_row - 1,
        "copies-csv": lambda file: len(list(csv.reader(io.StringIO(file.decode("utf-8-sig"))))) + 0,
        "copies-xlsx": lambda file: load_workbook(io.BytesIO(file)).worksheets[0].max_row + 0,
        "ris": lambda file: file.count(b"ER  - "),
        "bib": lambda file: file.count(b"@book{"),
        "csl": lambda file: len(json.loads(file)),
    }  # fmt: skip
    assert {form: parsed[form](whole(form)) for form in FORMS} == dict.fromkeys(FORMS, 3)
    assert b"<itemIdentifier" in whole("mods")
    assert b"<itemIdentifier" not in whole("mods", copies=False)
    assert b"https://perpus.example/records/" in whole("dc", pages="https://perpus.example/records/")


def test_nothing_chosen_is_still_a_file_that_can_be_read():
    assert json.loads(whole("csl")) == []
    assert list(ET.fromstring(whole("dc"))) == []
    assert whole("iso2709") == b""


def test_a_spreadsheet_gets_no_formula_and_keeps_its_zeros(three):
    rows = list(csv.reader(io.StringIO(whole("csv").decode("utf-8-sig"))))
    assert whole("csv").startswith(b"\xef\xbb\xbf")
    assert rows[2][2] == "'@SUM(1+1)*cmd"
    assert (rows[1][12], rows[1][15], rows[1][20]) == ("9789799731234", "020.7", "007; 008")
    sheet = load_workbook(io.BytesIO(whole("copies-xlsx"))).worksheets[0]
    told = {cell.value: cell for cell in sheet[2]}
    assert told["007"].data_type == told["0001"].data_type == "s"
    formula = next(cell for cell in sheet[2] if str(cell.value).startswith("=HYPERLINK"))
    assert formula.data_type == "s"
    copies = list(csv.reader(io.StringIO(whole("copies-csv").decode("utf-8-sig"))))
    assert copies[1][17] == '\'=HYPERLINK("http://x.example")'


def chosen(**selection):
    return [record.title for record in RecordSelection(**selection).records()]


def test_titles_are_chosen_in_many_ways(three):
    bumi, formula, jejak = three
    assert chosen() == [bumi.title, formula.title, jejak.title]
    assert chosen(lines=["007", " 008 ", "00"], lines_are="barcode") == [bumi.title]
    assert chosen(lines=[str(jejak.pk), "x", "9" * 40], lines_are="record") == [jejak.title]
    assert chosen(lines=["979-97312-3-0", "978-979-97312-3-4"], lines_are="isbn") == [bumi.title]
    assert chosen(branch=BranchFactory(code="TEKNIK").pk) == [bumi.title]
    assert chosen(material="map") == []
    assert chosen(added_since=clock.now().date() + timedelta(days=2)) == []
    assert RecordSelection(lines=["007", "00"], lines_are="barcode").unknown() == ["00"]
    assert RecordSelection(lines=["007"], lines_are="barcode").count() == 1
    with pytest.raises(Refused, match="index_not_ready"):
        chosen(words="bumi")
    with pytest.raises(Refused, match="nothing_chosen"):
        RecordSelection().refuse_everything()


def test_an_export_in_the_background_is_fetched_when_it_is_ready(client, sari, signed_in, three):
    desk = signed_in(client, sari)
    sheet = SimpleUploadedFile("../../etc/pass wd.csv", b"barcode;judul\n007;x\n008;y\n")
    answer = desk.post(reverse(PAGE), {"form": "marcxml", "later": "1", "lines_are": "barcode", "lines_file": sheet})
    run = ExportRun.objects.get()
    assert answer["Location"] == reverse("catalogue:export_run", args=[run.pk])
    assert desk.get(reverse("catalogue:export_file", args=[run.pk])).status_code == 404
    work_off()
    run.refresh_from_db()
    assert (run.state, run.expected, run.written, run.left_out) == ("finished", 1, 1, [])
    file = b"".join(desk.get(reverse("catalogue:export_file", args=[run.pk])))
    assert [entry.record.first("245").get("a") for entry in read(io.BytesIO(file))] == ["Bumi manusia"]
    assert "Unduh" in desk.get(reverse("catalogue:export_run", args=[run.pk])).content.decode()
    told = JournalEntry.objects.filter(name__startswith="Export").order_by("pk").values_list("name", "actor_id")
    assert list(told) == [("ExportStarted", sari.pk), ("ExportFinished", sari.pk)]
    with clock.stopped_at(clock.now() + timedelta(days=8)):
        forget_exports()
    assert not default_storage.exists(run.stored_file)
    assert "sudah dihapus" in desk.get(reverse("catalogue:export_run", args=[run.pk])).content.decode()


def test_what_is_too_long_is_named_and_what_cannot_be_chosen_is_told(client, sari, signed_in):
    long = a_record("Panjang", *(Field("500", subfields=[("a", "x" * 9000)]) for _ in range(12)))
    desk = signed_in(client, sari)
    refused = desk.post(reverse(PAGE), {"form": "csv", "words": "bumi"})
    assert (refused.status_code, "Indeks pencarian" in refused.content.decode()) == (422, True)
    failed = run_export(start_export("csv", RecordSelection(words="bumi"), copies=True, by=sari))
    assert (failed.state, failed.stopped_because[:16]) == ("failed", "Indeks pencarian")
    desk.post(reverse(PAGE), {"form": "iso2709", "later": "1"})
    work_off()
    finished = ExportRun.objects.exclude(pk=failed.pk).get()
    assert (finished.state, finished.written, finished.left_out) == ("finished", 0, [long.pk])
    assert str(long.pk) in desk.get(reverse("catalogue:export_run", args=[finished.pk])).content.decode()
    assert "tidak jadi dibuat" in desk.get(reverse("catalogue:export_run", args=[failed.pk])).content.decode()


def test_only_who_may_export_exports(client, ani, budi, with_role, signed_in, calling, sari):
    run = ExportRun.objects.create(form="csv", created_at=clock.now())
    pages = [reverse(PAGE), reverse("catalogue:export_run", args=[run.pk]), reverse("catalogue:export_file", args=[run.pk])]
    assert [client.get(page).status_code for page in pages] == [302] * 3
    for user in (ani.user, budi.user, with_role("circulation")):
        assert [signed_in(client, user).get(page).status_code for page in pages] == [403] * 3
    address = "/api/v1/records/export"
    assert calling(ani.user, "records:read").get(address).status_code == 403
    assert calling(sari, "records:read").get(address, {"form": "pdf"}).status_code == 422


def test_the_api_streams_what_was_asked_for(calling, sari, three):
    answer = calling(sari, "records:read").get("/api/v1/records/export", {"form": "ris", "branch": "teknik"})
    assert answer["Content-Type"] == "application/x-research-info-systems"
    assert b"".join(answer).count(b"TY  - ") == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_as_much_for_three_exports_as_for_one(client, sari, signed_in, count, django_assert_num_queries):
    for _ in range(count):
        ExportRun.objects.create(form="csv", created_at=clock.now(), created_by=sari)
    desk = signed_in(client, sari)
    with django_assert_num_queries(7):
        desk.get(reverse(PAGE))


def test_the_command_takes_what_it_is_told(three, tmp_path):
    target = tmp_path / "keluar.xml"
    call_command("export", "--format", "mods", "--branch", "teknik", "--output", str(target))
    assert len(list(ET.fromstring(target.read_bytes()))) == 1
    for wrong in (["--branch", "TAK-ADA"], ["--import-run", "99"], ["--find", "bumi"]):
        with pytest.raises(CommandError):
            call_command("export", *wrong, "--output", str(target.with_name("lain.xml")))
    assert Record.objects.count() == 3


def test_a_part_goes_out_with_what_the_record_of_its_host_tells():
    published = Field("264", " ", "1", [("a", "Jakarta :"), ("b", "Pustaka Jaya,"), ("c", "1998")])
    a_record("Bunga rampai", Field("001", value="inlis-7"), published)
    part = marc_of("Membaca Pramoedya", Field("773", "0", " ", [("t", "Bunga rampai"), ("w", "inlis-7"), ("g", "hlm. 3-20")]))
    part.leader = "00000naa a2200000 i 4500"
    add_record(part, by=None)
    told = json.loads(whole("csl"))[1]
    assert (told["type"], told["container-title"], told["publisher"]) == ("chapter", "Bunga rampai", "Pustaka Jaya")
    assert b"PB  - Pustaka Jaya" in whole("ris")
