"""A library moves in from INLISLite 3: MARC rebuilt field by field, copies, members, loans, fines."""

# ruff: noqa: E501 -- a row a line is easier to read

from datetime import UTC, datetime

import pytest

from lumbung.catalogue.models import Item, Record
from lumbung.circulation.models import FeeAccount, Loan, LoanRule
from lumbung.kernel import clock
from lumbung.members.models import Member
from lumbung.moving.tests.dumps import table

TABLES = {
    "catalogs": [
        {"ID": 1, "ControlNumber": "INLIS000000000001", "BIBID": "0010-0124000001", "Title": "Laskar pelangi / Andrea Hirata", "IsOPAC": 1, "CreateDate": "2024-01-05 08:00:00"},
        {"ID": 2, "Title": "Tanpa ruas", "Author": "Anonim", "PublishYear": "2019", "DeweyNo": "813", "IsOPAC": 0},
    ],
    "catalog_ruas": [
        {"ID": 10, "CatalogId": 1, "Tag": "245", "Indicator1": "1", "Indicator2": "0", "Value": "$a Laskar pelangi", "Sequence": 4},
        {"ID": 11, "CatalogId": 1, "Tag": "100", "Indicator1": "0", "Indicator2": "#", "Value": "$a Andrea Hirata", "Sequence": 3},
        {"ID": 12, "CatalogId": 1, "Tag": "008", "Indicator1": None, "Indicator2": None, "Value": "240105s2005    io                  ind d", "Sequence": 2},
        {"ID": 13, "CatalogId": 1, "Tag": "650", "Indicator1": "#", "Indicator2": "4", "Value": "$a Fiksi $x Belitung", "Sequence": 6},
        {"ID": 14, "CatalogId": 1, "Tag": "XYZ", "Indicator1": "#", "Indicator2": "#", "Value": "aneh", "Sequence": 9},
        {"ID": 15, "CatalogId": 1, "Tag": "264", "Indicator1": "#", "Indicator2": "1", "Value": "", "Sequence": 5},
    ],
    "catalog_subruas": [
        {"ID": 100, "RuasID": 10, "SubRuas": "c", "Value": "Andrea Hirata", "Sequence": 2},
        {"ID": 101, "RuasID": 10, "SubRuas": "a", "Value": "Laskar pelangi /", "Sequence": 1},
        {"ID": 102, "RuasID": 11, "SubRuas": "a", "Value": "Andrea Hirata", "Sequence": 1},
        {"ID": 103, "RuasID": 15, "SubRuas": "a", "Value": "Yogyakarta :", "Sequence": 1},
        {"ID": 104, "RuasID": 15, "SubRuas": "b", "Value": "Bentang,", "Sequence": 2},
        {"ID": 105, "RuasID": 15, "SubRuas": "c", "Value": "2005", "Sequence": 3},
    ],
    "collections": [
        {"ID": 50, "Catalog_id": 1, "NomorBarcode": "00000000050", "NoInduk": "50/H/2024", "CallNumber": "813 HIR l", "Location_id": 3, "Category_id": 1, "Rule_id": 1, "Status_id": 1, "Source_id": 1, "Price": "79000.00", "TanggalPengadaan": "2024-01-04", "RFID": "E200"},
        {"ID": 51, "Catalog_id": 1, "NomorBarcode": "00000000051", "Location_id": 3, "Category_id": 1, "Rule_id": 2, "Status_id": 4},
        {"ID": 52, "Catalog_id": 99, "NomorBarcode": "00000000052"},
    ],
    "locations": [{"ID": 3, "Name": "Ruang Umum"}],
    "collectioncategorys": [{"ID": 1, "Name": "Koleksi Umum"}],
    "collectionrules": [{"ID": 1, "Name": "Dapat dipinjam"}, {"ID": 2, "Name": "Baca di tempat"}],
    "collectionstatus": [{"ID": 1, "Name": "Tersedia"}, {"ID": 4, "Name": "Rusak"}],
    "collectionsources": [{"ID": 1, "Name": "Pembelian/beli"}],
    "jenis_anggota": [{"id": 1, "jenisanggota": "Pelajar", "MasaBerlakuAnggota": 730, "MaxPinjamKoleksi": 3, "MaxLoanDays": 7, "CountPerpanjang": 2}],
    "members": [
        {"ID": 7, "MemberNo": "18010000001", "Fullname": "SITI AMINAH", "IdentityNo": "3471000000000001", "JenisAnggota_id": 1, "StatusAnggota_id": 3, "RegisterDate": "2024-02-01 00:00:00", "EndDate": "2027-02-01 00:00:00", "NoHp": "0812 3456 789", "Kelas_id": 2, "DateOfBirth": "2008-05-01"},
    ],
    "kelas_siswa": [{"id": 2, "namakelassiswa": "X IPA 1"}],
    "collectionloanitems": [
        {"ID": 900, "CollectionLoan_id": "2611240001", "LoanDate": "2026-11-20 09:10:00", "DueDate": "2026-11-27 23:59:59", "ActualReturn": None, "LoanStatus": "Loan", "Collection_id": 50, "member_id": 7},
        {"ID": 901, "CollectionLoan_id": "2411240001", "LoanDate": "2024-11-20 09:10:00", "DueDate": "2024-11-27 23:59:59", "ActualReturn": "2024-11-25 10:00:00", "LoanStatus": "Return", "Collection_id": 51, "member_id": 7},
    ],
    "collectionloanextends": [{"ID": 1, "CollectionLoanItem_id": 900, "DateExtend": "2026-11-21"}],
    "pelanggaran": [
        {"ID": 1, "Member_id": 7, "JumlahDenda": "5000.00", "Paid": 0},
        {"ID": 2, "Member_id": 7, "JumlahDenda": "9000.00", "Paid": 1},
    ],
    "memberguesses": [{"ID": 1, "NoAnggota": "18010000001", "CreateDate": "2026-11-20 08:00:00"}],
}  # fmt: skip


