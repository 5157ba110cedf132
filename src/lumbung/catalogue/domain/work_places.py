"""Editions of one work, where a librarian knows better than the key: joined, set apart, and put back."""

from collections.abc import Collection
from hashlib import blake2b
from typing import Any

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from lumbung.catalogue.domain.works import DIGEST
from lumbung.catalogue.events.mergers import WorkChangeUndone, WorksJoined, WorksParted
from lumbung.catalogue.models import Record, WorkChange, WorkPlace
from lumbung.catalogue.models.record import RecordQuerySet
from lumbung.catalogue.refusals import ALREADY_ONE_WORK, NO_TITLES_CHOSEN, WORK_CHANGE_UNDONE, WORK_UNKNOWN
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Refused

EFFECTIVE = Coalesce("work_place__key", "work_key", output_field=CharField())
"""The work a record belongs to: where it was put, else what its MARC says."""


def has_other_editions() -> Q:
    """For records annotated with their ``work``: whether the public sees another edition of it."""
    put = WorkPlace.objects.filter(key=OuterRef("work"), record__suppressed=False).exclude(record=OuterRef("pk"))
    read = Record.objects.shown_to_public().filter(work_key=OuterRef("work"), work_place__isnull=True)
    return Exists(put) | Exists(read.exclude(work_key="").exclude(pk=OuterRef("pk")))


def editions_of(work: str) -> RecordQuerySet:
    """Every record of this work, the newest edition first, without its MARC."""
    put = WorkPlace.objects.filter(key=work).values("record")
    read = Record.objects.filter(work_key=work, work_place__isnull=True).values("pk")
    rows = Record.objects.listed().filter(Q(pk__in=put) | Q(pk__in=read)) if work else Record.objects.none()
    return rows.order_by("-year", "pk")


def work_of(record: Record) -> str:
    """The key of the record's work; empty for one that stands alone."""
    found = Record.objects.filter(pk=record.pk).annotate(work=EFFECTIVE).values_list("work", flat=True).first()
    return found or ""


def changes_of(work: str) -> QuerySet[WorkChange]:
    """What librarians did to this work, the latest first."""
    touched = WorkChange.objects.filter(key=work) | WorkChange.objects.filter(came_from=work)
    return touched.select_related("by")


@transaction.atomic
def join_works(records: Collection[Record], *, to: Record, by: events.Actor | None) -> WorkChange:
    """Make these records editions of the other's work. Refuses none, and those that are of it already."""
    keys = sorted({each.pk for each in records} - {to.pk})
    if not keys:
        raise Refused(NO_TITLES_CHOSEN())
    key = work_of(to) or _own_key(to.pk)
    rows = _locked([*keys, to.pk])
    wanted = [each for each in rows if _work(each) != key]
    if not wanted:
        raise Refused(ALREADY_ONE_WORK())
    came_from = next((_work(each) for each in wanted if each.pk != to.pk), "")
    change = _put(wanted, key, WorkChange.Kinds.JOINING, came_from, by)
    events.record(WorksJoined(work_change=change.pk, work=key, records=[each.pk for each in rows]), by=by)
    return change


@transaction.atomic
def part_works(records: Collection[Record], *, by: events.Actor | None) -> WorkChange:
    """Make these records, which are of one work, a work by themselves. Refuses none, and records of several works."""
    rows = _locked([each.pk for each in records])
    works = {_work(each) for each in rows}
    if not rows:
        raise Refused(NO_TITLES_CHOSEN())
    if len(works) > 1:
        raise Refused(WORK_UNKNOWN())
    key = _own_key(rows[0].pk, clock.now().isoformat())
    change = _put(rows, key, WorkChange.Kinds.PARTING, works.pop(), by)
    events.record(WorksParted(work_change=change.pk, work=key, records=[each.pk for each in rows]), by=by)
    return change


@transaction.atomic
def undo_work_change(change: WorkChange, *, by: events.Actor | None) -> WorkChange:
    """Give the records the places they had; those that were put elsewhere since stay. Refuses a change that is undone already."""
    change = WorkChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    if change.undone_at is not None:
        raise Refused(WORK_CHANGE_UNDONE())
    still = list(WorkPlace.objects.select_for_update().filter(record__in=list(change.before), key=change.key))
    for place in still:
        before = change.before[str(place.record_id)]
        if before is None:
            place.delete()
        else:
            WorkPlace.objects.filter(record=place.record_id).update(key=before)
    change.undone_at = clock.now()
    change.save(update_fields=["undone_at"])
    records = sorted(int(each) for each in change.before)
    events.record(WorkChangeUndone(work_change=change.pk, records=records), by=by)
    return change


def _locked(keys: Collection[int]) -> list[Record]:
    rows = Record.objects.listed().select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    places = dict(WorkPlace.objects.filter(record__in=keys).values_list("record", "key"))
    found = list(rows)
    for each in found:
        each.placed = places.get(each.pk)  # type: ignore[attr-defined]
    return found


def _work(record: Any) -> str:
    work: str = record.placed or record.work_key
    return work


def _put(rows: list[Record], key: str, kind: str, came_from: str, by: events.Actor | None) -> WorkChange:
    before = {str(each.pk): each.placed for each in rows}  # type: ignore[attr-defined]
    for each in rows:
        WorkPlace.objects.update_or_create(record=each, defaults={"key": key})
    return WorkChange.objects.create(
        kind=kind, key=key, came_from=came_from, before=before, at=clock.now(), by_id=by.pk if by is not None else None
    )


def _own_key(record: int, more: str = "") -> str:
    return blake2b(f"{record}|{more}".encode(), digest_size=DIGEST).hexdigest()
