"""Simple Dublin Core as OAI-PMH carries it (oai_dc), read out of MARC 21 by the Library of Congress's crosswalk.

https://www.loc.gov/marc/marc2dc.html, unqualified column: every element may stand more than once, and none must.
"""

import re
from collections.abc import Callable, Iterator

from lumbung.formats.marc.record import Field, Record
from lumbung.formats.marc.standard_numbers import is_isbn, is_issn
from lumbung.formats.xml_tree import Element, branch, leaf, written

NAMESPACE = "http://www.openarchives.org/OAI/2.0/oai_dc/"
ELEMENTS = "http://purl.org/dc/elements/1.1/"
SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
COLLECTION_START = '<?xml version="1.0" encoding="UTF-8"?>\n<records>\n'
COLLECTION_END = "</records>\n"
TYPES = {
    "a": "Text",
    "c": "Text",
    "d": "Text",
    "e": "Image",
    "f": "Image",
    "g": "MovingImage",
    "i": "Sound",
    "j": "Sound",
    "k": "StillImage",
    "m": "Software",
    "o": "Collection",
    "p": "Collection",
    "r": "PhysicalObject",
    "t": "Text",
}
"""Leader/06 in words of the DCMI Type Vocabulary."""
NAMES = {"00": "abcdq", "10": "abdn", "11": "acden"}
SUBJECTS = ("600", "610", "611", "630", "648", "650", "651", "653")
LINKS = ("760", "762", "765", "767", "770", "772", "773", "774", "775", "776", "777", "780", "785", "786", "787")
_NOT_DESCRIPTIONS = {"506", "530", "538", "540", "546"}
_MARKS = re.compile(r"[\s/:;=,]+$")
_DIGITS = re.compile(r"\d{4}")


def to_dublin_core(record: Record, *, identifiers: tuple[str, ...] = ()) -> str:
    """The record as one ``<oai_dc:dc>`` element; ``identifiers`` are further ones, such as the address of its page."""
    told = [*elements(record), *(("identifier", each) for each in identifiers)]
    root = branch("oai_dc:dc", [leaf(f"dc:{name}", text) for name, text in dict.fromkeys(told)])
    root.attributes = {
        "xmlns:oai_dc": NAMESPACE,
        "xmlns:dc": ELEMENTS,
        "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
        "xsi:schemaLocation": f"{NAMESPACE} {SCHEMA}",
    }
    return written(root if root.children else Element(root.name, "", root.attributes))


def elements(record: Record) -> Iterator[tuple[str, str]]:
    """Each element with its text, in the order of the fifteen."""
    for name, read in _READERS.items():
        for text in read(record):
            if clean := _clean(text):
                yield name, clean


def _titles(record: Record) -> Iterator[str]:
    for each in record.all("245", "246", "240", "130"):
        parts = [_clean(each.get("a")), *map(_clean, each.all("b"))]
        yield ": ".join(filter(None, parts)) + "".join(f", {_clean(text)}" for code, text in each.subfields if code in "np")


def _creators(record: Record) -> Iterator[str]:
    return _names(record, "1")


def _contributors(record: Record) -> Iterator[str]:
    return _names(record, "7")


def _names(record: Record, first: str) -> Iterator[str]:
    for each in record.all(*(first + rest for rest in NAMES), "720" if first == "7" else "100"):
        if not each.get("t") and not each.is_control:
            yield each.join(NAMES.get(each.tag[1:], "a"))


def _subjects(record: Record) -> Iterator[str]:
    for each in record.all(*SUBJECTS):
        main = each.join("abcdefgjklmnopqrstu")
        yield "--".join(filter(None, [_clean(main), *(_clean(text) for code, text in each.subfields if code in "vxyz")]))
    for each in record.all("050", "060", "080", "082"):
        yield each.join("ab")


def _descriptions(record: Record) -> Iterator[str]:
    for each in record.fields:
        if each.tag[:1] == "5" and each.tag not in _NOT_DESCRIPTIONS and not each.tag.startswith("59"):
            yield each.join("abcdefghijklmnopqrstuvxyz")


def _publishers(record: Record) -> Iterator[str]:
    for each in _published(record):
        yield from (text.strip("[] ,:;") for text in each.all("b"))


def _dates(record: Record) -> Iterator[str]:
    coded = record.control("008")[7:11]
    if _DIGITS.fullmatch(coded):
        yield coded
        return
    for each in _published(record):
        yield from (text.strip("[]. ") for text in each.all("c"))


def _published(record: Record) -> list[Field]:
    return [each for each in record.all("260", "264") if each.tag == "260" or each.ind2 in {"1", " "}]


def _types(record: Record) -> Iterator[str]:
    if record.leader[7:8] == "c":
        yield "Collection"
    yield TYPES.get(record.leader[6:7], "")
    yield from (each.get("a") for each in record.all("655"))


def _formats(record: Record) -> Iterator[str]:
    yield from (each.join("abce") for each in record.all("300"))
    yield from (text for each in record.all("856") for text in each.all("q"))


def _identifiers(record: Record) -> Iterator[str]:
    yield from (f"urn:ISBN:{text.split()[0].replace('-', '')}" for text in _texts(record, "020", "a") if is_isbn(text))
    yield from (f"urn:ISSN:{text.split()[0]}" for text in _texts(record, "022", "a") if is_issn(text))
    for each in record.all("024"):
        known = each.get("2").casefold()
        yield f"{known}:{each.get('a')}" if known and each.get("a") else each.get("a")
    yield from _texts(record, "856", "u")


def _languages(record: Record) -> Iterator[str]:
    if (coded := record.control("008")[35:38].strip(" |")) and coded.isalpha():
        yield coded
    yield from (text for each in record.all("041") for text in each.all("a"))


def _relations(record: Record) -> Iterator[str]:
    yield from (each.join("abcdu") for each in record.all("530"))
    for each in record.all(*LINKS):
        yield ", ".join(filter(None, [_clean(each.get("t") or each.get("a")), _clean(each.get("g")), each.get("o")]))
    yield from (" ; ".join(filter(None, [_clean(each.get("a")), each.get("v")])) for each in record.all("440", "490"))


def _texts(record: Record, tag: str, code: str) -> list[str]:
    return [text for each in record.all(tag) for text in each.all(code) if text.strip()]


def _clean(text: str) -> str:
    return _MARKS.sub("", " ".join(text.split()))


_READERS: dict[str, Callable[[Record], Iterator[str]]] = {
    "title": _titles,
    "creator": _creators,
    "subject": _subjects,
    "description": _descriptions,
    "publisher": _publishers,
    "contributor": _contributors,
    "date": _dates,
    "type": _types,
    "format": _formats,
    "identifier": _identifiers,
    "source": lambda record: (each.join("ptd") for each in record.all("534")),
    "language": _languages,
    "relation": _relations,
    "coverage": lambda record: (each.join("abcdz") for each in record.all("651", "662", "751", "752")),
    "rights": lambda record: (each.join("au") for each in record.all("506", "540")),
}
