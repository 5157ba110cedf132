"""A list in Excel becomes a catalogue: columns found by their heads, broken cells mended or told, copies with barcodes, undone whole."""

import re
from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from lumbung.catalogue.models import Item, ItemType, Record
from lumbung.kernel import clock
from lumbung.kernel.refusals import Refused
from lumbung.kernel.sheets import rows_of, xlsx
from lumbung.members.models import Member
from lumbung.moving.domain import undoing
from lumbung.moving.domain.sheets.choosing import look
from lumbung.moving.domain.sheets.columns import guess
from lumbung.moving.models import ColumnMemory, Move
from lumbung.organization.models import Location

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
BOOKS = """Judul;Pengarang;Penerbit;Tahun;ISBN;Bahasa;No Induk;Barcode;Lokasi;Harga;Tgl Terima;Warna
BUMI MANUSIA;Toer, Pramoedya Ananta;Hasta Mitra;1980;9789799731234;Indonesia;0012/H/2010;B-001;Lantai 2;"Rp 45.000";05/03/2010;merah
BUMI MANUSIA;Toer, Pramoedya Ananta;Hasta Mitra;1980;9789799731234;Indonesia;0013/H/2010;B-002;Lantai 2;"Rp 45.000";05/03/2010;biru
Filosofi kopi;Dewi Lestari;;2006;1.9E+9;id;;;Ruang sastra;;31/31/2010;
;Tanpa judul;;;;;;B-009;;;;
"""


@pytest.fixture(autouse=True)
def _now():
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def came(moved):
    """``came(text)``: the sheet, moved in."""
    return lambda data, **options: moved(data, source="spreadsheet", **options)


def test_rows_of_one_title_become_one_record_with_its_copies(came):
    move = came(BOOKS)
    assert move.state == Move.States.MOVED
    book = Record.objects.get(title="Bumi manusia")
    assert (book.creator, book.year, book.language, book.publisher) == ("Toer, Pramoedya Ananta", 1980, "ind", "Hasta Mitra")
    one, other = Item.objects.filter(record=book).order_by("barcode")
    assert (one.barcode, one.accession_number, one.price, one.accessioned_on) == (
        "B-001",
        "0012/H/2010",
        45000,
        date(2010, 3, 5),
    )
    assert (other.barcode, other.location.name) == ("B-002", "Lantai 2")
    assert set(Location.objects.values_list("name", flat=True)) == {"Lantai 2", "Ruang sastra"}


def test_broken_cells_are_told_one_by_one_and_nothing_is_lost(came):
    move = came(BOOKS)
    coffee = Record.objects.get(title="Filosofi kopi")
    item = Item.objects.get(record=coffee)
    assert re.fullmatch("SPREADSH-[A-Z2-7]{8}-1", item.barcode)
    assert {"500", "520"} & {field.tag for field in coffee.marc_record.fields} == {"500"}
    assert "1.9E+9" in str(coffee.marc)
    found = {(each.code, each.refused) for each in move.findings.exclude(entity="input")}
    assert found >= {("number_spoilt", False), ("day_unreadable", False), ("barcode_made", False), ("no_title", True)}
    rejected = move.findings.get(refused=True, entity="title", rehearsal=False)
    assert rejected.row["pengarang"] == "Tanpa judul"


def test_numbers_prices_and_days_that_cannot_be_read_are_told_row_by_row_and_kept_in_notes(came):
    move = came(
        "Judul;ISBN;Kode Buku;No. Register;Harga Beli;Tanggal Terima\n"
        "Aljabar;9,78979E+12;B-1;R-1;gratis;05/03/2010\n"
        "Kalkulus;9789799731234;B-2;1,2E+8;Rp 5.000;31/02/2024\n"
        "Statistika;;B-3;R-3;0;\n"
    )
    told = move.findings.filter(rehearsal=False).exclude(entity="input").order_by("entity", "source_id", "code")
    assert [(each.entity, "" if each.entity == "title" else each.source_id, each.code, each.facts) for each in told] == [
        ("copy", "B-1", "price_unreadable", {"price": "gratis", "column": "harga beli"}),
        ("copy", "B-2", "day_unreadable", {"day": "31/02/2024", "column": "tanggal terima"}),
        ("copy", "B-2", "number_spoilt", {"number": "1,2E+8", "column": "Nomor induk"}),
        ("title", "", "number_spoilt", {"number": "9,78979E+12", "column": "ISBN/ISSN"}),
    ]
    notes = dict(Item.objects.values_list("barcode", "note"))
    assert notes == {"B-1": "harga beli: gratis", "B-2": "Nomor induk: 1,2E+8; tanggal terima: 31/02/2024", "B-3": ""}
    assert Item.objects.get(barcode="B-1").accessioned_on == date(2010, 3, 5)


