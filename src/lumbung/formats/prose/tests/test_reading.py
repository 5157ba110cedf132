"""Articles from elsewhere: Markdown, HTML, Word, MediaWiki; and files that mean harm."""

import contextlib
import io
import zipfile
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbung.formats.prose import mediawiki
from lumbung.formats.prose.reading import Unreadable, files_in, from_docx, from_html, from_markdown

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
    assert [name for name, _ in files_in(content)] == ["sop/a.md", "b.html"]


def test_pages_of_a_wiki_come_with_everybody_who_wrote_them():
    others = [wiki_page("Diskusi:X", "x", ns="1"), wiki_page("Alih", "#REDIRECT [[X]]")]
    [found] = mediawiki.pages(wiki(wiki_page("Perpanjangan", WIKITEXT, before="Dewi"), *others))
    assert (found.title, found.people, found.left_out) == ("Perpanjangan", ("Dewi", "Sari"), ("Info",))
    assert (found.text, found.changed_at) == (AS_MARKDOWN, datetime(2024, 3, 1, 2, 0, tzinfo=UTC))


def test_a_wiki_that_means_harm_or_is_cut_short_is_refused():
    for content, code in [
        (b'<!DOCTYPE x [<!ENTITY a "b">]><mediawiki/>', "hostile"),
        (b"<!DOCTYPE x [<!--" + b" " * 100_000 + b'--><!ENTITY a "b">]><mediawiki/>', "hostile"),
        (b"<mediawiki><page>", "broken"),
        (b'<?xml version="1.0" encoding="nope"?><mediawiki/>', "broken"),
        (b'<?xml version="1.0" encoding="utf-7"?><mediawiki/>', "broken"),
    ]:
        with pytest.raises(Unreadable) as refused:
            list(mediawiki.pages(content))
        assert str(refused.value) == code


@given(st.text(alphabet="[]{}|='*#:<>!-/\n abc", max_size=80))
def test_any_wikitext_is_read(text):
    assert isinstance(mediawiki.to_markdown(text)[0], str)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content):
    for read in (from_markdown, from_html, from_docx):
        with contextlib.suppress(Unreadable):
            assert isinstance(read(content).text, str)
