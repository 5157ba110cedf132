"""A library leaves with everything it has, in open formats; a fresh one reads it back, and is the same row by row."""

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection

from lumbung.accounts.tests.factories import UserFactory
from lumbung.formats import marc
from lumbung.kernel.jobs.worker import work_off
from lumbung.members.models import Member
from lumbung.moving.domain import course
from lumbung.moving.domain.options import Options
from lumbung.moving.domain.packing import pack
from lumbung.moving.tests.dumps import dump
from lumbung.organization.tests.factories import BranchFactory, LibraryFactory
from lumbung.project.backup import BackupUnsound
from lumbung.project.restore import NotEmpty, restore_backup
from tests.installation import Installation
from tests.stories.test_moving_from_slims import FOUND
from tools import postgres


@pytest.fixture
def package(db: None, tmp_path: Path) -> Path:
    """What ``pack`` writes of a library with two titles, members, loans, a debt, a journal and one kept picture."""
    LibraryFactory()
    BranchFactory()
    (tmp_path / "cadangan.sql").write_text(dump(), encoding="utf-8")
    course.carry_on(course.start("slims", tmp_path / "cadangan.sql", options=Options(origin="slims"), by=None, dry_run=False))
    default_storage.save("covers/1.svg", ContentFile(b"<svg/>"))
    work_off()
    connection.check_constraints()  # PostgreSQL empties no table while a constraint waits to be looked at
    return pack(tmp_path / "packages")[0]


def packed(library: Installation, into: Path) -> Path:
    done = library.run("leave", str(into))
    assert done.returncode == 0, done.stderr
    (place,) = into.iterdir()
    assert done.stdout.startswith(f"Paket lengkap: {place}\n")
    return place


def rows_of(package: Path, table: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (package / "rows" / f"{table}.jsonl").read_text(encoding="utf-8").splitlines()]


def assert_equal(one: Path, other: Path) -> None:
    """Every table says the same to the letter, and every file is there."""
    first, second = (json.loads((each / "backup.json").read_text()) for each in (one, other))
    assert {name for name, digest in first["files"].items() if second["files"].get(name) != digest} == set()
    assert (first["rows"], first["files"].keys()) == (second["rows"], second["files"].keys())


@pytest.mark.process
def test_a_fresh_library_that_reads_the_package_is_equal_row_by_row(installation: Installation, tmp_path: Path):
    file = tmp_path / "cadangan.sql"
    file.write_text(dump(), encoding="utf-8")
    for arguments in (["migrate"], ["shell", "-c", FOUND], ["migrate", "slims", str(file)], ["reindex"]):
        assert installation.run(*arguments).returncode == 0
    (installation.data / "files" / "covers").mkdir(parents=True)
    (installation.data / "files" / "covers" / "1.svg").write_text("<svg/>")
    package = packed(installation, tmp_path / "packages")
    assert len(rows_of(package, "circulation_loan")) == 2
    fresh = Installation(tmp_path / "fresh")
    done = fresh.run("restore", str(shutil.make_archive(str(tmp_path / "paket"), "zip", package)))
    assert done.returncode == 0, done.stderr
    assert (fresh.data / "files" / "covers" / "1.svg").read_text() == "<svg/>"
    assert (fresh.data / "secret.key").exists()
    assert not list(fresh.data.glob(".unpacked-*"))
    assert_equal(package, packed(fresh, tmp_path / "again"))


def test_what_was_read_back_leaves_again_as_the_same(package: Path, tmp_path: Path):
    Member.objects.update(name="Sesudahnya")
    default_storage.save("covers/2.svg", ContentFile(b"<svg/>"))
    connection.check_constraints()
    assert restore_backup(package, force=True).rows["members_member"] == 2
    assert_equal(package, pack(tmp_path / "again")[0])


