"""Titles and copies from a spreadsheet: columns known by their names, rows as records, and all that an import can do."""

import io
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from openpyxl import Workbook

from lumbung.catalogue.domain.imports import ImportOptions, run_import, undo_import
from lumbung.catalogue.domain.imports.table_columns import Target, guessed
from lumbung.catalogue.domain.imports.table_files import forget_tables, rows_in, take_table
from lumbung.catalogue.domain.imports.tables import TableOptions, import_table, record_of
from lumbung.catalogue.models import ImportRun, ImportTable, Item, Material, Record
from lumbung.catalogue.tests.factories import BranchFactory, ItemTypeFactory
from lumbung.kernel import clock
from lumbung.kernel.jobs.worker import work_off
from lumbung.kernel.refusals import Refused
from lumbung.kernel.sheets import xlsx

HEAD = ["Judul", "Pengarang", "Tanggal_Terbit", "ISBN", "Bahasa", "Halaman", "Barcode", "Cabang", "No. Induk", "Harga", "Lain"]
ROWS = [
    [
        "Bumi manusia : sebuah roman", "Toer, Pramoedya Ananta; Lane, Max", "4 Jun 1980", "979-97312-3-2", "Indonesia", "354", "0007",
        "PUSAT", "001", "Rp85.000,00", "x",
    ],
    ["", "Tanpa Judul", "", "", "", "", "", "", "", "", ""],
    ["JEJAK LANGKAH", "", "2006", "bukan ISBN", "Klingon", "xii, 20 hlm.", "", "", "", "", ""],
]  # fmt: skip


def record(**told: str):
    targets = [Target(name) for name in told]
    made = record_of(list(told.values()), TableOptions(columns=dict(enumerate(targets)), language="ind"))
    return made and {each.tag: each.value or each.join("abcdefghijklmnopqrstuvwxyz", "|") for each in made.fields}


def test_columns_are_known_by_the_names_people_give_them() -> None:
    assert guessed(HEAD) == {
        0: "title", 1: "people", 2: "year", 3: "isbn", 4: "language", 5: "extent", 6: "barcode", 7: "branch",
        8: "accession_number", 9: "price",
    }  # fmt: skip
    slims = guessed(["title", "gmd_name", "isbn_issn", "publisher_name", "publish_year", "authors", "topics", "item_code"])
    assert list(slims.values()) == ["title", "material", "isbn", "publisher", "year", "people", "subjects", "barcode"]
    assert guessed(["Judul", "title", "???", ""]) == {0: "title"}


@pytest.mark.django_db
def test_a_row_becomes_a_record_as_the_form_makes_one() -> None:
    made = record(
        title="Bumi manusia : sebuah roman",
        people="Toer, P. A.; Lane, Max",
        year="4 Jun 1980",
        language="english",
        extent="354",
    )
    assert (made["245"], made["100"], made["700"], made["264"], made["300"]) == (
        "Bumi manusia|sebuah roman", "Toer, P. A.", "Lane, Max", "1980", "354 halaman",
    )  # fmt: skip
    assert (made["008"][7:11], made["008"][35:38]) == ("1980", "eng")
    assert record(title="X", language="Klingon")["008"][35:38] == "ind"
    assert record(title="X", barcode="0007", branch="PUSAT")["952"] == "PUSAT|0007"
    assert record(people="Tanpa judul") is None
    assert "952" not in record(title="X", branch="PUSAT")


@pytest.fixture
def table(db):
    BranchFactory()
    ItemTypeFactory()
    return take_table(io.BytesIO(xlsx(HEAD, ROWS)), name="..\\..\\etc/passwd/../daftar buku.xlsx", by=None)


def brought_in(table, *, dry_run=False, **more):
    options = TableOptions(columns=guessed(table.header), **more)
    run = import_table(
        rows_in(table),
        options,
        name=table.file_name,
        by=None,
        options=ImportOptions(item_type="BUKU", again=True),
        dry_run=dry_run,
    )
    return run_import(run)


def test_a_table_comes_in_is_reported_row_by_row_and_goes_as_a_whole(table) -> None:
    assert (table.file_name, table.rows, table.samples[0][0]) == ("daftar buku.xlsx", 3, ROWS[0][0])
    run = brought_in(table, lower=True)
    assert (run.records_added, run.rejected, run.items_added) == (2, 1, 1)
    assert [(each.position, each.kind) for each in run.rejections.filter(refused=True)] == [(2, "no_fields")]
    assert list(Record.objects.order_by("pk").values_list("title", "year")) == [
        ("Bumi manusia sebuah roman", 1980),
        ("Jejak langkah", 2006),
    ]
    item = Item.objects.get()
    assert (item.barcode, item.accession_number, str(item.price), item.branch.code) == ("0007", "001", "85000.00", "PUSAT")
    undo_import(run, by=None)
    assert (Record.objects.count(), Item.objects.count()) == (0, 0)


def test_a_dry_run_stores_nothing(table) -> None:
    run = brought_in(table, dry_run=True)
    assert (run.records_added, Record.objects.count()) == (2, 0)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "table_empty"),
        (b"judul\n", "table_empty"),
        (b"\0\1\2", "table_unreadable"),
        (b"PK\x03\x04kaputt", "table_unreadable"),
    ],
)
def test_what_is_no_table_is_refused_in_words(db, content, code) -> None:
    with pytest.raises(Refused, match=code):
        take_table(io.BytesIO(content), name="x.csv", by=None)
    assert not ImportTable.objects.exists()