def test_prices_with_a_word_are_what_people_mean_and_those_nobody_can_tell_are_told(came):
    move = came(
        "Judul;Kode Buku;Harga\nAljabar;B-1;45rb\nKalkulus;B-2;1,5 jt\nStatistika;B-3;Rp45.000,-\nLogika;B-4;45-50 ribu\n"
    )
    assert dict(Item.objects.values_list("barcode", "price")) == {"B-1": 45_000, "B-2": 1_500_000, "B-3": 45_000, "B-4": None}
    told = move.findings.get(rehearsal=False, code="price_unreadable")
    assert (told.source_id, told.facts["price"]) == ("B-4", "45-50 ribu")
    assert Item.objects.get(barcode="B-4").note == "harga: 45-50 ribu"


SLIMS_TITLES = (
    "biblio_id,title,gmd_name,edition,isbn_issn,publisher_name,publish_year,collation,series_title,call_number,language_name,place_name,"
    "classification,notes,image,sor,authors,topics,item_code"
)
SLIMS_MEMBERS = (
    "member_id,member_name,gender,member_type_name,member_email,member_address,postal_code,inst_name,is_new,member_image,pin,member_phone,"
    "member_fax,member_since_date,register_date,expire_date,birth_date,member_notes"
)


def test_titles_as_slims_exports_them_come_in_with_their_lists(came):
    row = (
        "7,Bumi manusia,Text,Cet. 2,9789799731234,Hasta Mitra,1980,354 hlm.,Tetralogi Buru,813 TOE b,Indonesia,Jakarta,813,,,,"
        '"<Toer, Pramoedya Ananta><Lane, Max>",<Fiksi Indonesia><Jawa>,<B001><B002>'
    )
    move = came(f"{SLIMS_TITLES}\n{row}\n")
    book = Record.objects.get()
    assert (book.title, book.creator, book.year, book.language) == ("Bumi manusia", "Toer, Pramoedya Ananta", 1980, "ind")
    assert [each.get("a").rstrip(".,") for each in book.marc_record.all("650")] == ["Fiksi Indonesia", "Jawa"]
    assert [each.get("a").rstrip(",") for each in book.marc_record.all("700")] == ["Lane, Max"]
    assert sorted(Item.objects.values_list("barcode", flat=True)) == ["B001", "B002"]
    assert (move.proof["whole"], move.findings.filter(refused=True).count()) == (True, 0)


def test_members_as_slims_exports_them_come_in(came):
    row = "M01,Ani Lestari,0,Mahasiswa,ani@contoh.ac.id,Jl. Melati 1,,Nautika,0,,,0812-3456-7890,"
    row += ",2024-08-15,2024-08-15,2030-12-31,2001-02-03,"
    came(f"{SLIMS_MEMBERS}\n{row}\n")
    ani = Member.objects.get(barcode="M01")
    assert (ani.name, ani.category.name, ani.unit, ani.expires_on) == (
        "Ani Lestari",
        "Mahasiswa",
        "Nautika",
        date(2030, 12, 31),
    )


@pytest.mark.parametrize(
    ("heads", "columns"),
    [
        ("Judul Pustaka,Pengarang/Penulis,Cetakan Ke,Thn,Jml Hlm", ("title", "people", "edition", "year", "extent")),
        ("Judul,No. Registrasi,Tgl. Pembelian,Asal Perolehan,Jlh", ("title", "accession", "acquired", "source", "copies")),
        ("Judul,Kode Klasifikasi,No Rak,Nama Toko,Harga (Rp)", ("title", "classification", "place_of_copy", "vendor", "price")),
        ("Nama Lengkap,Nomor Pokok Mahasiswa,Nama Prodi,No. WhatsApp,Berlaku s/d", ("name", "nim", "unit", "phone", "expires")),
    ],
)
def test_heads_of_lists_as_libraries_here_keep_them_are_known(heads, columns):
    assert guess([heads.split(","), ["x"] * 5]).columns == columns


def test_the_proof_counts_the_rows_of_the_sheet_itself(came):
    proof = came(BOOKS).proof
    rows = {each["entity"]: each for each in proof["rows"]}
    assert (rows["title"]["source"], rows["title"]["arrived"], rows["title"]["rejected"], rows["title"]["missing"]) == (
        3,
        2,
        1,
        0,
    )
    assert (rows["copy"]["source"], rows["copy"]["arrived"], rows["copy"]["rejected"], rows["copy"]["missing"]) == (4, 3, 1, 0)
    assert (proof["differences"], proof["whole"]) == ([], True)
    assert proof["kept"] == [{"table": "sheet", "rows": 4, "because": "columns"}]


