"""A title may have a picture of its cover: shown to whoever sees the title, set by those who may change it."""

import io

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from lumbung.accounts.tests.factories import UserFactory
from lumbung.catalogue.domain.covers import LARGEST, remove_cover, set_cover
from lumbung.catalogue.domain.records import remove_record, set_suppressed
from lumbung.catalogue.models import Record
from lumbung.catalogue.tests.factories import a_record
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused

pytestmark = pytest.mark.django_db


def picture(form="JPEG", size=(640, 960), **more):
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, form, **more)
    return out.getvalue()


def test_a_cover_is_kept_small_without_what_the_camera_wrote_and_is_no_new_version():
    exif = Image.Exif()
    exif[0x010F] = "Kamera Rahasia"
    record = a_record()
    kept = set_cover(record, picture(exif=exif), by=None)
    with default_storage.open(kept.cover) as file:
        content = file.read()
    with Image.open(io.BytesIO(content)) as shown:
        assert (shown.format, shown.size) == ("WEBP", (320, 480))
    assert b"Kamera Rahasia" not in content
    assert Record.objects.get().version == record.version
    assert JournalEntry.objects.filter(name="CoverSet", record=record.pk).count() == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "cover_wrong_kind"),
        (b"<svg/>", "cover_wrong_kind"),
        (picture()[:400], "cover_wrong_kind"),
        (b"\xff\xd8\xff" + bytes(LARGEST), "cover_too_large"),
    ],
)
def test_what_is_no_whole_picture_is_refused(content, code):
    with pytest.raises(Refused) as refused:
        set_cover(a_record(), content, by=None)
    assert [each.code for each in refused.value.reasons] == [code]
    assert not Record.objects.exclude(cover="").exists()


def test_another_picture_replaces_the_file_and_has_another_address(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        first = set_cover(a_record(), picture(), by=None)
    with django_capture_on_commit_callbacks(execute=True):
        second = set_cover(first, picture("PNG"), by=None)
    assert (default_storage.exists(first.cover), default_storage.exists(second.cover)) == (False, True)
    assert first.cover_address != second.cover_address
    with django_capture_on_commit_callbacks(execute=True):
        remove_cover(second, by=None)
    assert not default_storage.exists(second.cover)
    with pytest.raises(Refused):
        remove_cover(second, by=None)


def test_a_removed_title_takes_its_picture_along(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        kept = set_cover(a_record(), picture(), by=None)
        remove_record(kept, by=None)
    assert not default_storage.exists(kept.cover)


def test_everybody_sees_it_and_of_a_hidden_title_staff_alone(client):
    kept = set_cover(a_record(), picture(), by=None)
    answer = client.get(kept.cover_address)
    assert (answer.status_code, answer["Content-Type"], answer["X-Content-Type-Options"]) == (200, "image/webp", "nosniff")
    assert "immutable" in answer["Cache-Control"]
    assert b"".join(answer.streaming_content)[8:12] == b"WEBP"
    assert client.get(f"/covers/{kept.pk}/lain.webp").status_code == 404
    set_suppressed(kept, True, by=None)
    assert client.get(kept.cover_address).status_code == 404
    client.force_login(UserFactory(roles=["librarian"]))
    shown = client.get(kept.cover_address)
    assert (shown.status_code, shown["Cache-Control"]) == (200, "private, no-store")
    shown.close()


def test_who_may_change_titles_sets_and_removes_it_and_nobody_else(client):
    record = a_record()
    address = f"/staff/records/{record.pk}/cover"
    client.force_login(UserFactory(roles=["member"]))
    assert client.post(address, {"cover": SimpleUploadedFile("s.jpg", picture())}).status_code in {302, 403, 404}
    assert Record.objects.get().cover == ""
    client.force_login(UserFactory(roles=["librarian"]))
    answer = client.post(address, {"cover": SimpleUploadedFile("s.jpg", picture())}, follow=True)
    assert f'<img class="cover" src="{Record.objects.get().cover_address}" alt=""' in answer.content.decode()
    client.post(address, {"_method": "DELETE"})
    assert Record.objects.get().cover == ""


def test_without_a_file_the_page_says_why(client):
    client.force_login(UserFactory(roles=["librarian"]))
    answer = client.post(f"/staff/records/{a_record().pk}/cover", follow=True)
    assert "bukan gambar" in answer.content.decode()
