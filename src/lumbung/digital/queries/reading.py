"""Reading positions and marks of somebody, and what a file is to the reader page."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from lumbung.digital.models import File, Mark, Position, WordReading
from lumbung.digital.queries.access import Asker, access_to
from lumbung.digital.queries.files import grouped, titled

SHELF = 12
_BY_START = {"image/": "image", "audio/": "audio", "video/": "video"}
_BY_TYPE = {"application/pdf": "pdf", "application/epub+zip": "epub"}


def reader_kind(media_type: str) -> str:
    """How files of this type are read here: ``pdf``, ``epub``, ``image``, ``audio``, ``video``; empty where they are not."""
    found = _BY_TYPE.get(media_type)
    return found or next((kind for start, kind in _BY_START.items() if media_type.startswith(start)), "")


def latest_position(file: File, reader: Any) -> Position | None:
    """Where somebody read last, on whatever device."""
    if getattr(reader, "pk", None) is None:
        return None
    return Position.objects.filter(file=file, reader=reader).order_by("-at", "-pk").first()


def marks_of(file: File, reader: Any) -> QuerySet[Mark]:
    """Their marks in the file, those they removed among them, so that other devices learn of it."""
    return Mark.objects.filter(file=file, reader=reader).select_related("beside")


def being_read(asker: Asker) -> Sequence[tuple[File, Position]]:
    """What somebody reads here and may read still, the latest first, each with its latest position."""
    if not asker.is_signed_in:
        return []
    latest: dict[int, Position] = {}
    for position in Position.objects.filter(reader=asker.user).order_by("-at", "-pk")[: SHELF * 4]:
        latest.setdefault(position.file_id, position)
    files = {file.pk: file for file in grouped(titled().filter(pk__in=list(latest)[:SHELF]))}
    return [(files[key], place) for key, place in latest.items() if key in files and access_to(files[key], asker).may_read]


def word_reading(file: File) -> WordReading | None:
    """How far the reading of the file's words is."""
    return WordReading.objects.filter(file=file).first()
