"""What INLISLite says of lending by the type of member: fines and suspensions once or by the tenor, and what cannot be said so here."""

from datetime import UTC, datetime

import pytest

from lumbung.circulation.models import LoanRule
from lumbung.kernel import clock
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
