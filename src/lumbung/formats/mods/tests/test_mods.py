"""MARC 21 as MODS 3.8: what stands where, and that nothing is written which the schema has no place for."""

import xml.etree.ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

from lumbung.formats import mods
from lumbung.formats.marc import Field, Record, read

NS = f"{{{mods.NAMESPACE}}}"
TEXT: dict = {}
PLACES = {
    "titleInfo": ["nonSort", "title", "subTitle", "partNumber", "partName"],
    "name": ["namePart", "affiliation", "role"],
    "role": ["roleTerm"],
    "originInfo": ["place", "publisher", "dateIssued", "dateCreated", "copyrightDate", "edition", "issuance", "frequency"],
    "place": ["placeTerm"],
    "language": ["languageTerm"],
    "languageOfCataloging": ["languageTerm"],
    "physicalDescription": ["form", "internetMediaType", "extent"],
    "subject": ["topic", "geographic", "temporal", "genre", "occupation", "name", "titleInfo", "geographicCode", "cartographics"],
    "cartographics": ["scale", "projection", "coordinates"],
    "location": ["physicalLocation", "url", "holdingSimple"],
    "holdingSimple": ["copyInformation"],
    "copyInformation": ["subLocation", "shelfLocator", "note", "enumerationAndChronology", "itemIdentifier"],
    "part": ["text"],
    "recordInfo": [
        "descriptionStandard", "recordContentSource", "recordCreationDate", "recordChangeDate", "recordIdentifier",
        "recordOrigin", "languageOfCataloging",
    ],
}  # fmt: skip
TOP = [
    "titleInfo", "name", "typeOfResource", "genre", "originInfo", "language", "physicalDescription", "abstract",
    "tableOfContents", "targetAudience", "note", "subject", "classification", "relatedItem", "identifier", "location",
    "accessCondition", "recordInfo", "part",
]  # fmt: skip
PLACES |= {"mods": TOP, "relatedItem": TOP}
IN_ORDER = {"location", "copyInformation", "cartographics"}
"""What MODS 3.8 lets stand under what, as far as we write it; a sequence in the schema must come in its order."""
VALUES = {
    ("relatedItem", "type"): {"preceding", "succeeding", "original", "host", "constituent", "series", "otherVersion", "otherFormat"},
    ("name", "type"): {"personal", "corporate", "conference"},
    ("titleInfo", "type"): {"abbreviated", "translated", "alternative", "uniform"},
    ("url", "usage"): {"primary"},
}  # fmt: skip


def strangers(element: ET.Element) -> list[str]:
    """What stands where the schema has no place for it."""
    name = element.tag.removeprefix(NS)
    children = [each.tag.removeprefix(NS) for each in element]
    allowed = PLACES.get(name, [])
    found = [f"{name}/{each}" for each in children if each not in allowed]
    if name in IN_ORDER and children != sorted(children, key=allowed.index):
        found.append(f"{name} out of order")
    for (owner, attribute), values in VALUES.items():
        if owner == name and element.get(attribute, next(iter(values))) not in values:
            found.append(f"{name}@{attribute}={element.get(attribute)}")
    return [*found, *(each for child in element for each in strangers(child))]


def told(record: Record, path: str, **attributes: str) -> list[str]:
    root = ET.fromstring(mods.to_mods(record, namespace=True))
    found = root.findall("/".join(NS + each for each in path.split("/")))
    return [
        "".join(each.itertext()).strip()
        for each in found
        if all(each.get(key.rstrip("_")) == value for key, value in attributes.items())
    ]


def a_record(
    *fields: Field, leader: str = "00000nam a2200000 i 4500", fixed: str = "200520s1980    io a          000 1 ind d"
) -> Record:
    return Record(leader, [Field("008", value=fixed), *fields])


