"""What machines read on a record page: COinS (OpenURL, Z39.88) for reference managers, Highwire's meta tags for scholars' search engines,
and links by which any of them finds its way (https://signposting.org)."""

import re
from collections.abc import Iterable
from itertools import islice
from urllib.parse import urlencode

from lumbung.formats.citation import Kind, Name, Work, language_tag

GENRES = {
    Kind.BOOK: "book",
    Kind.EBOOK: "book",
    Kind.CHAPTER: "bookitem",
    Kind.THESIS: "dissertation",
    Kind.ARTICLE: "article",
    Kind.SERIAL: "journal",
}
OPEN_GRAPH = {Kind.BOOK: "book", Kind.EBOOK: "book", Kind.VIDEO: "video.other", Kind.AUDIO: "music.album"}
DUBLIN_CORE = {
    Kind.MAP: "map",
    Kind.AUDIO: "audioRecording",
    Kind.VIDEO: "videoRecording",
    Kind.IMAGE: "artwork",
    Kind.SOFTWARE: "computerProgram",
    Kind.MANUSCRIPT: "manuscript",
}

MOST_ITEMS = 10
"""So many files are told of in the header: what is longer than 8 KB a proxy does not let through."""
_ADDRESS = re.compile(r"https?://[!#-;=?-~]+")
"""What may stand between the signs < and > of a header."""


def coins(work: Work) -> str:
    """The work as a ContextObject in Span: the value of ``title`` of a ``<span class="Z3988">``."""
    form = _form(work)
    pairs = [("ctx_ver", "Z39.88-2004"), ("rft_val_fmt", f"info:ofi/fmt:kev:mtx:{form}"), ("rft_id", work.url)]
    told = {"dc": _dublin_core, "book": _book, "dissertation": _dissertation, "journal": _journal}[form](work)
    pairs += [*told, ("rft.date", str(work.year or "")), ("rft.language", work.language)]
    return urlencode([(name, value) for name, value in pairs if value])


def highwire(work: Work, *, pdfs: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Names and contents of the ``citation_…`` meta tags; ``pdfs`` are whole addresses."""
    tags = [("citation_title", work.title)]
    tags += [("citation_author", name.inverted) for name in work.authors]
    tags += [("citation_editor", name.inverted) for name in work.editors]
    tags += [("citation_publication_date", str(work.year or "")), ("citation_language", language_tag(work.language))]
    tags += [("citation_isbn", isbn) for isbn in work.isbns] + [("citation_issn", work.issn)]
    tags += [("citation_book_title" if work.kind is Kind.CHAPTER else "citation_journal_title", work.host)]
    tags += [("citation_series_title", work.series), ("citation_volume", work.volume), ("citation_issue", work.issue)]
    tags += zip(("citation_firstpage", "citation_lastpage"), work.first_and_last_page, strict=True)
    tags += [("citation_doi", work.doi), ("citation_keywords", "; ".join(work.subjects))]
    if work.kind is Kind.THESIS:
        tags += [("citation_dissertation_institution", work.institution), ("citation_dissertation_name", work.degree)]
    else:
        tags.append(("citation_publisher", work.publisher))
    tags += [("citation_pdf_url", address) for address in pdfs]
    return [(name, content) for name, content in tags if content]


def open_graph(work: Work) -> str:
    """The value of ``og:type``. Reference managers trust it more than Highwire's tags, so only what is a whole book is called one."""
    return OPEN_GRAPH.get(work.kind, "article")


def signposts(
    work: Work, *, names: Iterable[str], kind: str, described: Iterable[tuple[str, str]], pdfs: Iterable[str] = ()
) -> str:
    """The value of the ``Link`` header: under which of its ``names`` the work is cited, what it is, and where it is described and had.

    ``kind`` is a type of schema.org, ``described`` are whole addresses with their media types.
    """
    cited = f"https://doi.org/{work.doi}" if work.doi else next((each for each in names if _ADDRESS.fullmatch(each)), work.url)
    links = [
        (cited, 'rel="cite-as"'),
        ("https://schema.org/AboutPage", 'rel="type"'),
        (f"https://schema.org/{kind}", 'rel="type"'),
    ]
    links += [(address, f'rel="describedby"; type="{media}"') for address, media in described]
    links += [(address, 'rel="item"; type="application/pdf"') for address in islice(pdfs, MOST_ITEMS)]
    return ", ".join(f"<{address}>; {told}" for address, told in links if _ADDRESS.fullmatch(address))


def _form(work: Work) -> str:
    genre = GENRES.get(work.kind)
    forms = {"dissertation": "dissertation", "article": "journal", "journal": "journal", "book": "book", "bookitem": "book"}
    return forms.get(genre or "", "dc")


def _book(work: Work) -> list[tuple[str, str]]:
    titles = [("rft.genre", "book"), ("rft.btitle", work.title)]
    if work.kind is Kind.CHAPTER:
        titles = [("rft.genre", "bookitem"), ("rft.atitle", work.title), ("rft.btitle", work.host), *_where(work)]
    return [
        *titles,
        *_people(work),
        ("rft.place", work.place),
        ("rft.pub", work.publisher),
        ("rft.edition", work.edition),
        ("rft.series", work.series),
        ("rft.isbn", next(iter(work.isbns), "")),
    ]


def _dissertation(work: Work) -> list[tuple[str, str]]:
    return [("rft.title", work.title), *_people(work), ("rft.inst", work.institution), ("rft.degree", work.degree)]


def _journal(work: Work) -> list[tuple[str, str]]:
    if work.kind is Kind.SERIAL:
        return [("rft.genre", "journal"), ("rft.jtitle", work.title), ("rft.issn", work.issn)]
    return [
        ("rft.genre", "article"),
        ("rft.atitle", work.title),
        ("rft.jtitle", work.host),
        *_people(work),
        *_where(work),
        ("rft.issn", work.issn),
    ]


def _where(work: Work) -> list[tuple[str, str]]:
    first, last = work.first_and_last_page
    return [("rft.volume", work.volume), ("rft.issue", work.issue), ("rft.spage", first), ("rft.epage", last)]


def _dublin_core(work: Work) -> list[tuple[str, str]]:
    creators = [("rft.creator", name.inverted) for name in work.authors]
    kind = DUBLIN_CORE.get(work.kind, "")
    return [("rft.title", work.title), *creators, ("rft.publisher", work.publisher), ("rft.type", kind)]


def _people(work: Work) -> list[tuple[str, str]]:
    first, *others = [name for name in work.authors if not name.is_body] or [Name("")]
    taken_apart = [("rft.au", first.family)]
    if first.given:
        taken_apart = [("rft.aulast", first.family), ("rft.aufirst", first.given), ("rft.ausuffix", first.suffix)]
    bodies = [("rft.aucorp", name.family) for name in work.authors if name.is_body]
    return [*taken_apart, *(("rft.au", name.inverted) for name in others), *bodies]