def test_other_systems_read_the_catalogue_as_marc_and_the_rest_as_tables(package: Path):
    with (package / "records" / "katalog.mrc").open("rb") as file:
        told = [entry.record for entry in marc.read(file) if entry.record]
    copies = [[dict(each.subfields)["p"] for each in record.fields if each.tag == "952"] for record in told]
    assert copies == [["B001", "B002"], ["B003"]]
    assert (package / "tables" / "pinjaman.csv").read_text("utf-8-sig").splitlines()[:2] == [
        "item_barcode,member_barcode,lent_at,due_at,returned_at,renewal_count,lent_from_code",
        "B001,M01,2026-11-20 03:00:00+00:00,2026-12-04 16:59:59+00:00,,0,PUSAT",
    ]
    members = (package / "tables" / "anggota.csv").read_text("utf-8-sig")
    assert "M01,Ani Lestari,taruna,ani@contoh.ac.id" in members
    assert "secret.key" not in {path.name for path in package.rglob("*")}


@pytest.mark.parametrize("damage", ["changed", "lost", "added", "a row that is none", "an unknown column", "an unknown table"])
def test_a_package_that_was_tampered_with_is_refused_and_changes_nothing(package: Path, tmp_path: Path, damage: str):
    copy = tmp_path / "copy"
    shutil.copytree(package, copy)
    table = copy / "rows" / "members_member.jsonl"
    match damage:
        case "changed":
            table.write_text(table.read_text().replace("Ani", "Ana"))
            said = "berkas cadangan berubah, hilang, atau berlebih: rows/members_member.jsonl"
        case "lost":
            table.unlink()
            said = "berkas cadangan berubah, hilang, atau berlebih: rows/members_member.jsonl"
        case "added":
            (copy / "data" / "files" / "more.exe").write_text("x")
            said = "berkas cadangan berubah, hilang, atau berlebih: data/files/more.exe"
        case "a row that is none":
            said = "members_member.jsonl, baris 3, tidak terbaca: "
            signed(copy, table, table.read_text() + '{"id": 99, "joined_on": "kemarin"}\n')
        case "an unknown column":
            said = "members_member.jsonl, baris 3, tidak terbaca: is_admin"
            signed(copy, table, table.read_text() + '{"id": 99, "is_admin": true}\n')
        case _:
            said = "tabel yang tidak dikenal versi ini: secrets"
            signed(copy, table, table.read_text(), secrets=1)
    with pytest.raises(BackupUnsound) as refused:
        restore_backup(copy, force=True)
    assert said in str(refused.value)
    assert sorted(Member.objects.values_list("name", flat=True)) == ["Ani Lestari", "BUDI"]


def signed(package: Path, file: Path, text: str, **tables: int) -> None:
    """Somebody who knows the manifest changes a file and signs it anew."""
    file.write_text(text)
    manifest = json.loads((package / "backup.json").read_text())
    manifest["files"][file.relative_to(package).as_posix()] = hashlib.sha256(file.read_bytes()).hexdigest()
    manifest["rows"].update(tables)
    (package / "backup.json").write_text(json.dumps(manifest))


def test_a_torn_archive_is_refused(package: Path, tmp_path: Path):
    archive = Path(shutil.make_archive(str(tmp_path / "paket"), "zip", package))
    archive.write_bytes(archive.read_bytes()[:-200])
    with pytest.raises(BackupUnsound, match=r"^paket\.zip bukan arsip ZIP yang utuh"):
        restore_backup(archive, force=True)
    assert Member.objects.count() == 2


def test_a_library_that_is_there_is_not_replaced_unless_that_is_asked(package: Path):
    UserFactory()
    with pytest.raises(NotEmpty):
        restore_backup(package, force=False)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Installation]:
    binaries = postgres.programs()
    if binaries is None:
        pytest.skip("the programs of PostgreSQL are not here (Debian: apt install postgresql)")
    with postgres.server(binaries) as url:
        installation = Installation(tmp_path / "cluster")
        installation.environment["LUMBUNG_DATABASE_URL"] = url
        yield installation


@pytest.mark.process
def test_what_left_sqlite_is_the_same_in_postgresql(package: Path, cluster: Installation, tmp_path: Path):
    done = cluster.run("restore", str(package))
    assert done.returncode == 0, done.stderr
    assert_equal(package, packed(cluster, tmp_path / "again"))
