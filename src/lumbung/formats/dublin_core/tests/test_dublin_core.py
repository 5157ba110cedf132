"""MARC 21 as simple Dublin Core, after the crosswalk of the Library of Congress."""

import xml.etree.ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

from lumbung.formats import dublin_core
from lumbung.formats.marc import Field, Record, read

DC = f"{{{dublin_core.ELEMENTS}}}"
FIFTEEN = {
    "title", "creator", "subject", "description", "publisher", "contributor", "date", "type", "format", "identifier", "source",
    "language", "relation", "coverage", "rights",
}  # fmt: skip


def test_a_thesis_says_what_oai_pmh_asks_for() -> None:
    thesis = Record(
        "00000nam a2200000 i 4500",
        [
            Field("008", value="230520s2023    io            000 0 ind d"),
            Field("020", subfields=[("a", "978-979-97312-3-4 (pbk)")]),
            Field("022", subfields=[("a", "1234-5679")]),
            Field("024", "7", " ", [("a", "10.1/x"), ("2", "doi")]),
            Field("082", "0", "4", [("a", "658.4")]),
            Field("100", "1", " ", [("a", "Aminah, Siti,"), ("d", "1999-"), ("e", "penulis")]),
            Field("245", "1", "0", [("a", "Literasi :"), ("b", "sebuah kajian /"), ("c", "Siti Aminah")]),
            Field("264", " ", "1", [("a", "Yogyakarta :"), ("b", "Universitas Nusa,"), ("c", "2023")]),
            Field("300", subfields=[("a", "120 hlm.")]),
            Field("502", subfields=[("a", "Skripsi (S1)")]),
            Field("506", subfields=[("a", "Hanya di kampus")]),
            Field("590", subfields=[("a", "rahasia dapur")]),
            Field("650", " ", "4", [("a", "Literasi"), ("x", "Mahasiswa")]),
            Field("651", " ", "4", [("a", "Yogyakarta")]),
            Field("700", "0", " ", [("a", "Laksmi"), ("e", "pembimbing")]),
            Field("773", "0", " ", [("t", "Jurnal,"), ("g", "vol. 1")]),
            Field("856", "4", "0", [("u", "https://x.example/?a=1&b=2"), ("q", "application/pdf")]),
        ],
    )
    assert list(dublin_core.elements(thesis)) == [
        ("title", "Literasi: sebuah kajian"),
        ("creator", "Aminah, Siti, 1999-"),
        ("subject", "Literasi--Mahasiswa"),
        ("subject", "Yogyakarta"),
        ("subject", "658.4"),
        ("description", "Skripsi (S1)"),
        ("publisher", "Universitas Nusa"),
        ("contributor", "Laksmi"),
        ("date", "2023"),
        ("type", "Text"),
        ("format", "120 hlm."),
        ("format", "application/pdf"),
        ("identifier", "urn:ISBN:9789799731234"),
        ("identifier", "urn:ISSN:1234-5679"),
        ("identifier", "doi:10.1/x"),
        ("identifier", "https://x.example/?a=1&b=2"),
        ("language", "ind"),
        ("relation", "Jurnal, vol. 1"),
        ("coverage", "Yogyakarta"),
        ("rights", "Hanya di kampus"),
    ]
    told = ET.fromstring(dublin_core.to_dublin_core(thesis, identifiers=("https://perpus.example/records/1",)))
    assert [each.text for each in told.findall(f"{DC}identifier")][-1] == "https://perpus.example/records/1"


def test_a_number_that_is_not_valid_is_handed_on_as_none() -> None:
    numbers = [Field("020", subfields=[("a", "978-979-97312-3-5")]), Field("022", subfields=[("a", "0126-1895")])]
    assert "urn:" not in dublin_core.to_dublin_core(Record("00000nam a2200000 i 4500", numbers))


def test_real_records_have_a_title_and_nothing_but_the_fifteen(shared_data) -> None:
    with (shared_data / "marc" / "good" / "gpo-iso2709.mrc.gz").open("rb") as file:
        records = [each.record for _, each in zip(range(500), read(file), strict=False) if each.record]
    for record in records:
        told = ET.fromstring(dublin_core.to_dublin_core(record))
        names = [each.tag.removeprefix(DC) for each in told]
        assert set(names) <= FIFTEEN
        assert "title" in names
        assert all(each.text.strip() for each in told)


fields = st.builds(
    Field,
    st.sampled_from(["100", "245", "264", "300", "020", "022", "024", "500", "650", "700", "773", "856", "082", "490"]),
    st.just(" "),
    st.sampled_from(" 17"),
    st.lists(st.tuples(st.sampled_from("abcdgotuvx2"), st.text(max_size=12)), max_size=5),
)


@settings(max_examples=150)
@given(st.lists(fields, max_size=8), st.text(max_size=40))
def test_whatever_a_record_holds_becomes_xml_that_can_be_read(some: list[Field], fixed: str) -> None:
    told = ET.fromstring(dublin_core.to_dublin_core(Record(fields=[Field("008", value=fixed), *some])))
    assert {each.tag.removeprefix(DC) for each in told} <= FIFTEEN