def test_the_same_sheet_again_makes_no_doubles_and_a_longer_one_adds(came):
    came(BOOKS)
    again = came(BOOKS + "Laskar pelangi;Andrea Hirata;Bentang;2005;;;;B-010;;;;\n")
    assert again.counts["move"]["title"] == {"read": 4, "same": 2, "rejected": 1, "added": 1}
    assert Record.objects.count() == 3
    assert Item.objects.count() == 4


LIST_OF_A_SCHOOL = """DAFTAR BUKU PERPUSTAKAAN MELATI,,,,,,,,,
Tahun 2025/2026,,,,,,,,,
NO,JUDUL BUKU,Pengarang / Penulis,Thn.,ISBN,No. Klas,Kode Buku (Barcode),Sumber,Tgl. Terima,Eks.
1,LASKAR PELANGI,ANDREA HIRATA,20115,9789790000000,813 HIR l,B-0001,1,12 Januari 2020,3
,,,,,,B-0002,,,
,,,,,,B-0003,,,
2,Kamus besar,Tim Penyusun,t.t.,'9789799731234,R 413,'00123,DIPA 2020,44197,1
3,Ilmu falak,Anonim,2010,,2X6.9,B-0005,2,,
"""
"""As lists in schools look: a title above the heads, cells of a title that were one over its copies, SLiMS's numbers for sources."""


def test_a_list_with_a_title_above_and_cells_put_together_is_read_as_its_maker_meant_it(came):
    move = came(LIST_OF_A_SCHOOL)
    titles = {each.title: each for each in Record.objects.all()}
    copies = {
        each.barcode: (each.record.title, each.source, each.call_number, str(each.accessioned_on), each.note)
        for each in Item.objects.select_related("record")
    }
    assert copies == {
        "B-0001": ("Laskar pelangi", "purchase", "813 HIR l", "2020-01-12", ""),
        "B-0002": ("Laskar pelangi", "", "", "None", ""),
        "B-0003": ("Laskar pelangi", "", "", "None", ""),
        "00123": ("Kamus besar", "", "R 413", "2021-01-01", "sumber: DIPA 2020"),
        "B-0005": ("Ilmu falak", "gift", "", "None", ""),
    }
    pelangi, kamus = titles["Laskar pelangi"].marc_record, titles["Kamus besar"].marc_record
    assert (pelangi.first("082").get("a"), kamus.first("082").get("a")) == ("813", "413")
    assert (pelangi.first("020"), kamus.first("020").get("a")) == (None, "9789799731234")
    assert {each.get("a") for each in pelangi.fields if each.tag == "500"} == {"ISBN/ISSN: 9789790000000", "thn.: 20115"}
    told = move.findings.filter(rehearsal=False).exclude(entity="input").order_by("code").values_list("code", "facts")
    assert list(told) == [
        ("copy_of_row_above", {"title": "LASKAR PELANGI"}),
        ("copy_of_row_above", {"title": "LASKAR PELANGI"}),
        ("number_spoilt", {"number": "9789790000000", "column": "ISBN/ISSN"}),
        ("source_noted", {"source": "DIPA 2020"}),
        ("year_unreadable", {"year": "20115", "column": "thn."}),
    ]
    assert (move.proof["whole"], move.counts["source"]["rows"]["copy"]) == (True, 5)


def test_a_row_without_a_title_is_told_as_a_copy_of_the_title_above_in_the_rehearsal_and_in_the_report(came):
    rows = "Judul,Barcode\nBumi manusia,B1\n,B2\nLaskar,B3\n"
    for move, is_rehearsal in ((came(rows, dry_run=True), True), (came(rows), False)):
        told = move.findings.get(code="copy_of_row_above", rehearsal=is_rehearsal)
        assert (told.entity, told.source_id, told.refused, told.facts) == ("copy", "B2", False, {"title": "Bumi manusia"})
    assert dict(Item.objects.values_list("barcode", "record__title")) == {
        "B1": "Bumi manusia",
        "B2": "Bumi manusia",
        "B3": "Laskar",
    }
    with override("en"):
        assert told.reason.endswith("a copy of the title above, “Bumi manusia”. If it is not, fill in its title.")