def test_without_a_column_of_titles_nothing_begins(table) -> None:
    with pytest.raises(Refused, match="no_title_column"):
        import_table(rows_in(table), TableOptions(columns={}), name="x", by=None, options=ImportOptions(), dry_run=False)


def test_tables_are_forgotten_after_a_week(table) -> None:
    with clock.stopped_at(clock.now() + timedelta(days=8)):
        forget_tables()
    assert not ImportTable.objects.exists()
    assert not default_storage.exists(table.stored_file)
    with pytest.raises(Refused, match="table_gone"):
        rows_in(table)


def test_sari_brings_in_a_table_and_says_what_its_columns_are(client, sari, signed_in, table) -> None:
    desk = signed_in(client, sari)
    file = SimpleUploadedFile("buku.csv", "Judul;Penulis;Rahasia\nBumi manusia;Toer;=1+1\n".encode("cp1252"))
    sent = desk.post(reverse("catalogue:import_table"), {"table": file})
    page = desk.get(sent["Location"]).content.decode()
    assert ('<option value="title" selected' in page, "=1+1" in page, "1 baris" in page) == (True, True, True)
    facts = {"material": "book", "way": "import", "column-0": "title", "column-1": "people", "column-2": "notes"}
    wrong = desk.post(sent["Location"], {**facts, "column-0": ""})
    assert (wrong.status_code, "kolom" in wrong.content.decode()) == (422, True)
    begun = desk.post(sent["Location"], facts)
    work_off()
    run = ImportRun.objects.get()
    assert (begun["Location"], run.state, run.records_added) == (reverse("catalogue:import", args=[run.pk]), "finished", 1)
    assert Record.objects.get().marc_record.first("500").get("a") == "=1+1"
    unreadable = desk.post(reverse("catalogue:import_table"), {"table": SimpleUploadedFile("x.xlsx", b"PK\x03\x04x")})
    assert unreadable.status_code == 422


def test_the_report_tells_the_rows_of_the_table_and_its_size_not_those_of_the_records_made_of_it(
    client, sari, signed_in, db
) -> None:
    desk = signed_in(client, sari)
    content = b"Judul;Penulis\nBumi manusia;Toer\n;Tanpa judul\n"
    sent = desk.post(reverse("catalogue:import_table"), {"table": SimpleUploadedFile("buku.csv", content)})
    desk.post(sent["Location"], {"material": "book", "way": "import", "column-0": "title", "column-1": "people"})
    work_off()
    [run] = ImportRun.objects.all()
    page = desk.get(reverse("catalogue:import", args=[run.pk])).text
    assert '<td class="num" data-label="Baris">3</td>' in page
    assert ("Letak bita" in page, "no_fields" in page, filesizeformat(len(content)) in page) == (False, False, True)
    report = b"".join(desk.get(reverse("catalogue:import_report", args=[run.pk])).streaming_content).decode("utf-8-sig")
    assert [line[:9] for line in report.splitlines()] == ["Baris,Aki", "3,ditolak"]


def test_sari_is_told_of_the_sheets_of_a_workbook_that_are_not_read(client, sari, signed_in, db) -> None:
    kept, book = io.BytesIO(), Workbook()
    for sheet, title in ((book.active, "Bumi manusia"), (book.create_sheet("Skripsi"), "Padi gogo")):
        sheet.append(["Judul"])
        sheet.append([title])
    book.save(kept)
    file = SimpleUploadedFile("buku.xlsx", kept.getvalue())
    page = signed_in(client, sari).post(reverse("catalogue:import_table"), {"table": file}, follow=True).content.decode()
    assert "Belum dibaca: Skripsi." in page


def test_only_who_may_import_brings_in_tables(client, ani, budi, with_role, signed_in, table) -> None:
    pages = [reverse("catalogue:import_table"), reverse("catalogue:import_columns", args=[table.pk])]
    assert [client.get(page).status_code for page in pages] == [302, 302]
    for user in (ani.user, budi.user, with_role("circulation")):
        assert [signed_in(client, user).get(page).status_code for page in pages] == [403, 403]


@pytest.mark.parametrize(
    ("name", "rows", "refused"), [("indonesian-books.csv", 3242, 0), ("indonesian-thesis-titles.csv", 425, 0)]
)
def test_real_tables_come_in_whole(db, shared_data, name, rows, refused) -> None:
    """Of the 429 lines of theses four are blank."""
    ItemTypeFactory()
    with (shared_data / "titles" / name).open("rb") as file:
        table = take_table(file, name=name, by=None)
    thesis = Material.THESIS if "thesis" in name else Material.BOOK
    run = brought_in(table, material=thesis, lower=True)
    assert (table.rows, run.records_read, run.rejected) == (rows, rows, refused)
    assert run.records_added == rows
    if thesis is Material.BOOK:
        known = Record.objects.exclude(year=None).count(), Record.objects.filter(language="ind").count()
        assert (known[0] > 3000, known[1] > 2000) == (True, True)
