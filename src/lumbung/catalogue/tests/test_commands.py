"""``lumbung import``, ``export`` and ``undo-import``, as an operator types them."""

import importlib
import io

import pytest
from django.core.management import CommandError, call_command, load_command_class

from lumbung.catalogue.domain import imports
from lumbung.catalogue.domain.imports import runs
from lumbung.catalogue.domain.imports.beside import ReaderEnded
from lumbung.catalogue.models import ImportRun, Record
from lumbung.catalogue.refusals import BARCODE_EMPTY
from lumbung.catalogue.tests.factories import a_record, copy_field, file_of, marc_of
from lumbung.formats import marc
from lumbung.formats.marc import Field, read
from lumbung.formats.marc.iso2709_writer import to_iso2709
from lumbung.kernel import terminal
from lumbung.kernel.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_worker(monkeypatch):
    """The worker beside the import is another process, which sees nothing of a test's transaction."""
    command = importlib.import_module("lumbung.catalogue.management.commands.import")  # "import" is a word of Python's
    monkeypatch.setattr(command._WorkerBeside, "__enter__", lambda self: None)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "koleksi.mrc"
    path.write_bytes(file_of([marc_of("Bumi manusia", copy_field("B-1")), marc_of("Laskar pelangi")]).getvalue())
    return path