def test_a_book_says_what_it_is() -> None:
    book = a_record(
        Field("001", value="nusa-1"),
        Field("020", subfields=[("a", "9789799731234 (jil. 1)"), ("z", "123")]),
        Field("040", subfields=[("a", "NUSA"), ("b", "ind"), ("e", "rda")]),
        Field("041", "1", " ", [("a", "ind"), ("h", "engdut")]),
        Field("082", "0", "4", [("a", "899.221"), ("2", "23")]),
        Field("100", "0", " ", [("a", "Pramoedya Ananta Toer,"), ("d", "1925-2006,"), ("e", "pengarang.")]),
        Field("245", "1", "4", [("a", "The bumi manusia :"), ("b", "sebuah roman /"), ("c", "Pramoedya.")]),
        Field("250", subfields=[("a", "Cetakan 3.")]),
        Field("264", " ", "1", [("a", "Jakarta :"), ("b", "Hasta Mitra,"), ("c", "1980.")]),
        Field("264", " ", "4", [("c", "©1979")]),
        Field("300", subfields=[("a", "354 hlm. ;"), ("c", "21 cm")]),
        Field("490", "0", " ", [("a", "Tetralogi Buru ;"), ("v", "1")]),
        Field("502", subfields=[("a", "Skripsi")]),
        Field("520", subfields=[("a", "Minke.")]),
        Field("650", " ", "7", [("a", "Kolonialisme"), ("z", "Indonesia"), ("y", "1900-"), ("v", "Fiksi"), ("2", "tsp")]),
        Field("700", "1", " ", [("a", "Lane, Max,"), ("4", "trl")]),
        Field("773", "0", " ", [("t", "Kumpulan"), ("g", "hlm. 1-10"), ("x", "1234-5679")]),
        Field("856", "4", "0", [("u", "https://x.example/a?b=1&c=2"), ("y", "Baca")]),
    )  # fmt: skip
    assert told(book, "titleInfo/nonSort") == ["The"]
    assert told(book, "titleInfo/title") == ["bumi manusia"]
    assert told(book, "titleInfo/subTitle") == ["sebuah roman"]
    assert told(book, "name/namePart") == ["Pramoedya Ananta Toer", "1925-2006", "Lane, Max"]
    assert told(book, "name/role/roleTerm") == ["pengarang", "trl"]
    assert told(book, "name", usage="primary") == ["Pramoedya Ananta Toer\n    1925-2006\n    \n      pengarang"]
    assert told(book, "originInfo/publisher") == ["Hasta Mitra"]
    assert told(book, "originInfo/dateIssued") == ["1980", "1980"]
    assert told(book, "originInfo/copyrightDate") == ["©1979"]
    assert told(book, "language/languageTerm") == ["ind", "eng", "dut"]
    assert told(book, "language", objectPart="original") == ["eng", "dut"]
    assert [told(book, f"subject/{each}") for each in ("topic", "geographic", "temporal", "genre")] == [
        ["Kolonialisme"], ["Indonesia"], ["1900-"], ["Fiksi"],
    ]  # fmt: skip
    assert told(book, "subject", authority="tsp") != []
    assert told(book, "classification", authority="ddc", edition="23") == ["899.221"]
    assert told(book, "relatedItem/titleInfo/title") == ["Tetralogi Buru", "Kumpulan"]
    assert told(book, "relatedItem/part/text") == ["hlm. 1-10"]
    assert told(book, "identifier", type_="isbn") == ["9789799731234", "123"]
    assert told(book, "identifier", invalid="yes") == ["123"]
    assert told(book, "note", type_="thesis") == ["Skripsi"]
    assert told(book, "location/url", usage="primary") == ["https://x.example/a?b=1&c=2"]
    assert told(book, "genre", authority="marcgt") == ["fiction"]
    assert told(book, "recordInfo/recordIdentifier") == ["nusa-1"]
    assert told(book, "recordInfo/descriptionStandard") == ["rda"]
    assert strangers(ET.fromstring(mods.to_mods(book, namespace=True))) == []


def test_a_number_that_is_not_valid_is_said_to_be_so() -> None:
    numbers = [Field("020", subfields=[("a", "978-979-97312-3-5")]), Field("022", subfields=[("a", "0126-1895")])]
    book = Record("00000nam a2200000 i 4500", numbers)
    assert told(book, "identifier", invalid="yes") == ["978-979-97312-3-5", "0126-1895"]


def test_copies_stand_in_holdings_and_a_map_tells_its_scale() -> None:
    chart = a_record(
        Field("245", "0", "0", [("a", "Peta")]), Field("255", subfields=[("a", "Skala 1:25.000 ;"), ("b", "UTM")]),
        leader="00000nem a2200000 i 4500",
    )  # fmt: skip
    copy = mods.Copy(place="Pusat", shelf="Lantai 2", call_number="912 PET p", barcode="B-1", parts="lembar 2")
    root = ET.fromstring(mods.to_mods(chart, copies=(copy,), namespace=True))
    assert strangers(root) == []
    assert root.find(f".//{NS}itemIdentifier").text == "B-1"
    assert told(chart, "subject/cartographics/scale") == ["Skala 1:25.000"]
    assert told(chart, "typeOfResource") == ["cartographic"]


def test_real_records_have_nothing_the_schema_does_not_know(shared_data) -> None:
    for name in ("gpo-cmr-420.xml.gz", "gpo-iso2709.mrc.gz"):
        with (shared_data / "marc" / "good" / name).open("rb") as file:
            records = [each.record for _, each in zip(range(420), read(file), strict=False) if each.record]
        assert len(records) == 420
        assert {each for record in records for each in strangers(ET.fromstring(mods.to_mods(record, namespace=True)))} == set()


fields = st.builds(
    Field,
    st.sampled_from(["100", "245", "260", "264", "300", "490", "500", "600", "650", "700", "773", "020", "041", "856", "255"]),
    st.sampled_from(" 01479"),
    st.sampled_from(" 0123479"),
    st.lists(st.tuples(st.sampled_from("abcdehnptuvxyz24"), st.text(max_size=12)), max_size=5),
)


@settings(max_examples=150)
@given(st.lists(fields, max_size=8), st.text(max_size=40), st.text(min_size=24, max_size=24))
def test_whatever_a_record_holds_becomes_xml_that_can_be_read(some: list[Field], fixed: str, leader: str) -> None:
    record = Record(leader, [Field("008", value=fixed), *some])
    assert strangers(ET.fromstring(mods.to_mods(record, namespace=True))) == []
