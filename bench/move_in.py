"""A library moves in from SLiMS: dump read, rehearsed, stored, proved. Under it: reading the dump alone, and the bare SQLite insert."""

# ruff: noqa: S608 -- a dump is written here, and never run

import os
import random
import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TextIO

from bench.shape import Row, Scale
from lumbung.formats import sql_dump
from lumbung.kernel.jobs.condition import condition
from lumbung.moving.domain.slims.tables import FALLBACK
from lumbung.moving.models import Move
from lumbung.organization.domain.branches import add_branch

MINUTES, MOST_MEMORY = 5.0, 1024.0
TITLES, MEMBERS, LOANS = 100_000, 20_000, 100_000
COPIES = (1, 2)
STATEMENT = 500
Rows = Iterator[tuple[Any, ...]]


def run(scale: Scale) -> list[Row]:
    titles = scale.of(TITLES, quick=500)
    share = titles / TITLES
    file = scale.work / "slims.sql"
    with file.open("w", encoding="utf-8") as out:
        write_dump(out, titles=titles, members=round(MEMBERS * share), loans=round(LOANS * share))
    add_branch(code="PUSAT", name="Perpustakaan Pusat", by=None)
    read = _seconds(lambda: _read(file))
    insert = _seconds(lambda: _insert(scale.work / "floor.sqlite3", file))
    moved = _seconds(lambda: _move(file)) / 60
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    is_whole = Move.objects.get().proof["whole"]
    floor = (read + insert) / 60
    return [
        Row("reading the dump alone", read / 60, "menit"),
        Row("raw SQLite insert of its rows", insert / 60, "menit"),
        Row(
            f"{titles} titles moved in and proved",
            moved,
            "menit",
            floor=floor,
            ratio=moved / floor,
            bar="≤ 5 menit",
            met=is_whole and moved <= MINUTES,
        ),
        Row("titles not found yet when it ended", condition().urgent, "berkas"),
        Row("largest process of the move", memory, "MiB", bar="≤ 1.024 MiB", met=memory <= MOST_MEMORY),
    ]


def write_dump(out: TextIO, *, titles: int, members: int, loans: int) -> None:
    """A plausible library, the same every time: one and a half copies a title, one loan in a hundred open."""
    chance = random.Random(1908)
    out.write("-- MariaDB dump 10.19\n")
    copies = [(title, copy) for title in range(1, titles + 1) for copy in range(COPIES[title % 2])]
    _table(out, "mst_location", (("PST", "Perpustakaan Pusat", None, None),))
    _table(out, "mst_coll_type", ((2, "Textbook", None, None),))
    _table(out, "mst_member_type", ((1, "Taruna", 4, 14, 1, 2, 365, 1, 500, 0, None, None),))
    _table(
        out, "mst_author", ((n, f"Nama{n % 977}, Depan {n}", None, "p", None, None, None) for n in range(1, titles // 2 + 2))
    )
    _table(out, "mst_topic", ((n, f"Subjek {n}", "t", None, "", None, None) for n in range(1, titles // 10 + 2)))
    _table(out, "biblio", _titles(titles, chance))
    _table(out, "biblio_author", ((n, 1 + n % (titles // 2 + 1), 1) for n in range(1, titles + 1)))
    _table(out, "biblio_topic", ((n, 1 + n % (titles // 10 + 1), 1) for n in range(1, titles + 1)))
    _table(out, "item", (_item(key, *each) for key, each in enumerate(copies, start=1)))
    _table(out, "member", (_member(n) for n in range(1, members + 1)))
    _table(out, "loan", _loans(loans, copies, members, chance))
    out.write("-- Dump completed on 2026-11-22\n")


def _titles(count: int, chance: random.Random) -> Rows:
    words = ["".join(chance.choice(("ka", "ma", "ri", "tu", "ne", "lo", "sa")) for _ in range(4)) for _ in range(20_000)]
    for key in range(1, count + 1):
        title = " ".join(words[min(int(chance.paretovariate(0.7)), 19_999)] for _ in range(7))
        yield (
            key, None, title.capitalize(), f"Depan {key}", None, None, None, str(1960 + key % 65), "xii, 200 hlm. ; 20 cm", None,
            f"{key % 1000} NAM k", "id", None, None, str(key % 1000), f"Tentang {title}.", None, None, 0, 0, None, 0, None, None, None,
            None, "2020-05-20 09:00:00", "2020-05-20 09:00:00", 1,
        )  # fmt: skip


def _item(key: int, title: int, copy: int) -> tuple[Any, ...]:
    row = dict.fromkeys(FALLBACK["item"])
    row |= {"item_id": key, "biblio_id": title, "coll_type_id": 2, "item_code": f"B{title:08}{copy}", "location_id": "PST"}
    row |= {"item_status_id": "0", "source": 1, "price": 85000, "input_date": "2020-05-20 09:00:00"}
    return tuple(row.values())


def _member(key: int) -> tuple[Any, ...]:
    row = dict.fromkeys(FALLBACK["member"])
    row |= {"member_id": f"2020{key:07}", "member_name": f"Anggota {key}", "gender": 1, "member_type_id": 1, "is_pending": 0}
    row |= {"member_email": f"m{key}@contoh.ac.id", "member_since_date": "2022-08-15", "expire_date": "2030-12-31"}
    return tuple(row.values())


def _loans(count: int, copies: list[tuple[int, int]], members: int, chance: random.Random) -> Rows:
    for key in range(1, count + 1):
        title, copy = copies[key % len(copies)]
        lent = date(2024, 1, 1) + timedelta(days=chance.randrange(700))
        is_open = key % 100 == 0 and key <= len(copies)
        back = None if is_open else str(lent + timedelta(days=9))
        yield (
            key, f"B{title:08}{copy}", f"2020{1 + key % members:07}", str(lent), str(lent + timedelta(days=14)), 0, 0, None, 1,
            int(not is_open), back, f"{lent} 10:00:00", f"{back or lent} 10:00:00", 1,
        )  # fmt: skip


def _table(out: TextIO, name: str, rows: Any) -> None:
    out.write(f"CREATE TABLE `{name}` (\n" + ",\n".join(f"  `{each}` text" for each in FALLBACK[name]) + "\n);\n")
    some: list[str] = []
    for row in rows:
        some.append("(" + ",".join(_sql(value) for value in row) + ")")
        if len(some) == STATEMENT:
            out.write(f"INSERT INTO `{name}` VALUES {','.join(some)};\n")
            some = []
    if some:
        out.write(f"INSERT INTO `{name}` VALUES {','.join(some)};\n")


def _sql(value: Any) -> str:
    return "NULL" if value is None else str(value) if isinstance(value, int) else f"'{value}'"


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _read(file: Path) -> None:
    with file.open("rb") as dump:
        for _ in sql_dump.read(dump):
            pass


def _insert(path: Path, file: Path) -> None:
    """The least a store must do: the rows as they are, durable."""
    rows = []
    with file.open("rb") as dump:
        rows = [("\x1f".join(map(str, each.values)),) for each in sql_dump.read(dump) if isinstance(each, sql_dump.Row)]
    began = sqlite3.connect(path)
    with began:
        began.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, text TEXT)")
        began.executemany("INSERT INTO row (text) VALUES (?)", rows)
    began.close()


def _move(file: Path) -> None:
    """As an operator does it: rehearsal, move and proof by one command."""
    subprocess.run(
        [sys.executable, "-m", "lumbung", "migrate", "slims", str(file)],
        env=os.environ,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
