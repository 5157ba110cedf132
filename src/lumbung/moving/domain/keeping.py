"""What has no room here yet is kept whole, beside the library: tables as JSON Lines, with how many rows and their digest."""

import gzip
import hashlib
import tempfile
from collections.abc import Iterator
from typing import BinaryIO, cast

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction

from lumbung.kernel import events
from lumbung.moving.domain.sources import Kept
from lumbung.moving.domain.staging import AT, Staged, as_json
from lumbung.moving.domain.work import Work
from lumbung.moving.events import KeptTablesForgotten, MoveDataTaken
from lumbung.moving.models import KeptTable, Move

FOLDER = "moving"


def keep(work: Work) -> None:
    """Keep every table the source names; one that is kept already is left."""
    there = set(work.move.kept_tables.values_list("name", flat=True))
    for each in work.source.kept():
        if each.table not in there and each.because != "derived" and work.source.staged.count(each.table):
            _keep(work.move, work.source.staged, each)


def lines(staged: Staged, each: Kept) -> Iterator[str]:
    """The rows of a table as JSON, one a line; with ``columns``, those alone."""
    wanted = {*each.columns}
    for row in staged.rows(each.table):
        yield as_json({name: value for name, value in row.items() if name != AT and (not wanted or name in wanted)}) + "\n"


@transaction.atomic
def note_taken(move: Move, table: str, *, by: events.Actor | None) -> None:
    """Write down who carries away this kept table, or ``findings`` with the rows as they came: they name people."""
    events.record(MoveDataTaken(move=move.pk, table=table), by=by)


def forget_kept(move: Move, *, by: events.Actor | None) -> None:
    """Delete what the move kept, tables and rows beside findings: they hold names and numbers of people, and nobody needs them any
    more."""
    with transaction.atomic():
        kept = list(move.kept_tables.all())
        move.kept_tables.all().delete()
        move.findings.update(row={})
        events.record(KeptTablesForgotten(move=move.pk, tables=len(kept)), by=by)
    for each in kept:
        default_storage.delete(each.stored_file)


def _keep(move: Move, staged: Staged, each: Kept) -> None:
    digest, count = hashlib.sha256(), 0
    with tempfile.TemporaryFile() as file:
        with gzip.GzipFile(fileobj=file, mode="wb", mtime=0) as packed:
            for line in lines(staged, each):
                text = line.encode("utf-8", "surrogatepass")
                packed.write(text)
                digest.update(text)
                count += 1
        file.seek(0)
        stored = default_storage.save(f"{FOLDER}/{move.pk}/{each.table}.jsonl.gz", File(cast(BinaryIO, file)))
    KeptTable.objects.create(
        move=move, name=each.table, rows=count, stored_file=stored, digest=digest.hexdigest(), because=each.because
    )