def test_the_apostrophe_of_the_spreadsheet_is_taken_off_numbers_and_stays_in_words(came):
    came(
        "Judul,Anak judul,Penerbit,Tahun,ISBN,No. Klas,Barcode,Harga,Tanggal Terima,Eks.\n"
        "'98: Kisah reformasi,'65 dan sesudahnya,'45 Press,'1998,'9789799731234,'959.8,'00123,'45000,'2020-01-12,'1\n"
    )
    record, item = Record.objects.get(), Item.objects.get()
    title = record.marc_record.first("245")
    assert [title.get(each).rstrip(" :/") for each in "ab"] == ["'98: Kisah reformasi", "'65 dan sesudahnya"]
    assert record.publisher == "'45 Press"
    assert (record.year, record.marc_record.first("082").get("a"), record.marc_record.first("020").get("a")) == (
        1998,
        "959.8",
        "9789799731234",
    )
    assert (item.barcode, item.price, item.accessioned_on) == ("00123", 45_000, date(2020, 1, 12))


def test_the_apostrophe_is_taken_off_numbers_of_members(came):
    came("No Anggota,Nama,NIM,No HP,Catatan,Tanggal Daftar\n'007,Siti,'0021,'+62 812 3456 7890,'98 masuk,'2025-09-01\n")
    siti = Member.objects.get()
    assert (siti.barcode, siti.identifiers.get().value, siti.joined_on) == ("007", "0021", date(2025, 9, 1))
    assert not siti.phone.startswith("'")
    assert siti.note.startswith("'98 masuk")


def test_a_list_of_members_needs_a_column_of_numbers_and_tells_which_number_the_sheet_spoilt(came, started):
    with pytest.raises(Refused) as refused:
        started("Nama Siswa,Kelas\nSiti,X\n", source="spreadsheet")
    assert refused.value.codes == ["column_needed"]
    move = came("Nomor Induk;Nama Siswa;Kelas\n0012345;SITI;X\n1.2E+7;Budi;XI\n")
    assert list(Member.objects.values_list("barcode", "name", "unit")) == [("0012345", "Siti", "X")]
    told = move.findings.get(rehearsal=False, source_id="budi · xi", entity="member")
    assert (told.code, told.refused, told.facts) == ("card_spoilt", True, {"number": "1.2E+7", "column": "nomor induk"})


def test_a_lecturer_without_any_number_comes_with_a_card_number_made_for_them_and_once(came):
    sheet = "No Anggota;Nama;NIP;Jurusan;Email\nM-1;Siti;;Hukum;\n;Dr. Sri Wahyuni;;Hukum;sri@kampus.example\n;Dr. Sri Wahyuni;;Teknik;\n"
    move = came(sheet)
    assert (move.proof["whole"], move.proof["differences"]) == (True, [])
    made = dict(Member.objects.filter(name="Dr. Sri Wahyuni").values_list("unit", "barcode"))
    assert set(made) == {"Hukum", "Teknik"}
    assert all(re.fullmatch("SPREADSHEET-[A-Z2-7]{8}", each) for each in made.values())
    told = move.findings.filter(entity="member", code="card_made", rehearsal=True).values_list("facts__barcode", flat=True)
    assert (set(told), move.findings.filter(refused=True).count()) == (set(made.values()), 0)
    ends = move.findings.filter(code="expiry_unknown", rehearsal=False).values_list("facts__day", flat=True)
    assert list(ends) == ["25/11/2027"] * 3
    again = came(sheet + "M-2;Budi;;Hukum;\n")
    assert (Member.objects.count(), again.counts["move"]["member"]["same"]) == (4, 3)


def test_undoing_takes_the_whole_sheet_back(came):
    move = came(BOOKS)
    undoing.undo(move, by=None)
    assert (Record.objects.count(), Item.objects.count(), Location.objects.count()) == (0, 0, 0)


def test_members_come_by_card_or_student_number_with_their_categories(came):
    sheet = (
        "NIM,NAMA MAHASISWA,Prodi,Jenis Anggota,Email,No HP,Tanggal Daftar,Berlaku Sampai\n"
        "0021100123,SITI AMINAH,Manajemen,Mahasiswa S1,siti@kampus.example,0812 3456 7890,01/09/2025,31/08/2029\n"
        "1.9E+9,Budi,Hukum,Mahasiswa S1,,,,\n"
        "0021100125,Sukarno,Hukum,Dosen,bukan surel,,,\n"
    )
    move = came(sheet)
    siti = Member.objects.get(barcode="0021100123")
    assert (siti.name, siti.unit, siti.category.name, siti.joined_on) == (
        "Siti Aminah",
        "Manajemen",
        "Mahasiswa S1",
        date(2025, 9, 1),
    )
    assert siti.identifiers.get().value == "0021100123"
    assert Member.objects.count() == 2
    assert {each.code for each in move.findings.filter(entity="member", refused=True)} == {"card_spoilt"}
    assert move.proof["whole"] is True


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_separator_and_encoding_are_found(came, separator, encoding):
    rows = [["Judul", "Pengarang", "Tahun"], ["Café de l’Indes", "Émile", "1999"]]
    came("\n".join(separator.join(row) for row in rows).encode(encoding))
    assert Record.objects.get().title == "Café de l’Indes"


