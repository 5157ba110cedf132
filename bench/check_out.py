"""Check-out through the API: 20 clerks, 20,000 members, 150,000 items, on SQLite and on PostgreSQL, server as ``lumbung serve`` runs it.

Measured twice. *Paced*: the clerks together ask for 100 loans a second, each of them five; a loan's time runs from the moment it was
due to be asked, so waiting for a clerk who is still busy counts too. *Without pause*: each clerk asks again as soon as it is answered;
what is told is how many loans a second that comes to, and the slowest of them. The floor is one durable commit of one row by one
writer on the same engine and disk. The clerks are threads of one process and take about 0.4 ms of processor for each loan.
"""

import http.client
import itertools
import json
import os
import sqlite3
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.core.management import call_command
from django.db import transaction

from bench.shape import Row, Scale
from lumbung.accounts.domain.tokens import issue_token
from lumbung.accounts.domain.users import add_user
from lumbung.catalogue.models import Item, ItemType, Material, Record
from lumbung.circulation.domain.rules import create_default_rules
from lumbung.kernel import clock
from lumbung.members.domain.dates import months_after
from lumbung.members.models import Category, Member
from lumbung.members.queries import search_text
from lumbung.organization.domain.branches import add_branch
from lumbung.organization.domain.library import set_up
from lumbung.organization.models import Barcode, Branch
from tests.installation import Installation
from tools import postgres

CLERKS = 20
ASKED_PER_SECOND = 100
COPIES = 3
BAR_MS, BAR_RATE = 50, 100
FILL = "import sys, django; django.setup(); from bench import check_out; print(check_out.fill(*map(int, sys.argv[1:])))"


def run(scale: Scale) -> list[Row]:
    rows = _measure("SQLite", scale, Installation(scale.work / "sqlite"), sqlite_commits(scale.work / "floor.sqlite3"))
    binaries = postgres.programs()
    if binaries is None:
        print("PostgreSQL is not here: check-out is measured on SQLite only", file=sys.stderr)
        return rows
    with postgres.server(binaries, durable=True) as url:
        library = Installation(scale.work / "postgresql")
        library.environment["LUMBUNG_DATABASE_URL"] = url
        return rows + _measure("PostgreSQL", scale, library, _postgres_commits(url))


def _measure(engine: str, scale: Scale, library: Installation, commits: Callable[[int], list[float]]) -> list[Row]:
    floor = commits(scale.of(500, quick=50))
    stock = _fill(library, members=scale.of(20_000, quick=200), items=scale.of(150_000, quick=1_500))
    library.start("serve")
    try:
        desk = Desk(library.port, stock)
        desk.lend(scale.of(200, quick=40))  # warm
        paced, _ = desk.lend(scale.of(2_400, quick=120), per_second=ASKED_PER_SECOND)
        hurried, seconds = desk.lend(scale.of(2_000, quick=120))
    finally:
        library.stop()
    commit = statistics.median(floor)
    p95, rate = _p95(paced), len(hurried) / seconds
    return [
        Row(
            f"{engine}: p95, {ASKED_PER_SECOND} loans/s",
            p95 * 1e3,
            "ms",
            commit * 1e3,
            p95 / commit,
            f"≤ {BAR_MS} ms",
            p95 * 1e3 <= BAR_MS,
        ),
        Row(f"{engine}: median, {ASKED_PER_SECOND} loans/s", statistics.median(paced) * 1e3, "ms", commit * 1e3),
        Row(
            f"{engine}: {CLERKS} clerks without pause",
            rate,
            "/s",
            1 / commit,
            rate * commit,
            f"≥ {BAR_RATE}/s",
            rate >= BAR_RATE,
        ),
        Row(f"{engine}: slowest of them", max(hurried) * 1e3, "ms"),
    ]


@dataclass(frozen=True)
class Stock:
    """What was put in the library. Item n has barcode ``B<n>``, member n card ``K<n>``."""

    token: str
    members: int
    items: int


