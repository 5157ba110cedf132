"""Where, by whom, when and how often it came out, and in which languages (008, 041, 250, 260, 264, 310, 321)."""

from collections.abc import Iterator

from lumbung.formats.marc.record import Record
from lumbung.formats.mods.reading import bare, data, fixed, told
from lumbung.formats.xml_tree import Element, branch, leaf

_ISSUANCE = {
    "a": "monographic",
    "b": "continuing",
    "c": "monographic",
    "d": "monographic",
    "i": "integrating resource",
    "m": "monographic",
    "s": "serial",
}
_EVENTS = {"0": "production", "1": "publication", "2": "distribution", "3": "manufacture", "4": "copyright notice"}
_SPAN = "cdikmu"
_PARTS = {"a": "", "b": "summary", "d": "sung or spoken text", "e": "libretto", "f": "table of contents", "h": "original"}
_YEAR = 4
_CODE = 3


def origin(record: Record) -> Iterator[Element]:
    """One of the coded facts with the statement of publication, and one more for every other statement."""
    statements = data(record, "260", "264")
    first = next((each for each in statements if each.tag == "260" or each.ind2 == "1"), None)
    stated = _stated(first.subfields) if first else []
    event = "publication" if first is not None and first.tag == "264" else ""
    yield branch("originInfo", [*_coded_place(record), *stated, *_coded_dates(record), *_rest(record)], eventType=event)
    for each in statements:
        if each is not first:
            date = "copyrightDate" if each.ind2 == "4" else "dateIssued"
            yield branch("originInfo", _stated(each.subfields, date), eventType=_EVENTS.get(each.ind2, ""))


def _stated(subfields: list[tuple[str, str]], date: str = "dateIssued") -> list[Element]:
    told: list[Element] = []
    for code, text in subfields:
        clean = bare(text).strip("[]")
        if code == "a":
            told.append(branch("place", [leaf("placeTerm", clean, type_="text")]))
        elif code == "b":
            told.append(leaf("publisher", clean))
        elif code == "c":
            told.append(leaf(date, bare(text).rstrip(".")))
        elif code == "g":
            told.append(leaf("dateCreated", clean.strip("()")))
    return told


def _coded_place(record: Record) -> Iterator[Element]:
    if (code := fixed(record, 15, 18)) and code.isalpha():
        yield branch("place", [leaf("placeTerm", code, type_="code", authority="marccountry")])


def _coded_dates(record: Record) -> Iterator[Element]:
    kind, first, second = fixed(record, 6, 7), fixed(record, 7, 11), fixed(record, 11, 15)
    span, doubt = kind in _SPAN and bool(kind), "questionable" if kind == "q" else ""
    if len(first) == _YEAR and kind not in {"b", "n"}:
        yield leaf("dateIssued", first, encoding="marc", point="start" if span or doubt else "", qualifier=doubt)
    if len(second) == _YEAR and (span or doubt):
        yield leaf("dateIssued", second, encoding="marc", point="end", qualifier=doubt)
    if len(second) == _YEAR and kind == "t":
        yield leaf("copyrightDate", second, encoding="marc")


def _rest(record: Record) -> Iterator[Element]:
    yield from (leaf("edition", told(each, "ab")) for each in data(record, "250"))
    yield leaf("issuance", _ISSUANCE.get(record.leader[7:8], "monographic"))
    yield from (leaf("frequency", told(each, "ab")) for each in data(record, "310", "321"))


def languages(record: Record) -> Iterator[Element]:
    """008/35–37, then the codes of 041 with the part of the work they are of."""
    said: list[tuple[str, str]] = []
    if (code := fixed(record, 35, 38)) and code.isalpha():
        said.append(("", code))
    for each in data(record, "041"):
        if each.ind2 != "7":
            for kind, text in each.subfields:
                if kind in _PARTS:
                    said += [(_PARTS[kind], text[at : at + _CODE]) for at in range(0, len(text), _CODE)]
    for part, code in dict.fromkeys(said):
        term = leaf("languageTerm", code, type_="code", authority="iso639-2b")
        yield branch("language", [term], objectPart=part)
