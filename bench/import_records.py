"""A library moves in: records parsed, stored and found. Under it: parsing alone, the bare SQLite insert, the bare Tantivy add."""

import io
import json
import os
import random
import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import tantivy

from bench.shape import Row, Scale
from lumbung.catalogue.models import Record
from lumbung.formats.marc import Field, dumps, read, to_iso2709
from lumbung.formats.marc import Record as Marc
from lumbung.kernel.jobs.condition import condition

BAR = 4_000
MOST_MEMORY = 1024
WORDS, NAMES, PLACES = 20_000, 8_000, 40
BRANCHES = ("PUSAT", "FTK", "FEB")


def run(scale: Scale) -> list[Row]:
    count = scale.of(100_000, quick=2_000)
    file = scale.work / "catalogue.mrc"
    file.write_bytes(b"".join(map(to_iso2709, catalogue(count))))
    data = file.read_bytes()
    marcs = [dumps(entry.record) for entry in read(io.BytesIO(data)) if entry.record]
    parse = count / _seconds(lambda: sum(1 for _ in read(io.BytesIO(data))))
    insert = count / _seconds(lambda: _insert(scale.work / "floor.sqlite3", marcs))
    add = count / _seconds(lambda: _add(scale.work / "floor", marcs))
    stored_and_found = count / _seconds(lambda: _import(file))
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    found = Record.objects.count() == count and not condition().urgent
    floor = 1 / (1 / parse + 1 / max(insert, add))  # two cores: one parses and inserts, the other indexes
    return [
        Row("parse only", parse, "records/s"),
        Row("raw SQLite insert", insert, "records/s"),
        Row("raw Tantivy add", add, "records/s"),
        Row(
            "parsed, stored and searchable",
            stored_and_found,
            "records/s",
            floor=floor,
            ratio=stored_and_found / floor,
            bar="≥ 4.000/s",
            met=found and stored_and_found >= BAR,
        ),
        Row("largest process of the import", memory, "MiB", bar="≤ 1.024 MiB", met=memory <= MOST_MEMORY),
    ]


def catalogue(count: int) -> Iterator[Marc]:
    """Plausible records, the same every time: 17 fields, one or two copies, words and names as common as in life."""
    chance = random.Random(1908)
    words = [
        "".join(chance.choice(("ka", "ma", "ri", "tu", "ne", "lo", "sa", "be", "ng")) for _ in range(4)) for _ in range(WORDS)
    ]
    for number in range(count):
        title = " ".join(words[min(int(chance.paretovariate(0.7)), WORDS - 1)] for _ in range(7))
        name = f"{words[chance.randrange(NAMES)].title()}, {words[chance.randrange(NAMES)].title()}"
        year = 1960 + chance.randrange(65)
        copies = [
            Field(
                "952",
                subfields=[
                    ("a", chance.choice(BRANCHES)),
                    ("c", "UMUM"),
                    ("o", f"{number % 1000}"),
                    ("p", f"B{number}-{copy}"),
                    ("y", "BUKU"),
                ],
            )
            for copy in range(1 + number % 2)
        ]
        yield Marc(fields=[*_fields(number, title, name, year, words[chance.randrange(PLACES)].title()), *copies])


def _fields(number: int, title: str, name: str, year: int, place: str) -> list[Field]:
    return [
        Field("001", value=f"{number:09}"),
        Field("003", value="ID-LUMB"),
        Field("005", value="20200520090000.0"),
        Field("008", value=f"200520s{year}    io a     b    000 0 ind d"),
        Field("040", subfields=[("a", "ID-LUMB"), ("c", "ID-LUMB")]),
        Field("041", "0", subfields=[("a", "ind")]),
        Field("082", "0", "4", [("a", f"{number % 1000}.{number % 97}"), ("2", "23")]),
        Field("100", "1", subfields=[("a", name)]),
        Field("245", "1", "0", [("a", f"{title.capitalize()} /"), ("c", name)]),
        Field("264", " ", "1", [("a", f"{place} :"), ("b", f"Penerbit {place},"), ("c", str(year))]),
        Field("300", subfields=[("a", f"xii, {100 + number % 400} hlm. ;"), ("c", "21 cm")]),
        Field("336", subfields=[("a", "text"), ("b", "txt"), ("2", "rdacontent")]),
        Field("650", " ", "4", [("a", title.partition(" ")[0].title()), ("x", "Sejarah")]),
        Field("650", " ", "4", [("a", place)]),
        Field("700", "1", subfields=[("a", name[::-1].title())]),
    ]


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _insert(path: Path, marcs: list[str]) -> None:
    """The least a store must do: one row of text for each record, durable."""
    database = sqlite3.connect(path)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("CREATE TABLE record (id INTEGER PRIMARY KEY, marc TEXT)")
    with database:
        database.executemany("INSERT INTO record (marc) VALUES (?)", ((marc,) for marc in marcs))
    database.close()


def _add(path: Path, marcs: list[str]) -> None:
    """The least an index must do: the same words in one field."""
    path.mkdir()
    schema = tantivy.SchemaBuilder().add_text_field("text").build()
    writer = tantivy.Index(schema, path=str(path)).writer(heap_size=128_000_000, num_threads=1)
    for marc in marcs:
        fields = json.loads(marc)["fields"]
        words = [text for field in fields[7:] for each in field.values() for one in each["subfields"] for text in one.values()]
        writer.add_document(tantivy.Document(text=words))
    writer.commit()
    writer.wait_merging_threads()


def _import(file: Path) -> None:
    """As an operator does it, until every record can be found: the command returns when nothing waits for the index."""
    subprocess.run(
        [sys.executable, "-m", "lumbung", "import", str(file)],
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": ""},  # an operator's Python keeps what it compiled
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
