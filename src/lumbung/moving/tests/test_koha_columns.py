"""Whatever of Koha's tables does not come over is told by name: what stands in it, and in how many rows."""

import io
import zipfile
from datetime import UTC, date, datetime

import pytest

from lumbung.accounts.models import User
from lumbung.circulation.models import Loan
from lumbung.formats import marc
from lumbung.kernel import clock
from lumbung.moving.domain.keeping import lines
from lumbung.moving.domain.koha.columns import TAKEN
from lumbung.moving.domain.sources import Kept
from lumbung.moving.domain.staging import Staged
from lumbung.moving.tests.test_koha import TABLES, borrower, dump, record
from lumbung.organization.models import Closure

NOW = datetime(2026, 11, 25, 3, tzinfo=UTC)
OWN_REASONS = (("CPL", "Rapat"), ("FPL", "Fumigasi"))


@pytest.fixture(autouse=True)
def _now():
    with clock.stopped_at(NOW):
        yield


def told(move) -> dict[str, str]:
    kinds = ("column_kept", "column_dropped")
    return {each.source_id: each.facts["rows"] for each in move.findings.filter(entity="input", code__in=kinds)}


def with_columns(table: str, **columns: object) -> list[dict[str, object]]:
    """The rows of a table, the first of which says this besides."""
    first, *others = TABLES[table]
    return [{**first, **columns}, *others]


def test_columns_that_do_not_come_over_are_told_table_by_table(moved):
    move = moved(
        dump(
            branches=with_columns("branches", branchphone="021-555", branchemail="kota@contoh.id", pickup_location=1),
            categories=with_columns("categories", enrolmentfee="10000.000000", reservefee="0.000000"),
            issues=with_columns(
                "issues", note="Sampul lepas", onsite_checkout=0, auto_renew=0, timestamp="2026-11-20 10:00:00"
            ),
            reserves=with_columns("reserves", reservenotes="Untuk skripsi", lowestPriority=0),
            items=with_columns("items", itemnotes_nonpublic="Hibah", replacementprice="90000.00", cn_sort="813"),
            borrowers=[
                *[{**each, "dateofbirth": "2001-02-03", "lang": "default"} for each in TABLES["borrowers"]],
                borrower(54, "4", "Cici", "", emailpro="cici@kantor.id", secret="JBSWY3DP"),
            ],
        ),
        source="koha",
    )
    assert told(move) == {
        "branches.branchphone": "1",
        "branches.branchemail": "1",
        "categories.category_type": "2",
        "categories.enrolmentfee": "1",
        "issues.note": "1",
        "reserves.reservenotes": "1",
        "items.holdingbranch": "1",
        "items.itemnotes_nonpublic": "1",
        "items.replacementprice": "1",
        "borrowers.userid": "1",
        "borrowers.dateofbirth": "3",
        "borrowers.secret": "1",
    }


def test_each_column_is_told_with_what_stands_in_it_and_a_secret_as_gone(moved):
    rows = [{**TABLES["borrowers"][0], "opacnote": "Kartu di meja", "secret": "JBSWY3DP", "golongan_darah": "O"}]
    move = moved(dump(borrowers=rows), source="koha")
    reasons = {each.source_id: each.reason for each in move.findings.filter(code__startswith="column_")}
    assert reasons["borrowers.opacnote"] == (
        "Kolom borrowers.opacnote (pesan untuk anggota di OPAC) terisi pada 1 baris. Belum ada tempatnya di sini; disimpan dengan tabelnya."
    )
    assert reasons["borrowers.secret"] == (
        "Kolom borrowers.secret (kunci verifikasi dua langkah) terisi pada 1 baris. Isinya rahasia: tidak dipindahkan dan tidak disimpan."
    )
    assert "(kolom tambahan)" in reasons["borrowers.golongan_darah"]


def test_what_does_not_come_over_is_kept_with_its_key_and_no_more(moved):
    move = moved(dump(old_issues=with_columns("old_issues", borrowernumber=51, note="Halaman hilang")), source="koha")
    kept = {each.name: (each.rows, each.because) for each in move.kept_tables.all()}
    assert kept["old_issues"] == (1, "columns")
    assert kept["accountlines"] == (4, "rest")
    assert "branches" not in kept


def test_a_kept_column_goes_with_the_key_of_its_row(tmp_path):
    staged = Staged(tmp_path / "a.sqlite3")
    staged.make("old_issues", ["issue_id", "borrowernumber", "note"])
    staged.put("old_issues", [899, 51, "Halaman hilang"])
    staged.settle()
    assert list(lines(staged, Kept("old_issues", "columns", ("issue_id", "note")))) == [
        '{"issue_id":899,"note":"Halaman hilang"}\n'
    ]


