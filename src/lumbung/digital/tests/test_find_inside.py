"""Finding inside: the words of pages, in the background, and for those alone who may read them."""

import os
from io import BytesIO
from shutil import which

import pypdfium2 as pdfium
import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult

from lumbung.digital.domain import words
from lumbung.digital.domain.files import withdraw_file
from lumbung.digital.domain.lending import borrow, set_lending
from lumbung.digital.domain.storage_health import recogniser_answers
from lumbung.digital.domain.words import read_words, rebuild
from lumbung.digital.models import File, Levels, PageText, WordReading
from lumbung.digital.queries import Asker, find_inside
from lumbung.digital.queries.inside import find_in
from lumbung.digital.tests.books import an_epub
from lumbung.digital.tests.factories import a_file, a_pdf
from lumbung.formats.pages.tests.documents import pdf as typeset
from lumbung.kernel.jobs.worker import work_off
from lumbung.kernel.models import JournalEntry
from lumbung.organization.tests.factories import LibraryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _library(db):
    LibraryFactory()


def read(file: File) -> File:
    """The file with its words read and indexed."""
    read_words(file)
    rebuild()
    return file


def found(words: str, asker: Asker = Asker()) -> list[tuple[int, int]]:  # noqa: B008 -- a stranger, who never changes
    return [(hit.file.pk, hit.number) for hit in find_inside(words, asker)]


def test_a_page_is_found_by_its_words_and_by_their_families():
    file = read(a_file(content=a_pdf("Pengantar", "Peneliti mengukur kadar air gabah", "Penutup")))
    assert found("gabah") == [(file.pk, 2)]
    assert found("penelitian gabah") == [(file.pk, 2)]
    assert found("gabah traktor") == []
    [hit] = find_inside("mengukur gabah", Asker())
    assert [(piece.text, piece.asked) for piece in hit.pieces] == [
        ("Peneliti ", False), ("mengukur", True), (" kadar air ", False), ("gabah", True),
    ]  # fmt: skip


def test_the_words_of_a_file_are_read_in_the_background_when_it_is_added(ani):
    with_events = a_file(content=a_pdf("Sawah terasering"))
    work_off()
    reading = WordReading.objects.get(file=with_events)
    assert (reading.state, reading.percent, reading.pages, reading.empty_pages) == ("read", 100, 1, 0)
    assert JournalEntry.objects.get(name="WordsRead").data == {
        "file": with_events.pk,
        "record": with_events.record_id,
        "pages": 1,
    }
    assert found("terasering", Asker(ani.user)) == [(with_events.pk, 1)]


def test_pages_keep_their_keys_when_they_are_read_again():
    file = read(a_file(content=a_pdf("satu", "dua")))
    keys = list(PageText.objects.values_list("pk", flat=True))
    read_words(file)
    assert list(PageText.objects.values_list("pk", flat=True)) == keys


@pytest.mark.parametrize("level", [Levels.MEMBERS, Levels.CAMPUS, Levels.STAFF, Levels.NOBODY])
def test_no_word_of_what_one_may_not_read_is_shown(level):
    read(a_file(content=a_pdf("rahasia dapur"), level=level))
    assert find_inside("rahasia", Asker()) == []


def test_members_librarians_and_strangers_find_what_each_may_read(sari, ani, budi):
    public = read(a_file(content=a_pdf("padi untuk umum")))
    members = read(a_file(content=a_pdf("padi untuk anggota"), level=Levels.MEMBERS))
    staff = read(a_file(content=a_pdf("padi untuk petugas"), level=Levels.STAFF))
    lent = read(a_file(content=a_pdf("padi yang dipinjamkan"), level=Levels.MEMBERS))
    set_lending(lent, by=sari)
    borrow(lent, to=ani, by=None)
    assert {pk for pk, _ in found("padi")} == {public.pk}
    assert {pk for pk, _ in found("padi", Asker(budi.user))} == {public.pk, members.pk}
    assert {pk for pk, _ in found("padi", Asker(ani.user))} == {public.pk, members.pk, lent.pk}
    assert {pk for pk, _ in found("padi", Asker(sari))} == {public.pk, members.pk, staff.pk, lent.pk}


