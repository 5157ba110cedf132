"""Photos, taken by content; cards on paper with them."""

import io
from collections.abc import Callable

import pypdfium2 as pdfium
import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from lumbung.accounts.models import Role
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.members.domain import cards
from lumbung.members.domain.photos import remove_photo, set_photo
from lumbung.members.domain.privacy.requests import data_of, erase
from lumbung.members.models import Member
from lumbung.members.tests.factories import MemberFactory

pytestmark = pytest.mark.django_db
ORIENTATION = 0x0112
A4, CARD = (595, 842), (243, 153)


def picture(size: tuple[int, int] = (800, 600), kind: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (30, 90, 70)).save(out, kind, **options)
    return out.getvalue()


def kept(member: Member) -> Image.Image:
    with default_storage.open(member.photo) as file:
        return Image.open(io.BytesIO(file.read()))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_becomes_a_small_upright_portrait_whatever_came(ani, kind: str):
    member = set_photo(ani, picture(kind=kind), by=None)
    assert (kept(member).size, kept(member).format) == ((360, 480), "JPEG")


def test_what_the_camera_wrote_is_not_kept_and_a_turned_picture_stands_upright(ani):
    exif = Image.Exif()
    exif[ORIENTATION], exif[0x010F] = 6, "Kamera rahasia"
    half = Image.new("RGB", (400, 300), "white")
    half.paste((200, 0, 0), (0, 0, 200, 300))
    out = io.BytesIO()
    half.save(out, "JPEG", exif=exif)
    made = kept(set_photo(ani, out.getvalue(), by=None))
    assert (dict(made.getexif()), made.getpixel((180, 20))[1] < 60, made.getpixel((180, 460))[1] > 200) == ({}, True, True)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (lambda: b"", "file_empty"),
        (lambda: b"\xff\xd8\xff" + b"\0" * (10 << 20), "file_too_large"),
        (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", "photo_wrong_kind"),
        (lambda: b"GIF89a" + b"\0" * 40, "photo_wrong_kind"),
        (lambda: picture()[:400], "photo_wrong_kind"),
        (lambda: picture((9000, 9000), "PNG"), "photo_wrong_kind"),
    ],
    ids=["empty", "large", "svg", "gif", "cut", "bomb"],
)
def test_what_is_no_whole_picture_is_refused_whatever_its_name(ani, content: Callable[[], bytes], code: str):
    with pytest.raises(Refused) as refused:
        set_photo(ani, content(), by=None)
    assert refused.value.codes == [code]


