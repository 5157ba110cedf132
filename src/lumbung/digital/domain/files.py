"""The files of titles: add, change, replace by a newer version, withdraw."""

from collections.abc import Collection
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lumbung.catalogue.models import Record
from lumbung.digital.domain.scanning import is_held
from lumbung.digital.domain.store import Content
from lumbung.digital.events import FileAdded, FileChanged, FileReplaced, FileRestored, FileWithdrawn
from lumbung.digital.models import File, Lending, Levels, Mark, Position, Sitting
from lumbung.digital.queries.files import there_are_files
from lumbung.digital.refusals import (
    ALREADY_REPLACED,
    ALREADY_WITHDRAWN,
    EMBARGO_OVER,
    EMBARGO_WITHOUT_REASON,
    FILE_NAME_EMPTY,
    FILE_THERE_ALREADY,
    GROUP_EMPTY,
    NOT_WITHDRAWN,
    NUMBER_OUT_OF_RANGE,
    REASON_EMPTY,
    SAME_CONTENT,
)
from lumbung.kernel import clock, events
from lumbung.kernel.changes import set_changed
from lumbung.kernel.constraints import refuse_when_broken
from lumbung.kernel.refusals import Reason, Refused
from lumbung.members.models import Category
from lumbung.organization.models import StudyProgramme
from lumbung.organization.queries import library

MOST_AT_ONCE = 1000
FIELDS = frozenset(
    {
        "name",
        "part",
        "label",
        "sequence",
        "pages",
        "level",
        "downloadable",
        "embargo_until",
        "embargo_reason",
        "licence",
        "at_once",
    }
)


@refuse_when_broken(a_title_has_a_content_once=SAME_CONTENT)
@transaction.atomic
def add_file(
    record: Record,
    content: Content,
    *,
    by: events.Actor | None,
    categories: Collection[Category] = (),
    programmes: Collection[StudyProgramme] = (),
    **fields: Any,
) -> File:
    """Give a title another file, whose content the store has. It stands after those that are there, unless ``sequence`` says otherwise.

    Refuses an empty name, a content the title has already, an embargo without a reason or already over, and a group of nobody.
    """
    file = File(record=record, sha256=content.sha256, size=content.size, media_type=content.media_type)
    file.added_at, file.added_by_id = clock.now(), by.pk if by is not None else None
    file.is_held = is_held(content.sha256)
    set_changed(file, {"sequence": _next_sequence(record), **fields}, allowed=FIELDS)
    _refuse(_faults(file, categories, programmes) + _twins(file))
    file.save(force_insert=True)
    there_are_files.changed()
    _set_groups(file, categories, programmes)
    events.record(FileAdded(file=file.pk, record=record.pk, sha256=content.sha256), by=by)
    return file


@transaction.atomic
def change_file(
    file: File,
    *,
    by: events.Actor | None,
    categories: Collection[Category] | None = None,
    programmes: Collection[StudyProgramme] | None = None,
    **fields: Any,
) -> File:
    """Change what is named about the file, never its content. Refuses like ``add_file``."""
    file = _locked(file)
    old = file.embargo_until
    changed = set_changed(file, fields, allowed=FIELDS)
    may_read = list(file.categories.all()) if categories is None else categories
    may_too = list(file.programmes.all()) if programmes is None else programmes
    _refuse(_faults(file, may_read, may_too, looked_at=file.embargo_until != old))
    changed += _set_groups(file, may_read, may_too)
    if changed:
        file.save(update_fields=[each for each in changed if each in FIELDS])
        events.record(FileChanged(file=file.pk, record=file.record_id, fields=changed), by=by)
    return file