def test_what_is_withdrawn_is_found_no_more(sari):
    file = read(a_file(content=a_pdf("ditarik kembali")))
    withdraw_file(file, because="Hak cipta", by=sari)
    assert found("ditarik") == []


def test_of_one_file_no_more_than_three_pages_are_shown_beside_others():
    many = read(a_file(content=a_pdf(*["jagung"] * 6)))
    other = read(a_file(content=a_pdf("jagung rebus")))
    assert sorted(pk for pk, _ in found("jagung")) == sorted([many.pk] * 3 + [other.pk])
    assert [hit.number for hit in find_in(many, "jagung")] == [1, 2, 3, 4, 5, 6]


def test_a_book_is_found_by_its_part_and_how_far_it_is():
    file = read(a_file(content=an_epub("Pembuka", "Nelayan\n" + "pasang surut " * 400 + "\nTeluk Bone"), name="buku.epub"))
    [hit] = find_in(file, "teluk bone")
    assert (hit.href, hit.number) == ("OPS/c2.xhtml", 3)
    assert hit.progression > 0.4


def test_what_cannot_be_read_is_told_and_tried_no_more(shared_data):
    locked = (shared_data / "pdf" / "pypdf-005-libreoffice-writer-password-libreoffice-writer-password.pdf").read_bytes()
    file = a_file(content=locked)
    reading = read_words(file)
    assert (reading.state, reading.problem, reading.pages) == ("stopped", "password", 0)


SCRIPT = r"""#!/bin/sh
if [ "$1" = --list-langs ]; then printf 'List:\nind\neng\n'; exit; fi
cat > /dev/null
printf '  Sawah terasering \n\n di lereng\f'
"""


