"""A library moves in: a file of records becomes titles and copies, with a report for whatever could not be taken."""

import gzip
import io
import os
import signal
import subprocess
import sys
import textwrap
from decimal import Decimal

import pytest
from django.core.files.storage import default_storage

from lumbung.catalogue.domain import imports
from lumbung.catalogue.domain.imports import runs
from lumbung.catalogue.models import Identifier, ImportRun, Item, ItemType, Record
from lumbung.catalogue.tests.factories import a_record, an_import, copy_field, file_of, marc_of
from lumbung.formats.marc import Field, to_iso2709, to_marcxml
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.organization.domain import barcodes
from lumbung.organization.models import Barcode, Branch

pytestmark = pytest.mark.django_db


def reports(run):
    return [(each.position, each.kind, each.refused) for each in run.rejections.all()]


def counts(run):
    return (run.records_read, run.records_added, run.items_added, run.rejected, run.items_rejected)


def test_records_and_copies_come_in_whole():
    first = marc_of("Bumi manusia", copy_field("B-1", g="85.000", i="INV-7"), Field("909", "9", subfields=[("x", "lokal")]))
    run = an_import([first, marc_of("Laskar pelangi", copy_field("B-2", "FTK"), copy_field("B-3", "FTK"))])
    assert (run.state, counts(run)) == ("finished", (2, 2, 3, 0, 0))
    assert [record.title for record in Record.objects.order_by("pk")] == ["Bumi manusia", "Laskar pelangi"]
    assert Record.objects.get(title="Bumi manusia").marc_record.fields == first.fields
    item = Item.objects.select_related("branch", "location", "item_type").get(barcode="B-1")
    assert (item.branch.code, item.location.code, item.item_type.code) == ("PUSAT", "UMUM", "BUKU")
    assert (item.price, item.accession_number, item.call_number) == (Decimal("85000.00"), "INV-7", "899.221 TOE b")
    assert barcodes.taken(["b-1", "b-2", "b-3"]).keys() == {"B-1", "B-2", "B-3"}


def test_branches_locations_and_types_the_library_lacks_are_made_and_reported():
    run = an_import([marc_of("Bumi manusia", copy_field("B-1", "FTK"))])
    assert reports(run) == [(1, "branch_created", False), (1, "location_created", False), (1, "item_type_created", False)]
    assert run.rejections.earliest("pk").reason == ("Cabang baru dibuat dari kode “FTK”. Lengkapi nama dan jam bukanya.")
    again = an_import([marc_of("Laskar pelangi", copy_field("B-2", "ftk"))])
    assert reports(again) == []
    assert Branch.objects.get().code == "FTK"


def test_a_copy_not_for_loan_is_of_a_type_of_its_own():
    an_import([marc_of("Kamus", copy_field("B-1", **{"7": "1"}), copy_field("B-2", **{"1": "1"}))])
    assert [(item.barcode, item.item_type.lendable, item.status) for item in Item.objects.order_by("barcode")] == [
        ("B-1", False, "available"),
        ("B-2", True, "lost"),
    ]
    assert ItemType.objects.get(lendable=False).name == "BUKU (baca di tempat)"


def test_copies_from_marc_holdings():
    home = Field("852", "0", subfields=[("8", "1"), ("b", "PUSAT"), ("c", "REF"), ("h", "899.221"), ("i", "TOE b")])
    detail = Field("876", subfields=[("8", "1.1"), ("p", "B-9"), ("c", "Rp85.000,00"), ("t", "2")])
    run = an_import([marc_of("Bumi manusia", home, detail)], items=imports.Profile.HOLDINGS)
    assert counts(run) == (1, 1, 1, 0, 0)
    item = Item.objects.get()
    assert (item.barcode, item.call_number, item.copy, item.price) == ("B-9", "899.221 TOE b", "2", Decimal("85000.00"))