@transaction.atomic
def replace_file(file: File, content: Content, *, name: str, by: events.Actor | None) -> File:
    """Put a newer version in the place of the file, with the same access; the old one is kept for its keepers.

    Refuses a file that is withdrawn or was replaced already, and the same content.
    """
    old = _locked(file)
    _refuse(
        ([ALREADY_REPLACED()] if old.replaced_by_id else [])
        + ([ALREADY_WITHDRAWN()] if old.withdrawn_at else [])
        + ([FILE_THERE_ALREADY(name=old.name)] if old.sha256 == content.sha256 else [])
    )
    new = File(record_id=old.record_id, sha256=content.sha256, size=content.size, media_type=content.media_type)
    kept = {each: getattr(old, each) for each in FIELDS - {"pages"}}
    set_changed(new, {**kept, "name": name}, allowed=FIELDS)
    new.is_held = is_held(content.sha256)
    new.version, new.added_at, new.added_by_id = old.version + 1, clock.now(), by.pk if by is not None else None
    new.save(force_insert=True)
    _set_groups(new, list(old.categories.all()), list(old.programmes.all()))
    old.replaced_by = new
    old.save(update_fields=["replaced_by"])
    for follower in (Lending, Position, Mark, Sitting):
        follower.objects.filter(file=old).update(file=new)
    change = FileReplaced(file=old.pk, record=old.record_id, replaced_by=new.pk, version=new.version)
    events.record(change, by=by)
    return new


@transaction.atomic
def withdraw_file(file: File, *, because: str, by: events.Actor | None) -> File:
    """Let nobody but the keepers read the file any more. Its address goes on saying that it was there, when it left, and why.

    Refuses without a reason, and what is withdrawn already.
    """
    file, reason = _locked(file), because.strip()
    _refuse(([ALREADY_WITHDRAWN()] if file.withdrawn_at else []) + ([] if reason else [REASON_EMPTY()]))
    file.withdrawn_at, file.withdrawn_because = clock.now(), reason[:300]
    file.save(update_fields=["withdrawn_at", "withdrawn_because"])
    events.record(FileWithdrawn(file=file.pk, record=file.record_id), by=by)
    return file


@refuse_when_broken(a_title_has_a_content_once=SAME_CONTENT)
@transaction.atomic
def restore_file(file: File, *, by: events.Actor | None) -> File:
    """Let a withdrawn file be read again as its access says. Refuses what is not withdrawn, or came back as another file."""
    file = _locked(file)
    _refuse(([] if file.withdrawn_at else [NOT_WITHDRAWN()]) + _twins(file))
    file.withdrawn_at, file.withdrawn_because = None, ""
    file.save(update_fields=["withdrawn_at", "withdrawn_because"])
    events.record(FileRestored(file=file.pk, record=file.record_id), by=by)
    return file


def _faults(
    file: File, categories: Collection[Category], programmes: Collection[StudyProgramme], *, looked_at: bool = True
) -> list[Reason]:
    reasons: list[Reason] = []
    if not file.name:
        reasons.append(FILE_NAME_EMPTY())
    if file.embargo_until and not file.embargo_reason:
        reasons.append(EMBARGO_WITHOUT_REASON())
    if looked_at and file.embargo_until and file.embargo_until <= clock.today(ZoneInfo(library().time_zone)):
        reasons.append(EMBARGO_OVER(day=date_format(file.embargo_until, "j F Y")))
    if file.at_once is not None and not 1 <= file.at_once <= MOST_AT_ONCE:
        reasons.append(NUMBER_OUT_OF_RANGE(what=_("Pembaca serentak"), least=1, most=MOST_AT_ONCE))
    if file.level == Levels.GROUP and not categories and not programmes:
        reasons.append(GROUP_EMPTY())
    return reasons


def _twins(file: File) -> list[Reason]:
    same = File.objects.current().filter(record=file.record_id, sha256=file.sha256).exclude(pk=file.pk)
    return [FILE_THERE_ALREADY(name=each.name) for each in same[:1]]


def _set_groups(file: File, categories: Collection[Category], programmes: Collection[StudyProgramme]) -> list[str]:
    """Set who the group is; returns the names of what differs."""
    changed = []
    for name, wanted in (("categories", categories), ("programmes", programmes)):
        there = getattr(file, name)
        if set(there.values_list("pk", flat=True)) != {each.pk for each in wanted}:
            there.set(wanted)
            changed.append(name)
    return changed


def _next_sequence(record: Record) -> int:
    last = File.objects.current().filter(record=record).aggregate(last=Max("sequence"))["last"]
    return 0 if last is None else int(last) + 1


def _locked(file: File) -> File:
    return File.objects.select_for_update().get(pk=file.pk)


def _refuse(reasons: list[Reason]) -> None:
    if reasons:
        raise Refused(reasons)
