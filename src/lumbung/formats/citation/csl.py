"""CSL-JSON (Citation Style Language 1.0.2): what Zotero, Pandoc and the styles read."""

from collections.abc import Sequence
from typing import Any

from lumbung.formats.citation.work import Kind, Name, Work

TYPES = {
    Kind.BOOK: "book",
    Kind.EBOOK: "book",
    Kind.THESIS: "thesis",
    Kind.ARTICLE: "article-journal",
    Kind.CHAPTER: "chapter",
    Kind.SERIAL: "periodical",
    Kind.MAP: "map",
    Kind.AUDIO: "song",
    Kind.VIDEO: "motion_picture",
    Kind.IMAGE: "graphic",
    Kind.SCORE: "musical_score",
    Kind.SOFTWARE: "software",
    Kind.MANUSCRIPT: "manuscript",
    Kind.OTHER: "document",
}
ISO_639_1 = {
    "ind": "id",
    "eng": "en",
    "may": "ms",
    "msa": "ms",
    "ara": "ar",
    "dut": "nl",
    "nld": "nl",
    "jav": "jv",
    "sun": "su",
}
ISO_639_1 |= {
    "hin": "hi",
    "ita": "it",
    "lat": "la",
    "per": "fa",
    "fas": "fa",
    "por": "pt",
    "rus": "ru",
    "san": "sa",
    "tha": "th",
    "tur": "tr",
    "urd": "ur",
    "vie": "vi",
    "fre": "fr",
    "fra": "fr",
    "ger": "de",
    "deu": "de",
    "jpn": "ja",
    "chi": "zh",
    "zho": "zh",
    "kor": "ko",
    "spa": "es",
}


def language_tag(code: str) -> str:
    """The language as BCP 47 writes it, of its code in MARC: of two letters where there are two; empty where none is told."""
    return "" if code in {"und", "zxx", "mul", "mis"} else ISO_639_1.get(code, code)


def csl_json(work: Work, key: str = "") -> dict[str, Any]:
    """The work as one item; what is not known is left out. ``key`` names it in the file, else its address does."""
    item = {
        "id": key or work.url or work.title,
        "type": TYPES[work.kind],
        "title": work.title,
        "author": _names(work.authors),
        "editor": _names(work.editors),
        "translator": _names(work.translators),
        "issued": {"date-parts": [[work.year]]} if work.year else None,
        "edition": work.edition,
        "publisher": work.institution or work.publisher,
        "publisher-place": work.place,
        "collection-title": work.series,
        "genre": work.degree,
        "container-title": work.host,
        "volume": work.volume,
        "issue": work.issue,
        "page": work.pages,
        "ISBN": " ".join(work.isbns),
        "ISSN": work.issn,
        "DOI": work.doi,
        "URL": work.address,
        "language": language_tag(work.language),
        "call-number": work.call_number,
        "abstract": work.abstract,
        "keyword": ", ".join(work.subjects),
    }
    return {name: value for name, value in item.items() if value}


def _names(names: Sequence[Name]) -> list[dict[str, str]]:
    return [_name(name) for name in names]


def _name(name: Name) -> dict[str, str]:
    if not name.given:
        return {"literal": name.family}
    return {"family": name.family, "given": name.given} | ({"suffix": name.suffix} if name.suffix else {})