def test_a_barcode_is_given_once():
    """In the same file twice, to a copy that is here already, to a member's card: the copy is refused, its record kept."""
    barcodes.claim("kartu-1", Barcode.Names.MEMBER)
    barcodes.claim("LAMA", Barcode.Names.ITEM)
    fields = [copy_field(barcode) for barcode in ("B-1", "b-1", "KARTU-1", "lama", "", "x" * 61)]
    run = an_import([marc_of("Bumi manusia", *fields)], items=imports.Profile.KOHA)
    assert counts(run) == (1, 1, 1, 0, 5)
    assert sorted(kind for _, kind, _ in reports(run) if "created" not in kind) == [
        "barcode_taken_by_item",
        "barcode_taken_by_item",
        "barcode_taken_by_member",
        "barcode_too_long",
        "item_without_barcode",
    ]
    clash = run.rejections.get(kind="barcode_taken_by_member")
    assert clash.reason == "Barcode KARTU-1 sudah dipakai sebagai kartu anggota. Pakai barcode lain."
    assert b"KARTU-1" in bytes(clash.raw)


def test_a_bad_record_is_reported_with_its_bytes_and_costs_no_neighbour():
    good, other = to_iso2709(marc_of("Bumi manusia")), to_iso2709(marc_of("Laskar pelangi"))
    run = imports.start_import(io.BytesIO(good + b"bukan marc" + other + good[:60]), name="a.mrc", by=None)
    imports.run_import(run)
    assert counts(run) == (4, 2, 0, 2, 0)
    junk, cut = run.rejections.filter(refused=True)
    assert (junk.position, junk.offset, junk.kind, bytes(junk.raw)) == (2, len(good), "junk", b"bukan marc")
    assert (cut.kind, cut.offset, cut.reason) == ("truncated", len(good) + 10 + len(other), "Cantuman terpotong (60).")


@pytest.mark.parametrize(("kind", "report"), [("z", "no_heading"), ("x", "not_bibliographic")])
def test_authorities_without_a_heading_and_holdings_are_not_taken_in(kind, report):
    other = marc_of("Toer, Pramoedya Ananta")
    other.leader = f"00000n{kind}  a2200000n  4500"
    run = an_import([other, marc_of("Bumi manusia")])
    assert (counts(run), reports(run)) == ((2, 1, 0, 1, 0), [(1, report, True)])


def test_a_possible_duplicate_is_taken_in_with_a_warning():
    isbn = Field("020", subfields=[("a", "979-3062-79-7")])
    record = a_record("Laskar pelangi", isbn)
    run = an_import([marc_of("Laskar pelangi", isbn), marc_of("Edensor", control_number="7"), marc_of("X", control_number="7")])
    assert reports(run) == [(1, "possible_duplicate", False), (3, "possible_duplicate", False)]
    assert run.rejections.first().facts == {"kind": "isbn", "value": "9789793062792", "record": record.pk}


def test_a_number_that_is_not_valid_comes_in_as_it_is_written_with_a_warning():
    wrong = [
        Field("020", subfields=[("a", "979-3062-79-8 (pbk.)"), ("z", "9793062791")]),
        Field("020", subfields=[("a", "(jilid lengkap)")]),
        Field("022", subfields=[("a", "0126-1895")]),
    ]
    run = an_import([marc_of("Laskar pelangi", *wrong), marc_of("Edensor", Field("020", subfields=[("z", "9793062791")]))])
    assert reports(run) == [(1, "isbn_not_valid", False), (1, "issn_not_valid", False)]
    assert run.rejections.first().reason.startswith("ISBN 979-3062-79-8 (pbk.) tidak sah. Disimpan seperti tertulis")
    held = Identifier.objects.filter(record__title="Laskar pelangi").order_by("kind", "value").values_list("kind", "value")
    assert list(held) == [("bad_isbn", "9793062791"), ("bad_isbn", "9793062798"), ("bad_issn", "01261895")]
    assert Record.objects.get(title="Laskar pelangi").marc_record.first("020").get("a") == "979-3062-79-8 (pbk.)"


