"""What the forms say, and that each says it in its own namespace."""

import re

import pytest
from lxml import etree

from lumbung.catalogue.domain.records import add_record
from lumbung.catalogue.models import Record
from lumbung.catalogue.tests.factories import a_record, marc_of
from lumbung.cooperation.domain.sharing import refresh
from lumbung.cooperation.tests.asking import OAI, asked, number, texts, thesis_marc
from lumbung.formats.marc import Field, to_json
from lumbung.formats.marc import Record as Marc
from lumbung.formats.marc.slim import leader_of, to_slim
from lumbung.organization.models import StudyProgramme

pytestmark = pytest.mark.django_db
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
ETD = "{http://www.ndltd.org/standards/metadata/etdms/1.0/}"
SLIM = "{http://www.loc.gov/MARC21/slim}"
KERNEL = "{http://datacite.org/schema/kernel-4}"
LEADER = re.compile(r"[\d ]{5}[\dA-Za-z ]{1}[\dA-Za-z]{1}[\dA-Za-z ]{3}(2| )(2| )[\d ]{5}[\dA-Za-z ]{3}(4500|    )")


def metadata(record: Record, prefix: str) -> etree._Element:
    refresh([record.pk])
    root = asked(verb="GetRecord", identifier=number(record), metadataPrefix=prefix)
    return root.find(f".//{OAI}metadata")[0]


def a_thesis(**options: bool) -> Record:
    StudyProgramme.objects.get_or_create(code="55201", name="Teknik Informatika", level="S1")
    return add_record(thesis_marc(**options), by=None)


def test_each_form_stands_in_the_namespace_and_names_the_schema_that_are_listed():
    record = a_thesis()
    refresh([record.pk])
    listed = list(asked(verb="ListMetadataFormats", identifier=number(record)).iter(f"{OAI}metadataFormat"))
    told = {each[0].text: (each[1].text, each[2].text) for each in listed}
    assert list(told) == ["oai_dc", "marc21", "mods", "qdc", "oai_etdms", "rama", "oai_datacite"]
    for prefix, (schema, namespace) in told.items():
        element = metadata(record, prefix)
        assert etree.QName(element).namespace == namespace
        assert [namespace, schema] == element.get(f"{XSI}schemaLocation").split()[:2]


def test_a_book_has_no_forms_for_theses():
    record = a_record()
    refresh([record.pk])
    root = asked(verb="ListMetadataFormats", identifier=number(record))
    assert [each.text for each in root.iter(f"{OAI}metadataPrefix")] == ["oai_dc", "marc21", "mods", "qdc", "oai_datacite"]


def test_dublin_core_leads_to_the_page_of_the_record_and_calls_a_thesis_a_thesis():
    record = a_thesis()
    element = metadata(record, "oai_dc")
    assert texts(element, "identifier") == ["https://repo.example.ac.id/1.pdf", f"http://testserver/records/{record.pk}"]
    assert texts(element, "type") == ["Text", "Thesis", "info:eu-repo/semantics/bachelorThesis"]
    assert texts(element, "creator") == ["Siti Aminah"]


def test_rama_reads_people_and_programme_with_their_numbers():
    element = metadata(a_thesis(), "rama")
    assert texts(element, "creator") == ["Siti Aminah, NIM1301200045"]
    assert texts(element, "contributor") == ["Raharjo, Budi, NIDN0012048501"]
    assert texts(element, "publisher") == ["Universitas Contoh", "S1 Teknik Informatika, KODEPRODI55201"]
    assert "KODEPRODI55201" in texts(element, "description")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("NIDN: 0012048501", "Raharjo, Budi, NIDN0012048501"),
        ("nidn 00 1204 8501", "Raharjo, Budi, NIDN0012048501"),
        ("(NUPTK)1234567890123456", "Raharjo, Budi, NUPTK1234567890123456"),
        ("NIDK 8812345678", "Raharjo, Budi, NIDK8812345678"),
        ("NIDN 123", "Raharjo, Budi"),
    ],
)
def test_the_number_of_a_lecturer_is_read_however_it_is_written(written, expected):
    more = [Field("502", subfields=[("a", "Skripsi")]), Field("100", subfields=[("a", "Ani")])]
    lecturer = Field("700", subfields=[("a", "Raharjo, Budi"), ("e", "pembimbing"), ("0", written)])
    assert texts(metadata(add_record(marc_of("Judul", *more, lecturer), by=None), "rama"), "contributor") == [expected]


def test_a_students_number_in_the_note_belongs_to_the_author():
    note = Field("502", subfields=[("a", "Skripsi; NPM 1301.20.0045; KODEPRODI 55201")])
    record = add_record(marc_of("Judul", Field("100", subfields=[("a", "Ani")]), note), by=None)
    element = metadata(record, "rama")
    assert texts(element, "creator") == ["Ani, NIM1301200045"]
    assert texts(element, "publisher")[-1] == "KODEPRODI55201"


def test_a_thesis_in_etd_ms_tells_degree_and_supervisor():
    element = metadata(a_thesis(), "oai_etdms")
    assert [each.text for each in element.find(f"{ETD}degree")] == ["Skripsi", "S1", "Teknik Informatika", "Universitas Contoh"]
    [supervisor] = element.iter(f"{ETD}contributor")
    assert (supervisor.text, supervisor.get("role")) == ("Raharjo, Budi", "pembimbing")
    names = [etree.QName(each).localname for each in element]
    order = [
        "title",
        "creator",
        "subject",
        "description",
        "publisher",
        "contributor",
        "date",
        "type",
        "identifier",
        "language",
        "rights",
        "degree",
    ]
    assert list(dict.fromkeys(names)) == order
    assert [each.text for each in element.iter(f"{ETD}date")] == ["1980"]


