"""OPDS 1.2: Atom (RFC 4287) with Dublin Core terms, OpenSearch, and availability as libraries tell it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from lumbung.formats.opds.json_form import moment
from lumbung.formats.opds.shapes import (
    ACQUISITION_1,
    ENTRY_1,
    FACET,
    NAVIGATION_1,
    Acquisition,
    Availability,
    Facet,
    Feed,
    Link,
    Publication,
)
from lumbung.formats.readium import MANIFEST_TYPE
from lumbung.formats.xml_tree import Element, leaf, written

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
NAMESPACES = {
    "xmlns": "http://www.w3.org/2005/Atom",
    "xmlns:dc": "http://purl.org/dc/terms/",
    "xmlns:opds": "http://opds-spec.org/2010/catalog",
    "xmlns:opensearch": "http://a9.com/-/spec/opensearch/1.1/",
    "xmlns:thr": "http://purl.org/syndication/thread/1.0",
}
SMALLER = "http://opds-spec.org/image/thumbnail"


def feed(told: Feed) -> str:
    """The feed as an Atom document."""
    inner = [*_head(told.identifier, told.title, told.updated)]
    inner += [Element("author", children=[leaf("name", told.author)])] if told.author else []
    inner.append(_link(told.href, kind_of(told), "self"))
    inner += [_linked(each) for each in told.links]
    inner += [_link(href, kind_of(told), name) for name, href in told.pages.items()]
    inner += [option for facet in told.facets for option in _facet(facet)]
    if told.total is not None:
        first = (told.page - 1) * told.size + 1
        counts = {"totalResults": told.total, "itemsPerPage": told.size, "startIndex": first}
        inner += [Element(f"opensearch:{name}", str(count)) for name, count in counts.items()]
    inner += [_step(each, told.updated) for each in told.navigation]
    inner += [_entry(each) for each in told.publications]
    return HEAD + written(Element("feed", attributes=dict(NAMESPACES), children=inner))


def entry(told: Publication, *, by: str) -> str:
    """One title as a document of its own, which needs an author: ``by`` where the title has none."""
    whole = _entry(told if told.authors else replace(told, authors=[by]))
    return HEAD + written(Element("entry", attributes=dict(NAMESPACES), children=whole.children))


def search_description(*, name: str, description: str, template: str) -> str:
    """The OpenSearch description; ``template`` has ``{searchTerms}`` in it."""
    attributes = {"xmlns": "http://a9.com/-/spec/opensearch/1.1/", "xmlns:atom": "http://www.w3.org/2005/Atom"}
    url = Element("Url", attributes={"type": ACQUISITION_1, "template": template})
    inner = [leaf("ShortName", name[:16].strip()), leaf("LongName", name[:48].strip()), leaf("Description", description[:1024])]
    inner += [url, leaf("InputEncoding", "UTF-8"), leaf("OutputEncoding", "UTF-8")]
    return HEAD + written(Element("OpenSearchDescription", attributes=attributes, children=inner))


def kind_of(told: Feed) -> str:
    return NAVIGATION_1 if told.is_navigation else ACQUISITION_1


def _head(identifier: str, title: str, updated: datetime) -> Iterator[Element]:
    yield leaf("id", identifier)
    yield leaf("title", title)
    yield leaf("updated", moment(updated) or "")


def _link(href: str, media_type: str, relation: str, **others: str) -> Element:
    attributes = {"rel": relation, "href": href, "type": media_type, **others}
    return Element("link", attributes={name: value for name, value in attributes.items() if value})


def _linked(told: Link) -> Element:
    return _link(told.href, told.media_type, told.relations[0], title=told.title)


def _step(told: Link, updated: datetime) -> Element:
    """A way on, as an entry of a navigation feed."""
    counted = {"thr:count": str(told.count)} if told.count is not None else {}
    way = _link(told.href, told.media_type, told.relations[0] if told.relations else "subsection", **counted)
    said = [Element("content", told.summary or told.title, {"type": "text"})]
    return Element("entry", children=[*_head(told.href, told.title, updated), *said, way])


def _facet(told: Facet) -> Iterator[Element]:
    for each in told.options:
        chosen = {"opds:activeFacet": "true"} if each.is_active else {}
        counted = {"thr:count": str(each.count)} if each.count is not None else {}
        yield _link(each.href, ACQUISITION_1, FACET, title=each.title, **{"opds:facetGroup": told.title, **chosen, **counted})


def _entry(told: Publication) -> Element:
    inner = [*_head(told.identifier, told.title, told.modified)]
    inner += [Element("author", children=[leaf("name", name)]) for name in told.authors]
    inner += [leaf("dc:language", each) for each in told.languages]
    inner += [leaf("dc:publisher", told.publisher)] if told.publisher else []
    inner += [leaf("dc:issued", f"{told.year:04d}")] if told.year and told.year > 0 else []
    inner += [leaf("dc:identifier", each) for each in told.numbers]
    inner += [Element("category", attributes={"term": each, "label": each}) for each in told.subjects]
    inner += [Element("summary", told.description, {"type": "text"})] if told.description else []
    inner.append(_link(told.href, ENTRY_1, "self"))
    inner += [_link(told.page, "text/html", "alternate")] if told.page else []
    inner += [_link(each, MANIFEST_TYPE, "alternate") for each in told.manifests]
    inner += [_link(each.href, each.media_type, "http://opds-spec.org/image") for each in told.pictures[:1]]
    inner += [_link(each.href, each.media_type, SMALLER) for each in told.pictures[-1:]]
    inner += [_acquired(each) for each in told.acquisitions]
    return Element("entry", children=inner)


def _acquired(told: Acquisition) -> Element:
    size = {"length": str(told.size)} if told.size else {}
    made = _link(told.href, told.media_type, told.relation.long, title=told.title, **size)
    made.children += [Element("opds:indirectAcquisition", attributes={"type": each}) for each in told.leads_to]
    made.children += list(_lent(told.availability)) if told.availability else []
    return made


def _lent(told: Availability) -> Iterator[Element]:
    spans = {"since": moment(told.since), "until": moment(told.until)}
    state = {"status": told.state.value, **{name: value for name, value in spans.items() if value}}
    yield Element("opds:availability", attributes=state)
    holds = {"total": str(told.waiting), **({"position": str(told.position)} if told.position else {})}
    yield Element("opds:holds", attributes=holds)
    yield Element("opds:copies", attributes={"total": str(told.copies), "available": str(told.free)})