def test_another_takes_its_place_and_forgetting_the_member_forgets_it(ani, sari, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        first = set_photo(ani, picture(), by=sari).photo
        second = set_photo(ani, picture(), by=sari).photo
    assert (default_storage.exists(first), default_storage.exists(second)) == (False, True)
    with django_capture_on_commit_callbacks(execute=True):
        erase(Member.objects.get(pk=ani.pk), by=sari)
    assert (default_storage.exists(second), Member.objects.get(pk=ani.pk).photo) == (False, "")


def test_a_member_gives_a_photo_once_and_may_remove_it(ani):
    set_photo(ani, picture(), by=ani.user, own=True)
    with pytest.raises(Refused) as refused:
        set_photo(ani, picture(), by=ani.user, own=True)
    assert refused.value.codes == ["photo_set_already"]
    remove_photo(ani, by=ani.user)
    with pytest.raises(Refused) as refused:
        remove_photo(ani, by=ani.user)
    assert refused.value.codes == ["photo_missing"]
    assert [entry.name for entry in JournalEntry.objects.order_by("pk")] == ["PhotoSet", "PhotoRemoved"]


def test_staff_see_the_photo_and_budi_does_not(client: Client, ani, budi, sari, with_role):
    client.force_login(sari)
    address = reverse("members:photo", args=[ani.pk])
    client.post(address, {"photo": SimpleUploadedFile("ani.exe", picture())})
    shown = client.get(address)
    assert (shown["Content-Type"], shown["Cache-Control"]) == ("image/jpeg", "private, no-store")
    assert b"".join(shown.streaming_content).startswith(b"\xff\xd8")
    assert f'src="{address}"' in client.get(reverse("members:member", args=[ani.pk])).content.decode()
    assert f'src="{address}"' in client.get(reverse("circulation:desk"), {"member": ani.pk}).content.decode()
    client.force_login(budi.user)
    assert (client.get(address).status_code, client.get(reverse("membership:photo")).status_code) == (403, 404)
    client.force_login(ani.user)
    assert b"".join(client.get(reverse("membership:photo")).streaming_content).startswith(b"\xff\xd8")
    assert "Foto Anda" in client.get(reverse("membership:privacy")).content.decode()
    client.post(reverse("membership:photo"), {"_method": "DELETE"})
    client.post(reverse("membership:photo"), {"photo": SimpleUploadedFile("saya.png", picture(kind="PNG"))})
    assert Member.objects.get(pk=ani.pk).photo
    client.force_login(with_role(Role.VERIFIER))
    assert client.get(address).status_code == 403


def sizes(content: bytes) -> list[tuple[int, int]]:
    return [tuple(map(round, page.get_size())) for page in pdfium.PdfDocument(content)]


def text_of(content: bytes, page: int) -> str:
    return pdfium.PdfDocument(content)[page].get_textpage().get_text_bounded()


def test_ten_cards_stand_on_a_sheet_and_the_first_where_one_says(ani):
    set_photo(ani, picture(), by=None)
    members = [*Member.objects.all(), *(MemberFactory(name=f"Ni Made Ayu {n}") for n in range(10))]
    assert sizes(cards.cards(members)) == [A4, A4]
    assert sizes(cards.cards(members[:8], start=4)) == [A4, A4]
    first = text_of(cards.cards(members[:8], start=4), 0)
    assert (first.count("Berlaku sampai"), "M-ANI" in first) == (7, True)


def test_a_single_card_has_the_size_of_a_bank_card(ani):
    made = cards.cards([ani], single=True)
    assert sizes(made) == [CARD]
    assert all(said in text_of(made, 0) for said in ("Ani", "M-ANI", "Berlaku sampai", "Mahasiswa"))


def test_sari_takes_the_cards_of_the_list_she_filtered(client: Client, sari, ani, budi):
    client.force_login(sari)
    page = client.get(reverse("members:card_sheet"), {"category": ani.category.pk}).content.decode()
    assert "2 anggota dari daftar yang Anda saring." in page
    address = f"{reverse('members:card_sheet')}?category={ani.category.pk}"
    assert client.post(address, {"start": "11"}).status_code == 422
    assert sizes(client.post(address, {"start": "1", "single": "on"}).content) == [CARD, CARD]
    nobody = client.post(f"{reverse('members:card_sheet')}?q=tidakada", {"start": "1"})
    assert (nobody.status_code, "Tidak ada anggota dalam daftar ini." in nobody.content.decode()) == (422, True)
    assert sizes(client.get(reverse("members:card_pdf", args=[ani.pk])).content) == [CARD]


def test_a_guarantor_is_kept_told_and_erased(client: Client, sari, ani):
    client.force_login(sari)
    facts = {"name": "Ani", "category": ani.category.pk, "branch": ani.branch.pk, "barcode": "M-ANI"}
    rows = {"numbers-TOTAL_FORMS": "0", "numbers-INITIAL_FORMS": "0"}
    more = {"guarantor": "Ibu  Siti", "guarantor_contact": "0812-3456-7890"}
    client.post(reverse("members:edit", args=[ani.pk]), facts | rows | more)
    assert "Ibu  Siti" in client.get(reverse("members:member", args=[ani.pk])).content.decode()
    member = Member.objects.get(pk=ani.pk)
    assert data_of(member, by=sari)["membership"]["guarantor_contact"] == "0812-3456-7890"
    assert (erase(member, by=sari).guarantor, member.guarantor_contact) == ("", "0812-3456-7890")
