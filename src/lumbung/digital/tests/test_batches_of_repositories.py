"""Works from other repositories as these write them: DSpace's packages, EPrints with chapters of one name; and who may read them."""

from datetime import date

import pytest

from lumbung.digital.domain.batches.course import store_batch, undo_batch
from lumbung.digital.domain.batches.members import Members
from lumbung.digital.models import Deposit, DepositBatch, PermanentIdentifier
from lumbung.digital.queries import files_of
from lumbung.digital.tests.factories import a_pdf
from lumbung.digital.tests.test_batches import EPRINTS, SAF, archive, brought
from lumbung.organization.tests.factories import LibraryFactory, StudyProgrammeFactory

pytestmark = pytest.mark.django_db

PUBLIC = '<rights:Context CONTEXTCLASS="GENERAL PUBLIC" in-effect="true"><rights:Permissions DISPLAY="true"/></rights:Context>'
GROUP = '<rights:Context CONTEXTCLASS="MANAGED GRP" in-effect="true"><rights:Permissions DISPLAY="true"/></rights:Context>'
LATER = PUBLIC.replace('in-effect="true"', 'in-effect="true" start-date="2999-01-01"')
METS = """<?xml version="1.0" encoding="utf-8"?><mets xmlns="http://www.loc.gov/METS/" xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:rights="http://cosimo.stanford.edu/sdr/metsrights/" OBJID="hdl:123456789/7" TYPE="DSpace {kind}">
<dmdSec ID="d1"><mdWrap MDTYPE="MODS"><xmlData/></mdWrap></dmdSec>
<dmdSec ID="d2"><mdWrap MDTYPE="OTHER" OTHERMDTYPE="DIM"><xmlData>
<dim:dim xmlns:dim="http://www.dspace.org/xmlns/dspace/dim" dspaceType="ITEM">
<dim:field mdschema="dc" element="title" lang="id">Irigasi subak</dim:field>
<dim:field mdschema="dc" element="contributor" qualifier="author">Putu Ayu</dim:field>
<dim:field mdschema="dc" element="contributor" qualifier="advisor">Dr. Made Putra</dim:field>
<dim:field mdschema="dc" element="date" qualifier="issued">2022-03</dim:field>
<dim:field mdschema="dc" element="identifier" qualifier="nim">1904551022</dim:field>
<dim:field mdschema="dc" element="identifier" qualifier="kodeprodi">55201</dim:field>
<dim:field mdschema="dc" element="type">Skripsi</dim:field>
<dim:field mdschema="local" element="title">Bukan ini</dim:field></dim:dim></xmlData></mdWrap></dmdSec>
<amdSec ID="a1"><rightsMD ID="r1"><mdWrap><xmlData>
<rights:RightsDeclarationMD>{rights}</rights:RightsDeclarationMD></xmlData></mdWrap></rightsMD>
<techMD ID="t1"><mdWrap><xmlData><premis:premis xmlns:premis="http://www.loc.gov/standards/premis"><premis:object>
<premis:originalName>BAB I.pdf</premis:originalName></premis:object></premis:premis></xmlData></mdWrap></techMD></amdSec>
<fileSec><fileGrp USE="ORIGINAL"><file ID="f1" ADMID="a1"><FLocat LOCTYPE="URL" xlink:href="bitstream_12.pdf"/></file></fileGrp>
<fileGrp USE="TEXT"><file ID="f2"><FLocat xlink:href="bitstream_13.txt"/></file></fileGrp></fileSec></mets>"""


def a_package(rights: str = PUBLIC, kind: str = "ITEM") -> bytes:
    told = METS.format(rights=rights, kind=kind)
    return archive(**{"mets.xml": told, "bitstream_12.pdf": a_pdf(rights[:30]), "bitstream_13.txt": "teks"})


@pytest.fixture
def programme(db):
    LibraryFactory()
    return StudyProgrammeFactory(code="55201", name="Informatika", level="S1")


