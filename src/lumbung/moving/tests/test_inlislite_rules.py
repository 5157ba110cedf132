"""What INLISLite says of lending by the type of member: fines and suspensions once or by the tenor, and what cannot be said so here."""

from datetime import UTC, datetime

import pytest

from lumbung.catalogue.models import Item, Record
from lumbung.circulation.models import LoanRule
from lumbung.circulation.queries import decision
from lumbung.kernel import clock
from lumbung.members.models import Member
from lumbung.moving.tests.test_inlislite import dump

NOW = datetime(2026, 11, 25, 3, tzinfo=UTC)
KIND = {
    "id": 1, "jenisanggota": "Pelajar", "MasaBerlakuAnggota": 730, "MaxPinjamKoleksi": 3, "MaxLoanDays": 7, "CountPerpanjang": 2,
    "DayPerpanjang": 5, "DendaType": "Konstan", "DendaPerTenor": "0.00", "DendaTenorJumlah": 0, "DendaTenorSatuan": "Hari",
    "DendaTenorMultiply": 0, "SuspendType": "Konstan", "DaySuspend": 0, "SuspendTenorJumlah": 0, "SuspendTenorSatuan": "Hari",
    "SuspendTenorMultiply": 0, "BiayaPendaftaran": "10000.00",
}  # fmt: skip
FINE = {"DendaPerTenor": "500.00", "DendaTenorJumlah": 1, "DendaTenorMultiply": 1}
GROWING = {**FINE, "DendaType": "Berkelipatan"}
SUSPENDED = {"SuspendType": "Berkelipatan", "DaySuspend": 2, "SuspendTenorJumlah": 1, "SuspendTenorMultiply": 1}


@pytest.fixture
def ruled(moved):
    """``ruled(said)``: a library of INLISLite whose only type of member says this of lending, moved in."""
    with clock.stopped_at(NOW):
        yield lambda said: moved(dump(jenis_anggota=[{**KIND, **said}]), source="inlislite")


@pytest.mark.parametrize(
    ("said", "fine", "suspension", "told"),
    [
        ({}, (None, "", None), (None, None, None), []),
        (FINE, (500, "once", None), (None, None, None), []),
        (GROWING, (500, "day", None), (None, None, None), []),
        ({**GROWING, "DendaTenorMultiply": 3}, (1500, "day", None), (None, None, None), []),
        (
            {**GROWING, "DendaTenorJumlah": 2, "DendaTenorSatuan": "Minggu"},
            (500, "day", 14),
            (None, None, None),
            ["rule_stretches"],
        ),
        (
            {**GROWING, "DendaTenorJumlah": 2, "DendaTenorSatuan": "Tahun"},
            (None, "", None),
            (None, None, None),
            ["rule_parts_kept"],
        ),
        ({"DaySuspend": 7}, (None, "", None), (7, None, 7), []),
        (SUSPENDED, (None, "", None), (2, None, None), []),
        ({**SUSPENDED, "SuspendTenorJumlah": 3}, (None, "", None), (2, 3, None), ["rule_stretches"]),
    ],
)
def test_what_being_late_costs_is_said_as_it_is_there_or_told(ruled, said, fine, suspension, told):
    move = ruled(said)
    rule = LoanRule.objects.get(category__name="Pelajar")
    assert (rule.loan_days, rule.renewal_limit, rule.renewal_days) == (7, 2, 5)
    assert (rule.fine, rule.fine_per, rule.fine_every) == fine
    assert (rule.suspension_days, rule.suspension_every, rule.suspension_cap) == suspension
    assert list(move.findings.filter(rehearsal=False, entity="rule").values_list("code", flat=True)) == told
    assert "jenis_anggota" in {each.name for each in move.kept_tables.all()}


@pytest.fixture
def ruled_by_day(moved):
    """``ruled_by_day(**tables)``: a library of INLISLite with rules beside those of its types of members, moved in."""
    with clock.stopped_at(NOW):
        yield lambda **tables: moved(dump(jenis_anggota=[KIND], **tables), source="inlislite")


def told_of(move) -> list[str]:
    return list(move.findings.filter(rehearsal=False, entity="rule").values_list("code", flat=True))


def _row(move, entity: str = "rule") -> dict:
    return next(each for each in move.proof["rows"] if each["entity"] == entity)


