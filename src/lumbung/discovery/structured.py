"""What search engines read on a record page: schema.org as JSON-LD."""

from typing import Any

from lumbung.formats.citation import Kind, Name, Work

TYPES = {
    Kind.BOOK: "Book",
    Kind.EBOOK: "Book",
    Kind.THESIS: "Thesis",
    Kind.ARTICLE: "Article",
    Kind.SERIAL: "Periodical",
    Kind.MAP: "Map",
    Kind.AUDIO: "AudioObject",
    Kind.VIDEO: "VideoObject",
    Kind.IMAGE: "ImageObject",
    Kind.SCORE: "SheetMusic",
    Kind.SOFTWARE: "SoftwareApplication",
    Kind.MANUSCRIPT: "Manuscript",
}


def structured(work: Work, *, language: str, available: bool, library: str) -> dict[str, Any]:
    """The work with an offer to borrow it, empty properties left out."""
    data = {
        "@context": "https://schema.org",
        "@type": TYPES.get(work.kind, "CreativeWork"),
        "@id": work.url,
        "url": work.url,
        "name": work.title,
        "author": [_person(name) for name in work.authors],
        "editor": [_person(name) for name in work.editors],
        "datePublished": str(work.year) if work.year else "",
        "publisher": {"@type": "Organization", "name": work.publisher} if work.publisher else None,
        "bookEdition": work.edition if work.kind is Kind.BOOK else "",
        "isbn": work.isbns,
        "issn": work.issn,
        "inLanguage": language,
        "about": work.subjects,
        "description": work.abstract,
        "offers": {
            "@type": "Offer",
            "availability": f"https://schema.org/{'InStock' if available else 'OutOfStock'}",
            "businessFunction": "http://purl.org/goodrelations/v1#LeaseOut",
            "offeredBy": {"@type": "Library", "name": library},
        },
    }
    return {key: value for key, value in data.items() if value}


def _person(name: Name) -> dict[str, str]:
    return {"@type": "Person", "name": f"{name.given} {name.family}".strip()}