@pytest.fixture
def reader_of_scans(settings, tmp_path, monkeypatch):
    """A program that is called as Tesseract is, and always reads the same."""
    program = tmp_path / "tesseract"
    program.write_text(SCRIPT, encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    settings.OCR = "ind+eng"


def a_scan() -> bytes:
    """A PDF whose first page is a picture, and whose second one has words."""
    return typeset("#rect(width: 2cm, height: 2cm)", "Kata yang tertulis")


def test_a_page_that_is_only_a_picture_is_found_by_what_is_read_in_it(reader_of_scans):
    file = read(a_file(content=a_scan()))
    assert [row.text for row in PageText.objects.order_by("number")] == ["Sawah terasering\ndi lereng", "Kata yang tertulis"]
    assert found("terasering") == [(file.pk, 1)]
    assert WordReading.objects.get(file=file).empty_pages == 0


def test_a_reading_that_was_interrupted_goes_on_behind_the_last_page_kept(reader_of_scans, tmp_path, monkeypatch):
    file = a_file(content=typeset(*["#rect(width: 2cm, height: 2cm)"] * 3))
    kept = words._keep

    def keep_two(reading, pages, part):
        if reading.pages == 2:
            raise InterruptedError
        kept(reading, pages, part)

    monkeypatch.setattr(words, "_keep", keep_two)
    with pytest.raises(InterruptedError):
        read_words(file)
    assert list(PageText.objects.order_by("number").values_list("number", flat=True)) == [1, 2]
    monkeypatch.setattr(words, "_keep", kept)
    (tmp_path / "tesseract").write_text(SCRIPT.replace("Sawah", "Ladang"), encoding="utf-8")
    reading = read_words(file)
    texts = [row.text.split()[0] for row in PageText.objects.order_by("number")]
    assert (texts, reading.pages, reading.state) == (["Sawah", "Sawah", "Ladang"], 3, "read")


def test_reading_words_is_in_the_queue_that_holds_up_nothing_else(client: Client, sari):
    file = a_file(content=a_scan())
    client.force_login(sari)
    client.post(f"/staff/files/{file.pk}/words")
    slow = DBTaskResult.objects.filter(queue_name="slow").values_list("task_path", flat=True)
    assert sorted(slow) == ["lumbung.digital.jobs.read_words", "lumbung.kernel.jobs.reactions.run_reaction"]


def test_without_a_program_or_where_it_fails_such_a_page_has_no_words_and_the_others_do(reader_of_scans, tmp_path, monkeypatch):
    (tmp_path / "tesseract").write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    read_words(a_file(content=a_scan()))
    monkeypatch.setenv("PATH", "")
    read_words(a_file(content=a_scan() + b"\n"))
    assert [row.text for row in PageText.objects.order_by("file", "number")] == ["", "Kata yang tertulis"] * 2


def test_the_doctor_tells_of_a_language_that_the_program_does_not_read(reader_of_scans, settings):
    assert list(recogniser_answers()) == []
    settings.OCR = "ind+jav"
    assert [each.grave for each in recogniser_answers()] == [False]
    settings.OCR = ""
    assert list(recogniser_answers()) == []


@pytest.mark.skipif(which("tesseract") is None, reason="Tesseract is not installed")
def test_tesseract_itself_reads_a_scanned_page(settings):
    settings.OCR = "eng"
    picture = BytesIO()
    page = pdfium.PdfDocument(typeset("#text(size: 20pt)[Terraced rice fields]"))[0]
    page.render(scale=4).to_pil().convert("RGB").save(picture, "PDF")
    read_words(a_file(content=picture.getvalue()))
    assert PageText.objects.get().text == "Terraced rice fields"


def test_files_without_pages_are_left_alone():
    assert read_words(a_file(content=b"Catatan biasa", name="catatan.txt")) is None


def test_the_search_page_asks_for_pages_and_they_lead_into_the_reader(client: Client):
    file = read(a_file(content=a_pdf("Judul", "sawah tadah hujan")))
    page = client.get("/search?q=tadah+hujan").content.decode()
    assert 'hx-get="/search/inside?q=tadah%20hujan"' in page
    part = client.get("/search/inside?q=tadah+hujan", headers={"hx-request": "true"}).content.decode()
    assert f'href="/files/{file.pk}/read?page=2&amp;q=tadah%20hujan"' in part
    assert "<mark>tadah</mark>" in part
    whole = client.get("/search/inside?q=tadah+hujan").content.decode()
    assert f"/files/{file.pk}/read?page=2" in whole


def test_while_the_search_is_down_nobody_is_told_that_no_page_has_the_words(client: Client, settings):
    file = read(a_file(content=a_pdf("Judul", "sawah tadah hujan")))
    settings.SEARCH_URL = "http://127.0.0.1:8159/perpus?timeout=1"
    for address in ("/search/inside?q=hujan", f"/files/{file.pk}/find?q=hujan"):
        answer = client.get(address)
        assert (answer.status_code, answer["Retry-After"]) == (503, "30"), address
        assert "Mesin pencari sedang tidak dapat dihubungi" in answer.text, address
        assert "Tidak ada halaman yang memuatnya" not in answer.text
        assert "Tidak ditemukan" not in answer.text
    part = client.get("/search/inside?q=hujan", headers={"hx-request": "true"})
    assert (part.status_code, "tidak dapat dihubungi" in part.text, "none-inside" in part.text) == (200, True, False)
    told = client.get(f"/files/{file.pk}/find?q=hujan", headers={"accept": "application/json"})
    assert (told.status_code, told["Content-Type"]) == (503, "text/plain; charset=utf-8")


def test_a_library_without_digital_files_is_not_asked_for_pages(client: Client):
    assert "/search/inside" not in client.get("/search?q=padi").content.decode()


def test_the_pages_found_are_asked_with_as_many_statements_for_one_as_for_three(client: Client, django_assert_num_queries):
    read(a_file(content=a_pdf("kopi")))
    client.get("/search/inside?q=kopi")
    with django_assert_num_queries(3):
        client.get("/search/inside?q=kopi")
    for _ in range(2):
        read(a_file(content=a_pdf(f"kopi {_}")))
    with django_assert_num_queries(3):
        client.get("/search/inside?q=kopi")


def test_real_documents_are_found_by_the_page(shared_data, client: Client):
    file = read(a_file(content=(shared_data / "pdf" / "id-peraturan-perpusnas-4-2023.pdf").read_bytes()))
    assert File.objects.get(pk=file.pk).pages == 35
    numbers = [hit.number for hit in find_in(file, '"perpustakaan nasional"')]
    assert numbers
    assert numbers == sorted(numbers)
