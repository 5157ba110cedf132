"""MARC 21 out of simple Dublin Core, by the Library of Congress's crosswalk (https://www.loc.gov/marc/dccross.html)."""

import re
from collections.abc import Iterable

from lumbung.formats.marc.record import Field, Record

THESES = ("thesis", "skripsi", "tesis", "disertasi", "dissertation", "tugas akhir")
_YEAR = re.compile(r"\b(1[0-9]{3}|20[0-9]{2})\b")
_ISBN = re.compile(r"(?:urn:isbn:|isbn[\s:]*)?((?:97[89][\s-]?)?(?:\d[\s-]?){9}[\dXx])", re.IGNORECASE)
_LANGUAGES = {"id": "ind", "in": "ind", "en": "eng", "ar": "ara", "jv": "jav", "su": "sun", "ms": "msa", "nl": "dut"}
_TAGS = {
    "subject": ("653", " ", " "),
    "description": ("520", " ", " "),
    "source": ("786", "0", " "),
    "relation": ("787", "0", " "),
    "coverage": ("500", " ", " "),
    "rights": ("540", " ", " "),
    "format": ("300", " ", " "),
}


def from_dublin_core(told: Iterable[tuple[str, str]]) -> Record:
    """The record that these elements describe; it has a title only where they tell one."""
    by_name: dict[str, list[str]] = {}
    for name, text in told:
        by_name.setdefault(name, []).append(text)
    types = [text.casefold() for text in by_name.get("type", [])]
    fields = [*_coded(by_name), *_identifiers(by_name.get("identifier", [])), *_titles(by_name), *_names(by_name)]
    fields += _published(by_name)
    for name, (tag, ind1, ind2) in _TAGS.items():
        fields += [Field(tag, ind1, ind2, [("a", text)]) for text in by_name.get(name, [])]
    if any(word in text for word in THESES for text in types):
        fields.append(Field("502", subfields=[("a", "; ".join(by_name["type"]))]))
    fields += [Field("655", " ", "4", [("a", text)]) for text in by_name.get("type", [])]
    return Record("00000nam a2200000 u 4500", sorted(fields, key=lambda each: each.tag))


def _coded(by_name: dict[str, list[str]]) -> list[Field]:
    year = next((found[1] for text in by_name.get("date", []) if (found := _YEAR.search(text))), "    ")
    languages = [
        _LANGUAGES.get(text.lower()[:2] if len(text) in {2, 5} else text.lower(), text.lower()[:3])
        for text in by_name.get("language", [])
    ]
    language = next((each for each in languages if len(each) == 3 and each.isalpha() and each.isascii()), "und")  # noqa: PLR2004
    return [Field("008", value=f"      s{year}    xx            000 0 {language} d")]


def _titles(by_name: dict[str, list[str]]) -> list[Field]:
    first, *others = by_name.get("title", []) or [""]
    main = [Field("245", "0", "0", [("a", first)])] if first else []
    return main + [Field("246", "3", " ", [("a", text)]) for text in others]


def _names(by_name: dict[str, list[str]]) -> list[Field]:
    first, *others = by_name.get("creator", []) or [""]
    found = [Field("100", "1", " ", [("a", first)])] if first else []
    found += [Field("700", "1", " ", [("a", text), ("e", "pengarang")]) for text in others]
    return found + [Field("700", "1", " ", [("a", text), ("e", "kontributor")]) for text in by_name.get("contributor", [])]


def _published(by_name: dict[str, list[str]]) -> list[Field]:
    told = [("b", text) for text in by_name.get("publisher", [])[:1]] + [("c", text) for text in by_name.get("date", [])[:1]]
    return [Field("264", " ", "1", told)] if told else []


def _identifiers(told: list[str]) -> list[Field]:
    fields = []
    for text in told:
        if text.lower().startswith(("http://", "https://")):
            fields.append(Field("856", "4", "0", [("u", text)]))
        elif found := _ISBN.fullmatch(text.strip()):
            fields.append(Field("020", subfields=[("a", re.sub(r"[\s-]", "", found[1]))]))
        else:
            fields.append(Field("024", "8", " ", [("a", text)]))
    return fields
