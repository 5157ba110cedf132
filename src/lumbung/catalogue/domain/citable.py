"""What a record says, as a work to cite."""

import re
from collections.abc import Iterable
from urllib.parse import unquote

from lumbung.catalogue.domain.bibliographic import Contributor, Description
from lumbung.catalogue.domain.hosts import is_book, makers_of_book, whereabouts
from lumbung.catalogue.domain.printings import edition_alone
from lumbung.catalogue.models import Material
from lumbung.formats.citation import Kind, Name, Work, name_in

KINDS = {
    Material.BOOK: Kind.BOOK,
    Material.EBOOK: Kind.EBOOK,
    Material.THESIS: Kind.THESIS,
    Material.ARTICLE: Kind.ARTICLE,
    Material.SERIAL: Kind.SERIAL,
    Material.MAP: Kind.MAP,
    Material.AUDIO: Kind.AUDIO,
    Material.VIDEO: Kind.VIDEO,
    Material.IMAGE: Kind.IMAGE,
    Material.SCORE: Kind.SCORE,
    Material.COMPUTER_FILE: Kind.SOFTWARE,
    Material.MANUSCRIPT: Kind.MANUSCRIPT,
}
EDITING = {"edt", "editor", "penyunting", "ed"}
TRANSLATING = {"trl", "translator", "penerjemah", "alih bahasa", "pengalih bahasa"}
NOT_AUTHORS = {"ths", "dgs", "opn", "ill", "ilustrator", "illustrator", "pembimbing", "penguji", "promotor"}
_PUBLISHED = re.compile(r"([^:]+?)\s+:\s+(.+?)(?:,\s*\D{0,3}(\d{4})\b.*)?$")
_RESOLVED = re.compile(r"https?://(?:dx\.)?doi\.org/(10\.[^?#]+)", re.IGNORECASE)
_ISSN = re.compile(r"^([0-9]{4})([0-9]{3}[0-9X])$")
_UNKNOWN = re.compile(
    r"s\.?\s*[ln]|sine (?:loco|nomine)|(?:place of publication|place|publisher) (?:not identified|unknown)"
    r"|(?:tempat terbit|tempat|kota terbit|penerbit) (?:tidak|tak) (?:diketahui|teridentifikasi|dikenal|disebutkan|tercantum)",
    re.IGNORECASE,
)
DEGREES = ("skripsi", "tesis", "disertasi", "tugas akhir", "karya tulis ilmiah")


def work_of(said: Description, *, url: str) -> Work:
    """The work that ``said`` describes, to be found at ``url``."""
    makers = [each for each in said.contributors if not each.work]
    volume, issue, pages = whereabouts(said.host.place) if said.host else ("", "", "")
    kind = _kind(said)
    place, publisher, year = _published(said, kind)
    authors = _each_once(each for each in makers if _writes(each) and not (said.thesis and _houses(each)))
    editors = _each_once(each for each in makers if roles_of(each) & EDITING)
    if said.host and kind is Kind.CHAPTER:
        editors += [each for each in makers_of_book(said.host) if each not in [*authors, *editors]]
    return Work(
        kind=kind,
        title=": ".join(filter(None, [said.title_proper or said.title, said.remainder])),
        authors=authors,
        editors=editors,
        translators=_each_once(each for each in makers if roles_of(each) & TRANSLATING),
        year=year,
        edition=edition_alone(said.edition),
        place=place,
        publisher=publisher,
        series=next(iter(said.series), ""),
        degree=_degree(said.thesis),
        institution=(said.publisher or said.school) if said.thesis else "",
        host=said.host.title if said.host else "",
        host_place=said.host.place if said.host else "",
        volume=volume,
        issue=issue,
        pages=pages,
        doi=_doi(said),
        isbns=said.isbns or (said.host.isbn.split()[:1] if said.host and kind is Kind.CHAPTER else []),
        issn=_ISSN.sub(r"\1-\2", next(iter(said.issns), said.host.issn if said.host else "")),
        language=next(iter(said.languages), ""),
        call_number=next(iter(said.call_numbers), ""),
        subjects=[subject.text for subject in said.subjects],
        abstract=said.summary,
        url=url,
        read_at=next((each.url for each in said.links if not each.related), "") if kind is Kind.EBOOK else "",
    )


def name_of(maker: Contributor) -> Name:
    """Taken apart only where the record itself did so with a comma: a mononym and a name in direct order stay whole."""
    return name_in(maker.name) if maker.kind == "person" else Name(maker.name, is_body=True)


def _each_once(makers: Iterable[Contributor]) -> list[Name]:
    """A record may name somebody as main entry and again as an added one."""
    return list(dict.fromkeys(map(name_of, makers)))


def _published(said: Description, kind: Kind) -> tuple[str, str, int | None]:
    """Place, publisher and year; of a chapter those of its book, where it tells none of its own."""
    found = _PUBLISHED.match(said.host.published) if said.host and kind is Kind.CHAPTER else None
    if found is None:
        return _known(said.place), _known(said.publisher) or said.school, said.year
    place, publisher, year = (text.strip() for text in found.groups(default=""))
    return (
        _known(said.place) or _known(place),
        _known(said.publisher) or _known(publisher),
        said.year or (int(year) if year else None),
    )


def _known(told: str) -> str:
    """The place or publisher, unless cataloguers say there that they know none: [S.l.], [s.n.], [publisher not identified]."""
    return "" if _UNKNOWN.fullmatch(told.strip(" []().,:;")) else told


def _kind(said: Description) -> Kind:
    """A part of a book is a chapter, of anything else an article."""
    kind = KINDS.get(Material(said.material), Kind.OTHER)
    return Kind.CHAPTER if kind is Kind.ARTICLE and said.host and is_book(said.host) else kind


def _doi(said: Description) -> str:
    """Out of a number of its own, or of the address where it is read."""
    numbers = [each.value for each in said.numbers]
    resolved = [found[1] for each in said.links if not each.related and (found := _RESOLVED.match(each.url))]
    return next((each for each in [*numbers, *map(unquote, resolved)] if each.startswith("10.") and "/" in each), "")


def roles_of(maker: Contributor) -> set[str]:
    """Words and relator codes, as ``EDITING`` and its like have them."""
    return {role.casefold().rstrip(".") for role in maker.roles}


def _writes(maker: Contributor) -> bool:
    return not roles_of(maker) & (EDITING | TRANSLATING | NOT_AUTHORS)


def _houses(maker: Contributor) -> bool:
    """Where a thesis was written is not who wrote it."""
    return maker.kind != "person" and not maker.main and not maker.roles


def _degree(thesis: str) -> str:
    said = thesis.casefold()
    return next((degree.capitalize() for degree in DEGREES if degree in said), "")
