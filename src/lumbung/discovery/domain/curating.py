"""Lists that librarians choose for all: made, filled, put in order, published, removed and brought back."""

from typing import Any

from django.db import transaction
from django.db.models import F, Max

from lumbung.catalogue.models import Record
from lumbung.discovery.events import (
    CuratedListChanged,
    CuratedListMade,
    CuratedListRemoved,
    CuratedListRestored,
    CuratedTitleMoved,
    CuratedTitleNoted,
    CuratedTitlePut,
    CuratedTitleTaken,
)
from lumbung.discovery.models import CuratedList, CuratedTitle
from lumbung.discovery.refusals import ENDS_BEFORE_IT_BEGINS, NAME_EMPTY, TITLE_STANDS_THERE
from lumbung.kernel import clock, events
from lumbung.kernel.places import exchanged
from lumbung.kernel.refusals import Reason, Refused

FIELDS = frozenset({"title", "intro", "purpose", "published", "from_day", "until_day"})


@transaction.atomic
def make_curated_list(*, by: events.Actor | None, **said: Any) -> CuratedList:
    """Make a list; nobody but staff sees it before it is published. Refuses an empty title and an end before the beginning."""
    made = CuratedList(changed_at=clock.now(), **_trimmed(said))
    _refuse(made)
    made.save(force_insert=True)
    events.record(CuratedListMade(curated_list=made.pk), by=by)
    return made


@transaction.atomic
def change_curated_list(curated: CuratedList, *, by: events.Actor | None, **changes: Any) -> CuratedList:
    """Change the named fields, publishing among them; refuses as ``make_curated_list`` does."""
    curated = _locked(curated)
    wanted = _trimmed(changes)
    if changed := sorted(name for name, value in wanted.items() if getattr(curated, name) != value):
        for name in changed:
            setattr(curated, name, wanted[name])
        _refuse(curated)
        _touch(curated, *changed)
        events.record(CuratedListChanged(curated_list=curated.pk, fields=changed), by=by)
    return curated


@transaction.atomic
def put_title(
    curated: CuratedList, record: Record, *, by: events.Actor | None, note: str = "", place: int | None = None
) -> CuratedTitle:
    """Put a title into the list: last, or at ``place`` before those that stand there. Refuses one that stands there already."""
    curated = _locked(curated)
    if curated.titles.filter(record=record).exists():
        raise Refused(TITLE_STANDS_THERE(title=record.title_told))
    if place is None:
        place = (curated.titles.aggregate(last=Max("place"))["last"] or 0) + 1
    else:
        curated.titles.filter(place__gte=place).update(place=F("place") + 1)
    put = CuratedTitle.objects.create(curated_list=curated, record=record, note=note.strip(), place=place)
    _touch(curated)
    events.record(CuratedTitlePut(curated_list=curated.pk, record=record.pk), by=by)
    return put


@transaction.atomic
def note_title(chosen: CuratedTitle, note: str, *, by: events.Actor | None) -> None:
    """Say something of a title in its list; nothing happens when it was taken out meanwhile."""
    curated = _locked(chosen.curated_list)
    if curated.titles.filter(pk=chosen.pk).exclude(note=note.strip()).update(note=note.strip()):
        _touch(curated)
        events.record(CuratedTitleNoted(curated_list=chosen.curated_list_id, record=chosen.record_id), by=by)


@transaction.atomic
def move_title(chosen: CuratedTitle, *, up: bool, by: events.Actor | None) -> None:
    """Let the title change places with the one before it, or the one after it; nothing happens at the end, or when it was taken out."""
    curated = _locked(chosen.curated_list)
    if order := exchanged(curated.titles.all(), chosen, up=up, field="place"):
        CuratedTitle.objects.bulk_update(order, ["place"])
        _touch(curated)
        place = next(each.place for each in order if each.pk == chosen.pk)
        events.record(CuratedTitleMoved(curated_list=curated.pk, record=chosen.record_id, place=place), by=by)


@transaction.atomic
def take_title(chosen: CuratedTitle, *, by: events.Actor | None) -> None:
    """Take a title out of its list; ``put_title`` with the same place and note undoes it."""
    curated = _locked(chosen.curated_list)
    if curated.titles.filter(pk=chosen.pk).delete()[0]:
        _touch(curated)
        events.record(CuratedTitleTaken(curated_list=curated.pk, record=chosen.record_id), by=by)


@transaction.atomic
def remove_curated_list(curated: CuratedList, *, by: events.Actor | None) -> None:
    """Remove the list from every page; it can be brought back."""
    curated = _locked(curated)
    if curated.removed_at is None:
        curated.removed_at = clock.now()
        curated.save(update_fields=["removed_at"])
        events.record(CuratedListRemoved(curated_list=curated.pk), by=by)


@transaction.atomic
def restore_curated_list(curated: CuratedList, *, by: events.Actor | None) -> None:
    """Bring a removed list back as it was."""
    curated = _locked(curated)
    if curated.removed_at is not None:
        curated.removed_at = None
        curated.save(update_fields=["removed_at"])
        events.record(CuratedListRestored(curated_list=curated.pk), by=by)


def _locked(curated: CuratedList) -> CuratedList:
    return CuratedList.objects.select_for_update().get(pk=curated.pk)


def _touch(curated: CuratedList, *fields: str) -> None:
    curated.changed_at = clock.now()
    curated.save(update_fields=["changed_at", *fields])


def _trimmed(said: dict[str, Any]) -> dict[str, Any]:
    if unknown := said.keys() - FIELDS:
        raise TypeError(f"a curated list has no {', '.join(sorted(unknown))}")
    return {name: value.strip() if isinstance(value, str) else value for name, value in said.items()}


def _refuse(curated: CuratedList) -> None:
    reasons: list[Reason] = [] if curated.title else [NAME_EMPTY()]
    if curated.from_day and curated.until_day and curated.until_day < curated.from_day:
        reasons.append(ENDS_BEFORE_IT_BEGINS())
    if reasons:
        raise Refused(reasons)
