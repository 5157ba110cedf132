"""What a part appeared in (773): a book or a journal, who made the book, and where in it the part stands."""

import re

from lumbung.catalogue.domain.bibliographic import Host
from lumbung.formats.citation import Name, name_in

_VOLUME = re.compile(r"\b(?:vol(?:ume)?|jil(?:id)?|th(?:n|ahun)?)\b\.?\s*([\dIVXLC]+)", re.IGNORECASE)
_ISSUE = re.compile(r"\b(?:no(?:mor)?|nr|issue|iss|edisi)\b\.?\s*(\d[\d/–-]*)", re.IGNORECASE)
_PAGES = re.compile(r"\b(?:hlm|hal(?:aman)?|pp?|pages?)\b\.?\s*([A-Z]?\d+(?:\s*[-–]\s*[A-Z]?\d+)?)", re.IGNORECASE)
_COMPACT = re.compile(r"(\d+)\s*\(([\d/–-]+)\)(?:\s*[,:]\s*([A-Z]?\d+(?:\s*[-–]\s*[A-Z]?\d+)?))?")
_CHAPTER = re.compile(r"^\W*(?:bab|chapter|ch\.|bagian)(?!\w)", re.IGNORECASE)
_PUBLISHER = re.compile(r"\S\s+:\s+\S")
_GOES_ON = re.compile(r"\d{4}\s*-\W*$")
_EDITOR = re.compile(r"[\s,]*[(\[]?\b(?:eds?|editors?|edt|penyunting)\b\.?[)\]]?\W*$", re.IGNORECASE)
_BETWEEN_NAMES = re.compile(r"\s*;\s*(?:(?:dan|and|&)\s+)?|\s+(?:dan|and|&)\s+")


def is_book(host: Host) -> bool:
    """As MARC says (leader/07, 773 $7), else by its number: an ISSN is of a journal, an ISBN of a book. Where there is none, a book has
    a publisher and does not go on, or only pages are told of it: a part of a journal has a volume, an issue or a day."""
    if host.level:
        return host.level == "m"
    if host.issn or host.isbn:
        return not host.issn
    if _CHAPTER.search(host.place):
        return True
    volume, issue, pages = whereabouts(host.place)
    if volume or issue or _GOES_ON.search(host.published):
        return False
    return bool(_PUBLISHER.search(host.published) or (pages and not re.search(r"\d", _PAGES.sub("", host.place))))


def makers_of_book(host: Host) -> list[Name]:
    """Whom the book is entered under (773 $a), as its editors: taken apart only where a comma does so, without dates and roles."""
    texts = (_EDITOR.sub("", each).strip(" ,") for each in _BETWEEN_NAMES.split(host.maker))
    return [name_in(text) for text in texts if text]


def whereabouts(text: str) -> tuple[str, str, str]:
    """Volume, issue and pages in words like ``Vol. 41, no. 2 (2020), hlm. 1–10`` or ``41(2), 1–10``; empty where not told."""
    volume, issue, pages = (_first(pattern, text) for pattern in (_VOLUME, _ISSUE, _PAGES))
    if not issue and (found := _COMPACT.search(text)):
        short_volume, short_issue, short_pages = found.groups(default="")
        return short_volume, short_issue, pages or short_pages
    return volume, issue, pages


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1] if found else ""
