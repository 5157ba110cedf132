"""A library is saved while it works, lost, and put back."""

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.installation import Installation
from tools import postgres


@pytest.fixture(scope="session")
def original(laid: Path, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """An installation with one user, one journal entry and one kept file."""
    installation = Installation(tmp_path_factory.mktemp("original") / "installation")
    installation.take(laid)
    with sqlite3.connect(installation.data / "lumbung.sqlite3") as database:
        database.execute(
            "insert into accounts_user (id, username, password, email, name, language, time_zone, muted_notices, is_active, joined_at)"
            " values (7, 'sari', 'x', '', 'Sari', 'id', 'Asia/Makassar', '[]', 1, '2026-01-02 03:04:05')"
        )
        database.execute(
            "insert into kernel_journalentry (at, name, channel, data)"
            """ values ('2026-01-02 03:04:05', 'ItemAdded', 'desk', '{"record": 5, "item": 9}')"""
        )
    database.close()
    (installation.data / "files" / "covers").mkdir(parents=True)
    (installation.data / "files" / "covers" / "1.svg").write_text("<svg/>")
    return installation


@pytest.fixture
def library(installation: Installation, original: Installation) -> Installation:
    """The same, for one test to change."""
    installation.take(original.data)
    return installation


def backed_up(library: Installation, folder: Path) -> Path:
    done = library.run("backup", str(folder))
    assert done.returncode == 0, done.stderr
    (place,) = folder.iterdir()
    assert done.stdout.startswith(f"Cadangan lengkap dan sudah diperiksa: {place}\n")
    return place


@pytest.fixture(scope="session")
def kept(original: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return backed_up(original, tmp_path_factory.mktemp("kept"))


@pytest.fixture
def place(kept: Path, tmp_path: Path) -> Path:
    """A backup of the library."""
    return shutil.copytree(kept, tmp_path / "backups" / kept.name)


def users(installation: Installation) -> list[tuple[int, str, str]]:
    with sqlite3.connect(installation.data / "lumbung.sqlite3") as database:
        rows = database.execute("select id, username, joined_at from accounts_user").fetchall()
    database.close()
    return rows


def test_a_backup_made_while_the_library_serves_brings_everything_back(library: Installation, tmp_path: Path):
    library.start("serve")
    place = backed_up(library, tmp_path / "backups")
    assert library.answers()
    other = Installation(tmp_path / "other")
    done = other.run("restore", str(place))
    assert done.returncode == 0, done.stderr
    assert "berkas cocok." in done.stdout
    assert users(other) == [(7, "sari", "2026-01-02 03:04:05")]
    assert (other.data / "files" / "covers" / "1.svg").read_text() == "<svg/>"
    assert (other.data / "secret.key").read_bytes() == (library.data / "secret.key").read_bytes()
    assert (other.data / "secret.key").stat().st_mode & 0o777 == 0o600


def test_a_library_is_not_replaced_unless_that_is_asked(library: Installation, place: Path):
    refused = library.run("restore", str(place))
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "Di sini sudah ada perpustakaan." in refused.stderr
    (library.data / "files" / "later.txt").write_text("later")
    assert library.run("restore", str(place), "--force").returncode == 0
    assert not (library.data / "files" / "later.txt").exists()


@pytest.mark.parametrize("damage", ["changed", "lost", "without manifest", "newer"])
def test_a_backup_that_is_not_whole_changes_nothing(library: Installation, place: Path, damage: str):
    match damage:
        case "changed":
            with (place / "database.sqlite3").open("r+b") as file:
                file.seek(5000)
                file.write(b"scribble")
        case "lost":
            (place / "data" / "files" / "covers" / "1.svg").unlink()
        case "without manifest":
            (place / "backup.json").unlink()
        case "newer":
            manifest = json.loads((place / "backup.json").read_text())
            (place / "backup.json").write_text(json.dumps({**manifest, "version": "99.0.0"}))
    before = users(library)
    done = library.run("restore", str(place), "--force")
    assert (done.returncode, done.stdout) == (1, "")
    assert "Pemulihan gagal: " in done.stderr
    assert users(library) == before
    assert (library.data / "files" / "covers" / "1.svg").exists()


def test_a_place_that_cannot_be_written_is_named(library: Installation, tmp_path: Path):
    (tmp_path / "file").touch()
    done = library.run("backup", str(tmp_path / "file" / "backups"))
    assert done.returncode == 1
    assert f"Cadangan gagal: {tmp_path / 'file' / 'backups'} tidak dapat ditulisi" in done.stderr


A_FILE = """
from lumbung.digital.tests.factories import a_file
a_file(name='skripsi.pdf')
"""


@pytest.mark.requirement("R004")
def test_a_backup_restored_on_an_empty_folder_proves_itself_equal(library: Installation, tmp_path: Path):
    told(library, A_FILE)
    place = backed_up(library, tmp_path / "backups")
    before = (library.data / "lumbung.sqlite3").read_bytes()
    done = library.run("restore", str(place), "--prove", "--report", str(tmp_path / "bukti.txt"))
    assert (done.returncode, done.stderr) == (0, "")
    assert "Isi setiap baris sama." in done.stdout
    assert "Berkas digital: 1 isi dibaca utuh dan cocok dengan sidik jarinya." in done.stdout
    assert "Indeks pencarian: 1 judul, semuanya seperti basis data." in done.stdout
    assert done.stdout.endswith("Latihan selesai; tidak ada yang diubah di sini.\n")
    assert "Isi setiap baris sama." in (tmp_path / "bukti.txt").read_text()
    assert (library.data / "lumbung.sqlite3").read_bytes() == before


def test_one_changed_word_in_a_row_is_seen_although_the_counts_agree(library: Installation, place: Path):
    with sqlite3.connect(place / "database.sqlite3") as database:
        database.execute("update accounts_user set name = 'Budi'")
    database.close()
    manifest = json.loads((place / "backup.json").read_text())
    manifest["files"]["database.sqlite3"] = hashlib.sha256((place / "database.sqlite3").read_bytes()).hexdigest()
    (place / "backup.json").write_text(json.dumps(manifest))
    done = library.run("restore", str(place), "--prove")
    assert (done.returncode, done.stdout) == (1, "")
    assert "Pemulihan gagal: isi baris dalam cadangan tidak cocok: accounts_user" in done.stderr


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Installation]:
    """An empty installation that keeps its rows in PostgreSQL."""
    binaries = postgres.programs()
    if binaries is None:
        pytest.skip("the programs of PostgreSQL are not here (Debian: apt install postgresql)")
    with postgres.server(binaries) as url:
        installation = Installation(tmp_path / "cluster")
        installation.environment["LUMBUNG_DATABASE_URL"] = url
        yield installation


def told(installation: Installation, script: str) -> str:
    return installation.run("shell", "-v0", "-c", script).stdout


@pytest.mark.requirement("R312")
@pytest.mark.process
def test_a_small_library_grows_from_sqlite_to_postgresql(place: Path, cluster: Installation, tmp_path: Path):
    moved = cluster.run("restore", str(place))
    assert moved.returncode == 0, moved.stderr
    dump = backed_up(cluster, tmp_path / "cluster-backups")
    again = cluster.run("restore", str(dump), "--force")
    assert again.returncode == 0, again.stderr
    users = "from lumbung.accounts.models import User; print(*User.objects.values_list('pk', 'username', 'joined_at'))"
    assert told(cluster, users).startswith("(7, 'sari', datetime.datetime(2026, 1, 2, 3, 4, 5, ")
    journal = (
        "from lumbung.kernel.models import JournalEntry; print(*JournalEntry.objects.values_list('record', 'item', 'member'))"
    )
    assert told(cluster, journal) == "(5, 9, None)\n"
    assert json.loads((dump / "backup.json").read_text())["rows"]["accounts_user"] == 1


def test_a_dump_that_cannot_be_replayed_leaves_postgresql_as_it_was(cluster: Installation, tmp_path: Path):
    assert cluster.run("migrate", "-v0").returncode == 0
    user = "from lumbung.accounts.models import User; User.objects.create(username='sari', name='Sari')"
    told(cluster, user)
    dump = backed_up(cluster, tmp_path / "cluster-backups")
    manifest, file = json.loads((dump / "backup.json").read_text()), dump / "database.pgdump"
    whole = file.read_bytes()
    (cluster.data / "files").mkdir(exist_ok=True)
    (cluster.data / "files" / "later.txt").write_text("later")
    for contents, rows, reason in [(whole[:-3000], 1, "pg_restore: "), (whole, 2, "jumlah baris tidak cocok: accounts_user")]:
        file.write_bytes(contents)
        manifest["files"][file.name] = hashlib.sha256(contents).hexdigest()
        manifest["rows"]["accounts_user"] = rows
        (dump / "backup.json").write_text(json.dumps(manifest))
        done = cluster.run("restore", str(dump), "--force")
        assert (done.returncode, done.stdout) == (1, "")
        assert reason in done.stderr
    assert told(cluster, "from lumbung.accounts.models import User; print(User.objects.get().username)") == "sari\n"
    assert (cluster.data / "files" / "later.txt").read_text() == "later"
    assert not list(cluster.data.glob(".restore-*"))
