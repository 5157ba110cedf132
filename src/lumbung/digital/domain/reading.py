"""Where people are in what they read, and what they marked: kept by person, from any number of devices, the later by their clocks first."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from lumbung.accounts.models import User
from lumbung.digital.models import File, Mark, Position
from lumbung.digital.refusals import LOCATOR_UNREADABLE
from lumbung.formats.readium import BadLocator, Locator, locator_of
from lumbung.kernel import clock
from lumbung.kernel.refusals import Refused

LONGEST_NOTE = 10_000
MOST_MARKS = 5_000


@dataclass(frozen=True)
class MarkSent:
    """A mark as a device sends it. ``base`` is the version it last heard of, 0 for one it made; ``is_removed`` takes it away."""

    key: str
    kind: str
    locator: Locator
    note: str
    colour: str
    changed_at: datetime
    base: int
    is_removed: bool


@transaction.atomic
def keep_position(file: File, *, reader: User, device: str, locator: Locator, at: datetime) -> Position:
    """Remember where the device is. What it sends late does not put back what it sent since; a clock that runs ahead counts as now."""
    row = Position.objects.select_for_update().filter(reader=reader, file=file, device=device).first()
    row = row or Position(reader=reader, file=file, device=device)
    at = min(at, clock.now())
    if row.pk is None or at >= row.at:
        row.locator, row.total, row.at = locator.as_json(), locator.total or 0.0, at
        row.save()
    return row


@transaction.atomic
def keep_marks(file: File, sent: Sequence[MarkSent], *, reader: User) -> list[Mark]:
    """Bring the marks of a device together with those that are known; returns those that changed and their rivals.

    A mark that was changed elsewhere meanwhile: the later by the clocks stands, and what the other said is kept beside it.
    """
    known = {mark.key: mark for mark in Mark.objects.select_for_update().filter(reader=reader, file=file)}
    touched: list[Mark] = []
    for told in sent:
        if told.key not in known and len(known) >= MOST_MARKS:
            break
        for mark in _brought_together(known.get(told.key), told, file, reader):
            known[mark.key] = mark
            touched.append(mark)
    return touched


def _brought_together(mark: Mark | None, told: MarkSent, file: File, reader: User) -> list[Mark]:
    at = min(told.changed_at, clock.now())
    if mark is None:
        mark = Mark(reader=reader, file=file, key=told.key, kind=told.kind, version=0)
    elif _says_the_same(mark, told):
        return [mark]
    elif told.base != mark.version:
        return _rivals(mark, told, at)
    return [_written(mark, told, at)]


def _rivals(mark: Mark, told: MarkSent, at: datetime) -> list[Mark]:
    """Both changed since they last heard of each other."""
    if at < mark.changed_at:
        return [mark] if told.is_removed else [mark, _beside(mark, told.note, told.colour, told.locator.as_json(), at)]
    rival = [] if mark.removed_at else [_beside(mark, mark.note, mark.colour, mark.locator, mark.changed_at)]
    return [_written(mark, told, at), *rival]


def _beside(mark: Mark, note: str, colour: str, locator: Mapping[str, Any], at: datetime) -> Mark:
    said = hashlib.sha256(f"{note} {colour} {sorted(locator.items())}".encode()).hexdigest()
    key = f"{mark.key[:24]}~{said[:12]}"
    row, _ = Mark.objects.update_or_create(
        reader=mark.reader,
        file=mark.file,
        key=key,
        defaults={
            "kind": mark.kind, "note": note, "colour": colour, "locator": dict(locator), "changed_at": at, "beside": mark,
        },
    )  # fmt: skip
    return row


def _written(mark: Mark, told: MarkSent, at: datetime) -> Mark:
    mark.kind, mark.locator, mark.note, mark.colour = told.kind, told.locator.as_json(), told.note[:LONGEST_NOTE], told.colour
    mark.changed_at, mark.removed_at, mark.version = at, at if told.is_removed else None, mark.version + 1
    mark.save()
    return mark


def _says_the_same(mark: Mark, told: MarkSent) -> bool:
    same = (mark.note, mark.colour, mark.kind, mark.locator) == (told.note, told.colour, told.kind, told.locator.as_json())
    return same and bool(mark.removed_at) == told.is_removed


def located(told: object) -> Locator:
    """The Locator a device sent. Refuses what is none."""
    try:
        return locator_of(told)
    except BadLocator as bad:
        raise Refused(LOCATOR_UNREADABLE(what=bad)) from bad
