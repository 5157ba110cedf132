"""What search engines read on a record page and on the first page: schema.org as JSON-LD."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from lumbung.formats.citation import Kind, Name, Work, language_tag
from lumbung.kernel import clock
from lumbung.organization.models import Branch
from lumbung.organization.queries import Closed, Stretch, Week, calendar_of

HOURS = "OpeningHoursSpecification"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

TYPES = {
    Kind.BOOK: "Book",
    Kind.EBOOK: "Book",
    Kind.THESIS: "Thesis",
    Kind.ARTICLE: "Article",
    Kind.CHAPTER: "Chapter",
    Kind.SERIAL: "Periodical",
    Kind.MAP: "Map",
    Kind.AUDIO: "AudioObject",
    Kind.VIDEO: "VideoObject",
    Kind.IMAGE: "ImageObject",
    Kind.SCORE: "SheetMusic",
    Kind.SOFTWARE: "SoftwareApplication",
    Kind.MANUSCRIPT: "Manuscript",
}


def structured(
    work: Work, *, language: str, copies: int, available: bool, library: str, picture: str, pdfs: Sequence[str] = ()
) -> dict[str, Any]:
    """The work, an offer to borrow it where there are copies, and the PDFs that anybody may have; empty properties left out."""
    printed = work.kind in {Kind.BOOK, Kind.EBOOK}
    data = {
        "@context": "https://schema.org",
        "@type": TYPES.get(work.kind, "CreativeWork"),
        "@id": work.url,
        "url": work.url,
        "name": work.title,
        "author": [_maker(name) for name in work.authors],
        "editor": [_maker(name) for name in work.editors],
        "datePublished": str(work.year) if work.year else "",
        "publisher": _body("Organization", work.publisher),
        "bookEdition": work.edition if printed else "",
        "bookFormat": "https://schema.org/EBook" if work.kind is Kind.EBOOK else "",
        "isbn": work.isbns if printed else [],
        "inSupportOf": work.degree if work.kind is Kind.THESIS else "",
        "sourceOrganization": _body("CollegeOrUniversity", work.institution) if work.kind is Kind.THESIS else None,
        "isPartOf": _part_of(work),
        "pagination": work.pages if work.kind in {Kind.ARTICLE, Kind.CHAPTER} else "",
        "sameAs": f"https://doi.org/{work.doi}" if work.doi else "",
        "image": picture,
        "issn": work.issn if work.kind is Kind.SERIAL else "",
        "inLanguage": language_tag(language),
        "about": work.subjects,
        "description": work.abstract,
        "offers": _offer(library, available=available) if copies else None,
        "encoding": [{"@type": "MediaObject", "contentUrl": each, "encodingFormat": "application/pdf"} for each in pdfs],
        "isAccessibleForFree": bool(pdfs) or None,
    }
    return {key: value for key, value in data.items() if value}


def _offer(library: str, *, available: bool) -> dict[str, Any]:
    return {
        "@type": "Offer",
        "availability": f"https://schema.org/{'InStock' if available else 'OutOfStock'}",
        "businessFunction": "http://purl.org/goodrelations/v1#LeaseOut",
        "offeredBy": {"@type": "Library", "name": library},
    }


def _body(kind: str, name: str) -> dict[str, str] | None:
    return {"@type": kind, "name": name} if name else None


def _part_of(work: Work) -> dict[str, Any] | None:
    """The journal of an article, the book of a chapter."""
    if not work.host or work.kind not in {Kind.ARTICLE, Kind.CHAPTER}:
        return None
    if work.kind is Kind.ARTICLE:
        return {"@type": "Periodical", "name": work.host, **({"issn": work.issn} if work.issn else {})}
    return {"@type": "Book", "name": work.host, **({"isbn": work.isbns} if work.isbns else {})}


def _maker(name: Name) -> dict[str, str]:
    return {"@type": "Organization" if name.is_body else "Person", "name": name.direct}


def places(branches: Iterable[Branch], *, address_of: Callable[[Branch], str]) -> dict[str, Any]:
    """The branches with their opening hours, periods with hours of their own and closures to come (``openingHoursSpecification``)."""
    return {"@context": "https://schema.org", "@graph": [_place(each, address_of(each)) for each in branches]}


def _place(branch: Branch, address: str) -> dict[str, Any]:
    calendar, today = calendar_of(branch), clock.today(branch.zone)
    special = [line for each in calendar.periods if each.last_day >= today for line in _week(each.weeks.on(date.max), each)]
    special += [
        {"@type": HOURS, "opens": "00:00", "closes": "00:00", **_validity(each)}
        for each in calendar.closures
        if each.last_day >= today
    ]
    data = {
        "@type": "Library",
        "@id": address,
        "name": branch.name,
        "address": branch.address,
        "telephone": branch.phone,
        "openingHoursSpecification": list(_week(calendar.week)),
        "specialOpeningHoursSpecification": special,
    }
    return {name: value for name, value in data.items() if value}


def _week(week: Week, during: Stretch | None = None) -> Iterator[dict[str, Any]]:
    for day, spells in zip(DAYS, week, strict=True):
        for spell in spells:
            told = {"@type": HOURS, "dayOfWeek": day, "opens": f"{spell.opens:%H:%M}", "closes": f"{spell.closes:%H:%M}"}
            yield told | (_validity(during) if during else {})


def _validity(span: Stretch | Closed) -> dict[str, str]:
    return {"validFrom": span.first_day.isoformat(), "validThrough": span.last_day.isoformat()}
