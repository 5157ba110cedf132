"""Words and pictures of pages, from a process that a bad file cannot get out of."""

import io
import os
import resource
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from lumbung.formats.pages import Press, Title, Unprintable
from lumbung.formats.pages.tests.documents import pdf

JPEG = b"\xff\xd8\xff"
PNG = b"\x89PNG"


@pytest.fixture
def press() -> Iterator[Press]:
    made = Press()
    yield made
    made.rest()


def kept(folder: Path, content: bytes) -> Path:
    path = folder / "content"
    path.write_bytes(content)
    return path


def test_each_page_tells_its_words_by_its_number(press: Press, tmp_path: Path) -> None:
    path = kept(tmp_path, pdf("Halaman satu tentang *padi*.", "Halaman dua tentang lumbung."))
    [(done, pages)] = press.words(path, "pdf")
    assert done == 1.0
    assert [(page.number, page.text) for page in pages] == [
        (1, "Halaman satu tentang padi."),
        (2, "Halaman dua tentang lumbung."),
    ]


def test_the_outline_of_a_document_is_told_in_its_order_with_pages(press: Press, tmp_path: Path) -> None:
    path = kept(tmp_path, pdf("= Bab I Pendahuluan\n== Latar belakang\nIsi.", "= Bab II Tinjauan\nIsi."))
    assert press.outline(path) == [
        Title(0, "Bab I Pendahuluan", 1),
        Title(1, "Latar belakang", 1),
        Title(0, "Bab II Tinjauan", 2),
    ]
    assert press.outline(kept(tmp_path, pdf("Tanpa judul."))) == []


def test_a_page_is_drawn_as_wide_as_asked(press: Press, tmp_path: Path) -> None:
    path = kept(tmp_path, pdf("Satu"))
    small, large = press.picture(path, 1, 300), press.picture(path, 1, 1_200)
    assert small.startswith(JPEG)
    assert len(small) < len(large)


@pytest.mark.parametrize(
    ("page", "begins"),
    [
        ("Kata saja", PNG),
        ("#text(fill: red)[Kata berwarna]", JPEG),
        ("#rect(width: 100%, height: 60%, fill: gradient.linear(white, black))", JPEG),
    ],
)
def test_a_page_of_words_alone_is_light_and_what_has_colours_or_pictures_keeps_them(
    press: Press, tmp_path: Path, page: str, begins: bytes
) -> None:
    path = kept(tmp_path, pdf(page))
    assert press.picture(path, 1, 720, lightest=True).startswith(begins)
    assert press.picture(path, 1, 720).startswith(JPEG)


def dense(page: str) -> str:
    return f"#set page(margin: 1cm)\n#set text(size: 6pt)\n{page}"


@pytest.mark.parametrize(
    ("page", "begins"),
    [
        ("Kata *dan* #text(fill: red)[kata berwarna]", PNG),
        (dense("#lorem(1500)"), PNG),
        ("#rect(width: 100%, height: 100%, fill: gradient.linear(white, black, red))", JPEG),
    ],
)
def test_the_first_picture_of_a_page_keeps_within_its_bytes(press: Press, tmp_path: Path, page: str, begins: bytes) -> None:
    made = press.first(kept(tmp_path, pdf(page)), "pdf", 1, width=720, most=36_000)
    assert made.startswith(begins)
    assert len(made) <= 36_000
    assert Image.open(io.BytesIO(made)).width >= 540


def test_a_page_of_words_that_is_too_heavy_comes_in_fewer_greys_and_then_narrower(press: Press, tmp_path: Path) -> None:
    path = kept(tmp_path, pdf(dense("#lorem(1500)")))
    made = [Image.open(io.BytesIO(press.first(path, "pdf", 1, width=720, most=most))) for most in (1 << 20, 45_000, 36_000)]
    assert [len(each.convert("RGB").getcolors() or ()) for each in made] == [16, 4, 4]
    assert [each.width for each in made] == [721, 721, 540]


@pytest.mark.parametrize("size", [(3000, 2000), (400, 300), (200, 9000)])
def test_a_picture_comes_first_no_wider_than_asked_and_whole(press: Press, tmp_path: Path, size: tuple[int, int]) -> None:
    path = tmp_path / "content"
    Image.effect_noise(size, 90).save(path, "PNG")
    made = Image.open(io.BytesIO(press.first(path, "image", 1, width=720, most=36_000)))
    assert made.format == "JPEG"
    assert made.width <= 720
    assert made.width / made.height == pytest.approx(size[0] / size[1], rel=0.02)


def test_lines_are_told_with_their_places(press: Press, tmp_path: Path) -> None:
    [line] = press.lines(kept(tmp_path, pdf("Lumbung")), 1)
    assert line.text == "Lumbung"
    assert 0.1 < line.left < 0.2
    assert 0.05 < line.top < 0.2
    assert 0 < line.height < 0.1


