"""Visits and violations of INLISLite become visits at a door and fees of members, with proof and undo."""

from datetime import UTC, datetime

import pytest

from lumbung.circulation.models import Fee, FeeAccount
from lumbung.kernel import clock
from lumbung.members.models import Member
from lumbung.moving.domain import undoing
from lumbung.moving.tests import test_inlislite as whole
from lumbung.moving.tests.dumps import table
from lumbung.spaces.domain.purposes import add_purpose
from lumbung.spaces.models import Gate, Visit

TABLES = {
    **whole.TABLES,
    "memberguesses": [
        {"ID": 1, "NoAnggota": "18010000001", "Nama": "SITI AMINAH", "CreateDate": "2026-11-20 08:00:00", "TujuanKunjungan_Id": 1},
        {"ID": 2, "NoAnggota": "", "Nama": "Tamu Jauh", "CreateDate": "2026-11-20 09:30:00", "TujuanKunjungan_Id": 2},
        {"ID": 3, "NoAnggota": "99", "Nama": "Bukan Lagi Anggota", "CreateDate": "2026-11-21 09:30:00"},
        {"ID": 4, "NoAnggota": "", "Nama": "Tanpa Tanggal", "CreateDate": "0000-00-00 00:00:00"},
    ],
    "groupguesses": [
        {
            "ID": 1, "NamaKetua": "Bu Guru", "AsalInstansi": "SD Negeri 3", "CountPersonel": 34, "CreateDate": "2026-11-22 10:00:00",
            "TujuanKunjungan_ID": 1,
        },
        {"ID": 2, "NamaKetua": "Pak Lurah", "AsalInstansi": "Kelurahan", "CountPersonel": None, "CreateDate": "2024-01-05 10:00:00"},
    ],
    "tujuan_kunjungan": [{"ID": 1, "TujuanKunjungan": "MEMBACA"}, {"ID": 2, "TujuanKunjungan": "Main catur"}],
    "bacaditempat": [{"ID": 1, "collection_id": 50, "Member_id": 7, "CreateDate": "2026-11-20 08:10:00"}],
    "jenis_pelanggaran": [
        {"ID": 1, "JenisPelanggaran": "Terlambat"}, {"ID": 2, "JenisPelanggaran": "Hilang"}, {"ID": 3, "JenisPelanggaran": "Ribut"},
    ],
    "pelanggaran": [
        {"ID": 1, "Member_id": 7, "JenisPelanggaran_id": 1, "JumlahDenda": "5000.00", "Paid": 0},
        {"ID": 2, "Member_id": 7, "JenisPelanggaran_id": 1, "JumlahDenda": "9000.00", "Paid": 1},
        {"ID": 3, "Member_id": 7, "JenisPelanggaran_id": 2, "JumlahDenda": "75000", "Paid": None},
        {"ID": 4, "Member_id": 7, "JenisPelanggaran_id": 3, "JumlahDenda": "0.00", "JumlahSuspend": 7, "Paid": 0},
        {"ID": 5, "Member_id": 404, "JenisPelanggaran_id": 3, "JumlahDenda": "1000.00", "Paid": 0},
    ],
}  # fmt: skip


def text_of(tables=TABLES):
    return "".join(
        table(name, rows, columns=tuple(dict.fromkeys(key for row in rows for key in row))) for name, rows in tables.items()
    )


@pytest.fixture
def move(moved):
    add_purpose(name="Membaca", by=None)
    with clock.stopped_at(datetime(2026, 11, 25, 3, tzinfo=UTC)):
        yield moved(text_of(), source="inlislite")


def test_members_guests_and_groups_are_visits_and_old_ones_name_nobody(move):
    told = [
        (
            str(each.day),
            each.kind,
            each.people,
            each.member.name if each.member else each.name,
            each.institution,
            str(each.purpose),
        )
        for each in Visit.objects.select_related("member", "purpose").order_by("pk")
    ]
    assert told == [
        ("2026-11-20", "member", 1, "SITI AMINAH", "", "Membaca"),
        ("2026-11-20", "guest", 1, "Tamu Jauh", "", "None"),
        ("2026-11-21", "guest", 1, "Bukan Lagi Anggota", "", "None"),
        ("2026-11-22", "group", 34, "Bu Guru", "SD Negeri 3", "Membaca"),
        ("2024-01-05", "group", 1, "", "Kelurahan", "None"),
    ]
    refused = move.findings.filter(rehearsal=False, refused=True, entity="visit").values_list("source_id", "code")
    assert list(refused) == [("p4", "days_unreadable")]
    row = next(each for each in move.proof["rows"] if each["entity"] == "visit")
    assert (row["source"], row["arrived"], row["rejected"], row["missing"]) == (6, 5, 1, 0)
    assert {"entity": "visit", "compared": 5} in move.proof["spots"]


def test_each_unpaid_violation_is_a_fee_of_its_kind(move):
    fees = [(each.kind, each.amount, each.note) for each in Fee.objects.order_by("amount")]
    assert fees == [("overdue", 5000, "INLISLite: Terlambat"), ("lost", 75000, "INLISLite: Hilang")]
    assert FeeAccount.objects.get().owed == 80_000
    assert list(move.findings.filter(rehearsal=False, entity="balance").values_list("source_id", "code")) == [
        ("5", "member_missing")
    ]
    assert next(each for each in move.proof["sums"] if each["name"] == "owed")["named"] is True
    assert (move.proof["whole"], move.proof["differences"]) == (True, [])


def test_what_has_no_room_is_kept_whole(move):
    kept = set(move.kept_tables.values_list("name", "because"))
    assert {
        ("bacaditempat", "no_room"),
        ("groupguesses", "no_room"),
        ("memberguesses", "columns"),
        ("pelanggaran", "columns"),
    } <= kept


def test_a_second_run_doubles_nothing_and_undoing_takes_it_all(move, moved):
    again = moved(text_of(), source="inlislite")
    assert (Visit.objects.count(), Fee.objects.count()) == (5, 2)
    undoing.undo(again, by=None)
    undoing.undo(move, by=None)
    assert (Visit.objects.count(), Gate.objects.count(), FeeAccount.objects.count(), Member.objects.count()) == (0, 0, 0, 0)