def test_datacite_tells_who_wrote_a_thesis_who_saw_it_through_and_who_may_read_it():
    record = a_thesis()
    element = metadata(record, "oai_datacite")
    resource = element.find("{http://schema.datacite.org/oai/oai-1.1/}payload")[0]
    told = [
        (etree.QName(each).localname, each.text, *sorted(each.attrib.values()))
        for each in resource.iter(f"{KERNEL}*")
        if each.text and each.text.strip()
    ]
    assert [each.tag.partition("}")[2] for each in element] == ["schemaVersion", "datacentreSymbol", "payload"]
    assert told == [
        ("identifier", f"http://testserver/records/{record.pk}", "URL"),
        ("creatorName", "Siti Aminah"),
        ("title", "Model antrean"),
        ("publisher", "Universitas Contoh"),
        ("publicationYear", "1980"),
        ("resourceType", "Skripsi", "Dissertation"),
        ("subject", "Antrean"),
        ("contributorName", "Raharjo, Budi"),
        ("language", "ind"),
        ("rights", "openAccess", "info:eu-repo/semantics/openAccess"),
        ("description", "Tentang antrean.", "Abstract"),
    ]


def test_datacite_tells_that_it_does_not_know_where_something_must_be_told():
    record = add_record(Marc("00000nam a2200000 i 4500", [Field("245", "0", "0", [("a", "Tanpa nama")])]), by=None)
    told = {etree.QName(each).localname: each.text for each in metadata(record, "oai_datacite").iter(f"{KERNEL}*")}
    assert (told["creatorName"], told["publisher"]) == (":unav", ":unav")
    assert (told["publicationYear"], told["resourceType"]) == (str(record.created_at.year), "book")


def test_datacite_tells_of_a_chapter_what_the_record_of_its_book_does():
    host = [("w", "(ID-LMB)77"), ("t", "Bunga rampai")]
    title, link = Field("245", "0", "0", [("a", "Membaca Pramoedya")]), Field("773", "0", " ", host)
    chapter = add_record(Marc("00000naa a2200000 i 4500", [title, link]), by=None)
    published = Field("264", " ", "1", [("a", "Jakarta"), ("b", "Pustaka Jaya"), ("c", "1998")])
    edited = Field("700", "1", " ", [("a", "Vickers, Adrian"), ("4", "edt")])
    numbers = [Field("001", value="77"), Field("003", value="ID-LMB"), Field("020", subfields=[("a", "9786022895336")])]
    named = Field("245", "0", "0", [("a", "Bunga rampai")])
    book = add_record(Marc("00000nam a2200000 i 4500", [*numbers, named, published, edited]), by=None)

    def told() -> list[str | None]:
        element = metadata(chapter, "oai_datacite")
        names = ("resourceType", "publisher", "publicationYear", "contributorName", "alternateIdentifier")
        return [element.findtext(f".//{KERNEL}{name}") for name in names]

    assert told() == ["chapter", "Pustaka Jaya", "1998", "Vickers, Adrian", "9786022895336"]
    Record.objects.filter(pk=book.pk).update(marc={"leader": 1})
    assert told()[:2] == ["article", ":unav"]


def test_marc_goes_out_without_copies_and_local_notes_and_as_the_schema_wants_it():
    record = a_record(
        "Bumi manusia",
        Field("590", subfields=[("a", "rahasia")]),
        Field("952", subfields=[("p", "B-1")]),
        Field("650", "A", "é", [("a", "Novel"), ("€", "x"), ("A", "besar")]),
        Field("9X9", value="polos"),
    )
    element = metadata(record, "marc21")
    assert [each.get("tag") for each in element.iter(f"{SLIM}datafield")] == ["245", "650", "856"]
    subject = element.find(f"{SLIM}datafield[@tag='650']")
    assert (subject.get("ind1"), subject.get("ind2"), [each.get("code") for each in subject]) == (" ", " ", ["a", "A"])
    assert element.find(f"{SLIM}datafield[@tag='856']")[1].text == f"http://testserver/records/{record.pk}"


@pytest.mark.parametrize(
    "leader", ["", "00714cam a2200205 a 4500", "xxxxx" * 5, "00000nam a2200000 i 4500", "?" * 24, "é" * 24]
)
def test_every_leader_becomes_one_that_the_schema_accepts(leader):
    assert LEADER.fullmatch(leader_of(leader))


def test_control_fields_come_before_data_fields():
    told = to_slim(Marc(fields=[Field("245", subfields=[("a", "x")]), Field("001", value="7"), Field("008", value="a\x01b")]))
    assert told.index('tag="001"') < told.index('tag="008"') < told.index('tag="245"')
    assert "a\N{REPLACEMENT CHARACTER}b" in told


def test_qualified_dublin_core_refines_what_simple_dublin_core_tells():
    element = metadata(a_thesis(), "qdc")
    told = {(etree.QName(each).namespace, etree.QName(each).localname): each.text for each in element}
    terms = "http://purl.org/dc/terms/"
    assert told[terms, "abstract"] == "Tentang antrean."
    assert told[terms, "issued"] == "1980"
    assert ("http://purl.org/dc/elements/1.1/", "description") in told
    assert told["http://purl.org/dc/elements/1.1/", "title"] == "Model antrean"


def test_signs_that_xml_cannot_carry_do_not_spoil_a_page():
    record = a_record("Bumi manusia")
    told = marc_of("Satu < dua & \x0b tiga \ufffe", Field("520", subfields=[("a", "]]> <x>\x1f\x1e")]))
    Record.objects.filter(pk=record.pk).update(marc=to_json(told))
    for prefix in ("oai_dc", "marc21", "mods", "qdc"):
        assert "Satu < dua &" in "".join(metadata(record, prefix).itertext())
