"""Many works at once: from a table with files, from DSpace, from EPrints; tried dry, published, taken back."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lumbung.catalogue.domain.records import change_record
from lumbung.catalogue.models import Record
from lumbung.digital.domain.batches.course import read_batch, store_batch, undo_batch
from lumbung.digital.domain.store import put
from lumbung.digital.models import Deposit, DepositBatch, File
from lumbung.digital.queries import files_of
from lumbung.digital.tests.factories import LARGEST, a_pdf
from lumbung.formats.marc import Field
from lumbung.kernel.jobs.worker import work_off
from lumbung.kernel.refusals import Refused
from lumbung.organization.models import StudyProgramme
from lumbung.organization.tests.factories import LibraryFactory

pytestmark = pytest.mark.django_db

TABLE = """judul;penulis;nim;tahun;jenis;abstrak;kata kunci;program studi;pembimbing;nidn;lisensi;akses;berkas
Sumur resapan di kampus;Budi Santoso;2101;2024;skripsi;Tentang air.;air; 55201;Dr. Wayan;0012037801;cc-by-4.0;anggota;2101/BAB I.pdf;
Tanpa berkas;Ani;2102;2024;skripsi;;;;;;;;hilang.pdf
;;2103;dua ribu;;;;Nihil;Dr. X;12;gpl;rahasia;2101/BAB I.pdf
""".replace("; 55201", ";55201")
SAF = """<?xml version="1.0" encoding="utf-8"?><dublin_core schema="dc">
<dcvalue element="title" qualifier="none" language="id">Arsip desa</dcvalue>
<dcvalue element="title" qualifier="alternative" language="en">Village archives</dcvalue>
<dcvalue element="contributor" qualifier="author">Sri Lestari</dcvalue>
<dcvalue element="contributor" qualifier="advisor">Dr. Made Putra</dcvalue>
<dcvalue element="date" qualifier="issued">2019-05-02</dcvalue>
<dcvalue element="type" qualifier="none">Thesis</dcvalue>
<dcvalue element="subject" qualifier="other">arsip</dcvalue>
<dcvalue element="description" qualifier="abstract" language="id">Tentang arsip.</dcvalue>
<dcvalue element="description" qualifier="abstract" language="en">About archives.</dcvalue></dublin_core>"""
EPRINTS = """<?xml version="1.0" encoding="utf-8"?><eprints xmlns="http://eprints.org/ep2/data/2.0"><eprint id="x">
<eprintid>71</eprintid><type>thesis</type><title>Gamelan dan matematika</title><abstract>Pola.</abstract>
<creators><item><name><family>Wijaya</family><given>Ketut</given></name><id>NIM190077</id></item></creators>
<contributors><item><type>THS</type><name><family>Suarta</family><given>Wayan</given></name><id>nidn0012037801</id></item></contributors>
<date>2021</date><keywords>gamelan, pola</keywords>
<documents><document><files><file><filename>skripsi.pdf</filename></file></files></document></documents></eprint></eprints>"""


def archive(**members: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in members.items():
            made.writestr(name, content)
    return out.getvalue()


def brought(by, **members: str | bytes) -> DepositBatch:
    return read_batch(put([archive(**members)], name="arsip.zip", largest=LARGEST), name="arsip.zip", by=by)


@pytest.fixture
def programme(db) -> StudyProgramme:
    LibraryFactory()
    return StudyProgramme.objects.create(code="55201", name="Informatika", level="S1")


def test_a_table_is_tried_dry_with_every_fault_of_every_row(sari, programme):
    batch = brought(sari, **{"daftar.csv": TABLE, "2101/BAB I.pdf": a_pdf()})
    assert [(line["place"], line["faults"]) for line in batch.report] == [
        ("2", []),
        ("3", ["Berkas hilang.pdf tidak ada dalam arsip."]),
        (
            "4",
            [
                "Judul kosong.",
                "Penulis kosong.",
                "Tahun “dua ribu” tidak dapat dibaca.",
                "Lisensi “gpl” tidak dikenal.",
                "Akses “rahasia” tidak dikenal.",
                "Program studi “Nihil” tidak ada.",
                "NIDN terdiri atas 10 angka; “12” tidak.",
            ],
        ),
    ]
    assert (batch.form, batch.good, Record.objects.count()) == ("table", 1, 0)


def test_what_is_without_fault_is_published_once_and_taken_back(sari, programme):
    batch = brought(sari, **{"daftar.csv": TABLE, "2101/BAB I.pdf": a_pdf()})
    store_batch(batch, site="https://perpus.example", by=sari)
    record = Record.objects.get()
    assert (record.title, record.creator, record.material, record.year) == (
        "Sumur resapan di kampus",
        "Budi Santoso",
        "thesis",
        2024,
    )
    assert [(each.part, each.level, each.licence) for each in files_of(record)] == [("chapter", "members", "cc-by-4.0")]
    with pytest.raises(Refused) as refusal:
        store_batch(batch, site="", by=sari)
    assert refusal.value.codes == ["batch_elsewhere"]
    assert undo_batch(batch, by=sari) == 1
    assert (Record.objects.count(), File.objects.count()) == (0, 0)


def test_a_title_that_was_changed_since_stays_when_the_batch_is_taken_back(sari, programme):
    batch = brought(sari, **{"daftar.csv": TABLE, "2101/BAB I.pdf": a_pdf()})
    store_batch(batch, site="", by=sari)
    record = Record.objects.get()
    marc = record.marc_record
    marc.fields.append(Field("500", subfields=[("a", "Diperiksa.")]))
    change_record(record, marc, version=record.version, by=sari)
    assert undo_batch(batch, by=sari) == 0
    assert Record.objects.count() == 1


def test_a_run_that_was_killed_goes_on_and_doubles_nothing(sari, programme):
    batch = brought(sari, **{"daftar.csv": TABLE, "2101/BAB I.pdf": a_pdf()})
    store_batch(batch, site="", by=sari)
    DepositBatch.objects.update(state="running")
    store_batch(batch, site="", by=sari)
    assert Record.objects.count() == 1


def test_folders_of_dspace_come_in_with_what_they_say(sari, programme):
    contents = "skripsi.pdf\tbundle:ORIGINAL\nskripsi.pdf.txt\tbundle:TEXT\nlicense.txt\tbundle:LICENSE\n"
    batch = brought(
        sari,
        **{
            "1/dublin_core.xml": SAF,
            "1/contents": contents,
            "1/skripsi.pdf": a_pdf(),
            "1/license.txt": "x",
            "1/skripsi.pdf.txt": "x",
        },
    )
    store_batch(batch, site="", by=sari)
    deposit = Deposit.objects.get()
    assert (batch.form, deposit.title, deposit.title_english, deposit.author, deposit.year, deposit.kind) == (
        "saf",
        "Arsip desa",
        "Village archives",
        "Sri Lestari",
        2019,
        "thesis",
    )
    assert (deposit.abstract, deposit.abstract_english) == ("Tentang arsip.", "About archives.")
    assert [(each.role, each.name) for each in deposit.people.all()] == [("supervisor", "Dr. Made Putra")]
    assert [each.name for each in deposit.files.all()] == ["skripsi.pdf"]


def test_eprints_come_in_with_the_numbers_that_rama_has_them_write(sari, programme):
    batch = brought(sari, **{"ekspor.xml": EPRINTS, "71/skripsi.pdf": a_pdf()})
    store_batch(batch, site="", by=sari)
    deposit = Deposit.objects.get()
    assert (batch.form, deposit.title, deposit.author, deposit.author_number) == (
        "eprints",
        "Gamelan dan matematika",
        "Ketut Wijaya",
        "190077",
    )
    assert [(each.name, each.number_kind, each.number) for each in deposit.people.all()] == [
        ("Wayan Suarta", "nidn", "0012037801")
    ]


@pytest.mark.parametrize(
    "members",
    [
        {"catatan.txt": "halo"},
        {"ekspor.xml": "<eprints"},
        {"ekspor.xml": '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><eprints>&b;</eprints>'},
        {"ekspor.xml": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><eprints>&a;</eprints>'},
        {"ekspor.xml": "<records/>"},
    ],
)
def test_an_archive_that_cannot_be_read_is_refused(sari, programme, members: dict[str, str]):
    with pytest.raises(Refused) as refusal:
        brought(sari, **members)
    assert refusal.value.codes == ["batch_unreadable"]


def test_a_member_that_leads_elsewhere_or_is_a_program_is_told_in_its_line(sari, programme):
    table = "judul,penulis,tahun,berkas\nSatu,Ani,2024,../../etc/passwd\nDua,Ani,2024,program.pdf\n"
    batch = brought(sari, **{"daftar.csv": table, "program.pdf": b"MZ\x90\x00"})
    store_batch(batch, site="", by=sari)
    batch.refresh_from_db()
    assert [line["faults"][0][:40] for line in batch.report] == [
        "Berkas ../../etc/passwd tidak ada dalam ",
        "Isi berkas program.pdf bukan jenis yang ",
    ]
    assert Record.objects.count() == 0


def test_sari_brings_an_archive_reads_the_report_publishes_and_takes_back(client, sari, ani, programme, signed_in):
    pages = [reverse("digital:batches"), reverse("digital:batch_upload")]
    assert [signed_in(client, ani.user).get(each).status_code for each in pages] == [403, 403]
    desk = signed_in(client, sari)
    sent = {"piece": SimpleUploadedFile("arsip.zip", archive(**{"daftar.csv": TABLE, "2101/BAB I.pdf": a_pdf()}))}
    assert "1 dari 3 karya dapat diterbitkan" in desk.post(pages[1], sent, follow=True).content.decode()
    key = DepositBatch.objects.get().pk
    address = reverse("digital:batch", args=[key])
    assert "Berkas hilang.pdf tidak ada dalam arsip." in desk.get(address).content.decode()
    desk.post(reverse("digital:batch_store", args=[key]))
    work_off()
    assert "1 terbit" in desk.get(address).content.decode()
    desk.post(reverse("digital:batch_undo", args=[key]))
    assert Record.objects.count() == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_batches_are_listed_with_a_fixed_number_of_statements(
    client, sari, programme, rows, signed_in, django_assert_num_queries
):
    for _ in range(rows):
        brought(sari, **{"daftar.csv": TABLE, "2101/BAB I.pdf": a_pdf()})
    desk = signed_in(client, sari)
    desk.get(reverse("digital:batches"))
    with django_assert_num_queries(5):
        assert desk.get(reverse("digital:batches")).status_code == 200


def test_an_archive_whose_last_answer_was_lost_is_read_once_and_again_when_it_is_sent_on_purpose(
    client, sari, programme, signed_in
):
    desk, content, url = (
        signed_in(client, sari),
        archive(**{"ekspor.xml": EPRINTS, "skripsi.pdf": a_pdf()}),
        reverse("digital:batch_upload"),
    )

    def sent(mark: str) -> tuple[int, int, int]:
        said = {"name": "a.zip", "at": 0, "size": len(content), "mark": mark, "piece": SimpleUploadedFile("a.zip", content)}
        answer = desk.post(url, said)
        asked = desk.get(url, {"name": "a.zip", "mark": mark})
        return answer.json()["received"] - len(content), asked.json()["received"] - len(content), DepositBatch.objects.count()

    assert [sent(mark) for mark in ("m-1.a", "m-1.a", "m-1.b")] == [(0, 0, 1), (0, 0, 1), (0, 0, 2)]
