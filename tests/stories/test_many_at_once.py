"""A cataloguer's big day: a spreadsheet comes in, what is wrong is found and mended for all, old copies go with minutes, records leave."""

import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lumbung.catalogue.models import Batch, ImportRun, Item, Record, Repair, Withdrawal
from lumbung.formats.marc import read
from lumbung.kernel.jobs.worker import work_off
from lumbung.organization.domain.library import set_up
from lumbung.organization.tests.factories import BranchFactory

TABLE = """Judul;Pengarang;Tahun;ISBN;Bahasa;Barcode;Cabang
Bumi manusia;Toer, Pramoedya Ananta;1980;9789799731234;;0001;PUSAT
Bumi manusia;Toer, Pramoedya Ananta;1980;9789799731234;;0002;PUSAT
MS-DOS untuk pemula;Hartono;1989;9789799731235;Indonesia;0003;PUSAT
"""


@pytest.fixture
def desk(sari: Any, signed_in: Any) -> Client:
    """Sari at her desk in a library with one branch."""
    set_up(name="Perpustakaan Nusa", by=None)
    BranchFactory(code="PUSAT")
    return signed_in(Client(), sari)


def bring_in(desk: Client) -> ImportRun:
    """The table comes in: a copy of a title that is there already is not made a second title."""
    desk.post("/staff/item-types/", {"code": "BUKU", "name": "Buku", "lendable": "on"})
    file = SimpleUploadedFile("koleksi.csv", TABLE.encode())
    columns = desk.post("/staff/imports/table", {"table": file})["Location"]
    page = desk.get(columns).content.decode()
    names = ("title", "people", "year", "isbn", "language", "barcode", "branch")
    assert [f'value="{name}" selected' in page for name in names] == [True] * len(names)
    facts = {"material": "book", "way": "import", "item_type": "BUKU", "duplicates": "items"}
    desk.post(columns, {**facts, **{f"column-{at}": name for at, name in enumerate(names)}})
    work_off()
    return ImportRun.objects.get()


@pytest.mark.requirement("R310")
@pytest.mark.requirement("R017", "R302")
@pytest.mark.django_db
def test_errors_are_found_explained_and_mended_before_they_spoil_anything(desk: Client) -> None:
    run = bring_in(desk)
    assert (run.records_added, run.items_added) == (2, 3)
    assert "Eksemplarnya saja yang masuk" in desk.get(f"/staff/imports/{run.pk}").content.decode()

    desk.post("/staff/quality/survey")
    work_off()
    report = desk.get("/staff/quality/").content.decode()
    assert "/staff/quality/no_language" in report
    assert "MS-DOS untuk pemula" in desk.get("/staff/quality/bad_isbn").content.decode()

    step = {"steps-TOTAL_FORMS": "1", "steps-INITIAL_FORMS": "0", "steps-0-action": "position", "steps-0-tag": "008"}
    step |= {"steps-0-code": "35-37", "name": "Bahasa kosong menjadi ind", "defect": "no_language", "lines_are": "barcode"}
    wrong = desk.post("/staff/batches/new/records", {**step, "steps-0-put": "id"})
    assert (wrong.status_code, "isi sepanjang itu" in wrong.content.decode()) == (422, True)
    desk.post("/staff/batches/new/records", {**step, "steps-0-put": "ind"})
    work_off()
    batch = Batch.objects.get()
    assert "Jalankan pada 1" in desk.get(f"/staff/batches/{batch.pk}").content.decode()
    desk.post(f"/staff/batches/{batch.pk}/start")
    work_off()
    assert set(Record.objects.values_list("language", flat=True)) == {"ind"}

    spoil = {
        **step,
        "steps-0-action": "delete_field",
        "steps-0-tag": "245",
        "steps-0-code": "",
        "defect": "",
        "material": "book",
    }
    desk.post("/staff/batches/new/records", spoil)
    work_off()
    refused = desk.get(f"/staff/batches/{Batch.objects.order_by('-pk')[0].pk}").content.decode()
    assert refused.count("Cantuman belum berjudul. Isi judulnya (ruas 245).") == 2
    assert "Jalankan pada" not in refused


@pytest.mark.requirement("R309")
@pytest.mark.django_db
def test_old_copies_leave_the_shelf_with_minutes_and_come_back_when_that_was_wrong(desk: Client) -> None:
    bring_in(desk)
    facts = {
        "barcodes": "0001\n0002\n0003",
        "published_before": "1985",
        "copies_to_keep": "1",
        "name": "Rangkap",
        "reason": "rangkap",
    }
    desk.post("/staff/withdrawals/new", facts)
    weeding = Withdrawal.objects.get()
    signed = {"number": "1/BA-P/2026", "place": "Yogyakarta", "dated": "2026-11-29", "name_1": "Sari", "role_1": "Kepala"}
    desk.post(f"/staff/withdrawals/{weeding.pk}/approval", {**signed, "hide_titles": "on"})
    minutes = b"".join(desk.get(f"/staff/withdrawals/{weeding.pk}/minutes.pdf"))  # type: ignore[arg-type]
    assert minutes.startswith(b"%PDF-")
    assert dict(Item.objects.values_list("barcode", "status")) == {
        "0001": "withdrawn",
        "0002": "available",
        "0003": "available",
    }
    desk.post("/staff/repairs/", {"barcode": "0003", "problem": "punggung lepas"})
    assert "punggung lepas" in desk.get("/staff/repairs/").content.decode()
    assert Item.objects.get(barcode="0003").status == "in_repair"
    desk.post(f"/staff/repairs/{Repair.objects.get().pk}/end", {"outcome": "repaired"})

    desk.post(f"/staff/withdrawals/{weeding.pk}/undo")
    assert set(Item.objects.values_list("status", flat=True)) == {"available"}


@pytest.mark.requirement("R101")
@pytest.mark.django_db
def test_records_leave_whole_in_every_form_the_next_system_may_ask_for(desk: Client) -> None:
    bring_in(desk)
    marc = b"".join(desk.post("/staff/export", {"form": "iso2709", "lines_are": "barcode"}))  # type: ignore[arg-type]
    told = [entry.record for entry in read(io.BytesIO(marc)) if entry.record]
    assert sorted(each.get("p") for record in told for each in record.all("952")) == ["0001", "0002", "0003"]
    simple = b"".join(desk.post("/staff/export", {"form": "dc", "lines_are": "barcode"})).decode()  # type: ignore[arg-type]
    assert re.findall(r"<dc:title>(.*)</dc:title>", simple) == ["Bumi manusia", "MS-DOS untuk pemula"]
