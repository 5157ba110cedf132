"""The reader page and what it is made of."""

import base64
import gzip
import io
import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.test import Client
from PIL import Image

from lumbung.digital.domain.documents import forget_pictures
from lumbung.digital.domain.lending import borrow, set_lending
from lumbung.digital.domain.words import read_words
from lumbung.digital.models import FileUse, Levels
from lumbung.digital.tests.books import an_epub
from lumbung.digital.tests.factories import a_file, a_pdf
from lumbung.formats.pages.tests.documents import pdf as typeset
from lumbung.organization.tests.factories import LibraryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _library(db):
    LibraryFactory()


def test_a_document_is_read_page_by_page_without_a_script(client: Client):
    file = a_file(content=a_pdf("Halaman pertama", "Halaman kedua"))
    read_words(file)
    shown = client.get(f"/files/{file.pk}/read?page=2").content.decode()
    assert f'src="/files/{file.pk}/pages/2.jpg?w=1080"' in shown
    assert "<p>Halaman kedua</p>" in shown
    assert 'href="?page=1"' in shown
    picture = client.get(f"/files/{file.pk}/pages/2.jpg?w=360")
    assert (picture["Content-Type"], picture.content[:3]) == ("image/jpeg", b"\xff\xd8\xff")


def test_a_browser_chooses_its_width_and_gets_a_page_of_words_in_fewer_bytes_than_a_program(client: Client):
    file = a_file(content=typeset("#text(size: 8pt)[" + "Padi ditanam di sawah, gabah disimpan di lumbung. " * 40 + "]"))
    shown = client.get(f"/files/{file.pk}/read").content.decode()
    assert re.findall(r"pages/1\.jpg\?w=(\d+) \1w", shown) == ["360", "720", "1080", "1440", "2160"]
    told = client.get(f"/files/{file.pk}/pages/1.jpg?w=720", headers={"accept": "image/avif,image/webp,image/*,*/*;q=0.8"})
    asked_for = client.get(f"/files/{file.pk}/pages/1.jpg?w=720")
    assert (told["Content-Type"], told.content[:4]) == ("image/png", b"\x89PNG")
    assert "Accept" in told["Vary"].split(", ")
    assert (asked_for["Content-Type"], asked_for.content[:3]) == ("image/jpeg", b"\xff\xd8\xff")
    assert len(told.content) < 0.6 * len(asked_for.content)


def first_picture_in(answer: HttpResponse) -> tuple[str, bytes, str]:
    """Type, bytes, and for how many pixels it is good: of the picture within the page of the reader."""
    [(form, picture, good_for)] = re.findall(
        r'<img src="data:image/(\w+);base64,([^"]+)" data-page="1" data-good-for="(\d+)"', answer.content.decode()
    )
    return form, base64.b64decode(picture), good_for


def test_the_first_picture_comes_within_the_page_and_is_the_very_one_of_its_width_where_that_is_light(client: Client):
    file = a_file(content=typeset("Padi ditanam di sawah."))
    form, picture, good_for = first_picture_in(client.get(f"/files/{file.pk}/read"))
    told = client.get(f"/files/{file.pk}/pages/1.jpg?w=720", headers={"accept": "image/avif,image/webp,image/*,*/*;q=0.8"})
    assert (form, good_for) == ("png", "720")
    assert picture == told.content


