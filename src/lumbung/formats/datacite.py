"""A work in the DataCite Metadata Schema 4.4, in the envelope that it has in OAI-PMH (oai_datacite 1.1)."""

import re
from collections.abc import Iterable, Iterator

from lumbung.formats.citation import Kind, Name, Work
from lumbung.formats.xml_tree import escaped, quoted

NAMESPACE = "http://schema.datacite.org/oai/oai-1.1/"
SCHEMA = "http://schema.datacite.org/oai/oai-1.1/oai.xsd"
KERNEL = "http://datacite.org/schema/kernel-4"
VERSION = "4.4"
START = (
    f'<oai_datacite xmlns="{NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    f' xsi:schemaLocation="{NAMESPACE} {SCHEMA}">\n<schemaVersion>{VERSION}</schemaVersion>\n'
)
_RESOURCE = f'<payload>\n<resource xmlns="{KERNEL}" xsi:schemaLocation="{KERNEL} http://schema.datacite.org/meta/kernel-{VERSION}/metadata.xsd">\n'
END = "</resource>\n</payload>\n</oai_datacite>\n"
UNKNOWN = ":unav"
"""What DataCite writes where something that must be told is not known."""
KINDS = {
    Kind.BOOK: "Book", Kind.EBOOK: "Book", Kind.THESIS: "Dissertation", Kind.ARTICLE: "JournalArticle", Kind.CHAPTER: "BookChapter",
    Kind.SERIAL: "Journal", Kind.MAP: "Image", Kind.IMAGE: "Image", Kind.AUDIO: "Sound", Kind.VIDEO: "Audiovisual", Kind.SCORE: "Text",
    Kind.SOFTWARE: "Software", Kind.MANUSCRIPT: "Text",
}  # fmt: skip
_ADDRESS = re.compile(r"https?://\S+")
_YEARS = range(1, 10_000)
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}", re.ASCII)


def datacite(
    work: Work,
    *,
    page: str,
    site: str,
    since: int,
    supervisors: Iterable[str] = (),
    rights: Iterable[str] = (),
    formats: Iterable[str] = (),
) -> str:
    """The content of ``<oai_datacite>`` behind its version. ``page`` and ``site`` are addresses as they are to stand there, escaped;
    ``since`` is the year in which the work came here, which counts where its own is not known."""
    people = [_person("contributor", each, contributorType="Editor") for each in work.editors]
    people += [_person("contributor", Name(each), contributorType="Supervisor") for each in supervisors]
    own = (
        _element("identifier", work.doi, identifierType="DOI")
        if work.doi
        else _written("identifier", page, identifierType="URL")
    )
    pieces = [
        own,
        _all("creators", [_person("creator", each) for each in work.authors or [Name(UNKNOWN)]]),
        _all("titles", [_element("title", work.title or UNKNOWN)]),
        _element("publisher", work.publisher or UNKNOWN),
        _element("publicationYear", f"{work.year if work.year in _YEARS else since:04d}"),
        _element("resourceType", work.degree or work.kind.value, resourceTypeGeneral=KINDS.get(work.kind, "Other")),
        _all("subjects", [_element("subject", each) for each in dict.fromkeys(work.subjects)]),
        _all("contributors", people),
        _element("language", work.language) if _LANGUAGE.fullmatch(work.language) else "",
        _all("alternateIdentifiers", _others(work, page)),
        _all("formats", [_element("format", each) for each in dict.fromkeys(formats)]),
        _all("rightsList", [_right(each) for each in dict.fromkeys(rights)]),
        _all("descriptions", [_element("description", work.abstract, descriptionType="Abstract")] if work.abstract else []),
    ]
    return f"<datacentreSymbol>{site}</datacentreSymbol>\n{_RESOURCE}{''.join(pieces)}"


def _others(work: Work, page: str) -> Iterator[str]:
    """Every other name that the work has."""
    if work.doi:
        yield _written("alternateIdentifier", page, alternateIdentifierType="URL")
    yield from (_element("alternateIdentifier", each, alternateIdentifierType="ISBN") for each in dict.fromkeys(work.isbns))
    if work.issn:
        yield _element("alternateIdentifier", work.issn, alternateIdentifierType="ISSN")


def _person(name: str, told: Name, **attributes: str) -> str:
    given = _element("givenName", told.given) + _element("familyName", told.family) if told.given else ""
    return _written(name, f"\n{_element(f'{name}Name', told.inverted)}{given}", **attributes)


def _right(told: str) -> str:
    if told.startswith("info:"):
        return _element("rights", told.rpartition("/")[2], rightsURI=told)
    found = _ADDRESS.search(told)
    text = " ".join(_ADDRESS.sub("", told).split()) or told
    return _element("rights", text, rightsURI=found[0]) if found else _element("rights", told)


def _all(name: str, inner: Iterable[str]) -> str:
    told = "".join(inner)
    return _written(name, f"\n{told}") if told else ""


def _element(name: str, text: str, **attributes: str) -> str:
    return _written(name, escaped(text), **attributes)


def _written(name: str, inner: str, **attributes: str) -> str:
    said = "".join(f" {each}={quoted(value)}" for each, value in attributes.items())
    return f"<{name}{said}>{inner}</{name}>\n"