def test_a_loan_was_made_where_koha_says(moved):
    moved(dump(issues=with_columns("issues", branchcode="FPL")), source="koha")
    assert Loan.objects.open().get().lent_from.code == "FPL"


def test_a_loan_keeps_how_often_nobody_saw_it_when_it_was_last_renewed_and_that_it_is_read_in_the_house(moved):
    said = {"unseen_renewals": 2, "lastreneweddate": "2026-11-22 09:30:00", "onsite_checkout": 1}
    move = moved(dump(issues=with_columns("issues", **said)), source="koha")
    loan = Loan.objects.open().get()
    assert (loan.unseen_renewals, loan.last_renewed_at, loan.kind) == (2, datetime(2026, 11, 22, 2, 30, tzinfo=UTC), "on_site")
    assert [column for column in told(move) if column.startswith("issues.")] == []


def test_subfields_of_952_that_no_column_has_are_told_too(moved):
    copy = {"9": "11", "p": "39999000011", "a": "CPL", "y": "BK", "q": "2026-12-04", "u": "https://contoh.id/11", "K": "lokal"}
    data = marc.to_iso2709(record(1, "Laskar pelangi", items=(copy,)))
    move = moved(packed(data), source="koha")
    assert told(move) == {"items.uri": "1", "items.more_subfields_xml": "1"}


def test_borrowers_as_csv_without_rights_are_no_staff(moved):
    people = "borrowernumber,cardnumber,surname,categorycode,branchcode,dateenrolled,dateexpiry,flags\n"
    people += "51,0023529,Ani,S,CPL,2024-08-15,2030-12-31,\n"
    moved(packed(marc.to_iso2709(record(1, "Laskar pelangi")), people), source="koha")
    assert User.objects.count() == 0


def packed(records: bytes, people: str = "") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("koha.mrc", records)
        if people:
            archive.writestr("borrowers.csv", people)
    return file.getvalue()


def test_days_off_of_some_branches_close_those_and_days_that_are_open_after_all_are_told_while_they_are_to_come(moved):
    days = [
        *TABLES["special_holidays"],
        {"id": 4, "branchcode": "FPL", "day": 1, "month": 2, "year": 2009, "isexception": 0, "title": "Lama"},
        {"id": 5, "branchcode": "CPL", "day": 3, "month": 1, "year": 2027, "isexception": 1, "title": "Tetap buka"},
    ]
    move = moved(dump(special_holidays=days), source="koha")
    told = move.findings.filter(entity="input", source_id="special_holidays").values_list("code", "facts")
    assert list(told) == [
        ("open_after_all", {"day": "03/01/2027", "place": "CPL"}),
    ]


def test_of_branches_that_are_closed_on_one_day_each_has_its_own_reason(moved):
    off = {"day": 4, "month": 1, "year": 2027, "isexception": 0}
    days = [{**off, "id": n, "branchcode": each, "title": title} for n, (each, title) in enumerate(OWN_REASONS, start=1)]
    days.append({**off, "id": 3, "day": 17, "month": 8, "branchcode": "CPL", "title": "Inventarisasi"})
    yearly = [each for each in TABLES["repeatable_holidays"] if (each["title"], each["branchcode"]) != ("Kemerdekaan", "CPL")]
    move = moved(dump(special_holidays=days, repeatable_holidays=yearly), source="koha")
    told = Closure.objects.order_by("first_day", "branch__code").values_list("first_day", "branch__code", "reason")
    assert list(told) == [
        (date(2027, 1, 4), "CPL", "Rapat"),
        (date(2027, 1, 4), "FPL", "Fumigasi"),
        (date(2027, 8, 17), "CPL", "Inventarisasi"),
        (date(2027, 8, 17), "FPL", "Kemerdekaan"),
    ]
    yearly_ones = move.findings.filter(rehearsal=False, code="closed_day_yearly").values_list("source_id", flat=True)
    assert (list(yearly_ones), move.proof["differences"]) == (["2027-08-17@FPL"], [])


def test_a_day_off_of_every_year_is_announced_once_and_that_is_told(moved):
    move = moved(dump(), source="koha")
    told = move.findings.filter(rehearsal=False, code="closed_day_yearly").values_list("source_id", "facts")
    assert list(told) == [("2027-08-17", {"day": "17/08/2027"})]


def test_what_is_read_of_a_table_begins_with_its_key():
    assert {table: columns[0] for table, columns in TAKEN.items()} == {
        "branches": "branchcode",
        "categories": "categorycode",
        "itemtypes": "itemtype",
        "items": "itemnumber",
        "borrowers": "borrowernumber",
        "issues": "issue_id",
        "old_issues": "issue_id",
        "reserves": "reserve_id",
        "article_requests": "id",
        "bookings": "booking_id",
    }