class Desk:
    """Twenty clerks, each with a connection that stays open; each loan takes an item nobody has and the next member."""

    def __init__(self, port: int, stock: Stock) -> None:
        self._port, self._stock, self._next = port, stock, itertools.count()

    def lend(self, loans: int, per_second: float | None = None) -> tuple[list[float], float]:
        """Seconds each loan took, and all of them together. Raises RuntimeError when one is refused."""
        took: list[float] = []
        failures: list[BaseException] = []
        begin = time.perf_counter() + 0.1

        def clerk(number: int) -> None:
            try:
                with closing(http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)) as connection:
                    for loan in range(number, loans, CLERKS):
                        due = begin + loan / per_second if per_second else time.perf_counter()
                        time.sleep(max(0.0, due - time.perf_counter()))
                        self._lend_one(connection)
                        took.append(time.perf_counter() - due)
            except BaseException as failure:  # noqa: BLE001 -- handed to the thread that measures
                failures.append(failure)

        threads = [threading.Thread(target=clerk, args=(number,)) for number in range(CLERKS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if failures:
            raise failures[0]
        return took, time.perf_counter() - begin

    def _lend_one(self, connection: http.client.HTTPConnection) -> None:
        number = next(self._next)
        body = json.dumps({"item": f"B{number}", "member": f"K{number % self._stock.members}", "branch": "PUSAT"})
        headers = {"Authorization": f"Bearer {self._stock.token}", "Content-Type": "application/json"}
        connection.request("POST", "/api/v1/loans", body, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        if answer.status != http.client.CREATED:
            raise RuntimeError(f"{answer.status}: {text[:300]}")


def _p95(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=100)[94]


def sqlite_commits(path: Path) -> Callable[[int], list[float]]:
    def commits(count: int) -> list[float]:
        with closing(sqlite3.connect(path, isolation_level=None)) as database:
            database.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE one (n INTEGER)")
            return list(_timed(count, lambda n: database.execute("INSERT INTO one VALUES (?)", (n,))))

    return commits


def _postgres_commits(url: str) -> Callable[[int], list[float]]:
    def commits(count: int) -> list[float]:
        with psycopg.connect(url, autocommit=True) as database:
            database.execute("CREATE TABLE one (n integer)")
            return list(_timed(count, lambda n: database.execute("INSERT INTO one VALUES (%s)", (n,))))

    return commits


def _timed(count: int, insert: Callable[[int], object]) -> Iterator[float]:
    for number in range(count):
        begin = time.perf_counter()
        insert(number)
        yield time.perf_counter() - begin


def _fill(library: Installation, *, members: int, items: int) -> Stock:
    """Run this file in the library's own environment, so that it fills the library's own database."""
    environment = {
        **library.environment,
        "PYTHONPATH": os.pathsep.join(sys.path),
        "DJANGO_SETTINGS_MODULE": "lumbung.project.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", FILL, str(members), str(items)],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return Stock(done.stdout.strip().splitlines()[-1], members, items)


def fill(members: int, items: int) -> str:
    """A library with one branch, one rule, and this many members and items; the key of a token that may lend."""
    call_command("migrate", verbosity=0, interactive=False)
    with transaction.atomic():
        set_up(name="Perpustakaan Uji", by=None)
        branch = add_branch(code="PUSAT", name="Perpustakaan Pusat", by=None)
        create_default_rules(by=None)
        _add_members(branch, members)
        _add_items(branch, items)
        clerk = add_user(username="petugas", name="Petugas", roles=["circulation"], by=None)
        return issue_token(clerk, name="bench", scopes=["loans:write", "loans:read"], by=None)[1]


def _add_members(branch: Branch, count: int) -> None:
    category, today = Category.objects.get(code="student"), clock.today(branch.zone)
    names = [f"Anggota {number}" for number in range(count)]
    Barcode.objects.bulk_create(
        (Barcode(value=f"K{number}", names=Barcode.Names.MEMBER) for number in range(count)), batch_size=5000
    )
    Member.objects.bulk_create(
        (
            Member(
                name=name,
                barcode=f"K{number}",
                category=category,
                branch=branch,
                joined_on=today,
                expires_on=months_after(today, 12),
                search_text=search_text(name, f"K{number}", []),
                created_at=clock.now(),
            )
            for number, name in enumerate(names)
        ),
        batch_size=2000,
    )


def _add_items(branch: Branch, count: int) -> None:
    now, item_type = clock.now(), ItemType.objects.get(code="textbook")
    marc = {"leader": "00000nam a2200000 i 4500", "fields": []}
    records = Record.objects.bulk_create(
        (
            Record(title=f"Judul {number}", material=Material.BOOK, marc=marc, created_at=now, updated_at=now)
            for number in range(-(-count // COPIES))
        ),
        batch_size=2000,
    )
    Barcode.objects.bulk_create(
        (Barcode(value=f"B{number}", names=Barcode.Names.ITEM) for number in range(count)), batch_size=5000
    )
    Item.objects.bulk_create(
        (
            Item(
                record=records[number // COPIES],
                barcode=f"B{number}",
                branch=branch,
                held_at=branch,
                item_type=item_type,
                added_at=now,
            )
            for number in range(count)
        ),
        batch_size=2000,
    )