def dump(**changed: list[dict[str, object]]) -> str:
    return "".join(
        table(name, rows, columns=tuple(dict.fromkeys(key for row in rows for key in row)))
        for name, rows in {**TABLES, **changed}.items()
    )


@pytest.fixture
def move(moved):
    with clock.stopped_at(datetime(2026, 11, 25, 3, tzinfo=UTC)):
        yield moved(dump(), source="inlislite")


def test_marc_is_rebuilt_in_the_order_of_its_fields(move):
    record = Record.objects.get(title="Laskar pelangi")
    told = [
        (each.tag, each.ind1, each.ind2, each.subfields)
        for each in record.marc_record.fields
        if each.tag in {"035", "100", "245", "264", "500", "650"}
    ]
    assert told == [
        ("035", " ", " ", [("a", "(INLISLITE)1")]),
        ("100", "0", " ", [("a", "Andrea Hirata")]),
        ("245", "1", "0", [("a", "Laskar pelangi /"), ("c", "Andrea Hirata")]),
        ("264", " ", "1", [("a", "Yogyakarta :"), ("b", "Bentang,"), ("c", "2005")]),
        ("500", " ", " ", [("a", "aneh")]),
        ("650", " ", "4", [("a", "Fiksi"), ("x", "Belitung")]),
    ]
    assert (record.marc_record.control("001"), record.year, record.language) == ("INLIS000000000001", 2005, "ind")
    assert move.findings.filter(rehearsal=False, code="field_unreadable").count() == 1


def test_a_title_without_fields_is_made_of_its_columns(move):
    record = Record.objects.get(title="Tanpa ruas")
    assert (record.creator, record.year, record.classification, record.suppressed) == ("Anonim", 2019, "813", True)


def test_copies_members_loans_and_fines_come_over(move):
    lent, broken = Item.objects.get(barcode="00000000050"), Item.objects.get(barcode="00000000051")
    assert (lent.item_type.name, lent.location.name, lent.source, int(lent.price), lent.note) == (
        "Koleksi Umum",
        "Ruang Umum",
        "purchase",
        79000,
        "RFID: E200",
    )
    assert (broken.status, broken.item_type.lendable) == ("damaged", False)
    siti = Member.objects.get()
    assert (siti.name, siti.barcode, siti.category.name, siti.unit, siti.phone) == (
        "SITI AMINAH",
        "18010000001",
        "Pelajar",
        "X IPA 1",
        "+628123456789",
    )
    assert siti.identifiers.get().value == "3471000000000001"
    assert [(loan.item.barcode, loan.renewal_count) for loan in Loan.objects.open()] == [("00000000050", 1)]
    assert FeeAccount.objects.get().owed == 5000
    rule = LoanRule.objects.get(category__name="Pelajar")
    assert (rule.loan_days, rule.loan_limit, rule.renewal_limit) == (7, 3, 2)


