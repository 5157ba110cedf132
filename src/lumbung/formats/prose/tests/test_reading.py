"""Articles from elsewhere: Markdown, HTML, Word, MediaWiki; and files that mean harm."""

import contextlib
import io
import tracemalloc
import zipfile
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbung.formats.prose import mediawiki
from lumbung.formats.prose.folders import Folder, path_of
from lumbung.formats.prose.reading import Unreadable, from_docx, from_html, from_markdown

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)


def packed(files):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, content in files.items():
            folder.writestr(name, content)
    return made.getvalue()


def word(body, head=""):
    document = f'<?xml version="1.0"?>{head}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return packed({"[Content_Types].xml": TYPES, "_rels/.rels": RELATIONS, "word/document.xml": document})


NUMBERING = (
    f'<?xml version="1.0"?><w:numbering xmlns:w="{WORD}"><w:abstractNum w:abstractNumId="0">{{0}}</w:abstractNum>'
    '<w:abstractNum w:abstractNumId="1">{1}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="1"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num></w:numbering>'
)


def word_with_lists(body):
    """A document as Word keeps lists: each point names its list and depth, and another part says what lists there are."""

    def level(depth, mark):
        return f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{mark}"/></w:lvl>'

    lists = NUMBERING.format(level(0, "bullet") + level(1, "bullet"), level(0, "decimal") + level(1, "lowerLetter"))
    related = RELATIONS.replace("officeDocument", "numbering").replace("word/document.xml", "numbering.xml")
    related = related.replace("/numbering/2006", "/officeDocument/2006")
    document = f'<?xml version="1.0"?><w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return packed(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": RELATIONS,
            "word/document.xml": document,
            "word/_rels/document.xml.rels": related,
            "word/numbering.xml": lists,
        }
    )


def point(text, of=1, depth=0):
    placed = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{of}"/></w:numPr>'
    return f'<w:p><w:pPr><w:pStyle w:val="ListParagraph"/>{placed}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'


def cell(*inside, across=1, down=""):
    spans = (f'<w:gridSpan w:val="{across}"/>' if across > 1 else "") + down
    return f"<w:tc><w:tcPr>{spans}</w:tcPr>{''.join(inside)}</w:tc>"


def table(*rows):
    made = "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows)
    return f"<w:tbl>{made}</w:tbl>"


def paragraph(text, style="", bold=False):
    how = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    run = f"<w:r>{'<w:rPr><w:b/></w:rPr>' if bold else ''}<w:t>{text}</w:t></w:r>"
    return f"<w:p>{how}{run}</w:p>"


def wiki(*pages):
    return (
        '<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/">' + "".join(pages) + "</mediawiki>"
    ).encode()  # fmt: skip


def wiki_page(title, text, ns="0", user="Sari", before=""):
    def revision(who, said):
        by = f"<contributor><username>{who}</username></contributor>"
        return f"<revision><timestamp>2024-03-01T02:00:00Z</timestamp>{by}<text>{said}</text></revision>"

    return f"<page><title>{title}</title><ns>{ns}</ns>{before and revision(before, 'awal')}{revision(user, text)}</page>"


WIKITEXT = """'''Perpanjangan''' lihat [[Denda|denda]] [https://a.example laman].
== Cara ==
* satu
** dua
# tiga
{{Info|x=1}}
{| class=x
! A !! B
|-
| 1 || 2
|}
[[Kategori:SOP]]"""
AS_MARKDOWN = """**Perpanjangan** lihat denda [laman](https://a.example).
# Cara
- satu
    - dua
1. tiga

| A | B |
| --- | --- |
| 1 | 2 |
"""


def test_a_markdown_file_tells_its_title_by_its_head_or_its_first_heading():
    told = from_markdown(b'---\ntitle: "Cara memesan"\nauthor: Sari\n---\n# Cara memesan\n\nLangkah.\n')
    assert (told.title, told.text, told.people) == ("Cara memesan", "Langkah.\n", ("Sari",))
    assert (from_markdown(b"# Denda #\nRp500").title, from_markdown(b"# Denda #\nRp500").text) == ("Denda", "Rp500\n")
    assert from_markdown(b"tanpa judul").title == ""


