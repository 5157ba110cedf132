"""Much at once with members, by processor time: a year's students come in, a ceremony is looked at, the doors close on a full house.

Under it: reading the same file and storing bare rows in SQLite; and bare rows changed and noted there, as many at a time.
"""

import sqlite3
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from bench.shape import Row, Scale
from lumbung.accounts.domain.users import add_user
from lumbung.accounts.models import Role, User
from lumbung.catalogue.models import Item, ItemType, Material, Record
from lumbung.circulation.domain.closed_doors import STRETCH, close_doors, finish_closing
from lumbung.circulation.models import Loan
from lumbung.circulation.queries.closed_doors import effects_of
from lumbung.kernel import clock
from lumbung.kernel.sheets import rows_of
from lumbung.members.domain.categories import create_default_categories
from lumbung.members.domain.clearance import periods, purposes
from lumbung.members.domain.clearance.enrolling import start_enrolment
from lumbung.members.domain.rosters import course
from lumbung.members.models import Category, ClearancePurpose, Member
from lumbung.organization.domain.branches import add_branch
from lumbung.organization.domain.library import set_up
from lumbung.organization.models import Branch
from lumbung.organization.queries import library

MEMBERS, GRADUATES, LOANS = 20_000, 3_000, 50_000
LONGEST_ROSTER, LONGEST_CLEARANCE, LONGEST_PREVIEW, LONGEST_CLOSING = 60.0, 30.0, 5.0, 60.0


def run(scale: Scale) -> list[Row]:
    members = scale.of(MEMBERS, quick=60)
    graduates, loans = min(scale.of(GRADUATES, quick=20), members), scale.of(LOANS, quick=2_200)
    set_up(name="Perpustakaan", by=None)
    branch = add_branch(code="PUSAT", name="Perpustakaan Pusat", by=None)
    create_default_categories(by=None)
    sari = add_user(username="sari", name="Sari", roles=[Role.LIBRARIAN], by=None)
    content = _file(members)
    floor = _processor(lambda: _bare(content, scale.work / "floor.sqlite3"))
    roster = _processor(lambda: _bring_in(content, branch, sari))
    enrolled, looked_at = _clearance(graduates, sari)
    _lend(loans, branch)
    today = clock.today(branch.zone)
    preview = _processor(lambda: effects_of(today, today + timedelta(days=13), None))
    closed = close_doors(
        first_day=today, last_day=today + timedelta(days=13), reason="Abu", note="Daring.", tells=False, by=sari
    )
    bare = _processor(lambda: _bare_moves(closed.loans_to_move, scale.work / "moves.sqlite3"))
    applied = _processor(lambda: finish_closing(closed))
    return [
        Row("berkas dibaca dan baris telanjang disimpan", floor, "s prosesor"),
        _row(f"{members} mahasiswa: dicoba lalu disimpan", roster, LONGEST_ROSTER, floor),
        Row(f"{graduates} NIM didaftarkan untuk bebas pustaka", enrolled, "s prosesor"),
        _row(f"{graduates} calon wisudawan diperiksa", looked_at, LONGEST_CLEARANCE),
        _row(f"dampak penutupan atas {loans} pinjaman", preview, LONGEST_PREVIEW),
        _row(f"penutupan dijalankan di belakang: {closed.loans_to_move} jatuh tempo", applied, LONGEST_CLOSING, bare),
    ]


def _row(what: str, seconds: float, bar: float, floor: float | None = None) -> Row:
    ratio = seconds / floor if floor else None
    return Row(what, seconds, "s prosesor", floor=floor, ratio=ratio, bar=f"≤ {bar:.0f} s", met=seconds <= bar)


def _processor(work: Callable[[], object]) -> float:
    """Seconds of processor time of this process: neighbours hardly change it."""
    began = time.process_time()
    work()
    return time.process_time() - began


