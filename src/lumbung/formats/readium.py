"""Readium's ways of saying where in a publication one is (Locator), and what a publication consists of (Web Publication Manifest)."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

MANIFEST_TYPE = "application/webpub+json"
CONTEXT = "https://readium.org/webpub-manifest/context.jsonld"
EPUB_PROFILE = "https://readium.org/webpub-manifest/profiles/epub"
PDF_PROFILE = "https://readium.org/webpub-manifest/profiles/pdf"
DIVINA_PROFILE = "https://readium.org/webpub-manifest/profiles/divina"
AUDIOBOOK_PROFILE = "https://readium.org/webpub-manifest/profiles/audiobook"

LONGEST_ADDRESS = 1_000
LONGEST_TITLE = 500
LONGEST_TEXT = 2_000
LONGEST_FRAGMENT = 1_000
MOST_FRAGMENTS = 5
MOST_POSITIONS = 10_000_000


class BadLocator(ValueError):
    """What was sent is no Locator; the message says which property is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Locator:
    """A place in a publication: the resource, and as much about the place in it as the reader knew.

    ``progression`` and ``total`` go from 0 to 1, in the resource and in the whole; ``position`` counts from 1. ``fragments`` are what a
    reader can find again exactly (``page=12``, ``t=35``, ``epubcfi(…)``); ``before``, ``highlight`` and ``after`` are the words there.
    """

    href: str
    media_type: str
    title: str = ""
    fragments: Sequence[str] = ()
    progression: float | None = None
    position: int | None = None
    total: float | None = None
    before: str = ""
    highlight: str = ""
    after: str = ""

    def as_json(self) -> dict[str, Any]:
        """The Locator as Readium writes it; what is unknown is left out."""
        locations = {
            "fragments": list(self.fragments) or None,
            "progression": self.progression,
            "position": self.position,
            "totalProgression": self.total,
        }
        text = {"before": self.before or None, "highlight": self.highlight or None, "after": self.after or None}
        whole = {"href": self.href, "type": self.media_type, "title": self.title or None}
        return _known({**whole, "locations": _known(locations) or None, "text": _known(text) or None})


def locator_of(told: object) -> Locator:
    """The Locator in this JSON value. Raises ``BadLocator``; properties nobody knows are passed over."""
    whole = _mapping(told, "locator")
    locations, text = _mapping(whole.get("locations", {}), "locations"), _mapping(whole.get("text", {}), "text")
    href = _text(whole, "href", LONGEST_ADDRESS)
    media_type = _text(whole, "type", 100)
    if not href or urlsplit(href).scheme:
        raise BadLocator("href")
    if media_type.count("/") != 1:
        raise BadLocator("type")
    return Locator(
        href=href,
        media_type=media_type,
        title=_text(whole, "title", LONGEST_TITLE),
        fragments=_fragments(locations.get("fragments", [])),
        progression=_part(locations, "progression"),
        position=_count(locations, "position"),
        total=_part(locations, "totalProgression"),
        before=_text(text, "before", LONGEST_TEXT),
        highlight=_text(text, "highlight", LONGEST_TEXT),
        after=_text(text, "after", LONGEST_TEXT),
    )


@dataclass(frozen=True, slots=True)
class Link:
    """One resource of a publication; ``children`` belong to lines of a table of contents."""

    href: str
    media_type: str = ""
    title: str = ""
    relations: Sequence[str] = ()
    duration: float | None = None
    children: Sequence["Link"] = field(default_factory=tuple)

    def as_json(self) -> dict[str, Any]:
        return _known(
            {
                "href": self.href,
                "type": self.media_type or None,
                "title": self.title or None,
                "rel": list(self.relations) or None,
                "duration": self.duration,
                "children": [each.as_json() for each in self.children] or None,
            }
        )


def manifest(
    *,
    profile: str,
    title: str,
    address: str,
    reading_order: Iterable[Link],
    contents: Iterable[Link] = (),
    facts: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """A Readium Web Publication Manifest. ``facts`` are further metadata by their Readium names; empty ones are left out."""
    metadata = {"title": title, "conformsTo": profile, **_known({key: value or None for key, value in (facts or {}).items()})}
    return _known(
        {
            "@context": CONTEXT,
            "metadata": metadata,
            "links": [Link(address, MANIFEST_TYPE, relations=("self",)).as_json()],
            "readingOrder": [each.as_json() for each in reading_order],
            "toc": [each.as_json() for each in contents] or None,
        }
    )


def _known(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in properties.items() if value is not None}


def _mapping(told: object, name: str) -> Mapping[str, Any]:
    if not isinstance(told, Mapping):
        raise BadLocator(name)
    return told


def _text(properties: Mapping[str, Any], name: str, longest: int) -> str:
    value = properties.get(name, "")
    if not isinstance(value, str) or "\0" in value:
        raise BadLocator(name)
    return value[:longest]


def _fragments(told: object) -> tuple[str, ...]:
    if not isinstance(told, list) or not all(isinstance(each, str) and len(each) <= LONGEST_FRAGMENT for each in told):
        raise BadLocator("fragments")
    return tuple(told[:MOST_FRAGMENTS])


def _part(properties: Mapping[str, Any], name: str) -> float | None:
    value = properties.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or not 0 <= value <= 1:
        raise BadLocator(name)
    return float(value)


def _count(properties: Mapping[str, Any], name: str) -> int | None:
    value = properties.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MOST_POSITIONS:
        raise BadLocator(name)
    return value
