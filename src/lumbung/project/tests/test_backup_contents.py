"""A backup brings digital contents along that lie elsewhere, or says in plain words that it does not; the drill too."""

import shutil
from pathlib import Path

import pytest
from django.core.management import call_command

from lumbung.digital.domain import places, store
from lumbung.digital.domain.files import add_file
from lumbung.digital.tests.factories import LARGEST, a_file, a_pdf
from lumbung.formats import ocfl
from lumbung.kernel.manifests import read_manifest
from lumbung.project import backup_contents
from lumbung.project.backup import BackupUnsound, make_backup, verify

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def elsewhere(settings, tmp_path: Path) -> Path:
    settings.FILES_URL = str(tmp_path / "elsewhere")
    return tmp_path / "elsewhere"


def said(capsys: pytest.CaptureFixture[str], folder: Path, *options: str) -> str:
    call_command("backup", str(folder), *options)
    return capsys.readouterr().out


def test_contents_in_the_data_folder_come_along_without_a_word(tmp_path: Path, capsys):
    a_file()
    told = said(capsys, tmp_path / "backups")
    assert "TIDAK ikut" not in told
    (folder,) = (tmp_path / "backups").iterdir()
    assert read_manifest(folder).elsewhere == ""


def test_contents_elsewhere_are_named_and_told_of_in_plain_words(elsewhere: Path, tmp_path: Path, capsys):
    file = a_file()
    told = said(capsys, tmp_path / "backups")
    assert "1 isi berkas digital" in told
    assert "TIDAK ikut" in told
    assert str(elsewhere) in told
    (folder,) = (tmp_path / "backups").iterdir()
    manifest = read_manifest(folder)
    assert (manifest.elsewhere, manifest.contents) == (str(elsewhere), {file.sha256: file.size})
    assert any("TIDAK ada dalam cadangan ini" in line for line in backup_contents.proved(manifest, 1))


def test_asked_for_they_come_along_are_proved_and_put_back_on_an_empty_place(elsewhere: Path, tmp_path: Path, settings, capsys):
    file = a_file()
    assert "1 isi dari" in said(capsys, tmp_path / "backups", "--with-contents")
    (folder,) = (tmp_path / "backups").iterdir()
    assert (folder / "contents" / file.sha256[:2] / file.sha256).read_bytes() == a_pdf()
    assert any("semuanya dari cadangan ini" in line for line in backup_contents.proved(read_manifest(folder), 1))
    settings.FILES_URL = str(tmp_path / "new")
    backup_contents.put_back(folder)
    assert places.first().is_whole(file.sha256)
    (folder / "contents" / file.sha256[:2] / file.sha256).write_bytes(b"lain")
    with pytest.raises(BackupUnsound, match="berubah"):
        verify(folder)


def test_what_is_damaged_there_is_left_out_and_told(elsewhere: Path, tmp_path: Path, capsys):
    bad = add_file(a_file().record, store.put([a_pdf("lain")], name="b.pdf", largest=LARGEST), name="b.pdf", by=None)
    (elsewhere / ocfl.place_of(bad.sha256) / ocfl.CONTENT).write_bytes(b"rusak")
    told = said(capsys, tmp_path / "backups", "--with-contents")
    assert "1 isi dari" in told
    assert f"1 isi rusak atau hilang di sana dan tidak ikut, misalnya {bad.sha256[:12]}" in told


def test_a_place_that_is_away_lets_no_backup_pass_for_whole(elsewhere: Path, tmp_path: Path):
    a_file()
    shutil.rmtree(elsewhere)
    elsewhere.mkdir()
    with pytest.raises(OSError, match="Lumbung lagi"):
        make_backup(tmp_path / "backups", with_contents=True)
    assert list((tmp_path / "backups").iterdir()) == []