def test_a_weekday_goes_before_dates_these_before_the_kind_and_this_before_the_type_term_by_term(ruled_by_day, pusat_of):
    move = ruled_by_day(
        peraturan_peminjaman_hari=[
            {"ID": 4, "DayIndex": 5, "MaxLoanDays": 3, "MaxPinjamKoleksi": 0, "CountPerpanjang": None},
            {"ID": 5, "DayIndex": 7, "MaxLoanDays": 9, "active": 0},
        ],
        peraturan_peminjaman_tanggal=[
            {
                "ID": 2,
                "TanggalAwal": "2026-12-01 00:00:00",
                "TanggalAkhir": "2026-12-31 00:00:00",
                "MaxLoanDays": 30,
                "MaxPinjamKoleksi": 8,
            }
        ],
        worksheets=[
            {"ID": 1, "Name": "Monograf", "MaxLoanDays": 14, "CountPerpanjang": 5},
            {"ID": 9, "Name": "Film", "MaxLoanDays": 0, "MaxPinjamKoleksi": 0},
        ],
    )
    ani, book, at = pusat_of()

    def terms(day: str) -> tuple:
        policy = decision(book, ani, at, now=datetime.fromisoformat(f"{day}T12:00+07:00")).policy
        return policy.loan_days, policy.loan_limit, policy.renewal_limit

    assert terms("2026-12-04") == (3, 8, 5)  # a Friday in December
    assert terms("2026-12-05") == (30, 8, 5)
    assert terms("2027-01-08") == (3, 3, 5)
    assert terms("2027-01-10") == (14, 3, 5)  # a Sunday, whose rule is switched off
    assert (move.proof["whole"], _row(move)) == (
        True,
        {"entity": "rule", "source": 4, "arrived": 4, "rejected": 0, "kept": 0, "missing": 0},
    )
    assert {"peraturan_peminjaman_hari", "worksheets"} <= {each.name for each in move.kept_tables.all()}


def test_on_a_weekday_that_lends_some_types_only_the_others_stay(ruled_by_day, pusat_of):
    move = ruled_by_day(
        collectioncategorys=[{"ID": 1, "Name": "Koleksi Umum"}, {"ID": 7, "Name": "Koleksi Langka"}],
        peraturan_peminjaman_hari=[{"ID": 4, "DayIndex": 1, "MaxLoanDays": 2}],
        collectioncategorysloanhari=[{"DataID": 61, "Category_id": 7, "Peminjaman_hari_id": 4}],
    )
    ani, book, at = pusat_of()
    monday, tuesday = (decision(book, ani, at, now=datetime(2026, 12, day, 5, tzinfo=UTC)).policy for day in (7, 8))
    assert (monday.may_borrow, tuesday.may_borrow, tuesday.loan_days) == (False, True, 7)
    assert (_row(move)["source"], move.proof["whole"]) == (3, True)


def test_what_days_and_kinds_cannot_say_here_is_told_with_its_row(ruled_by_day):
    move = ruled_by_day(
        peraturan_peminjaman_hari=[
            {"ID": 1, "DayIndex": 9, "MaxLoanDays": 3},
            {"ID": 2, "DayIndex": 2, "MaxLoanDays": 3, **GROWING},
            {"ID": 3, "DayIndex": 2, "MaxLoanDays": 4},
        ],
        worksheets=[
            {"ID": 1, "Name": "Film", "MaxPinjamKoleksi": 1},
            {"ID": 2, "Name": "Rekaman Video", "MaxPinjamKoleksi": 2},
            {"ID": 3, "Name": "Braille", "MaxLoanDays": 2},
        ],
    )
    assert sorted(told_of(move)) == [
        "rule_by_day_of_return", "rule_day_unknown", "rule_day_unknown", "rule_limit_of_kind",
        "rule_of_kind_twice", "rule_of_unknown_kind",
    ]  # fmt: skip
    assert LoanRule.objects.get(weekdays="1").fine == 500
    assert LoanRule.objects.get(material="video").loan_limit == 1
    assert (_row(move)["rejected"], _row(move)["missing"], move.proof["whole"]) == (4, 0, True)


def test_a_title_is_of_the_kind_of_the_worksheet_it_was_catalogued_on(moved):
    catalogs = [
        {"ID": 1, "Title": "Laskar pelangi", "Worksheet_id": 3, "IsOPAC": 1},
        {"ID": 2, "Title": "Peta Jawa", "Worksheet_id": 5, "IsOPAC": 1},
        {"ID": 3, "Title": "Tanpa lembar", "IsOPAC": 1},
    ]
    sheets = [{"ID": 3, "Name": "Film"}, {"ID": 5, "Name": "Bahan Kartografis"}]
    moved(
        dump(catalogs=catalogs, catalog_ruas=[{"ID": 1, "CatalogId": 99}], collections=[{"ID": 50}], worksheets=sheets),
        source="inlislite",
    )
    assert dict(Record.objects.values_list("title", "material")) == {
        "Laskar pelangi": "video",
        "Peta Jawa": "map",
        "Tanpa lembar": "book",
    }


@pytest.fixture
def pusat_of():
    """The member, a copy and the branch that came over."""

    def found():
        item = Item.objects.select_related("record", "item_type", "branch").get(barcode="00000000050")
        return Member.objects.get(barcode="18010000001"), item, item.branch

    return found