def test_a_dry_run_reports_everything_and_stores_nothing():
    records = [marc_of("Bumi manusia", copy_field("B-1", "FTK")), marc_of("Laskar pelangi", copy_field("b-1", "FTK"))]
    run = an_import(records, dry_run=True)
    assert (run.state, counts(run)) == ("finished", (2, 2, 1, 0, 1))
    assert {kind for _, kind, _ in reports(run)} == {
        "barcode_taken_by_item",
        "branch_created",
        "location_created",
        "item_type_created",
    }
    for model in (Record, Item, Branch, ItemType, Barcode):
        assert not model.objects.exists()
    assert JournalEntry.objects.get().data == {"import_run": run.pk, "dry_run": True}


def test_a_file_comes_in_twice_only_when_that_is_meant():
    first = an_import([marc_of("Bumi manusia")])
    with pytest.raises(Refused) as refused:
        an_import([marc_of("Bumi manusia")])
    assert [(reason.code, reason.waivable, reason.facts) for reason in refused.value.reasons] == [
        ("already_imported", True, {"run": first.pk})
    ]
    assert an_import([marc_of("Bumi manusia")], again=True).records_added == 1
    assert an_import([marc_of("Bumi manusia")], dry_run=True).records_added == 1


def test_every_objection_to_an_import_is_told_at_once():
    with pytest.raises(Refused) as refused:
        an_import([marc_of()], branch="FTK", item_type="BUKU")
    assert refused.value.codes == ["no_branch", "no_item_type"]
    with pytest.raises(Refused, match="file_empty"):
        imports.start_import(io.BytesIO(b""), name="kosong.mrc", by=None)
    assert default_storage.listdir("imports")[1] == []


def test_a_packed_file_and_a_marcxml_file_are_known_by_their_bytes():
    run = imports.start_import(io.BytesIO(gzip.compress(file_of([marc_of("A")]).getvalue())), name="a.mrc.gz", by=None)
    assert imports.run_import(run).records_added == 1
    element = to_marcxml(marc_of("B"), namespace=True).encode()
    assert imports.run_import(imports.start_import(io.BytesIO(element), name="b.xml", by=None)).records_added == 1
    assert sorted(Record.objects.values_list("title", flat=True)) == ["A", "B"]


