"""The numbers of a Word document's lists: which number each point carries, also where a list goes on after something between."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from bs4 import BeautifulSoup

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MARK = re.compile("\ue000(\\d+)\ue001")


@dataclass
class Numbering:
    """``word/numbering.xml``: by list its kind, by kind and depth the first number, and where a list begins anew."""

    kind_of: dict[str, str] = field(default_factory=dict)
    first: dict[tuple[str, int], int] = field(default_factory=dict)
    anew: dict[tuple[str, int], int] = field(default_factory=dict)
    plain: set[tuple[str, int]] = field(default_factory=set)


def numbering_in(root: Element) -> Numbering:
    told = Numbering()
    for kind in root.iter(f"{WORD}abstractNum"):
        key = kind.get(f"{WORD}abstractNumId", "")
        for level in kind.iter(f"{WORD}lvl"):
            place = (key, _number(level.get(f"{WORD}ilvl"), 0))
            told.first[place] = _number(_value(level, "start"), 1)
            if _value(level, "numFmt") == "bullet":
                told.plain.add(place)
    for row in root.iter(f"{WORD}num"):
        key = row.get(f"{WORD}numId", "")
        told.kind_of[key] = _value(row, "abstractNumId")
        for changed in row.iter(f"{WORD}lvlOverride"):
            if (start := _value(changed, "startOverride")) != "":
                told.anew[key, _number(changed.get(f"{WORD}ilvl"), 0)] = _number(start, 1)
    return told


def mark(document: Element, numbering: Numbering) -> None:
    """Put before each numbered point of the document its number, between marks that ``numbered`` takes away again."""
    at: dict[tuple[str, int], int] = {}
    begun: set[tuple[str, int]] = set()
    for paragraph, key, depth in _points(document):
        kind = numbering.kind_of.get(key, "")
        if (key, depth) in numbering.anew and (key, depth) not in begun:
            at[kind, depth] = numbering.anew[key, depth] - 1
        begun.add((key, depth))
        at[kind, depth] = at.get((kind, depth), numbering.first.get((kind, depth), 1) - 1) + 1
        for deeper in [place for place in at if place[0] == kind and place[1] > depth]:
            del at[deeper]
        if (kind, depth) in numbering.first and (kind, depth) not in numbering.plain:
            _put(paragraph, at[kind, depth])


def _points(document: Element) -> Iterator[tuple[Element, str, int]]:
    """The paragraphs that say themselves which list they stand in, and how deep."""
    for paragraph in document.iter(f"{WORD}p"):
        told = paragraph.find(f"{WORD}pPr/{WORD}numPr")
        if told is not None and (key := _value(told, "numId")):
            yield paragraph, key, _number(_value(told, "ilvl"), 0)


def _put(paragraph: Element, number: int) -> None:
    run = Element(f"{WORD}r")
    text = Element(f"{WORD}t")
    text.text = f"\ue000{number}\ue001"
    run.append(text)
    paragraph.insert(1, run)


def numbered(soup: BeautifulSoup) -> BeautifulSoup:
    """The page with each list beginning at the number of its first point, and no mark left."""
    for text in soup.find_all(string=_MARK):
        found = _MARK.search(text)
        point = text.find_parent("li")
        if found and point and point.parent and point.parent.name == "ol" and not point.find_previous_sibling("li"):
            point.parent["start"] = found[1]
        text.replace_with(_MARK.sub("", text))
    return soup


def _value(element: Element, name: str) -> str:
    found = element.find(f"{WORD}{name}")
    return "" if found is None else found.get(f"{WORD}val", "")


def _number(text: str | None, otherwise: int) -> int:
    return min(int(text), 100_000) if text is not None and text.isdecimal() else otherwise
