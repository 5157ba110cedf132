"""Pictures and files beside the tables are kept with their list; nothing leads out of the folder given."""

import json
import zipfile

import pytest
from django.core.files.storage import default_storage

from lumbung.moving.tests.dumps import biblio, dump, member, table

FILES = table(
    "files",
    [
        {"file_id": 1, "file_title": "Bab I", "file_name": "bab1.pdf", "file_dir": "skripsi"},
        {"file_id": 2, "file_title": "Luar", "file_name": "rahasia.txt", "file_dir": "../.."},
        {"file_id": 3, "file_title": "Hilang", "file_name": "hilang.pdf", "file_dir": ""},
    ],
    columns=("file_id", "file_title", "file_name", "file_url", "file_dir"),
)
TEXT = dump(
    biblio=[biblio(1, "Judul", image="sampul.jpg"), biblio(2, "Tanpa", image="tiada.jpg")],
    member=[member("M01", "Ani", member_image="ani.jpg")],
)


@pytest.fixture
def folder(tmp_path):
    for path, text in {"docs/sampul.jpg": "S", "persons/ani.jpg": "A", "skripsi/bab1.pdf": "B"}.items():
        file = tmp_path / "semua" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    (tmp_path / "rahasia.txt").write_text("X")
    return tmp_path / "semua"


def lines(move, name):
    kept = move.kept_tables.get(name=name)
    with default_storage.open(kept.stored_file) as file, zipfile.ZipFile(file) as archive:
        told = [json.loads(line) for line in archive.read("manifest.jsonl").decode().splitlines()]
        return {each["path"]: (each["entity"], each["source_id"], archive.read(each["path"])) for each in told}


def test_pictures_and_files_are_kept_with_whose_they_are(moved, folder):
    move = moved(TEXT + FILES, images=str(folder), files=str(folder))
    assert lines(move, "images") == {"docs/sampul.jpg": ("title", "1", b"S"), "persons/ani.jpg": ("member", "M01", b"A")}
    assert lines(move, "repository") == {"skripsi/bab1.pdf": ("file", "1", b"B")}
    told = set(move.findings.filter(rehearsal=False, entity__in=("title", "file")).values_list("code", "facts__file"))
    assert told == {("file_lacking", "docs/tiada.jpg"), ("file_lacking", "hilang.pdf"), ("file_strange", "../../rahasia.txt")}
    assert move.proof["whole"] is True


def test_an_archive_will_do_as_well(moved, folder, tmp_path):
    packed = tmp_path / "images.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("images/docs/sampul.jpg", "S")
        archive.writestr("../../rahasia.txt", "X")
    move = moved(TEXT, images=str(packed))
    assert lines(move, "images") == {"docs/sampul.jpg": ("title", "1", b"S")}


def test_without_a_folder_nothing_is_looked_for(moved):
    move = moved(TEXT + FILES)
    assert not move.findings.filter(code="file_lacking").exists()
    assert move.kept_tables.filter(name="files").exists()