def test_text_once_read_in_the_wrong_encoding_is_mended(came):
    came("Judul,Pengarang\nThe DeveloperÃ¢â‚¬â„¢s Library,JosÃ© Saramago\n")
    assert (Record.objects.get().title, Record.objects.get().creator) == ("The Developer’s Library", "José Saramago")


def test_leading_zeros_of_a_formatted_cell_stay(came, tmp_path):
    came(xlsx(["Judul", "Barcode"], [["Kalkulus", "000123"]]))
    assert Item.objects.get().barcode == "000123"


def test_a_number_of_copies_makes_as_many_with_barcodes_to_print(came):
    came("Judul,Jumlah\nKalkulus,3\nAljabar,0\n")
    made = Item.objects.order_by("barcode").values_list("barcode", flat=True)
    assert [each[-2:] for each in made] == ["-1", "-2", "-3"]
    assert ItemType.objects.exists()


def test_formulas_scripts_and_sql_are_only_text(came):
    came("Judul,Catatan\n=cmd aman,<script>alert(1)</script>Aman'; DROP TABLE x;--\n")
    told = Record.objects.get().marc_record
    assert (told.first("245").get("a"), told.first("500").get("a")) == ("=cmd aman", "Aman'; DROP TABLE x;--")


def test_without_a_column_of_titles_nothing_begins(started):
    with pytest.raises(Refused) as refused:
        started("a,b\nx,y\n", source="spreadsheet")
    assert refused.value.codes == ["column_needed"]
    assert not Move.objects.exists()


def test_two_columns_are_not_taken_for_one_thing(started):
    with pytest.raises(Refused) as refused:
        started("Judul,Nama lain\nx,y\n", source="spreadsheet", columns={"nama lain": "title"})
    assert refused.value.codes == ["column_twice"]


@pytest.mark.parametrize("data", [b"PK\x03\x04broken", b"\x00\x01\x02", b"\xd0\xcf\x11\xe0old excel\x00"])
def test_what_is_no_table_is_refused_in_words(started, data):
    with pytest.raises(Refused) as refused:
        started(data, source="spreadsheet")
    assert refused.value.codes == ["not_a_table"]


def test_what_was_said_of_a_column_is_remembered_for_the_same_heads(started, tmp_path):
    sheet = "Nama kitab,Juru tulis\nTaj as-Salatin,Bukhari al-Jauhari\n"
    started(sheet, source="spreadsheet", columns={"what": "titles", "nama kitab": "title", "juru tulis": "people"})
    other = tmp_path / "lain.csv"
    other.write_text("Nama kitab,Juru tulis\nBustan as-Salatin,Nuruddin ar-Raniri\n", encoding="utf-8")
    assert [each.target for each in look(other).columns] == ["title", "people"]
    assert ColumnMemory.objects.count() == 1


def test_the_forms_of_inlislite_are_understood(shared_data):
    members = rows_of((shared_data / "migration" / "001_FormatAnggota.xlsx").read_bytes())
    titles = rows_of((shared_data / "migration" / "sample_data_koleksi_AACR.xlsx").read_bytes())
    assert (guess(members).what, guess(members).head, guess(titles).what, guess(titles).head) == ("members", 0, "titles", 1)
    assert {"name", "card", "phone", "email", "category", "joined", "expires"} <= {*guess(members).columns}
    assert {"title", "people", "isbn", "barcode", "accession", "classification", "acquired"} <= {*guess(titles).columns}


def test_real_lists_of_books_and_theses_come_in_whole(came, shared_data):
    books = came((shared_data / "titles" / "indonesian-books.csv").read_bytes())
    assert books.proof["whole"] is True
    assert Record.objects.count() == books.counts["move"]["title"]["added"] > 3000
    theses = came((shared_data / "titles" / "indonesian-thesis-titles.csv").read_bytes())
    assert theses.proof["whole"] is True
