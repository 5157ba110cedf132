"""News feeds: RSS 0.9 to 2.0 and Atom (RFC 4287), read from bytes nobody vouches for."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

MOST_ENTRIES = 100
LONGEST_TITLE, LONGEST_TEXT = 200, 600
TAGS = re.compile(r"<[^>]{0,2000}>")
ENTRIES = {"item", "entry"}


class NotAFeed(ValueError):
    """These bytes are no feed, or one that hides what a feed has no need of (entities of its own)."""


@dataclass(frozen=True)
class Entry:
    """One piece of news: plain text without tags, an http address or none, an aware moment or none."""

    key: str
    title: str
    url: str = ""
    text: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Feed:
    title: str
    entries: list[Entry]


def read_feed(content: bytes) -> Feed:
    """The feed, at most its first hundred entries. Raises ``NotAFeed``."""
    try:
        root = fromstring(content)
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError) as fault:
        raise NotAFeed(str(fault)[:200]) from None
    if _name(root) not in {"rss", "feed", "RDF"}:
        raise NotAFeed(f"<{_name(root)[:40]}>")
    found = (each for each in root.iter() if _name(each) in ENTRIES)
    entries = [entry for _, each in zip(range(MOST_ENTRIES), found, strict=False) if (entry := _entry(each))]
    title = next((_plain(each.text or "", LONGEST_TITLE) for each in root.iter() if _name(each) == "title"), "")
    return Feed(title, entries)


def _entry(element: Element) -> Entry | None:
    """The entry; None for one that says nothing."""
    told = {_name(each): each for each in reversed(element)}
    title = _plain(_text(told, "title"), LONGEST_TITLE)
    text = _plain(_text(told, "description") or _text(told, "summary") or _text(told, "encoded"), LONGEST_TEXT)
    url = _address(element)
    if not title and not text:
        return None
    key = (_text(told, "guid") or _text(told, "id") or url or title)[:120]
    moment = _moment(_text(told, "pubDate") or _text(told, "published") or _text(told, "updated") or _text(told, "date"))
    return Entry(key, title or text[:LONGEST_TITLE], url, text, moment)


def _address(element: Element) -> str:
    """The first address that a browser may open; nothing for ``javascript:`` and its like."""
    return next((each for each in _addresses(element) if _may_open(each)), "")


def _addresses(element: Element) -> Iterator[str]:
    for each in element:
        if _name(each) == "link" and each.get("rel", "alternate") == "alternate":
            yield (each.get("href") or each.text or "").strip()[:500]


def _may_open(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def _text(told: dict[str, Element], name: str) -> str:
    element = told.get(name)
    return "" if element is None else "".join(element.itertext()).strip()


def _plain(text: str, longest: int) -> str:
    """Text without tags and with its blanks in order; what was escaped twice is unescaped twice, and its tags go too."""
    bare = TAGS.sub(" ", html.unescape(TAGS.sub(" ", text)))
    bare = "".join(each for each in bare if each.isprintable() or each.isspace())
    return " ".join(bare.split())[:longest]


def _moment(text: str) -> datetime | None:
    """An aware moment written as in mail or as ISO 8601; None for anything else."""
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            moment = read(text.strip())
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None


def _name(element: Element) -> str:
    """The name without its namespace."""
    return str(element.tag).rpartition("}")[2]
