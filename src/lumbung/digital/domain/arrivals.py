"""Digital files from the system that a library leaves: each with whom it is for, and out again."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from django.db import transaction

from lumbung.catalogue.models import Record
from lumbung.digital.domain import store
from lumbung.digital.domain.files import add_file
from lumbung.digital.domain.letting_go import let_go_of
from lumbung.digital.events import FilesWithdrawn
from lumbung.digital.models import File
from lumbung.digital.queries.files import there_are_files
from lumbung.kernel import events
from lumbung.members.models import Category

PIECE = 1 << 20
LARGEST = 4 << 30
LONGEST = 200


@dataclass(frozen=True, kw_only=True)
class ArrivingFile:
    """``level`` is one of ``Levels``; ``categories`` are those of a group."""

    record: Record
    name: str
    label: str
    level: str
    categories: Sequence[Category] = ()


def bring_in(file: ArrivingFile, content: BinaryIO, *, by: events.Actor | None) -> int:
    """Keep the content and give it to its title; returns the key. Refuses like ``store.put`` and ``add_file``."""
    kept = store.put(iter(lambda: content.read(PIECE), b""), name=file.name, largest=LARGEST)
    name, label = file.name[:LONGEST], file.label[:LONGEST]
    return add_file(file.record, kept, by=by, categories=file.categories, name=name, label=label, level=file.level).pk


@transaction.atomic
def take_out(files: Collection[int], *, by: events.Actor | None) -> None:
    """Remove files with what was read in them, and contents that nothing refers to any more."""
    gone = File.objects.filter(pk__in=files)
    contents = sorted(set(gone.values_list("sha256", flat=True)))
    gone.delete()
    there_are_files.changed()
    events.record(FilesWithdrawn(files=sorted(files)), by=by)
    let_go_of(contents, by=by)