def test_each_stretch_is_told_to_the_journal_and_the_file_goes_when_done(monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(runs, "STRETCH", 2)
    with django_capture_on_commit_callbacks(execute=True):
        run = an_import([marc_of(title) for title in "ABC"])
    keys = list(Record.objects.order_by("pk").values_list("pk", flat=True))
    assert [(entry.name, entry.data) for entry in JournalEntry.objects.order_by("pk")] == [
        ("ImportStarted", {"import_run": run.pk, "dry_run": False}),
        ("RecordsImported", {"import_run": run.pk, "first": keys[0], "last": keys[1]}),
        ("RecordsImported", {"import_run": run.pk, "first": keys[2], "last": keys[2]}),
        ("ImportFinished", {"import_run": run.pk, "records_added": 3, "items_added": 0, "rejected": 0}),
    ]
    assert (run.stored_file, default_storage.listdir("imports")[1]) == ("", [])


def test_an_interrupted_import_goes_on_where_it_was(monkeypatch):
    monkeypatch.setattr(runs, "STRETCH", 2)
    records = [marc_of(title, copy_field(f"B-{title}")) for title in "ABCDE"]
    run = imports.start_import(file_of(records), name="a.mrc", by=None)

    def pull_the_plug(run):
        if run.records_read == 4:
            raise OSError(28, "No space left on device")

    with pytest.raises(imports.ImportStoppedError, match="Ruang penyimpanan penuh"):
        imports.run_import(run, progress=pull_the_plug)
    run.refresh_from_db()
    assert (run.state, run.records_added) == ("interrupted", 4)
    assert run.stopped_because == "Ruang penyimpanan penuh. Kosongkan ruang, lalu lanjutkan impor ini."
    imports.resume_import(run)
    assert (run.state, counts(run)) == ("finished", (5, 5, 5, 0, 0))
    assert list(Record.objects.order_by("pk").values_list("title", flat=True)) == list("ABCDE")
    with pytest.raises(Refused, match="not_resumable"):
        imports.resume_import(run)


def test_of_two_processes_on_one_import_the_second_is_refused(monkeypatch):
    monkeypatch.setattr(runs, "STRETCH", 2)
    run = imports.start_import(file_of([marc_of(title) for title in "ABCDE"]), name="a.mrc", by=None)
    other = ImportRun.objects.get(pk=run.pk)

    def meanwhile(run):
        with pytest.raises(Refused, match="runs_elsewhere"):
            imports.run_import(other)

    imports.run_import(run, progress=meanwhile)
    assert (run.state, Record.objects.count()) == ("finished", 5)


KILLED = """
    import os, sys
    os.environ["DJANGO_SETTINGS_MODULE"] = "lumbung.project.settings"
    import django
    django.setup()
    from django.core.management import call_command
    from lumbung.catalogue.domain import imports
    from lumbung.catalogue.models import ImportRun, Item, Record
    from lumbung.organization.models import Barcode
    def kill(run):
        if run.records_read == 1000:
            os.kill(os.getpid(), 9)
    if sys.argv[1] == "start":
        call_command("migrate", verbosity=0)
        run = imports.start_import(open(sys.argv[2], "rb"), name="a.mrc", by=None)
        imports.run_import(run, progress=kill, beside=True)
    run = ImportRun.objects.get()
    print(run.state, run.records_read, Record.objects.count())
    imports.resume_import(run)
    titles = Record.objects.order_by("pk").values_list("title", flat=True)
    assert list(titles) == [f"Judul {n}" for n in range(1700)]
    assert Item.objects.count() == Barcode.objects.count() == 1700
    print(run.state, run.records_read, Record.objects.count())
"""


def test_a_killed_import_goes_on_without_doubles(tmp_path):
    """It was read by a process beside it, which ends with it: the pipe of its output closes."""
    file = tmp_path / "a.mrc"
    file.write_bytes(file_of(marc_of(f"Judul {n}", copy_field(f"B-{n}")) for n in range(1700)).getvalue())
    script = tmp_path / "killed.py"
    script.write_text(textwrap.dedent(KILLED))
    environment = {**os.environ, "LUMBUNG_DATA": str(tmp_path / "data"), "LUMBUNG_DATABASE_URL": ""}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    first = subprocess.run([sys.executable, script, "start", file], env=environment, check=False, capture_output=True)
    assert first.returncode == -signal.SIGKILL, first.stderr.decode()
    second = subprocess.run([sys.executable, script, "resume"], env=environment, check=True, capture_output=True, text=True)
    assert second.stdout.splitlines() == ["running 1000 1000", "finished 1700 1700"]


def test_a_small_packed_file_of_endless_rubbish_fills_neither_memory_nor_database(monkeypatch):
    monkeypatch.setattr(runs, "MOST_BYTES", 20 << 20)
    at_once = []
    judge = runs.judge
    monkeypatch.setattr(
        runs, "judge", lambda some, profile: at_once.append(sum(len(each.raw) for each in some)) or judge(some, profile)
    )
    good = to_iso2709(marc_of("Bumi manusia"))
    file = io.BytesIO(gzip.compress(good + b"a" * (70 << 20), 1))
    run = imports.run_import(imports.start_import(file, name="sampah.mrc.gz", by=None))
    assert (run.state, run.records_added, Record.objects.get().title) == ("finished", 1, "Bumi manusia")
    assert max(at_once) < 40 << 20
    assert {each.kind for each in run.rejections.all()} <= {"too_large", "junk", "truncated"}
    assert max(len(each.raw) for each in run.rejections.filter(kind="too_large")) == 1 << 16