def test_letters_that_are_drawn_into_one_another_are_told_once(press: Press, tmp_path: Path) -> None:
    path = kept(tmp_path, pdf("Ruben T#h(-2pt)aelman, _V#h(-3pt)ersioned_ querying"))
    assert [line.text for line in press.lines(path, 1)] == ["Ruben Taelman, Versioned querying"]


def test_two_columns_of_one_line_are_told_each_where_it_stands(press: Press, tmp_path: Path) -> None:
    left, right = press.lines(kept(tmp_path, pdf("Unsur#h(3cm)Kegiatan")), 1)
    assert (left.text, right.text) == ("Unsur", "Kegiatan")
    assert right.left > left.left + left.width + 0.25


@pytest.mark.parametrize("number", [0, 2, -1])
def test_a_page_that_is_not_there_is_refused(press: Press, tmp_path: Path, number: int) -> None:
    with pytest.raises(Unprintable, match="no_such_page"):
        press.picture(kept(tmp_path, pdf("Satu")), number, 300)


def test_what_is_no_pdf_is_refused_and_the_next_file_is_read(press: Press, tmp_path: Path) -> None:
    bad, good = tmp_path / "bad", kept(tmp_path, pdf("Satu"))
    bad.write_bytes(b"%PDF-1.7\nnothing more")
    with pytest.raises(Unprintable, match="damaged"):
        press.pages(bad, "pdf")
    with pytest.raises(Unprintable, match="damaged"):
        press.pages(tmp_path / "gone", "pdf")
    assert press.pages(good, "pdf") == 1


def test_a_zip_that_is_no_book_is_refused_by_its_reason(press: Press, tmp_path: Path) -> None:
    path = tmp_path / "content"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("mimetype", "application/epub+zip")
    with pytest.raises(Unprintable, match="no_container"):
        press.pages(path, "epub")


def test_a_press_that_was_killed_begins_again(press: Press, tmp_path: Path) -> None:
    path = kept(tmp_path, pdf("Satu"))
    assert press.pages(path, "pdf") == 1
    assert press._process is not None
    os.kill(press._process.pid, 9)
    press._process.wait()
    assert press.pages(path, "pdf") == 1


def test_a_press_that_nobody_asks_ends_its_process_and_begins_again_when_asked(tmp_path: Path) -> None:
    press = Press(idle=0.1)
    path = kept(tmp_path, pdf("Satu"))
    assert press.pages(path, "pdf") == 1
    process = press._process
    assert process is not None
    process.wait(timeout=30)
    assert press.pages(path, "pdf") == 1
    press.rest()


def test_a_file_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    hasty = Press(patience=0.0)
    with pytest.raises(Unprintable, match="too_slow"):
        hasty.pages(kept(tmp_path, pdf("Satu")), "pdf")
    assert hasty._process is None


def test_the_process_of_the_press_may_write_no_file_and_knows_no_secret(press: Press, tmp_path: Path) -> None:
    press.pages(kept(tmp_path, pdf("Satu")), "pdf")
    assert press._process is not None
    pid = press._process.pid
    assert resource.prlimit(pid, resource.RLIMIT_FSIZE) == (0, 0)
    assert resource.prlimit(pid, resource.RLIMIT_AS)[0] == 2 << 30
    names = {line.split("=")[0] for line in Path(f"/proc/{pid}/environ").read_text(encoding="utf-8").split("\0") if line}
    assert names <= {"PATH"}


def test_real_documents_give_their_words(press: Press, shared_data: Path) -> None:
    found = {}
    for name in (
        "id-peraturan-perpusnas-4-2023",
        "pypdf-005-libreoffice-writer-password-libreoffice-writer-password",
        "thesis-taelman-2020",
    ):
        try:
            pages = [page for _, some in press.words(shared_data / "pdf" / f"{name}.pdf", "pdf") for page in some]
            found[name[:9]] = (len(pages), sum(bool(page.text) for page in pages))
        except Unprintable as unprintable:
            found[name[:9]] = unprintable.code
    assert found == {"id-peratu": (35, 35), "pypdf-005": "password", "thesis-ta": (173, 169)}


def test_a_real_book_gives_its_words_by_part(press: Press, shared_data: Path) -> None:
    pages = [page for _, some in press.words(shared_data / "epub" / "georgia-cfi.epub", "epub") for page in some]
    assert [page.number for page in pages] == list(range(1, len(pages) + 1))
    assert [page.href for page in pages[:2]] == ["EPUB/cover.xhtml", "EPUB/georgia.xhtml"]
    assert [page.progression for page in pages] == sorted(page.progression for page in pages)