def test_packages_of_dspace_come_in_as_they_are_exported_with_the_names_their_files_had(sari, programme):
    exported = {"ITEM@123456789-7.zip": a_package(), "COLLECTION@123456789-2.zip": a_package(kind="COLLECTION")}
    batch = brought(sari, **exported)
    store_batch(batch, site="", by=sari)
    deposit = Deposit.objects.get()
    assert [(line["place"], line["faults"]) for line in batch.report] == [("123456789/7", [])]
    assert (batch.form, deposit.title, deposit.author, deposit.author_number, deposit.year, deposit.kind) == (
        "aip",
        "Irigasi subak",
        "Putu Ayu",
        "1904551022",
        2022,
        "thesis",
    )
    assert (deposit.programme, [each.name for each in deposit.people.all()]) == (programme, ["Dr. Made Putra"])
    assert [(each.name, each.part) for each in deposit.files.all()] == [("BAB I.pdf", "chapter")]


def test_a_package_may_be_the_archive_itself(sari, programme):
    batch = brought(sari, **{"mets.xml": METS.format(rights=PUBLIC, kind="ITEM"), "bitstream_12.pdf": a_pdf()})
    assert (batch.form, batch.good) == ("aip", 1)


@pytest.mark.parametrize("rights", [GROUP, PUBLIC.replace('DISPLAY="true"', 'DISPLAY="false"')])
def test_what_dspace_kept_from_the_public_stays_with_staff(sari, programme, rights: str):
    store_batch(brought(sari, **{"ITEM@1.zip": a_package(rights)}), site="", by=sari)
    assert [each.level for each in files_of(Deposit.objects.get().record)] == ["staff"]


def test_what_dspace_opens_later_opens_by_itself_on_its_day(sari, programme):
    store_batch(brought(sari, **{"ITEM@1.zip": a_package(LATER)}), site="", by=sari)
    [file] = files_of(Deposit.objects.get().record)
    assert (file.level == "staff", file.embargo_until, file.embargo_reason) == (
        False,
        date(2999, 1, 1),
        "Embargo di repositori asalnya.",
    )


SAID_MORE = """<dcvalue element="contributor" qualifier="author">Putu Ayu</dcvalue>
<dcvalue element="contributor" qualifier="advisor">Dr. Nyoman Sari</dcvalue>
<dcvalue element="identifier" qualifier="nidn">0012037801</dcvalue>
<dcvalue element="identifier" qualifier="nidn">0615108902</dcvalue>
<dcvalue element="rights" qualifier="uri">http://creativecommons.org/licenses/by-nc/4.0/</dcvalue>
<dcvalue element="language" qualifier="iso">en_US</dcvalue>
<dcvalue element="identifier" qualifier="uri">http://repo.kampus.example/handle/123456789/7</dcvalue></dublin_core>"""
LOCAL = '<dublin_core schema="local"><dcvalue element="identifier" qualifier="nim">1904551022</dcvalue></dublin_core>'


def test_a_folder_of_dspace_tells_all_authors_numbers_licence_language_and_where_it_was(sari, programme):
    folder = {"1/dublin_core.xml": SAF.replace("</dublin_core>", SAID_MORE), "1/metadata_local.xml": LOCAL}
    store_batch(brought(sari, **folder, **{"1/contents": "a.pdf\tbundle:ORIGINAL\n", "1/a.pdf": a_pdf()}), site="", by=sari)
    deposit = Deposit.objects.get()
    assert (deposit.author, deposit.author_number, deposit.licence, deposit.language) == (
        "Sri Lestari",
        "1904551022",
        "cc-by-nc-4.0",
        "eng",
    )
    assert [(each.role, each.name, each.number_kind, each.number) for each in deposit.people.all()] == [
        ("author", "Putu Ayu", "", ""),
        ("supervisor", "Dr. Made Putra", "nidn", "0012037801"),
        ("supervisor", "Dr. Nyoman Sari", "nidn", "0615108902"),
    ]
    assert PermanentIdentifier.objects.get(code__contains="/").code == "123456789/7"


