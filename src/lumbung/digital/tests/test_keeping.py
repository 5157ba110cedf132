"""Keeping files on a reader's device: what they consist of, and for whom."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from lumbung.accounts.models import User
from lumbung.catalogue.tests.factories import a_record
from lumbung.digital.domain.files import withdraw_file
from lumbung.digital.domain.lending import set_lending
from lumbung.digital.domain.words import read_words
from lumbung.digital.models import Levels, Parts
from lumbung.digital.tests import books
from lumbung.digital.tests.books import an_epub, with_member
from lumbung.digital.tests.factories import a_file, a_pdf
from lumbung.digital.tests.test_iiif import a_picture, bytes_of
from lumbung.kernel import clock
from lumbung.members.models import Member
from lumbung.organization.tests.factories import LibraryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _library(db: None) -> None:
    LibraryFactory()


def test_a_document_consists_of_its_words_and_pages(client: Client):
    file = a_file(a_record("Mengeringkan gabah"), a_pdf("Satu", "Dua"))
    read_words(file)
    told = client.get(f"/files/{file.pk}/kept.json").json()
    assert (told["title"], told["name"], told["isOpen"]) == ("Mengeringkan gabah", "Naskah lengkap", True)
    assert told["files"] == ["words.json", "pages/1.jpg?w=1080", "pages/1.json", "pages/2.jpg?w=1080", "pages/2.json"]
    words = client.get(f"/files/{file.pk}/words.json").json()["pages"]
    assert [(page["number"], page["text"]) for page in words] == [(1, "Satu"), (2, "Dua")]


def test_a_book_consists_of_what_is_in_it_by_the_names_that_browsers_ask_for(client: Client, monkeypatch: pytest.MonkeyPatch):
    listed = (
        '<item id="x" href="gambar (1)!.jpg" media-type="image/jpeg"/>',
        '<item id="y" href="hilang.css" media-type="text/css"/>',
    )
    monkeypatch.setattr(books, "PACKAGE", books.PACKAGE.replace("{items}", "{items}" + "".join(listed)))
    book = with_member(an_epub("Satu"), "OPS/gambar (1)!.jpg", b"...")
    file = a_file(content=book, name="buku.epub")
    files = client.get(f"/files/{file.pk}/kept.json").json()["files"]
    assert files[:4] == ["words.json", "sizes.json", "parts/META-INF/container.xml", "parts/OPS/package.opf"]
    assert "parts/OPS/gambar%20(1)!.jpg" in files
    assert not any("hilang" in each for each in files)
    assert all(client.get(f"/files/{file.pk}/{each}").status_code == 200 for each in files)


def test_a_picture_is_kept_as_large_as_a_telephone_holds_and_a_recording_with_its_captions(client: Client):
    picture = a_file(content=bytes_of(a_picture()), name="lembar.png")
    [whole] = client.get(f"/files/{picture.pk}/kept.json").json()["files"]
    assert client.get(whole)["Content-Type"] == "image/jpeg"
    sound = a_file(content=b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(28), name="wawancara.wav")
    captions = a_file(sound.record, b"WEBVTT\n", "takarir.vtt", part=Parts.CAPTIONS)
    chapters = a_file(sound.record, b"WEBVTT\n\n00:00.000 --> 00:01.000\nAwal\n", "bab.vtt", part=Parts.CONTENTS)
    told = client.get(f"/files/{sound.pk}/kept.json").json()
    assert told["files"] == ["play", f"/files/{captions.pk}/play", f"/files/{chapters.pk}/play"]


def test_what_was_taken_from_all_goes_and_what_only_this_reader_may_not_have_now_stays(
    client: Client, ani: Member, sari: User, signed_in: Callable[..., Client]
):
    file = a_file(content=a_pdf("Satu"), level=Levels.MEMBERS)
    address = f"/files/{file.pk}/kept.json"
    assert client.get(address).status_code == 403
    signed_in(client, ani.user)
    assert client.get(address).status_code == 200
    ani.expires_on = clock.now().date() - timedelta(days=2)
    ani.save()
    assert client.get(address).status_code == 403
    withdraw_file(file, because="permintaan penulis", by=sari)
    assert client.get(address).status_code == 410


def test_what_is_lent_or_only_read_is_not_kept(client: Client, sari: User):
    lent, read_only = a_file(content=a_pdf("Satu")), a_file(content=a_pdf("Dua"), downloadable=False)
    set_lending(lent, by=sari)
    assert [client.get(f"/files/{each.pk}/kept.json").status_code for each in (lent, read_only)] == [410, 410]
    assert client.get(f"/files/{read_only.pk}/words.json").status_code == 404


def test_the_marks_of_one_reader_are_not_taken_for_those_of_another(
    client: Client, ani: Member, budi: Member, signed_in: Callable[..., Client]
):
    file = a_file(content=a_pdf("Satu"))
    signed_in(client, budi.user)
    address = f"/files/{file.pk}/reading"
    assert [client.get(address, headers={"x-reader": str(each.user.pk)}).status_code for each in (ani, budi)] == [401, 200]
    sent = {"device": "a", "position": None, "marks": []}
    hers = {"x-reader": str(ani.user.pk)}
    assert client.post(address, sent, content_type="application/json", headers=hers).status_code == 401


def test_the_service_worker_may_stand_in_for_the_whole_site_and_the_list_tells_nothing_of_anybody(client: Client):
    assert client.get("/files/worker.js")["Service-Worker-Allowed"] == "/"
    page = client.get("/files/kept")
    assert (page.status_code, page["Cache-Control"]) == (200, "private, no-cache")
