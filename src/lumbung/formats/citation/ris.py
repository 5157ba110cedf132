"""RIS, as Zotero, Mendeley and EndNote read it: UTF-8, CR LF."""

from collections.abc import Iterator

from lumbung.formats.citation.work import Kind, Work

TYPES = {
    Kind.BOOK: "BOOK",
    Kind.EBOOK: "EBOOK",
    Kind.THESIS: "THES",
    Kind.ARTICLE: "JOUR",
    Kind.CHAPTER: "CHAP",
    Kind.SERIAL: "JFULL",
    Kind.MAP: "MAP",
    Kind.AUDIO: "SOUND",
    Kind.VIDEO: "VIDEO",
    Kind.IMAGE: "ART",
    Kind.SCORE: "MUSIC",
    Kind.SOFTWARE: "COMP",
    Kind.MANUSCRIPT: "MANSCPT",
    Kind.OTHER: "GEN",
}


def ris(work: Work) -> str:
    """The work as one RIS record, ready for a file."""
    return "".join(f"{tag}  - {' '.join(text.split())}\r\n" for tag, text in _lines(work))


def _lines(work: Work) -> Iterator[tuple[str, str]]:
    yield "TY", TYPES[work.kind]
    yield "TI", work.title
    yield from (("AU", name.inverted) for name in work.authors)
    yield from (("ED", name.inverted) for name in work.editors)
    yield from (("A4", name.inverted) for name in work.translators)
    first, last = work.first_and_last_page
    once = {
        "PY": str(work.year or ""),
        "ET": work.edition,
        "CY": work.place,
        "PB": work.institution or work.publisher,
        "T2": work.host or work.series,
        "VL": work.volume,
        "IS": work.issue,
        "SP": first,
        "EP": last,
        "M3": work.degree,
        "DO": work.doi,
        "LA": work.language,
        "CN": work.call_number,
        "UR": work.address,
        "AB": work.abstract,
    }
    yield from ((tag, text) for tag, text in once.items() if text)
    yield from (("SN", number) for number in [*work.isbns, *filter(None, [work.issn])])
    yield from (("KW", subject) for subject in work.subjects)
    yield "ER", ""
