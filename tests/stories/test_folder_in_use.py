"""One library in one folder: it is not served twice unawares, and no backup is put back under a program that works."""

import fcntl
import sqlite3
from pathlib import Path

import pytest

from tests.installation import Installation

DATA = 4


def backup_of(library: Installation, folder: Path) -> Path:
    done = library.run("backup", str(folder))
    assert done.returncode == 0, done.stderr
    (place,) = folder.iterdir()
    return place


def write_in(library: Installation, name: str) -> None:
    with sqlite3.connect(library.data / "lumbung.sqlite3") as database:
        database.execute(
            "insert into kernel_journalentry (at, name, channel, data) values ('2026-01-02 03:04:05', ?, 'desk', '{}')", [name]
        )
    database.close()


def written_in(library: Installation) -> list[str]:
    with sqlite3.connect(library.data / "lumbung.sqlite3") as database:
        rows = database.execute("select name from kernel_journalentry order by id").fetchall()
    database.close()
    return [name for (name,) in rows]


@pytest.mark.process
def test_a_second_start_on_the_same_folder_names_where_it_is_served(installation: Installation, laid: Path):
    installation.take(laid)
    installation.start("up", "--empty")
    second = Installation(installation.data)
    for port in (second.port, installation.port):
        done = second.run("up", "--empty", "--port", str(port))
        assert (done.returncode, done.stdout) == (DATA, "")
        assert done.stderr.startswith(f"Lumbung sudah berjalan dengan folder data ini: {installation.address}\n")
    told = second.run("up", "--empty", "--port", str(second.port), LANG="en_US.UTF-8")
    assert told.stderr.startswith(f"Lumbung already serves this data folder: {installation.address}\n")
    assert installation.answers()


@pytest.mark.process
def test_it_starts_again_at_once_after_a_power_cut(installation: Installation, laid: Path):
    installation.take(laid)
    installation.start("up", "--empty")
    installation.kill()
    installation.start("up", "--empty")
    assert installation.stop() == 0


@pytest.mark.process
@pytest.mark.parametrize("command", ["up", "serve"])
def test_no_backup_is_put_back_under_a_library_that_works(installation: Installation, laid: Path, tmp_path: Path, command: str):
    installation.take(laid)
    place = backup_of(installation, tmp_path / "backups")
    write_in(installation, "ItemLent")
    installation.start(command)
    done = installation.run("restore", str(place), "--force")
    assert (done.returncode, done.stdout) == (DATA, "")
    assert done.stderr.startswith(f"Folder data ini sedang dipakai: {installation.data}\n")
    assert "ItemLent" in written_in(installation)
    assert installation.run("restore", str(place), "--prove").returncode == 0  # elsewhere, and nothing here is touched
    assert installation.stop() == 0
    assert installation.run("restore", str(place), "--force").returncode == 0
    assert "ItemLent" not in written_in(installation)


@pytest.mark.process
@pytest.mark.parametrize("command", ["up", "serve", "work", "reindex"])
def test_nothing_begins_while_a_backup_is_put_back(installation: Installation, laid: Path, command: str):
    installation.take(laid)
    with (installation.data / ".in-use").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        done = installation.run(command)
        told = installation.run("find", "laskar")
    assert (done.returncode, done.stdout) == (DATA, "")
    assert done.stderr.startswith(f"Ke folder data ini sedang dipulihkan cadangan: {installation.data}\n")
    assert "dipulihkan" not in told.stderr
