"""A library that has never had a system begins: one page of set-up, a list from Excel with broken cells, labels to stick on."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from lumbung.catalogue.models import Item, Record
from lumbung.kernel.jobs.worker import work_off
from lumbung.moving.models import Move
from lumbung.project.first_run import code
from tests.installation import Installation

LIST = (
    "JUDUL;PENGARANG;TAHUN;ISBN;HARGA;JML\n"
    "LASKAR PELANGI;HIRATA, ANDREA;2005;9,78979E+12;Rp 79.000,-;2\n"  # a spreadsheet took the ISBN for an amount
    "Bumi manusia;Pramoedya Ananta Toer;c1980;9789799731234;85rb;1\n"
    ";Tanpa judul;2001;;;1\n"  # no title
    "CafÃ© Jakarta;Anonim;dua ribu;;;1\n"  # read in a wrong encoding once; a year in words
).encode()


@pytest.mark.requirement("R018")
@pytest.mark.django_db
def test_a_list_from_excel_becomes_a_catalogue_with_labels_the_same_day(client: Client):
    setup = {
        "code": code.issue_code(), "library_name": "Perpustakaan Desa Sukamaju", "time_zone": "Asia/Jakarta", "branch_name": "Balai Desa",
        "branch_code": "DESA", "d0_0_opens": "08:00", "d0_0_closes": "14:00", "person": "Sari Wulandari", "username": "sari",
        "password": "lumbung-padi-1908", "password_again": "lumbung-padi-1908",
    }  # fmt: skip
    assert client.get("/")["Location"] == reverse("first_run")
    assert client.post(reverse("first_run"), setup)["Location"] == reverse("staff_home")
    client.post("/staff/moves/upload", {"piece": SimpleUploadedFile("buku.csv", LIST)})
    chosen = {"source": "spreadsheet", "file": "buku.csv", "branch": "DESA", "places": "rooms"}
    asked = client.post("/staff/moves/new", chosen)["Location"]
    form = client.get(asked).context["form"]
    known = {field.name: field.value() for field, _ in form.rows()}
    assert list(known.values()) == ["title", "people", "year", "isbn", "price", "copies"]
    address = client.post(asked, known)["Location"]
    work_off()
    report = client.get(address).content.decode()
    assert "Lembar kerja memendekkan nomor" in report
    assert "belum ada yang disimpan" in report
    client.post(f"{address}/go")
    work_off()
    assert Move.objects.get().proof["whole"] is True
    titles = sorted(Record.objects.values_list("title", flat=True))
    assert titles == ["Bumi manusia", "Café Jakarta", "Laskar pelangi"]
    assert Item.objects.count() == 4
    assert "Bumi manusia" in client.get("/search", {"q": "pramoedya"}).content.decode()
    labels = {"kind": "both", "bars": "code128", "paper": "a4-24", "start": 1, "not_labelled": "on", "print": "1"}
    barcodes = "\n".join(Item.objects.values_list("barcode", flat=True))
    printed = client.post(reverse("catalogue:labels"), {**labels, "barcodes": barcodes})
    assert (printed["Content-Type"], printed.content[:5]) == ("application/pdf", b"%PDF-")
    assert Item.objects.filter(label_printed_at=None).count() == 0


@pytest.mark.requirement("R018")
@pytest.mark.process
def test_one_command_starts_it_and_says_where_to_go_on(installation: Installation):
    installation.start("up", "--empty")
    assert installation.says(f"Lumbung is ready: {installation.address}")
    assert installation.get("/setup").status == 200
    assert installation.stop() == 0
