"""The pictures of SLiMS's titles become covers of records; what leads out of the folder or is no picture does not come in."""

import io
import zipfile

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from lumbung.catalogue.domain.covers import set_cover
from lumbung.catalogue.models import Record
from lumbung.kernel.models import JournalEntry
from lumbung.moving.domain import undoing
from lumbung.moving.tests.dumps import biblio, dump

TITLES = [
    biblio(1, "Bumi manusia", image="bumi.jpg"),
    biblio(2, "Bergerak", image="gerak.gif"),
    biblio(3, "Bukan gambar", image="skrip.jpg"),
    biblio(4, "Hilang", image="hilang.png"),
    biblio(5, "Jahat", image="../../rahasia.png"),
    biblio(6, "Tanpa sampul", image=""),
    biblio(7, "Mutlak", image="/etc/passwd"),
]
WITH_COVERS = dump(biblio=TITLES, biblio_author=[], biblio_topic=[], item=[], loan=[], reserve=[])


def picture(form, colour="navy", size=(900, 1200)):
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, form)
    return out.getvalue()


@pytest.fixture
def folder(tmp_path):
    docs = tmp_path / "images" / "docs"
    docs.mkdir(parents=True)
    (docs / "bumi.jpg").write_bytes(picture("PNG"))  # the name says otherwise: what it is, is read from its bytes
    (docs / "gerak.gif").write_bytes(picture("GIF"))
    (docs / "skrip.jpg").write_bytes(b"<svg onload=alert(1)>")
    (tmp_path / "rahasia.png").write_bytes(picture("PNG"))
    return tmp_path / "images"


def told_of(move):
    return set(move.findings.filter(rehearsal=False, refused=True, entity="cover").values_list("source_id", "code"))


def test_pictures_become_covers_small_and_without_what_is_not_one(moved, folder):
    move = moved(WITH_COVERS, images=str(folder))
    with_covers = Record.objects.exclude(cover="").order_by("pk")
    assert [each.title for each in with_covers] == ["Bumi manusia", "Bergerak"]
    with default_storage.open(with_covers[0].cover) as file, Image.open(file) as kept:
        assert (kept.format, kept.size) == ("WEBP", (320, 427))
    refused = {("3", "cover_wrong_kind"), ("4", "file_lacking"), ("5", "file_strange"), ("7", "file_lacking")}
    assert told_of(move) == refused
    row = next(each for each in move.proof["rows"] if each["entity"] == "cover")
    assert row == {"entity": "cover", "source": 6, "arrived": 2, "rejected": 4, "kept": 0, "missing": 0}
    assert move.proof["whole"] is True


def test_a_picture_that_is_not_there_is_told_once(moved, folder):
    move = moved(WITH_COVERS, images=str(folder))
    assert move.findings.filter(rehearsal=False, facts__file="docs/hilang.png").count() == 1


def test_an_archive_of_pictures_will_do_as_well(moved, tmp_path):
    packed = tmp_path / "images.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("images/docs/bumi.jpg", picture("JPEG"))
    moved(WITH_COVERS, images=str(packed))
    assert list(Record.objects.exclude(cover="").values_list("title", flat=True)) == ["Bumi manusia"]


def test_without_the_folder_the_names_stay_with_the_records_and_a_later_move_brings_the_pictures(moved, folder):
    first = moved(WITH_COVERS)
    assert (first.counts["move"]["cover"], first.proof["whole"]) == ({"read": 6, "kept": 6}, True)
    second = moved(WITH_COVERS, images=str(folder))
    assert (second.counts["move"]["cover"]["added"], second.counts["move"]["title"]["same"]) == (2, 7)


def test_a_second_run_doubles_no_cover_and_undoing_takes_them_with_their_files(
    moved, folder, django_capture_on_commit_callbacks
):
    first = moved(WITH_COVERS, images=str(folder))
    kept = Record.objects.get(title="Bumi manusia").cover
    again = moved(WITH_COVERS, images=str(folder))
    assert again.counts["move"]["cover"]["same"] == 2
    assert Record.objects.get(title="Bumi manusia").cover == kept
    with django_capture_on_commit_callbacks(execute=True):
        undoing.undo(again, by=None)
        undoing.undo(first, by=None)
    assert (Record.objects.count(), default_storage.exists(kept)) == (0, False)
    assert JournalEntry.objects.filter(name="CoverRemoved").count() == 2


def test_undoing_is_refused_once_somebody_gave_a_title_another_cover(moved, folder):
    move = moved(WITH_COVERS, images=str(folder))
    set_cover(Record.objects.get(title="Bumi manusia"), picture("JPEG", "maroon"), by=None)
    assert [each.code for each in undoing.reasons_against_undoing(move)] == ["changed_since"]


def test_a_rehearsal_looks_for_the_pictures_and_stores_none(moved, folder):
    move = moved(WITH_COVERS, images=str(folder), dry_run=True)
    assert move.counts["rehearsal"]["cover"] == {"read": 6, "added": 3, "rejected": 3}
    assert not Record.objects.exists()