def _file(members: int) -> bytes:
    told = [f"2610{n:06},Mahasiswa {n} Putra,2026,mahasiswa{n}@kampus.example,0812{n:08}" for n in range(members)]
    return "\n".join(["NIM,Nama,Angkatan,Email,Telepon", *told]).encode()


def _bare(content: bytes, file: Path) -> None:
    line = sqlite3.connect(file)
    rows = [(each[1], each[0], *each[2:]) for each in rows_of(content)]
    line.execute("CREATE TABLE bare (place, a, b, c, d, e, UNIQUE (place, b))")
    for place in ("member", "identifier", "barcode"):
        line.executemany("INSERT INTO bare VALUES (?, ?, ?, ?, ?, ?)", [(place, *each) for each in rows])
    line.commit()
    line.close()


def _bare_moves(amount: int, file: Path) -> None:
    """So many rows changed and noted, a stretch in each transaction."""
    line = sqlite3.connect(file)
    line.execute("CREATE TABLE loan (id INTEGER PRIMARY KEY, due TEXT)")
    line.execute("CREATE TABLE shift (id INTEGER PRIMARY KEY, loan INTEGER, was TEXT, due TEXT, UNIQUE (loan))")
    line.executemany("INSERT INTO loan VALUES (?, ?)", [(each, "2026-12-01") for each in range(amount)])
    line.commit()
    for first in range(0, amount, STRETCH):
        keys = range(first, min(first + STRETCH, amount))
        line.executemany("UPDATE loan SET due = ? WHERE id = ?", [("2026-12-15", each) for each in keys])
        line.executemany(
            "INSERT INTO shift (loan, was, due) VALUES (?, '2026-12-01', '2026-12-15')", [(each,) for each in keys]
        )
        line.commit()
    line.close()


def _bring_in(content: bytes, branch: Branch, by: User) -> None:
    category = Category.objects.get(code="student")
    roster = course.open_roster(content, name="siakad.csv", category=category, branch=branch, by=by)
    roster = course.match_columns(roster, roster.columns)
    roster = course.try_out(roster)
    roster.refresh_from_db()
    course.carry_out(course.start(roster))


def _clearance(graduates: int, by: User) -> tuple[float, float]:
    purposes.create_default_purposes(by=by)
    today = clock.today(library().zone)
    days = {"first_day": today - timedelta(days=1), "last_day": today + timedelta(days=30)}
    period = periods.add_period(name="Wisuda", purpose=ClearancePurpose.objects.get(code="wisuda"), by=by, **days)
    nims = list(Member.objects.order_by("pk").values_list("barcode", flat=True)[:graduates])
    enrolment = start_enrolment(period, nims, by=by)
    enrolled = _processor(lambda: periods.carry_out(enrolment))
    run = periods.start_run(period, kind="evaluate", address="https://perpus.example/verify", by=by)
    return enrolled, _processor(lambda: periods.carry_out(run))


def _lend(loans: int, branch: Branch) -> None:
    """Open loans due over four weeks, of which the closure meets two."""
    now = clock.now()
    kind = ItemType.objects.create(code="buku", name="Buku")
    marc = {"leader": "00000nam a2200000 i 4500", "fields": []}
    record = Record.objects.create(title="Judul", material=Material.BOOK, marc=marc, created_at=now, updated_at=now)
    facts = {"record": record, "item_type": kind, "branch": branch, "added_at": now}
    Item.objects.bulk_create([Item(barcode=f"B{n}", held_at=branch, **facts) for n in range(loans)], batch_size=1000)
    items = Item.objects.order_by("pk").values_list("pk", flat=True)
    members = list(Member.objects.values_list("pk", flat=True))
    rows = [
        Loan(
            item_id=item,
            member_id=members[n % len(members)],
            lent_from=branch,
            lent_at=now,
            due_at=now + timedelta(days=n % 28),
        )
        for n, item in enumerate(items)
    ]
    Loan.objects.bulk_create(rows, batch_size=1000)