def run(*arguments, **options):
    out, err = io.StringIO(), io.StringIO()
    call_command(*map(str, arguments), stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def test_a_good_file_comes_in_and_says_how_much(file):
    _, told = run("import", file)
    assert "2 judul dan 1 eksemplar ditambahkan; 0 cantuman dan 0 eksemplar ditolak" in told
    assert Record.objects.count() == 2


def test_headings_that_came_in_are_told_too(tmp_path):
    path = tmp_path / "tajuk.mrc"
    path.write_bytes(to_iso2709(marc.Record("00000nz  a2200000n  4500", [marc.Field("150", " ", " ", [("a", "Padi gogo")])])))
    assert "1 tajuk dapat diterima.\n" in run("import", path, dry_run=True)[1]
    assert "1 tajuk ditambahkan.\n" in run("import", path)[1]


def test_what_was_refused_is_listed_and_the_command_fails(file):
    with file.open("ab") as more:
        more.write(b"12345cam")
    with pytest.raises(CommandError, match="Sebagian isi berkas ditolak"):
        run("import", file)
    assert Record.objects.count() == 2


def test_a_dry_run_stores_nothing(file):
    _, told = run("import", file, dry_run=True)
    assert "2 judul dan 1 eksemplar dapat diterima" in told
    assert not Record.objects.exists()


def test_the_same_file_again_needs_to_be_meant(file):
    run("import", file)
    with pytest.raises(CommandError) as refused:
        run("import", file)
    number = ImportRun.objects.get().pk
    assert str(refused.value) == (
        f"{file}: berkas yang sama persis sudah diimpor (impor nomor {number}). Untuk mengimpornya lagi: --again"
    )
    run("import", file, again=True, items="none")


def test_a_file_that_is_not_there_is_said_so(tmp_path):
    with pytest.raises(CommandError, match="tidak dapat dibaca"):
        run("import", tmp_path / "tidak-ada.mrc")
    with pytest.raises(CommandError, match="Tidak ada impor nomor 9"):
        run("import", resume=9)
    with pytest.raises(CommandError) as wrong:
        run("import")
    assert wrong.value.returncode == 2


@pytest.fixture
def others(tmp_path):
    """Files that come after another: a good one, one with rubbish at its end, an empty one."""
    good, partly, empty = tmp_path / "baik.mrc", tmp_path / "sebagian.mrc", tmp_path / "kosong.mrc"
    good.write_bytes(file_of([marc_of("Padi gogo")]).getvalue())
    partly.write_bytes(file_of([marc_of("Padi sawah")]).getvalue() + b"12345cam")
    empty.write_bytes(b"")
    return good, partly, empty


def test_each_of_several_files_is_dealt_with_by_itself(file, others, tmp_path):
    run("import", file)
    good, partly, empty = others
    gone, memory, told = tmp_path / "tidak-ada.mrc", "/proc/self/mem", io.StringIO()
    with pytest.raises(CommandError) as worst:
        call_command("import", *map(str, [file, gone, tmp_path, memory, empty, partly, good]), stderr=told, stdout=told)
    assert worst.value.returncode == 1
    assert str(worst.value) == (
        f"7 berkas: 1 diterima seluruhnya, 1 dengan isi yang ditolak ({partly}), "
        f"5 tidak diterima ({file}, {gone}, {tmp_path}, {memory}, {empty})."
    )
    assert f"{file}: berkas yang sama persis sudah diimpor" in told.getvalue()
    assert f"{gone}: tidak dapat dibaca: berkas atau foldernya tidak ada.\n" in told.getvalue()
    assert f"{tmp_path}: tidak dapat dibaca: itu sebuah folder.\n" in told.getvalue()
    assert f"{memory}: tidak dapat dibaca: " in told.getvalue()
    assert f"{empty}: Berkas kosong.mrc kosong.\n" in told.getvalue()
    assert set(Record.objects.values_list("title", flat=True)) == {"Bumi manusia", "Laskar pelangi", "Padi sawah", "Padi gogo"}


def test_several_good_files_end_well_with_one_summary(file, others):
    assert run("import", file, others[0])[1].endswith("\n2 berkas: 2 diterima seluruhnya.\n")


@pytest.mark.parametrize("moment", ["start_import", "run_import"])
def test_a_full_disk_stops_all_files_and_names_those_not_read(file, others, monkeypatch, moment):
    def fail(*_, **__):
        raise imports.ImportStoppedError("Ruang penyimpanan penuh.")

    monkeypatch.setattr(imports, moment, fail)
    good, partly, _ = others
    told = io.StringIO()
    with pytest.raises(CommandError, match=r"Ruang penyimpanan penuh\.") as stopped:
        call_command("import", *map(str, [good, partly, file]), stderr=told)
    assert stopped.value.returncode == 4
    unread = [good, partly, file] if moment == "start_import" else [partly, file]
    assert f"Belum dibaca: {', '.join(map(str, unread))}. " in told.getvalue()
    assert not Record.objects.exists()


def test_one_whose_reader_was_killed_has_a_code_of_its_own_and_names_the_command_that_goes_on(file, others, monkeypatch):
    def killed(run, **_):
        ImportRun.objects.filter(pk=run.pk).update(state="interrupted")
        raise imports.ImportStoppedError("Pembacanya terhenti.") from ReaderEnded()

    monkeypatch.setattr(imports, "run_import", killed)
    with pytest.raises(CommandError) as stopped:
        run("import", file)
    going_on = f"lumbung import --resume {ImportRun.objects.get().pk}"
    assert (stopped.value.returncode, str(stopped.value).endswith(f"Lanjutkan dengan: {going_on}")) == (7, True)


def test_one_that_is_refused_in_the_middle_names_the_command_that_goes_on(file, others, monkeypatch):
    def refuse(*_: object) -> None:
        raise Refused(BARCODE_EMPTY())

    good, _, _ = others
    with monkeypatch.context() as patch:
        patch.setattr(runs, "_tell_of_touched", refuse)
        with pytest.raises(CommandError) as stopped:
            run("import", file)
        first = ImportRun.objects.get()
        assert stopped.value.returncode == 7
        assert str(stopped.value) == f"koleksi.mrc: {BARCODE_EMPTY()}\nLanjutkan dengan: lumbung import --resume {first.pk}"
        told = io.StringIO()
        with pytest.raises(CommandError) as several:
            call_command("import", str(good), str(good), again=True, stderr=told)
    assert (several.value.returncode, str(several.value)) == (7, f"2 berkas: 2 terhenti di tengah jalan ({good}, {good}).")
    assert told.getvalue().count("Lanjutkan dengan: lumbung import --resume ") == 2
    run("import", resume=first.pk)
    with pytest.raises(CommandError, match="tidak ada yang perlu dilanjutkan") as done:
        run("import", resume=first.pk)
    assert (done.value.returncode, "Lanjutkan dengan" in str(done.value)) == (1, False)


def test_the_command_that_goes_on_names_the_data_folder_that_was_chosen(file, monkeypatch):
    def refuse(*_: object) -> None:
        raise Refused(BARCODE_EMPTY())

    monkeypatch.setattr(runs, "_tell_of_touched", refuse)
    monkeypatch.setattr(terminal, "data_folder", "/srv/perpustakaan kita")
    with pytest.raises(CommandError, match=r"--resume \d+ --data '/srv/perpustakaan kita'$"):
        run("import", file)


def test_the_exit_codes_are_told_by_the_help():
    command = load_command_class("lumbung.catalogue", "import")
    told = " ".join(command.create_parser("lumbung", "import").format_help().split())
    for code in ("0 ", "1 ", "2 ", "4 ", "7 ", "130 "):
        assert f"{code}bila" in told
    assert "--resume" in told


def test_an_import_is_undone_by_its_number(file):
    run("import", file)
    told, _ = run("undo-import", ImportRun.objects.get().pk)
    assert told == f"Impor nomor {ImportRun.objects.get().pk} dibatalkan: 2 judul dan 1 eksemplar dihapus.\n"
    assert not Record.objects.exists()


@pytest.mark.parametrize("form", ["iso2709", "marcxml", "marcjson"])
def test_an_export_holds_every_record_as_it_is(tmp_path, form):
    records = [a_record("Bumi manusia", Field("909", "9", "9", [("x", "lokal")])), a_record("Laskar pelangi")]
    target = tmp_path / "keluar"
    run("export", format=form, output=target)
    with target.open("rb") as file:
        assert [entry.record.fields for entry in read(file)] == [record.marc_record.fields for record in records]
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["keluar"]


def test_a_record_too_long_for_iso_2709_is_named(tmp_path):
    long = a_record("Ensiklopedia", *[Field("500", subfields=[("a", "x" * 9000)]) for _ in range(12)])
    err = io.StringIO()
    with pytest.raises(CommandError, match="1 cantuman terlalu panjang untuk ISO 2709"):
        call_command("export", output=str(tmp_path / "keluar.mrc"), stderr=err)
    assert f"Judul nomor {long.pk} dilewati" in err.getvalue()


def test_an_export_that_cannot_be_written_says_why(tmp_path):
    with pytest.raises(CommandError, match="tidak dapat ditulisi: berkas atau foldernya tidak ada"):
        run("export", output=tmp_path / "tidak" / "ada.mrc")


def test_export_says_what_it_wrote_and_overwrites_nothing_unasked(tmp_path) -> None:
    a_record()
    target, told = tmp_path / "semua.mrc", io.StringIO()
    call_command("export", output=str(target), stderr=told)
    assert told.getvalue() == f"1 judul ditulis ke {target}.\n"
    a_record("Jejak langkah")
    before = target.read_bytes()
    with pytest.raises(CommandError, match=r"sudah ada\. Untuk menimpanya: --force"):
        call_command("export", output=str(target), stderr=io.StringIO())
    assert target.read_bytes() == before
    call_command("export", output=str(target), force=True, stderr=told)
    assert told.getvalue().endswith(f"2 judul ditulis ke {target}.\n")