def test_html_becomes_markdown_and_what_runs_falls_away():
    told = from_html(
        b"<title>Berkas</title><script>steal()</script><h1>Layanan</h1><p>Teks <b>tebal</b> <a href='javascript:x()'>a</a>"
        b"<a href='https://b.example'>b</a></p><ul><li>satu<li>dua</ul><iframe src=x></iframe>"
    )
    assert (told.title, told.text) == ("Layanan", "Teks **tebal** a[b](https://b.example)\n\n- satu\n- dua\n")
    assert from_html(b"<title>Hanya &amp; judul</title><p>x").title == "Hanya &amp; judul"


def test_a_word_document_keeps_headings_and_emphasis():
    told = from_docx(
        word(paragraph("Serah terima", "Heading1") + paragraph("Kunci", "Heading2") + paragraph("penting", bold=True))
    )
    assert (told.title, told.text) == ("Serah terima", "## Kunci\n\n**penting**\n")


def test_lists_of_a_word_document_stay_lists_and_go_on_with_their_numbers():
    steps = [point("Terima", 2), point("Hitung", 2, 1), point("Cap", 2, 1), point("Catat", 2)]
    after = [
        paragraph("Istirahat."),
        point("Kirim", 2),
        paragraph("Lalu:"),
        point("Arsipkan", 3),
        point("Apel"),
        point("Hijau", 1, 1),
    ]
    told = from_docx(word_with_lists("".join([*steps, *after])))
    assert told.text == (
        "1. Terima\n   1. Hitung\n   2. Cap\n2. Catat\n\nIstirahat.\n\n3. Kirim\n\nLalu:\n\n7. Arsipkan\n\n- Apel\n  - Hijau\n"
    )


def test_a_table_of_a_word_document_stays_a_table_whatever_stands_in_its_cells():
    begun, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = [
        [cell(paragraph("Hari", bold=True)), cell(paragraph("Jam")), cell(paragraph("Meja"))],
        [cell(paragraph("Senin"), down=begun), cell(paragraph("08.00"), paragraph("16.00.")), cell(point("A"), point("B|C"))],
        [cell(paragraph(""), down=goes_on), cell(paragraph("tutup"), across=2)],
        [cell(table([cell(paragraph("x")), cell(paragraph("y"))])), cell(paragraph("Satu.")), cell(paragraph("1"))],
    ]
    told = from_docx(word_with_lists(table(*rows)))
    assert told.text == (
        "| **Hari** | Jam | Meja |\n| --- | --- | --- |\n| Senin | 08.00; 16.00. | A; B\\|C |\n|  | tutup | |\n| x; y | Satu. | 1 |\n"
    )


def test_a_table_of_html_is_even_however_its_cells_reach():
    rows = "<tr><td rowspan=3>a<td>b<tr><td colspan=9999999>c<tr><td>d<td rowspan=x>e"
    lines = from_html(f"<table>{rows}</table>".encode()).text.splitlines()
    assert [lines[0], lines[2][:9], lines[3]] == ["| a | b |", "|  | c | ", "|  | d | e |"]
    assert lines[2].count("|") == 202


def test_a_page_of_cells_that_reach_far_is_not_laid_out_in_millions():
    cell = "<td colspan=200 rowspan=200>a"
    wide = "<td colspan=100 rowspan=100>b"
    told = from_html(f"<table><tr>{cell}{cell}<tr><td>c</table>{f'<table><tr>{wide}</table>' * 3}".encode()).text
    assert [told.count("|"), told.count("a"), told.count("b"), told.count("c")] == [8 + 2 * 202 + 4, 2, 3, 1]


def test_a_word_document_that_means_harm_is_refused():
    bomb = (
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
        + "".join(f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(9))
        + "]>"
    )
    for content, code in [
        (b"PK\x03\x04 cut", "broken"),
        (packed({"other.xml": "x"}), "broken"),
        (word(paragraph("&j;"), head=bomb), "broken"),
        (packed({"word/document.xml": b"\0" * (65 * 1024 * 1024)}), "too_large"),
    ]:  # fmt: skip
        with pytest.raises(Unreadable) as refused:
            from_docx(content)
        assert str(refused.value) == code


