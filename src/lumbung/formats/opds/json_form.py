"""OPDS 2.0, with Authentication for OPDS 1.0 and the OPDS user profile. Nothing that is empty is told."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from lumbung.formats.opds.shapes import (
    FEED_2,
    PUBLICATION_2,
    Acquisition,
    Availability,
    Facet,
    Feed,
    Group,
    Link,
    Option,
    Publication,
)
from lumbung.formats.readium import MANIFEST_TYPE

AUTHENTICATION = "application/opds-authentication+json"
AUTHENTICATION_RELATION = "http://opds-spec.org/auth/document"
PROFILE = "application/opds-profile+json"
BASIC, PASSWORD = "http://opds-spec.org/auth/basic", "http://opds-spec.org/auth/oauth/password"


def feed(told: Feed) -> dict[str, Any]:
    """The feed as a JSON object. An empty list of titles is told as navigation back, since a feed may not be without anything."""
    metadata = {
        "title": told.title,
        "modified": moment(told.updated),
        "numberOfItems": told.total,
        "itemsPerPage": told.size or None,
        "currentPage": told.page if told.size else None,
    }
    links = [{"rel": "self", "href": told.href, "type": FEED_2}, *(link(each) for each in told.links)]
    links += [{"rel": name, "href": href, "type": FEED_2} for name, href in told.pages.items()]
    return known(
        {
            "metadata": known(metadata),
            "links": links,
            "navigation": [link(each) for each in told.navigation],
            "publications": [publication(each) for each in told.publications],
            "groups": [_group(each) for each in told.groups if each.publications],
            "facets": [_facet(each) for each in told.facets],
        }
    )


def publication(told: Publication) -> dict[str, Any]:
    metadata = {
        "@type": told.schema,
        "identifier": told.identifier,
        "title": told.title,
        "author": [{"name": name} for name in told.authors],
        "publisher": {"name": told.publisher} if told.publisher else None,
        "published": f"{told.year:04d}-01-01" if told.year and 0 < told.year <= 9999 else None,  # noqa: PLR2004 -- years of four digits
        "modified": moment(told.modified),
        "language": list(told.languages),
        "description": told.description,
        "subject": [{"name": name} for name in told.subjects],
        "altIdentifier": list(told.numbers),
    }
    links: list[dict[str, Any]] = [{"rel": "self", "href": told.href, "type": PUBLICATION_2}]
    links += [{"rel": "alternate", "href": told.page, "type": "text/html"}] if told.page else []
    links += [{"rel": "alternate", "href": each, "type": MANIFEST_TYPE} for each in told.manifests]
    links += [_acquisition(each) for each in told.acquisitions]
    pictures = [
        known({"href": each.href, "type": each.media_type, "width": each.width, "height": each.height})
        for each in told.pictures
    ]
    return known({"metadata": known(metadata), "links": links, "images": pictures})


def authentication(
    *, address: str, title: str, description: str, links: Sequence[Link], token: str, login: str, password: str, key: str
) -> dict[str, Any]:
    """The Authentication Document: a password for a token (OAuth, given out at ``token``), or a key of one's own by Basic."""
    ways = [
        {
            "type": PASSWORD,
            "links": [{"rel": "authenticate", "href": token, "type": "application/json"}],
            "labels": {"login": login, "password": password},
        },
        {"type": BASIC, "labels": {"login": login, "password": key}},
    ]
    told = {"id": address, "title": title, "description": description, "links": [link(each) for each in links]}
    return known({**told, "authentication": ways})


def profile(*, name: str, links: Sequence[Link], loans: int, left: int) -> dict[str, Any]:
    """The profile of who is signed in: how many loans at once, and how many are left."""
    return {"name": name, "links": [link(each) for each in links], "loans": {"total": loans, "available": left}}


def link(told: Link) -> dict[str, Any]:
    properties = {"numberOfItems": told.count, "authenticate": told.sign_in}
    relations = list(told.relations)
    return known(
        {
            "href": told.href,
            "type": told.media_type,
            "rel": relations[0] if len(relations) == 1 else relations,
            "title": told.title,
            "templated": told.templated or None,
            "properties": known(properties),
        }
    )


def _acquisition(told: Acquisition) -> dict[str, Any]:
    lent = _lent(told.availability) if told.availability else {}
    properties = known(
        {
            "indirectAcquisition": [{"type": each} for each in told.leads_to],
            "authenticate": told.sign_in,
            "lcp_hashed_passphrase": told.passphrase,
            **lent,
        }
    )
    return known(
        {
            "href": told.href,
            "type": told.media_type,
            "rel": told.relation.both,
            "title": told.title,
            "size": told.size,
            "properties": properties,
        }
    )


def _lent(told: Availability) -> dict[str, Any]:
    """Holds stand beside the availability, as the schema has them, and in it, as the practice of borrowing does."""
    holds = known({"total": told.waiting, "position": told.position or None})
    state = {"state": told.state.value, "since": moment(told.since), "until": moment(told.until), "holds": holds}
    return {
        "availability": known(state),
        "holds": holds,
        "copies": {"total": told.copies, "available": told.free},
        "cancellable": told.is_cancellable or None,
    }


def _group(told: Group) -> dict[str, Any]:
    return {
        "metadata": {"title": told.title, "numberOfItems": told.count},
        "links": [{"rel": "self", "href": told.href, "type": FEED_2}],
        "publications": [publication(each) for each in told.publications],
    }


def _facet(told: Facet) -> dict[str, Any]:
    return {"metadata": {"title": told.title}, "links": [_option(each) for each in told.options]}


def _option(told: Option) -> dict[str, Any]:
    properties = known({"numberOfItems": told.count})
    shown = {"href": told.href, "type": FEED_2, "title": told.title, "rel": "self" if told.is_active else None}
    return known({**shown, "properties": properties})


def moment(told: datetime | date | None) -> str | None:
    """RFC 3339, in UTC; a day as it is."""
    if isinstance(told, datetime):
        return told.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return told.isoformat() if told else None


def known(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Those that say something; 0 says something only where it counts."""
    counts = {"numberOfItems", "total", "available"}
    return {name: value for name, value in properties.items() if value or (value == 0 and name in counts and value is not None)}
