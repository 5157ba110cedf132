"""Titles, names, subjects and classes."""

from collections.abc import Iterator

from lumbung.formats.marc.record import Field, Record
from lumbung.formats.mods.reading import bare, data, told
from lumbung.formats.xml_tree import Element, branch, leaf

_TITLE_TYPES = {
    "210": "abbreviated",
    "242": "translated",
    "246": "alternative",
    "130": "uniform",
    "240": "uniform",
    "730": "uniform",
    "740": "alternative",
}
_KINDS = {"00": "personal", "10": "corporate", "11": "conference"}
_NAME_CODES = {"00": "abq", "10": "abn", "11": "acden"}
_THESAURI = {"0": "lcsh", "1": "lcshac", "2": "mesh", "3": "nal", "5": "csh", "6": "rvm"}
_PARTS = {"v": "genre", "x": "topic", "y": "temporal", "z": "geographic"}
_SUBJECTS = ("600", "610", "611", "630", "648", "650", "651", "653", "656")
_CLASSES = {"050": "lcc", "060": "nlm", "080": "udc", "082": "ddc"}


def titles(record: Record) -> Iterator[Element]:
    """245 first, then every other title with its type."""
    for each in data(record, "245"):
        yield branch("titleInfo", _title_parts(each, each.ind2))
    for each in data(record, *_TITLE_TYPES):
        skip = each.ind1 if each.tag in {"130", "730", "740"} else each.ind2 if each.tag in {"240", "242"} else "0"
        codes = "adfgklmors" if _TITLE_TYPES[each.tag] == "uniform" else "a"
        yield branch("titleInfo", _title_parts(each, skip, codes), type_=_TITLE_TYPES[each.tag])


def _title_parts(field: Field, skip: str, codes: str = "afgks") -> Iterator[Element]:
    text = " ".join(field.join(codes).split())
    count = int(skip) if skip.isascii() and skip.isdigit() and int(skip) < len(text) else 0
    if count:
        yield leaf("nonSort", text[:count])
    yield leaf("title", bare(text[count:]))
    yield leaf("subTitle", told(field, "b") if "b" not in codes else "")
    yield from (leaf("partNumber", bare(text)) for text in field.all("n"))
    yield from (leaf("partName", bare(text)) for text in field.all("p"))


def names(record: Record) -> Iterator[Element]:
    """1XX as the primary name, then 7XX that stand for no other work."""
    for each in data(record, "100", "110", "111", "700", "710", "711", "720"):
        if not each.get("t"):
            kind = _KINDS.get(each.tag[1:], "")
            usage = "primary" if each.tag[0] == "1" else ""
            yield branch("name", [*name_parts(each), *_roles(each)], type_=kind, usage=usage)


def name_parts(field: Field) -> Iterator[Element]:
    yield leaf("namePart", told(field, _NAME_CODES.get(field.tag[1:], "a")))
    if field.tag[1:] == "00":
        yield leaf("namePart", told(field, "c"), type_="termsOfAddress")
        yield leaf("namePart", told(field, "d"), type_="date")
    yield leaf("affiliation", told(field, "u"))


def _roles(field: Field) -> Iterator[Element]:
    word = "j" if field.tag[1:] == "11" else "e"
    for code, text in field.subfields:
        if code == word:
            yield branch("role", [leaf("roleTerm", bare(text).rstrip("."), type_="text")])
        if code == "4":
            yield branch("role", [leaf("roleTerm", text.rpartition("/")[2], type_="code", authority="marcrelator")])


def subjects(record: Record) -> Iterator[Element]:
    for each in data(record, *_SUBJECTS):
        told_by = each.get("2") if each.ind2 == "7" else _THESAURI.get(each.ind2, "")
        parts = [*_about(each), *(leaf(_PARTS[code], bare(text)) for code, text in each.subfields if code in _PARTS)]
        yield branch("subject", parts, authority=told_by if each.tag != "653" else "")
    for each in data(record, "043"):
        codes = [leaf("geographicCode", text.rstrip("-"), authority="marcgac") for text in each.all("a")]
        yield branch("subject", codes)
    for each in data(record, "255"):
        facts = [leaf("scale", bare(each.get("a"))), leaf("projection", bare(each.get("b")))]
        facts.append(leaf("coordinates", bare(each.get("c"))))
        yield branch("subject", [branch("cartographics", facts)])


def _about(field: Field) -> Iterator[Element]:
    kind = _KINDS.get(field.tag[1:])
    if kind and field.tag != "653":
        yield branch("name", name_parts(field), type_=kind)
        if field.get("t"):
            yield branch("titleInfo", [leaf("title", told(field, "t"))])
    elif field.tag == "630":
        yield branch("titleInfo", [leaf("title", told(field, "adfgklmnoprs"))])
    else:
        name = {"651": "geographic", "648": "temporal", "656": "occupation"}.get(field.tag, "topic")
        yield from (leaf(name, bare(text)) for code, text in field.subfields if code in "abcd")


def classifications(record: Record) -> Iterator[Element]:
    for each in data(record, *_CLASSES):
        edition = each.get("2") if each.tag == "082" else ""
        yield from (leaf("classification", text, authority=_CLASSES[each.tag], edition=edition) for text in each.all("a"))
    for each in data(record, "084", "090"):
        yield leaf("classification", each.join("ab"), authority=each.get("2") or "local")
