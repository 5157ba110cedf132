"""Pictures and files beside the tables are kept with their list; nothing leads out of the folder given."""

import io
import json
import zipfile
from datetime import UTC, datetime

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from lumbung.catalogue.models import Record
from lumbung.digital.domain import store
from lumbung.digital.models import File, Lending
from lumbung.kernel import clock
from lumbung.members.models import Member
from lumbung.moving.domain import undoing
from lumbung.moving.tests.dumps import biblio, dump, member, table
from lumbung.spaces.models import Gate, Visit

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
    told = set(
        move.findings.filter(rehearsal=False, entity__in=("cover", "file"), code__startswith="file_").values_list(
            "code", "facts__file"
        )
    )
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


TITLES = [biblio(1, "Skripsi Nautika"), biblio(2, "Buku")]
ATTACHMENTS = table(
    "biblio_attachment",
    [
        {"biblio_id": 1, "file_id": 1, "access_type": "public"},
        {"biblio_id": 1, "file_id": 2, "access_type": "private"},
        {"biblio_id": 1, "file_id": 3, "access_type": "private", "access_limit": 'a:1:{i:0;s:1:"1";}'},
        {"biblio_id": 2, "file_id": 4, "access_type": "public"},
        {"biblio_id": 2, "file_id": 5, "access_type": "public"},
        {"biblio_id": 9, "file_id": 1, "access_type": "public"},
        {"biblio_id": 2, "file_id": 6, "access_type": "public"},
    ],
    columns=("biblio_id", "file_id", "placement", "access_type", "access_limit"),
)
THEIRS = table(
    "files",
    [
        {"file_id": 1, "file_title": "Abstrak", "file_name": "abstrak.txt", "file_dir": "skripsi"},
        {"file_id": 2, "file_title": "Bab I", "file_name": "bab1.txt", "file_dir": "/skripsi"},
        {"file_id": 3, "file_title": "Bab II", "file_name": "bab2.txt", "file_dir": "skripsi"},
        {"file_id": 4, "file_title": "Hilang", "file_name": "hilang.pdf", "file_dir": ""},
        {"file_id": 5, "file_title": "Luar", "file_name": "rahasia.txt", "file_dir": "../.."},
        {"file_id": 6, "file_title": "Di tempat lain", "file_name": "x", "file_url": "https://contoh.id/x.pdf"},
    ],
    columns=("file_id", "file_title", "file_name", "file_url", "file_dir"),
)
WITH_FILES = dump(biblio=TITLES) + ATTACHMENTS + THEIRS


@pytest.fixture
def theirs(tmp_path):
    folder = tmp_path / "repository" / "skripsi"
    folder.mkdir(parents=True)
    for name in ("abstrak", "bab1", "bab2"):
        (folder / f"{name}.txt").write_text(f"Isi {name} yang panjang.")
    (tmp_path / "rahasia.txt").write_text("X")
    return tmp_path / "repository"


def test_attached_files_become_files_of_their_titles_with_who_may_read_them(moved, theirs):
    move = moved(WITH_FILES, files=str(theirs))
    files = File.objects.order_by("pk")
    told = [(each.name, each.label, each.level, [one.name for one in each.categories.all()]) for each in files]
    assert told == [
        ("abstrak.txt", "Abstrak", "public", []),
        ("bab1.txt", "Bab I", "members", []),
        ("bab2.txt", "Bab II", "group", ["Taruna"]),
    ]
    assert {each.record.title for each in files} == {"Skripsi Nautika"}
    with store.opened(files[0].sha256) as content:
        assert content.read() == b"Isi abstrak yang panjang."
    refused = move.findings.filter(rehearsal=False, refused=True, entity="attachment").values_list("source_id", "code")
    assert set(refused) == {("2/4", "file_lacking"), ("2/5", "file_strange"), ("9/1", "title_missing")}
    assert move.proof["whole"] is True
    assert not move.kept_tables.filter(name="repository").exists() or lines(move, "repository") == {}


def test_a_file_whose_limit_cannot_be_read_is_not_for_everybody(moved, theirs):
    told = (
        WITH_FILES.replace('a:1:{i:0;s:1:\\"1\\";}', "a:1:{i:0;s")
        .replace('a:1:{i:0;s:1:"1";}', "a:1:{i:0;s")
        .replace("'private'", "'public'")
    )
    assert "a:1:{i:0;s'" in told
    moved(told, files=str(theirs))
    assert list(File.objects.order_by("pk").values_list("name", "level")) == [
        ("abstrak.txt", "public"),
        ("bab1.txt", "public"),
        ("bab2.txt", "members"),
    ]


