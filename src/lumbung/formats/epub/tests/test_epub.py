"""EPUBs as publishers make them, and as nobody should."""

import io
import zipfile
from pathlib import Path

import pytest

from lumbung.formats.epub import Archive, Defect, Heading, Part, Stretch, Unreadable, publication_of, stretches_of, text_of

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="OPS/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
PACKAGE = """<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title>Laskar  Pelangi</dc:title><dc:creator>Andrea Hirata</dc:creator><dc:language>id</dc:language></metadata>
<manifest><item id="a" href="bab%201.xhtml" media-type="application/xhtml+xml"/>
<item id="g" href="hilang.xhtml" media-type="application/xhtml+xml"/>
<item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav scripted"/>
<item id="x" href="https://jauh.example/x.css" media-type="text/css"/></manifest>
<spine page-progression-direction="ltr"><itemref idref="a"/><itemref idref="g"/><itemref idref="n" linear="no"/></spine></package>"""
NAV = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body><nav epub:type="toc"><ol>
<li><a href="bab%201.xhtml">Bab <b>1</b></a><ol><li><a href="bab%201.xhtml#dua">Bagian dua</a></li></ol></li></ol></nav></body></html>"""
CHAPTER = (
    "<html xmlns='http://www.w3.org/1999/xhtml'><head><title>x</title></head>"
    "<body><h1>Bab 1</h1><p>Sepuluh murid&nbsp;baru.</p></body></html>"
)


def book(**entries: str | bytes) -> io.BytesIO:
    """An EPUB with these entries in place of its own; an empty one is left out."""
    whole = {
        "META-INF/container.xml": CONTAINER, "OPS/package.opf": PACKAGE, "OPS/nav.xhtml": NAV, "OPS/bab 1.xhtml": CHAPTER, **entries,
    }  # fmt: skip
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in whole.items():
            if content:
                made.writestr(name, content)
    return file


def code_of(file: io.BytesIO) -> str:
    with pytest.raises(Unreadable) as told, Archive(file) as archive:
        publication_of(archive)
    return told.value.code


def test_a_package_tells_title_reading_order_and_contents_and_what_is_wrong_with_it() -> None:
    with Archive(book()) as archive:
        found = publication_of(archive)
    assert (found.title, found.creators, found.language, found.direction) == ("Laskar Pelangi", ("Andrea Hirata",), "id", "ltr")
    assert found.parts == [
        Part("OPS/bab 1.xhtml", "application/xhtml+xml", len(CHAPTER)),
        Part("OPS/nav.xhtml", "application/xhtml+xml", len(NAV), is_linear=False),
    ]
    assert found.contents == [Heading("Bab 1", "OPS/bab 1.xhtml"), Heading("Bagian dua", "OPS/bab 1.xhtml#dua", 1)]
    assert found.is_scripted
    assert found.defects == [
        Defect("missing", "OPS/hilang.xhtml"),
        Defect("outside_resource", "https://jauh.example/x.css"),
        Defect("missing", "g"),
    ]


def test_a_book_without_contents_or_title_can_still_be_read() -> None:
    bare = PACKAGE.replace("<dc:title>Laskar  Pelangi</dc:title>", "").replace(' properties="nav scripted"', "")
    with Archive(book(**{"OPS/package.opf": bare})) as archive:
        codes = [each.code for each in publication_of(archive).defects]
    assert codes == ["no_title", "missing", "outside_resource", "missing", "no_contents"]


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (io.BytesIO(b"%PDF-1.7 under another name"), "not_a_zip"),
        (io.BytesIO(b""), "not_a_zip"),
        (book(**{"META-INF/container.xml": ""}), "no_container"),
        (book(**{"META-INF/container.xml": "<container/>"}), "no_package"),
        (book(**{"OPS/package.opf": ""}), "no_package"),
        (book(**{"OPS/package.opf": "<package"}), "bad_package"),
        (book(**{"OPS/bab 1.xhtml": "", "OPS/nav.xhtml": ""}), "nothing_to_read"),
        (book(**{"META-INF/rights.xml": "<rights/>"}), "protected"),
        (book(**{"OPS/bom.txt": b"\0" * (3 << 20)}), "unpacks_too_far"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(file: io.BytesIO, code: str) -> None:
    assert code_of(file) == code


def test_entities_that_would_grow_are_refused() -> None:
    bomb = '<!DOCTYPE p [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><package xmlns="http://www.idpf.org/2007/opf">&b;</package>'
    assert code_of(book(**{"OPS/package.opf": bomb})) == "bad_package"


def test_names_that_leave_the_folder_are_passed_over_and_told() -> None:
    with Archive(book(**{"../../etc/passwd": "root", "/abs": "x"})) as archive:
        assert "../../etc/passwd" not in archive.entries
        assert publication_of(archive).defects[:2] == [
            Defect("leaves_the_folder", "../../etc/passwd"),
            Defect("leaves_the_folder", "/abs"),
        ]


def test_no_entry_is_read_beyond_its_limit() -> None:
    with Archive(book()) as archive, pytest.raises(Unreadable, match="too_large"):
        archive.read("OPS/bab 1.xhtml", limit=10)


def test_text_is_a_paragraph_a_line_without_what_is_not_read_aloud() -> None:
    document = b"""<body><script>alert(1)</script><h1>Judul</h1><p>Satu&nbsp;<b>dua</b>&eacute;<br/>tiga<style>p{}</style></p>
    <table><tr><td>kiri</td><td>kanan</td></tr></table><p><img src="a.png" alt="peta Jawa"/></p><p>tidak ditutup"""
    assert text_of(document) == "Judul\nSatu dua\xe9\ntiga\nkiri kanan\npeta Jawa\ntidak ditutup"


def test_long_text_is_parted_between_paragraphs_and_nothing_is_lost() -> None:
    text = "\n".join(f"Paragraf {number} " + "kata " * 30 for number in range(60))
    stretches = list(stretches_of(text, 1_000))
    assert [each.text.split()[0] for each in stretches] == ["Paragraf"] * len(stretches)
    assert " ".join(" ".join(each.text.split()) for each in stretches) == " ".join(text.split())
    assert stretches[0].progression == 0.0
    assert max(len(each.text) for each in stretches) <= 1_250


def test_a_short_text_is_one_stretch_and_an_empty_one_none() -> None:
    assert list(stretches_of("pendek")) == [Stretch(0.0, "pendek")]
    assert list(stretches_of("")) == []


def test_every_real_book_is_read_whatever_its_errors(shared_data: Path) -> None:
    read = {}
    for path in sorted((shared_data / "epub").glob("*.epub")):
        with path.open("rb") as file, Archive(file) as archive:
            found = publication_of(archive)
            read[path.stem] = (found.title, len(found.parts), len(found.contents), found.is_fixed)
    assert read == {
        "childrens-literature": ("Children's Literature", 3, 31, False),
        "georgia-cfi": ("Georgia", 2, 10, False),
        "golden-harpoon": ("The Golden Harpoon / Lost Among the Floes", 16, 12, False),
        "hefty-water": ("Hefty Water", 1, 4, False),
        "incomplete-theft": ("The Incomplete Theft", 4, 1, False),
        "linear-algebra": ("A First Course in Linear Algebra", 94, 94, False),
        "moby-dick": ("Moby-Dick", 144, 141, False),
        "mymedia_lite": ("ガリ版の話", 7, 5, False),
        "regime-anticancer-arabic": ("Le Vrai Régime anti-cancer", 3, 3, False),
        "svg-in-spine": ("SVG in Spine", 6, 3, True),
        "trees": ("Trees", 3, 2, False),
    }