def test_somebody_without_a_number_is_known_by_that_of_their_row(moved):
    lecturer = {"ID": 8, "MemberNo": None, "Fullname": "Dr. Slamet", "JenisAnggota_id": 1, "EndDate": "2027-02-01 00:00:00"}
    loans = [dict(each, member_id=8) for each in TABLES["collectionloanitems"]]
    move = moved(dump(members=[*TABLES["members"], lecturer], collectionloanitems=loans), source="inlislite")
    slamet = Member.objects.get(name="Dr. Slamet")
    assert slamet.barcode == "INLISLITE-8"
    assert Loan.objects.open().get().member == slamet
    told = move.findings.get(code="card_made", rehearsal=False)
    assert (told.source_id, told.facts) == ("8", {"barcode": "INLISLITE-8"})
    assert (move.proof["whole"], move.proof["differences"]) == (True, [])


def test_two_people_with_one_number_both_come_and_the_second_has_a_card_of_their_own(moved):
    namesake = {"ID": 8, "MemberNo": "18010000001", "Fullname": "Budi", "JenisAnggota_id": 1, "EndDate": "2027-02-01 00:00:00"}
    move = moved(dump(members=[*TABLES["members"], namesake]), source="inlislite")
    assert dict(Member.objects.values_list("name", "barcode")) == {"SITI AMINAH": "18010000001", "Budi": "INLISLITE-8"}
    assert Member.objects.get(name="Budi").note == "18010000001"
    facts = {"barcode": "INLISLITE-8", "number": "18010000001"}
    told = move.findings.filter(code="card_shared", source_id="8").values_list("rehearsal", "facts")
    assert sorted(told) == [(False, facts), (True, facts)]
    assert (move.proof["whole"], move.proof["differences"]) == (True, [])
    third = {**namesake, "ID": 9, "Fullname": "Citra"}
    moved(dump(members=[*TABLES["members"], namesake, third]), source="inlislite")
    assert Member.objects.get(name="Citra").barcode == "INLISLITE-9"
    assert Loan.objects.open().get().member.name == "SITI AMINAH"


def test_a_second_move_of_somebody_with_a_shared_number_keeps_it_in_the_note_and_tells_it_again(moved):
    namesake = {"ID": 8, "MemberNo": "18010000001", "Fullname": "Budi", "JenisAnggota_id": 1, "EndDate": "2027-02-01 00:00:00"}
    moved(dump(members=[*TABLES["members"], namesake]), source="inlislite")
    again = moved(dump(members=[*TABLES["members"], {**namesake, "Fullname": "Budi Santoso"}]), source="inlislite")
    budi = Member.objects.get(barcode="INLISLITE-8")
    assert (budi.name, budi.note) == ("Budi Santoso", "18010000001")
    told = again.findings.get(code="card_shared", rehearsal=False)
    assert (told.source_id, told.facts) == ("8", {"barcode": "INLISLITE-8", "number": "18010000001"})


def test_a_number_that_the_other_system_gives_somebody_later_is_not_told_as_shared(moved):
    nobodys = {"ID": 8, "MemberNo": None, "Fullname": "Budi", "JenisAnggota_id": 1, "EndDate": "2027-02-01 00:00:00"}
    moved(dump(members=[*TABLES["members"], nobodys]), source="inlislite")
    again = moved(dump(members=[*TABLES["members"], {**nobodys, "MemberNo": "18010000002"}]), source="inlislite")
    assert Member.objects.get(name="Budi").barcode == "INLISLITE-8"
    assert not again.findings.filter(code="card_shared").exists()


def test_a_number_too_long_for_a_card_is_named_and_no_difference_in_the_proof(moved):
    move = moved(dump(members=[{**TABLES["members"][0], "MemberNo": "9" * 61}]), source="inlislite")
    siti = Member.objects.get()
    assert (siti.barcode, siti.note) == ("INLISLITE-7", "9" * 61)
    assert move.findings.get(code="card_made", rehearsal=False).source_id == "7"
    assert (move.proof["whole"], move.proof["differences"]) == (True, [])
    again = moved(dump(members=[{**TABLES["members"][0], "MemberNo": "9" * 61, "Fullname": "Siti"}]), source="inlislite")
    siti.refresh_from_db()
    assert (siti.name, siti.note) == ("Siti", "9" * 61)
    assert not again.findings.filter(code="card_shared").exists()


def test_what_cannot_come_is_named_and_what_has_no_room_is_kept(move):
    assert list(move.findings.filter(rehearsal=False, refused=True).values_list("source_id", "code")) == [
        ("52", "title_missing")
    ]
    assert {each.name for each in move.kept_tables.all()} >= {"memberguesses", "pelanggaran", "members"}
    assert (move.proof["whole"], move.proof["differences"]) == (True, [])