def test_the_old_addresses_of_a_work_lead_to_it_until_it_is_taken_back(client, sari, programme):
    package = brought(sari, **{"ITEM@123456789-7.zip": a_package()})
    export = brought(sari, **{"ekspor.xml": EPRINTS, "skripsi.pdf": a_pdf("71")})
    for batch in (package, export):
        store_batch(batch, site="", by=sari)
    of_dspace, of_eprints = (Deposit.objects.get(batch=each).record for each in (package, export))
    for address, record in {
        "/handle/123456789/7": of_dspace,
        "/bitstream/handle/123456789/7/BAB%20I.pdf": of_dspace,
        "/bitstream/123456789/7/1/BAB%20I.pdf": of_dspace,
        "/id/eprint/71": of_eprints,
        "/71/": of_eprints,
        "/71/1/skripsi.pdf": of_eprints,
    }.items():
        assert client.get(address).headers.get("Location") == f"/records/{record.pk}", address
    assert [client.get(each).status_code for each in ("/handle/123456789/8", "/id/eprint/72", "/72/")] == [404] * 3
    undo_batch(package, by=sari)
    assert client.get("/handle/123456789/7").status_code == 404


def test_an_old_address_stays_with_the_work_that_has_it_and_the_report_says_so(client, sari, programme, signed_in):
    first, second = (brought(sari, **{"ekspor.xml": EPRINTS, "skripsi.pdf": a_pdf(text)}) for text in ("71", "72"))
    for batch in (first, second):
        store_batch(batch, site="", by=sari)
    kept = f"/records/{Deposit.objects.get(batch=first).record_id}"
    assert client.get("/id/eprint/71").headers["Location"] == kept
    told = "Alamat lama eprint/71 sudah dipakai karya lain; karya ini terbit tanpanya."
    page = signed_in(client, sari).get(f"/staff/deposits/batches/{second.pk}").content.decode()
    reports = DepositBatch.objects.order_by("pk").values_list("report", flat=True)
    assert (told in page, [line["notes"] for report in reports for line in report]) == (True, [[], [told]])
    undo_batch(second, by=sari)
    assert client.get("/id/eprint/71").headers["Location"] == kept


def test_eprints_tells_all_authors_and_the_day_on_which_a_document_opens(sari, programme):
    another = "<item><name><family>Ayu</family><given>Putu</given></name></item></creators>"
    documents = a_document("skripsi.pdf", 1, "<security>staffonly</security><date_embargo>2999-05-01</date_embargo>")
    export = an_export((71, documents)).replace("</creators>", another)
    store_batch(brought(sari, **{"ekspor.xml": export, "skripsi.pdf": a_pdf()}), site="", by=sari)
    deposit = Deposit.objects.get()
    assert [(each.role, each.name) for each in deposit.people.all()] == [("author", "Putu Ayu"), ("supervisor", "Wayan Suarta")]
    assert [each.embargo_until for each in files_of(deposit.record)] == [date(2999, 5, 1)]


def test_several_authors_of_a_row_are_told_apart_by_semicolons(sari, programme):
    table = "judul,penulis,tahun,berkas\nSatu,Ani; Budi,2024,a.pdf\n"
    store_batch(brought(sari, **{"daftar.csv": table, "a.pdf": a_pdf()}), site="", by=sari)
    deposit = Deposit.objects.get()
    assert (deposit.author, [(each.role, each.name) for each in deposit.people.all()]) == ("Ani", [("author", "Budi")])


def test_what_a_folder_of_dspace_lets_a_group_read_stays_with_staff(sari, programme):
    contents = "satu.pdf\tbundle:ORIGINAL\tpermissions:-r 'Dosen'\ndua.pdf\tbundle:ORIGINAL\tpermissions:-r 'Anonymous'\n"
    pages = {"1/satu.pdf": a_pdf("satu"), "1/dua.pdf": a_pdf("dua")}
    store_batch(brought(sari, **{"1/dublin_core.xml": SAF, "1/contents": contents, **pages}), site="", by=sari)
    levels = {each.name: each.level for each in Deposit.objects.get().files.all()}
    assert (levels["satu.pdf"], levels["dua.pdf"] == "staff") == ("staff", False)


def a_document(name: str, position: int, more: str = "") -> str:
    return f"<document><pos>{position}</pos>{more}<files><file><filename>{name}</filename></file></files></document>"


def an_export(*works: tuple[int, str]) -> str:
    """As EPRINTS, of these numbers and documents."""
    head, tail = EPRINTS.split('<eprint id="x">')
    one = tail.split("</eprint>")[0]
    made = ""
    for number, documents in works:
        before, after = one.split("<documents>")
        made += f"<eprint>{before.replace('71', str(number), 1)}<documents>{documents}{after.split('</document>')[1]}</eprint>"
    return f"{head}{made}</eprints>"


