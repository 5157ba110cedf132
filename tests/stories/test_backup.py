"""A library is saved while it works, lost, and put back."""

import json
import sqlite3
from pathlib import Path

import pytest

from tests.installation import Installation
from tools import postgres


@pytest.fixture
def library(installation: Installation) -> Installation:
    """An installation with one user and one kept file."""
    assert installation.run("migrate", "-v0").returncode == 0
    with sqlite3.connect(installation.data / "lumbung.sqlite3") as database:
        database.execute(
            "insert into accounts_user (id, username, password, email, name, language, time_zone, is_active, joined_at)"
            " values (7, 'sari', 'x', '', 'Sari', 'id', 'Asia/Makassar', 1, '2026-01-02 03:04:05')"
        )
    database.close()
    (installation.data / "files" / "covers").mkdir(parents=True)
    (installation.data / "files" / "covers" / "1.svg").write_text("<svg/>")
    return installation


def backed_up(library: Installation, folder: Path) -> Path:
    done = library.run("backup", str(folder))
    assert done.returncode == 0, done.stderr
    (place,) = folder.iterdir()
    assert done.stdout.startswith(f"Cadangan lengkap dan sudah diperiksa: {place}\n")
    return place


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


def test_a_library_is_not_replaced_unless_that_is_asked(library: Installation, tmp_path: Path):
    place = backed_up(library, tmp_path / "backups")
    refused = library.run("restore", str(place))
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "Di sini sudah ada perpustakaan." in refused.stderr
    (library.data / "files" / "later.txt").write_text("later")
    assert library.run("restore", str(place), "--force").returncode == 0
    assert not (library.data / "files" / "later.txt").exists()


@pytest.mark.parametrize("damage", ["changed", "lost", "without manifest", "newer"])
def test_a_backup_that_is_not_whole_changes_nothing(library: Installation, tmp_path: Path, damage: str):
    place = backed_up(library, tmp_path / "backups")
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


@pytest.mark.requirement("R312")
def test_a_small_library_grows_from_sqlite_to_postgresql(library: Installation, tmp_path: Path):
    binaries = postgres.programs()
    if binaries is None:
        pytest.skip("the programs of PostgreSQL are not here (Debian: apt install postgresql)")
    place = backed_up(library, tmp_path / "backups")
    with postgres.server(binaries) as url:
        cluster = Installation(tmp_path / "cluster")
        moved = cluster.run("restore", str(place), LUMBUNG_DATABASE_URL=url)
        assert moved.returncode == 0, moved.stderr
        saved = cluster.run("backup", str(tmp_path / "cluster-backups"), LUMBUNG_DATABASE_URL=url)
        assert saved.returncode == 0, saved.stderr
        (dump,) = (tmp_path / "cluster-backups").iterdir()
        again = cluster.run("restore", str(dump), "--force", LUMBUNG_DATABASE_URL=url)
        assert again.returncode == 0, again.stderr
        script = "from lumbung.accounts.models import User; print(*User.objects.values_list('pk', 'username', 'joined_at'))"
        asked = cluster.run("shell", "-v0", "-c", script, LUMBUNG_DATABASE_URL=url)
    assert asked.stdout.startswith("(7, 'sari', datetime.datetime(2026, 1, 2, 3, 4, 5, ")
    assert json.loads((dump / "backup.json").read_text())["rows"]["accounts_user"] == 1