def test_no_more_than_60_kb_come_before_a_heavy_first_page_is_read(client: Client):
    lorem = "#set page(margin: 1cm)\n#set text(size: 6pt)\n#lorem(1500)"
    answer = client.get(f"/files/{a_file(content=typeset(lorem)).pk}/read", headers={"accept-encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    own = [Path(finders.find(f"lumbung/{name}") or "").read_bytes() for name in ("reader-looks.css", "reader.js")]
    assert len(answer.content) + sum(len(gzip.compress(each)) for each in own) <= 60_000
    form, _picture, good_for = first_picture_in(HttpResponse(gzip.decompress(answer.content)))
    assert (form, good_for) == ("png", "0")


def test_a_page_that_cannot_be_drawn_is_still_told_in_the_reader(client: Client):
    shown = client.get(f"/files/{a_file(content=b'%PDF-1.4 broken', name='rusak.pdf').pk}/read")
    assert shown.status_code == 200
    assert "data:image" not in shown.content.decode()


def test_a_picture_opens_small_within_the_page_and_whole_without_a_script(client: Client):
    out = io.BytesIO()
    Image.effect_noise((2000, 3000), 90).convert("RGB").save(out, "JPEG", quality=95)
    file = a_file(content=out.getvalue(), name="naskah.jpg")
    shown = client.get(f"/files/{file.pk}/read").content.decode()
    [picture] = re.findall(r'<img src="data:image/jpeg;base64,([^"]+)"', shown)
    assert len(base64.b64decode(picture)) <= 36_000
    assert f'<noscript><img src="/files/{file.pk}/play" alt=""></noscript>' in shown


def test_the_contents_of_a_document_are_its_outline_before_its_words_were_read(client: Client):
    file = a_file(content=typeset("= Bab I Pendahuluan\n== Latar belakang\nIsi.", "= Bab II Tinjauan\nIsi.", "Akhir."))
    shown = client.get(f"/files/{file.pk}/read").content.decode()
    assert re.findall(r'class="deep-(\d)" href="\?page=(\d)" data-chapter="\d">([^<]+) <', shown) == [
        ("0", "1", "Bab I Pendahuluan"),
        ("1", "1", "Latar belakang"),
        ("0", "2", "Bab II Tinjauan"),
    ]
    assert 'pages="3"' in shown
    told = client.get(f"/files/{file.pk}/manifest.json").json()
    assert (told["metadata"]["numberOfPages"], [each["href"] for each in told["toc"]]) == (3, ["pages/1.jpg", "pages/2.jpg"])
    assert told["toc"][0]["children"] == [{"href": "pages/1.jpg", "title": "Latar belakang"}]


def test_the_words_of_a_page_come_with_their_places(client: Client):
    file = a_file(content=a_pdf("Lumbung padi"))
    told = client.get(f"/files/{file.pk}/pages/1.json").json()
    [[text, left, top, width, height]] = told["lines"]
    assert (text, round(left, 2)) == ("Lumbung padi", 0.12)
    assert 0 < top < 0.3
    assert 0 < width < 0.5
    assert 0 < height < 0.1


@pytest.mark.parametrize("number", ["0", "3", "99999999"])
def test_a_page_that_is_not_there_is_refused_in_words(client: Client, number):
    answer = client.get(f"/files/{a_file(content=a_pdf('Satu')).pk}/pages/{number}.jpg")
    assert answer.status_code == 409
    assert "tidak dapat ditampilkan" in answer.content.decode()


def test_a_book_gives_its_parts_one_by_one_typed_by_us_and_able_to_do_nothing(client: Client):
    file = a_file(content=an_epub("Isi bab"), name="buku.epub")
    part = client.get(f"/files/{file.pk}/parts/OPS/c1.xhtml")
    assert part["Content-Type"] == "application/xhtml+xml"
    assert part["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert b"<p>Isi bab</p>" in part.content
    assert client.get(f"/files/{file.pk}/parts/OPS/../../etc/passwd").status_code in {404, 409}
    assert list(client.get(f"/files/{file.pk}/sizes.json").json()) == ["OPS/c1.xhtml"]


def test_scripts_are_known_by_a_number_that_no_book_knows(client: Client):
    file = a_file()
    pages = [client.get(f"/files/{file.pk}/read") for _ in range(2)]
    nonces = [re.search(r"'nonce-([^']+)'", page["Content-Security-Policy"])[1] for page in pages]
    assert nonces[0] != nonces[1]
    assert f'nonce="{nonces[0]}"' in pages[0].content.decode()
    assert "script-src 'nonce-" in pages[0]["Content-Security-Policy"]
    assert "script-src 'self'" not in pages[0]["Content-Security-Policy"]


def test_what_one_may_not_read_leads_to_its_page_and_is_counted_as_denied(client: Client):
    file = a_file(level=Levels.MEMBERS)
    assert client.get(f"/files/{file.pk}/read").headers["Location"] == f"/files/{file.pk}"
    for address in ("pages/1.jpg", "pages/1.json", "manifest.json", "find?q=a", "reading"):
        assert client.get(f"/files/{file.pk}/{address}").status_code == 404
    assert [(use.kind, use.reason) for use in FileUse.objects.all()] == [("AccessDenied", "for_members")]


def test_of_a_lent_book_pages_come_and_the_file_does_not(client: Client, ani, sari, signed_in):
    file = a_file(content=a_pdf("Dipinjamkan"), level=Levels.MEMBERS)
    set_lending(file, by=sari)
    borrow(file, to=ani, by=ani.user)
    signed_in(client, ani.user)
    shown = client.get(f"/files/{file.pk}/read").content.decode()
    assert "Dipinjam sampai" in shown
    assert "data-keep" not in shown
    assert client.get(f"/files/{file.pk}/pages/1.jpg").status_code == 200
    assert client.get(f"/files/{file.pk}/content").status_code == 403
    assert client.get(f"/files/{file.pk}/download").status_code == 403


def test_opening_and_asking_for_the_bytes_are_counted_without_names(client: Client, ani, signed_in):
    file = a_file()
    signed_in(client, ani.user)
    client.get(f"/files/{file.pk}/read", headers={"user-agent": "Mozilla/5.0"})
    assert b"".join(client.get(f"/files/{file.pk}/download", headers={"user-agent": "curl/8"}).streaming_content)
    uses = list(FileUse.objects.order_by("pk"))
    assert [(use.kind, use.is_robot) for use in uses] == [("FileOpened", False), ("FileRequested", True)]
    assert uses[0].visitor == uses[1].visitor
    assert "ani" not in uses[0].visitor


def test_a_manifest_describes_a_book_for_other_readers(client: Client):
    file = a_file(content=an_epub("satu", "dua", title="Laskar"), name="buku.epub")
    answer = client.get(f"/files/{file.pk}/manifest.json")
    told = json.loads(answer.content)
    assert answer["Content-Type"] == "application/webpub+json"
    assert [each["href"] for each in told["readingOrder"]] == ["parts/OPS/c1.xhtml", "parts/OPS/c2.xhtml"]
    assert [each["title"] for each in told["toc"]] == ["Bab 1", "Bab 2"]
    assert told["metadata"]["language"] == "id"


def test_a_recording_is_played_with_its_captions_in_ranges(client: Client):
    video = a_file(content=b"\x1aE\xdf\xa3" + b"\0" * 500, name="kuliah.webm", downloadable=False)
    captions = a_file(video.record, content=b"WEBVTT\n\n00:00.000 --> 00:02.000\nSelamat datang\n", name="kuliah.vtt")
    shown = client.get(f"/files/{video.pk}/read").content.decode()
    assert f'<track kind="captions" src="/files/{captions.pk}/play"' in shown
    answer = client.get(f"/files/{video.pk}/play", headers={"range": "bytes=0-9"})
    assert (answer.status_code, answer["Content-Range"]) == (206, "bytes 0-9/504")
    assert len(b"".join(answer.streaming_content)) == 10


def test_the_reader_answers_with_few_statements(client: Client, ani, signed_in, django_assert_max_num_queries):
    file = a_file(content=a_pdf("satu"))
    signed_in(client, ani.user).get(f"/files/{file.pk}/read")
    with django_assert_max_num_queries(12):
        client.get(f"/files/{file.pk}/read")
    client.get(f"/files/{file.pk}/pages/1.jpg")
    with django_assert_max_num_queries(5):
        client.get(f"/files/{file.pk}/pages/1.jpg")


def test_pictures_are_kept_and_the_oldest_go_when_there_are_too_many(client: Client):
    file = a_file(content=a_pdf("satu", "dua"))
    for number in (1, 2):
        client.get(f"/files/{file.pk}/pages/{number}.jpg")
    assert forget_pictures(most=1 << 30) == 0
    assert forget_pictures(most=0) == 2


def test_every_real_book_opens_in_the_reader_whatever_its_errors(client: Client, shared_data):
    for path in sorted((shared_data / "epub").glob("*.epub")):
        content = path.read_bytes()
        if path.stem in {"hefty-water", "georgia-cfi", "incomplete-theft", "golden-harpoon", "trees", "childrens-literature"}:
            file = a_file(content=content, name=path.name)
            assert client.get(f"/files/{file.pk}/read").status_code == 200
            assert client.get(f"/files/{file.pk}/manifest.json").json()["readingOrder"]