def test_a_packed_folder_gives_its_files_without_the_hidden_ones():
    content = packed({"sop/a.md": "# A", "sop/.git/x": "", "__MACOSX/a": "", "b.html": "<p>b"})
    assert [path_of(each) for each in Folder(io.BytesIO(content)).files] == ["sop/a.md", "b.html"]


def articles_in(content):
    """Every article of an export, read."""
    return [each.read() for each in mediawiki.articles(io.BytesIO(content))]


def test_pages_of_a_wiki_come_with_everybody_who_wrote_them():
    others = [wiki_page("Diskusi:X", "x", ns="1"), wiki_page("Alih", "#REDIRECT [[X]]")]
    [found] = articles_in(wiki(wiki_page("Perpanjangan", WIKITEXT, before="Dewi"), *others))
    assert (found.title, found.people, found.left_out) == ("Perpanjangan", ("Dewi", "Sari"), ("Info",))
    assert (found.text, found.changed_at) == (AS_MARKDOWN, datetime(2024, 3, 1, 2, 0, tzinfo=UTC))


class Wiki:
    """A dump that is made while it is read: so many pages, each with versions of its whole text."""

    def __init__(self, pages, versions, length):
        text = "Isi yang panjang. " * (length // 18)
        self.parts = (
            b'<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/">' if n < 0
            else b"</mediawiki>" if n == pages
            else page_of(f"Halaman {n}", text, versions)
            for n in range(-1, pages + 1)
        )  # fmt: skip
        self.left, self.read_so_far = b"", 0

    def read(self, size=-1):
        while len(self.left) < size and (part := next(self.parts, None)) is not None:
            self.left += part
        piece, self.left = self.left[:size], self.left[size:]
        self.read_so_far += len(piece)
        return piece


def page_of(title, text, versions):
    said = "".join(
        f"<revision><timestamp>2024-03-{n + 1:02}T02:00:00Z</timestamp><contributor><username>Sari</username></contributor>"
        f"<text>{text}{n}</text></revision>"
        for n in range(versions)
    )
    return f"<page><title>{title}</title><ns>0</ns>{said}</page>".encode()


def test_a_wiki_is_read_as_it_is_gone_through_and_holds_one_page_however_many_there_are():
    def most_held(pages):
        dump = Wiki(pages, versions=20, length=9_000)
        tracemalloc.start()
        found = sum(
            len(each.text) < 10_000 and each.text.endswith("19\n")
            for each in map(mediawiki.Page.read, mediawiki.articles(dump))
        )
        _now, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return found, dump.read_so_far, peak

    few, _small, before = most_held(3)
    many, large, after = most_held(60)
    assert (few, many) == (3, 60)
    assert large > 10_000_000
    assert after < before + 1_000_000


def test_a_wiki_beyond_measure_is_refused_while_it_is_read(monkeypatch):
    monkeypatch.setattr(mediawiki, "LARGEST", 300_000)
    with pytest.raises(Unreadable, match="too_large"):
        list(mediawiki.articles(Wiki(100, versions=1, length=9_000)))


def test_a_wiki_that_means_harm_or_is_cut_short_is_refused():
    for content, code in [
        (b'<!DOCTYPE x [<!ENTITY a "b">]><mediawiki/>', "hostile"),
        (b"<!DOCTYPE x [<!--" + b" " * 100_000 + b'--><!ENTITY a "b">]><mediawiki/>', "hostile"),
        (b"<mediawiki><page>", "broken"),
        (b'<?xml version="1.0" encoding="nope"?><mediawiki/>', "broken"),
        (b'<?xml version="1.0" encoding="utf-7"?><mediawiki/>', "broken"),
    ]:
        with pytest.raises(Unreadable) as refused:
            list(articles_in(content))
        assert str(refused.value) == code


@given(st.text(alphabet="[]{}|='*#:<>!-/\n abc", max_size=80))
def test_any_wikitext_is_read(text):
    assert isinstance(mediawiki.to_markdown(text)[0], str)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content):
    for read in (from_markdown, from_html, from_docx):
        with contextlib.suppress(Unreadable):
            assert isinstance(read(content).text, str)