@pytest.mark.parametrize("folder", ["00/00/{0:02d}/{1:02d}/{2:02d}/", "arsip/{0}{1:02d}/{2}/"])
def test_chapters_of_one_name_come_to_the_work_in_whose_folder_they_lie(sari, programme, folder: str):
    documents = a_document("BAB I.pdf", 1) + a_document("BAB I.pdf", 2)
    pages = {
        f"{folder.format(hundred, rest, position)}BAB I.pdf": a_pdf(f"{hundred}{rest}-{position}")
        for hundred, rest in ((12, 34), (12, 35))
        for position in (1, 2)
    }
    batch = brought(sari, **{"ekspor.xml": an_export((1234, documents), (1235, documents)), **pages})
    assert [line["faults"] for line in batch.report] == [[], []]
    store_batch(batch, site="", by=sari)
    contents = {each.sha256 for deposit in Deposit.objects.all() for each in deposit.files.all()}
    assert len(contents) == 4


def test_a_file_of_which_nobody_can_tell_whose_it_is_is_missing_rather_than_another(sari, programme):
    pages = {"a/BAB I.pdf": a_pdf("a"), "b/BAB I.pdf": a_pdf("b")}
    batch = brought(sari, **{"ekspor.xml": an_export((71, a_document("BAB I.pdf", 1))), **pages})
    assert batch.report[0]["faults"] == ["Berkas BAB I.pdf tidak ada dalam arsip."]


def test_eprints_keeps_its_readers_and_what_it_derived_itself_stays_out(sari, programme):
    derived = "<relation><item><type>http://eprints.org/relation/isVolatileVersionOf</type></item></relation>"
    documents = (
        a_document("terbuka.pdf", 1, "<security>public</security>")
        + a_document("anggota.pdf", 2, "<security>validuser</security>")
        + a_document("petugas.pdf", 3, "<security>staffonly</security>")
        + a_document("indexcodes.txt", 4, f"<security>public</security>{derived}")
    )
    pages = {f"71/{name}.pdf": a_pdf(name) for name in ("terbuka", "anggota", "petugas")}
    store_batch(brought(sari, **{"ekspor.xml": an_export((71, documents)), **pages}), site="", by=sari)
    levels = {each.name: each.level for each in Deposit.objects.get().files.all()}
    assert (list(levels), levels["anggota.pdf"], levels["petugas.pdf"]) == (
        ["terbuka.pdf", "anggota.pdf", "petugas.pdf"],
        "members",
        "staff",
    )


def test_a_package_that_is_none_is_a_file_like_others(sari, programme):
    table = "judul,penulis,tahun,berkas\nSatu,Ani,2024,naskah.pdf\n"
    batch = brought(sari, **{"daftar.csv": table, "naskah.pdf": a_pdf(), "lain.zip": b"bukan zip"})
    assert (batch.form, batch.good) == ("table", 1)


def test_what_else_a_folder_of_dspace_says_and_cannot_be_read_keeps_that_work_alone_back(sari, programme):
    folders = {
        f"{n}/{name}": said
        for n in (1, 2)
        for name, said in {"dublin_core.xml": SAF, "contents": "a.pdf", "a.pdf": a_pdf()}.items()
    }
    batch = brought(sari, **folders, **{"1/metadata_local.xml": "<dublin_core", "2/metadata_local.xml": LOCAL})
    assert [(line["place"], line["faults"]) for line in batch.report] == [
        ("1", ["1/metadata_local.xml tidak dapat dibaca."]),
        ("2", []),
    ]


def test_no_folder_of_dspace_goes_through_the_names_of_all_others(monkeypatch, sari, programme):
    walks = []
    names = Members.names.fget
    monkeypatch.setattr(Members, "names", property(lambda members: Counted(names(members), walks)))
    brought(sari, **{f"{n}/dublin_core.xml": SAF for n in range(9)})
    assert len(walks) == 2


class Counted(dict):
    """Notes each walk through it."""

    def __init__(self, given, walks):
        super().__init__(given)
        self.walks = walks

    def __iter__(self):
        self.walks.append(1)
        return super().__iter__()
