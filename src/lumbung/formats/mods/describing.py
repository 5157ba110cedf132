"""What it is, how it looks, what it says of itself, its numbers, and where the record comes from."""

from collections.abc import Iterator

from lumbung.formats.marc.record import Record
from lumbung.formats.marc.standard_numbers import is_isbn, is_issn
from lumbung.formats.mods.reading import bare, data, fixed, told
from lumbung.formats.xml_tree import Element, branch, leaf

_TYPES = {
    "a": "text",
    "c": "notated music",
    "d": "notated music",
    "e": "cartographic",
    "f": "cartographic",
    "g": "moving image",
    "i": "sound recording-nonmusical",
    "j": "sound recording-musical",
    "k": "still image",
    "m": "software, multimedia",
    "o": "mixed material",
    "p": "mixed material",
    "r": "three dimensional object",
    "t": "text",
}
_BOOK_CONTENTS = {
    "a": "abstract or summary",
    "b": "bibliography",
    "c": "catalog",
    "d": "dictionary",
    "e": "encyclopedia",
    "f": "handbook",
    "i": "index",
    "k": "discography",
    "l": "legislation",
    "m": "theses",
    "p": "programmed text",
    "q": "filmography",
    "r": "directory",
    "s": "statistics",
    "t": "technical report",
    "u": "standard or specification",
    "v": "legal case and case notes",
    "w": "law report or digest",
    "z": "treaty",
}
_AUDIENCES = {
    "a": "preschool",
    "b": "juvenile",
    "c": "juvenile",
    "d": "adolescent",
    "e": "adult",
    "f": "specialized",
    "g": "general",
    "j": "juvenile",
}
_FORMS = {"a": "microfilm", "b": "microfiche", "c": "microopaque", "d": "large print", "f": "braille", "o": "electronic",
          "q": "electronic", "r": "regular print reproduction", "s": "electronic"}  # fmt: skip
_NOTES = {"502": "thesis", "504": "bibliography", "511": "performers", "508": "creation/production credits",
          "515": "numbering", "518": "venue", "533": "reproduction", "534": "original version", "538": "system details",
          "541": "acquisition", "545": "biographical/historical", "546": "language", "561": "ownership",
          "581": "publications", "583": "action", "585": "exhibitions", "586": "awards"}  # fmt: skip
_PLAIN_NOTES = ("500", "501", "507", "513", "516", "522", "524", "525", "526", "536", "544", "547", "550", "555", "556", "580")
_STANDARD = {"0": "isrc", "1": "upc", "2": "ismn", "3": "sici", "8": ""}
_RULES = {"a": "aacr", "i": "isbd", "c": "isbd", "u": ""}


def types(record: Record) -> Iterator[Element]:
    kind = record.leader[6:7]
    collection = "yes" if record.leader[7:8] == "c" else ""
    manuscript = "yes" if kind in {"d", "f", "p", "t"} else ""
    yield leaf("typeOfResource", _TYPES.get(kind, ""), collection=collection, manuscript=manuscript)


def genres(record: Record) -> Iterator[Element]:
    if record.leader[6:7] in {"a", "t"} and record.leader[7:8] in {"a", "c", "d", "m"}:
        coded = record.control("008")[24:28]
        yield from (leaf("genre", _BOOK_CONTENTS[code], authority="marcgt") for code in coded if code in _BOOK_CONTENTS)
        if record.control("008")[33:34] == "1":
            yield leaf("genre", "fiction", authority="marcgt")
    for each in data(record, "655"):
        yield leaf("genre", told(each, "avxyz"), authority=each.get("2"))


def physical(record: Record) -> Iterator[Element]:
    at = 29 if record.leader[6:7] in {"e", "f", "g", "k", "o", "r"} else 23
    said = [leaf("form", _FORMS.get(fixed(record, at, at + 1), ""), authority="marcform")]
    for tag, kind in (("337", "media"), ("338", "carrier")):
        for each in data(record, tag):
            said += [leaf("form", text, type_=kind, authority=each.get("2")) for text in each.all("a")]
    said += [leaf("internetMediaType", text) for each in data(record, "856") for text in each.all("q")]
    said += [leaf("extent", told(each, "abcef")) for each in data(record, "300")]
    yield branch("physicalDescription", said)


def abstracts(record: Record) -> Iterator[Element]:
    yield from (leaf("abstract", each.join("ab")) for each in data(record, "520"))
    yield from (leaf("tableOfContents", each.join("agrt")) for each in data(record, "505"))
    if audience := _AUDIENCES.get(fixed(record, 22, 23)):
        yield leaf("targetAudience", audience, authority="marctarget")
    yield from (leaf("targetAudience", told(each, "a")) for each in data(record, "521"))


def notes(record: Record) -> Iterator[Element]:
    for each in data(record, "245"):
        yield leaf("note", bare(each.get("c")), type_="statement of responsibility")
    for each in record.fields:
        if not each.is_control and (each.tag in _NOTES or each.tag in _PLAIN_NOTES):
            yield leaf("note", each.join("abcdefghijklmnopqrstuvxyz"), type_=_NOTES.get(each.tag, ""))
    yield from (leaf("note", told(each, "a"), type_="date/sequential designation") for each in data(record, "362"))


def identifiers(record: Record) -> Iterator[Element]:
    for each in data(record, "010"):
        yield leaf("identifier", each.get("a"), type_="lccn")
    for tag, kind, cancelled, is_valid in (("020", "isbn", "z", is_isbn), ("022", "issn", "yz", is_issn)):
        for each in data(record, tag):
            for text in filter(str.strip, each.all("a")):
                yield leaf("identifier", text.split()[0], type_=kind, invalid="" if is_valid(text) else "yes")
            yield from (leaf("identifier", text, type_=kind, invalid="yes") for code in cancelled for text in each.all(code))
    for each in data(record, "024"):
        yield leaf("identifier", each.get("a"), type_=each.get("2") if each.ind1 == "7" else _STANDARD.get(each.ind1, ""))
    yield from (leaf("identifier", each.join("ba"), type_="music publisher") for each in data(record, "028"))
    yield from (leaf("identifier", each.get("a"), type_="local") for each in data(record, "035"))
    yield from (leaf("identifier", text, type_="uri") for each in data(record, "856") for text in each.all("u"))


def access(record: Record) -> Iterator[Element]:
    yield from (leaf("accessCondition", each.join("abcd35"), type_="restriction on access") for each in data(record, "506"))
    yield from (leaf("accessCondition", each.join("abcd35"), type_="use and reproduction") for each in data(record, "540"))


def details(record: Record) -> Iterator[Element]:
    """recordInfo: whose record, by which rules, of when, and its number."""
    source = next(iter(data(record, "040")), None)
    rules = [source.get("e")] if source and source.get("e") else [_RULES.get(record.leader[18:19], "")]
    told_by = [leaf("descriptionStandard", text) for text in rules]
    told_by += [leaf("recordContentSource", source.get("a"), authority="marcorg")] if source else []
    told_by += [
        leaf("recordCreationDate", fixed(record, 0, 6), encoding="marc"),
        leaf("recordChangeDate", record.control("005").strip(), encoding="iso8601"),
        leaf("recordIdentifier", record.control("001").strip(), source=record.control("003").strip()),
        leaf("recordOrigin", "Converted from MARC 21 to MODS 3.8 by Lumbung, after the mapping of the Library of Congress"),
    ]
    if source and (language := source.get("b")):
        term = leaf("languageTerm", language, type_="code", authority="iso639-2b")
        told_by.append(branch("languageOfCataloging", [term]))
    yield branch("recordInfo", told_by)
