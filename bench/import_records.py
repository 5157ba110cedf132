"""A library moves in: records parsed, stored and found. Under it: parsing alone, the bare SQLite insert, the bare Tantivy add."""

import io
import json
import os
import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import tantivy

from bench.made_catalogue import made_catalogue
from bench.shape import Row, Scale
from lumbung.catalogue.models import Record
from lumbung.formats.marc import dumps, read
from lumbung.kernel.jobs.condition import condition

BAR = 4_000
MOST_MEMORY = 1024


def run(scale: Scale) -> list[Row]:
    count = scale.of(100_000, quick=2_000)
    file = made_catalogue(count, scale.work).marc
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