def test_a_rehearsal_looks_for_the_files_and_stores_none(moved, theirs):
    move = moved(WITH_FILES, files=str(theirs), dry_run=True)
    assert move.counts["rehearsal"]["attachment"] == {"read": 6, "added": 3, "rejected": 3}
    assert File.objects.count() == 0


def test_without_the_folder_attachments_are_kept_with_their_tables(moved):
    move = moved(WITH_FILES)
    assert (move.counts["move"]["attachment"]["kept"], File.objects.count(), move.proof["whole"]) == (6, 0, True)


def test_undoing_takes_the_files_back_and_a_second_run_doubles_none(moved, theirs, django_capture_on_commit_callbacks):
    first = moved(WITH_FILES, files=str(theirs))
    content = File.objects.first().sha256
    again = moved(WITH_FILES, files=str(theirs))
    assert (File.objects.count(), again.counts["move"]["attachment"]["same"]) == (3, 3)
    with django_capture_on_commit_callbacks(execute=True):
        undoing.undo(again, by=None)
        undoing.undo(first, by=None)
    assert (File.objects.count(), Record.objects.count(), store.exists(content)) == (0, 0, False)


def test_undoing_is_refused_once_a_file_is_lent(moved, theirs):
    move = moved(WITH_FILES, files=str(theirs))
    Lending.objects.create(file=File.objects.first())
    told = [(each.code, each.facts["count"]) for each in undoing.reasons_against_undoing(move)]
    assert told == [("used_since", 1)]


def test_visits_are_counted_at_a_gate_that_is_shut_and_old_ones_name_nobody(moved, house):
    visits = [
        {"visitor_id": 1, "member_id": "m01", "member_name": "Ani", "checkin_date": "2026-11-20 08:15:00"},
        {"visitor_id": 2, "member_name": "Tamu Jauh", "institution": "SMA 1", "checkin_date": "2026-11-21 09:00:00"},
        {"visitor_id": 3, "member_id": "M01", "member_name": "Ani", "checkin_date": "2024-01-05 10:00:00"},
        {"visitor_id": 4, "member_id": "", "checkin_date": "0000-00-00 00:00:00"},
    ]
    with clock.stopped_at(datetime(2026, 11, 25, 3, tzinfo=UTC)):
        move = moved(dump(visitor_count=visits))
    gate = Gate.objects.get()
    assert (gate.branch, gate.name, gate.is_active) == (house, "Buku tamu sistem lama", False)
    told = [
        (str(each.day), each.hour, each.kind, each.member.name if each.member else "", each.name, each.institution)
        for each in Visit.objects.order_by("pk")
    ]
    assert told == [
        ("2026-11-20", 8, "member", "Ani Lestari", "", ""),
        ("2026-11-21", 9, "guest", "", "Tamu Jauh", "SMA 1"),
        ("2024-01-05", 10, "member", "", "", ""),
    ]
    assert Visit.objects.order_by("pk").last().category.name == "Taruna"
    assert move.findings.get(rehearsal=False, entity="visit").code == "days_unreadable"
    assert move.proof["whole"] is True
    undoing.undo(move, by=None)
    assert (Visit.objects.count(), Gate.objects.count(), Member.objects.count()) == (0, 0, 0)


def test_photos_become_those_of_their_members_and_what_is_none_is_told(moved, tmp_path):
    (tmp_path / "persons").mkdir()
    picture = io.BytesIO()
    Image.new("RGB", (300, 400), "navy").save(picture, "JPEG")
    (tmp_path / "persons" / "ani.jpg").write_bytes(picture.getvalue())
    (tmp_path / "persons" / "budi.jpg").write_bytes(b"bukan gambar")
    people = [
        member("M01", "Ani", member_image="ani.jpg"),
        member("M02", "Budi", member_image="budi.jpg"),
        member("M03", "Cici", member_image="hilang.jpg"),
        member("M04", "Dedi", member_image="person.png"),
    ]
    move = moved(dump(member=people), images=str(tmp_path))
    ani = Member.objects.get(barcode="M01")
    assert default_storage.exists(ani.photo)
    assert list(Member.objects.exclude(photo="")) == [ani]
    refused = move.findings.filter(rehearsal=False, refused=True, entity="photo").values_list("source_id", "code")
    assert set(refused) == {("M02", "photo_wrong_kind"), ("M03", "file_lacking")}
    assert move.proof["whole"] is True
    undoing.undo(move, by=None)
    assert Member.objects.count() == 0
