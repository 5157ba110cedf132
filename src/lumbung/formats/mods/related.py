"""Series, hosts, earlier and later titles, other forms and other works (490, 7XX, 8XX)."""

from collections.abc import Iterator

from lumbung.formats.marc.record import Field, Record
from lumbung.formats.mods.headings import name_parts
from lumbung.formats.mods.reading import bare, data, told
from lumbung.formats.xml_tree import Element, branch, leaf

_LINKS = {
    "760": "series",
    "762": "constituent",
    "765": "original",
    "767": "otherVersion",
    "770": "constituent",
    "772": "host",
    "773": "host",
    "774": "constituent",
    "775": "otherVersion",
    "776": "otherFormat",
    "777": "",
    "780": "preceding",
    "785": "succeeding",
    "786": "original",
    "787": "",
}
_NUMBERS = {"x": "issn", "z": "isbn", "w": "local", "o": ""}


def related(record: Record) -> Iterator[Element]:
    for each in data(record, "440", "490"):
        yield branch("relatedItem", [_series(each)], type_="series")
    for each in data(record, *_LINKS):
        yield branch("relatedItem", [*_linked(each)], type_=_LINKS[each.tag], displayLabel=bare(each.get("i")))
    for each in data(record, "700", "710", "711"):
        if each.get("t"):
            kind = "constituent" if each.ind2 == "2" else ""
            names = branch("name", name_parts(each), type_=_kind(each))
            yield branch("relatedItem", [branch("titleInfo", [leaf("title", told(each, "tnp"))]), names], type_=kind)


def _kind(field: Field) -> str:
    return {"00": "personal", "10": "corporate", "11": "conference"}[field.tag[1:]]


def _series(field: Field) -> Element:
    number = leaf("partNumber", bare(field.get("v")))
    return branch("titleInfo", [leaf("title", told(field, "ap")), number])


def _linked(field: Field) -> Iterator[Element]:
    title = bare(field.get("t") or ("" if field.get("s") else field.get("a")))
    yield branch("titleInfo", [leaf("title", title)])
    if field.get("t") and field.get("a"):
        yield branch("name", [leaf("namePart", bare(field.get("a")))])
    yield branch("originInfo", [leaf("publisher", bare(field.get("d")))])
    yield branch("part", [leaf("text", field.get("g"))])
    yield from (leaf("identifier", text, type_=_NUMBERS[code]) for code, text in field.subfields if code in _NUMBERS)
