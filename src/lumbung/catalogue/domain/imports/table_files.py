"""A table that came in, kept until its columns are known and its import has begun."""

from datetime import timedelta
from pathlib import PurePath
from typing import BinaryIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from lumbung.catalogue.events_of_many import TableTaken
from lumbung.catalogue.models import ImportTable
from lumbung.catalogue.refusals import TABLE_EMPTY, TABLE_GONE, TABLE_UNREADABLE
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Refused
from lumbung.kernel.sheets import UnreadableTableError, rows_of

FOLDER = "tables"
KEPT = timedelta(days=7)
SAMPLES = 3


@transaction.atomic
def take_table(file: BinaryIO, *, name: str, by: events.Actor | None) -> ImportTable:
    """Keep the table and read its head. Refuses what is no CSV or XLSX, and a table without rows under its head."""
    content = file.read()
    try:
        rows = rows_of(content)
    except UnreadableTableError:
        raise Refused(TABLE_UNREADABLE(name=PurePath(name).name)) from None
    if len(rows) < 2:  # noqa: PLR2004 -- a head, and a row under it
        raise Refused(TABLE_EMPTY())
    table = ImportTable.objects.create(
        file_name=PurePath(name.replace("\\", "/")).name[:255] or "tabel",
        stored_file=default_storage.save(f"{FOLDER}/tabel", ContentFile(content)),
        header=rows[0],
        samples=[[row[at] if at < len(row) else "" for row in rows[1 : SAMPLES + 1]] for at in range(len(rows[0]))],
        rows=len(rows) - 1,
        created_by_id=by.pk if by is not None else None,
        created_at=clock.now(),
    )
    events.record(TableTaken(table=table.pk), by=by)
    return table


def size_of(table: ImportTable) -> int:
    """In bytes, as it came."""
    return default_storage.size(table.stored_file)


def rows_in(table: ImportTable) -> list[list[str]]:
    """Its rows without the head. Refuses a table whose file was removed."""
    if not table.stored_file or not default_storage.exists(table.stored_file):
        raise Refused(TABLE_GONE())
    with default_storage.open(table.stored_file, "rb") as file:
        return rows_of(file.read())[1:]


def forget_tables() -> None:
    """Remove tables older than KEPT with their files; what was imported from them stays."""
    for table in ImportTable.objects.filter(created_at__lt=clock.now() - KEPT):
        if table.stored_file:
            default_storage.delete(table.stored_file)
        table.delete()
