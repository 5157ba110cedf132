"""Carrying a changed heading into the records, and taking it back: stretch by stretch, each with how far it got.

Each record keeps what stood before as a revision, so that its own page shows the change and can restore it too.
"""

from collections.abc import Iterable, Sequence
from copy import deepcopy
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from lumbung.catalogue.domain import bibliographic
from lumbung.catalogue.domain.authorities.described import heading_field
from lumbung.catalogue.domain.authorities.keys import CODES, SUBDIVISIONS, headings_in
from lumbung.catalogue.domain.authorities.linking import replace_headings
from lumbung.catalogue.domain.marc_shape import meant
from lumbung.catalogue.domain.simple_entry import bare, marked, tail
from lumbung.catalogue.domain.taking_back import without_change
from lumbung.catalogue.events import HeadingsRewritten
from lumbung.catalogue.models import HeadingChange, HeadingKind, Record, RecordHeading, Revision
from lumbung.catalogue.models.revision import packed
from lumbung.formats import marc
from lumbung.formats.marc import Field
from lumbung.formats.marc import Record as Marc
from lumbung.kernel import channel, clock, events, rows

STRETCH = 500
States = HeadingChange.States
REVISION_COLUMNS = ("record_id", "was", "became", "before", "restored", "at", "by_id", "channel", "heading_change_id")


def carry_out(change: HeadingChange) -> HeadingChange:
    """Write the new heading into every record that stands under the authority with the old one; asked again, it goes on."""
    change.refresh_from_db()
    while change.state == States.RUNNING and _rewrite_stretch(change.pk):
        pass
    return _ended(change, States.RUNNING, States.FINISHED)


def take_back(change: HeadingChange) -> HeadingChange:
    """Give every record that the change touched its old heading back; asked again, it goes on.

    A record that was changed since keeps what was changed: only the heading goes back. Where somebody changed the heading itself,
    it stays, and is counted in ``records_left``.
    """
    change.refresh_from_db()
    while change.state == States.UNDOING and _restore_stretch(change.pk):
        pass
    return _ended(change, States.UNDOING, States.UNDONE)


def _ended(change: HeadingChange, state: str, end: str) -> HeadingChange:
    HeadingChange.objects.filter(pk=change.pk, state=state).update(state=end, finished_at=clock.now())
    change.refresh_from_db()
    return change


@transaction.atomic
def _rewrite_stretch(key: int) -> bool:
    """The next records. False when none are left."""
    change = HeadingChange.objects.select_for_update(of=("self",)).select_related("authority", "created_by").get(pk=key)
    under = RecordHeading.objects.filter(authority=change.authority_id, record__gt=change.reached)
    under = under.filter(key=change.old_key)
    keys = list(under.order_by("record").values_list("record", flat=True).distinct()[:STRETCH])
    if change.state != States.RUNNING or not keys:
        return False
    old, new = heading_field(change.marc_before), heading_field(change.authority.marc_record)
    changed = []
    for record in _locked_records(keys):
        made = record.marc_record
        if new is not None and old is not None and _rewritten(made, change, new):
            changed.append((record, made))
    _replace(changed, change, by=change.created_by)
    _advance(change, keys, changed, undone=False, by=change.created_by)
    return True


@transaction.atomic
def _restore_stretch(key: int) -> bool:
    change = HeadingChange.objects.select_for_update(of=("self",)).select_related("created_by").get(pk=key)
    kept = Revision.objects.filter(heading_change=change, restored__isnull=True, record__gt=change.reached).order_by("record")
    revisions = {each.record_id: each for each in kept[:STRETCH]}
    if change.state != States.UNDOING or not revisions:
        return False
    changed, left = [], 0
    for record in _locked_records(list(revisions)):
        made, clashes = without_change(record, revisions[record.pk])
        left += clashes
        if meant(marc.to_json(made)) != meant(record.marc):
            changed.append((record, made))
    _replace(changed, change, by=change.created_by, restored={pk: each.was for pk, each in revisions.items()})
    HeadingChange.objects.filter(pk=key).update(records_left=F("records_left") + left)
    _advance(change, list(revisions), changed, undone=True, by=change.created_by)
    return True


def _rewritten(made: Marc, change: HeadingChange, new: Field) -> bool:
    """Put the new heading into every field of the record that has the old one. False when there is none."""
    kind, found = HeadingKind(change.authority.kind), False
    for each in list(headings_in(made)):
        if each.kind == kind and each.key == change.old_key:
            write_heading(each.field, new, kind, whole=each.whole)
            found = True
    return found


def write_heading(field: Field, new: Field, kind: HeadingKind, *, whole: bool = False) -> None:
    """Make the heading of a bibliographic field say what the 1XX ``new`` says. Its roles, its title, its subdivisions (unless they
    belong to the heading: ``whole``) and the mark that stood behind it stay."""
    codes = CODES[kind] + (SUBDIVISIONS if whole else "")
    held = [at for at, (code, _) in enumerate(field.subfields) if code in codes]
    mark = tail(field.subfields[held[-1]][1]) if held else ""
    told = [(code, text) for code, text in new.subfields if code in CODES[kind] + SUBDIVISIONS]
    if told:
        code, text = told[-1]
        told[-1] = (code, marked(bare(text), mark))
    start = held[0] if held else 0
    rest = [each for at, each in enumerate(field.subfields) if at not in held]
    field.subfields = [*rest[:start], *deepcopy(told), *rest[start:]]
    if kind in {HeadingKind.PERSON, HeadingKind.BODY, HeadingKind.MEETING}:
        field.ind1 = new.ind1


def _locked_records(keys: Sequence[int]) -> Iterable[Record]:
    return Record.objects.select_for_update().filter(pk__in=keys).order_by("pk")


def _replace(
    changed: Sequence[tuple[Record, Marc]],
    change: HeadingChange,
    *,
    by: events.Actor | None,
    restored: dict[int, int] | None = None,
) -> None:
    """Put these MARC records in the place of what the records said, keeping that: many rows at once, past the ORM."""
    now = clock.now()
    at, door = connection.ops.adapt_datetimefield_value(now), channel.current()
    actor = by.pk if by is not None else None
    revisions = [
        (
            record.pk, record.version, record.version + 1, packed(record.marc), (restored or {}).get(record.pk), at, actor,
            door, change.pk,
        )
        for record, _ in changed
    ]  # fmt: skip
    columns = bibliographic.Columns._fields
    new: list[tuple[Any, ...]] = [
        (marc.dumps(made), *bibliographic.columns_of(made)[0], record.version + 1, at, record.pk) for record, made in changed
    ]
    rows.update(Record, ("marc", *columns, "version", "updated_at"), new)
    rows.insert(Revision, REVISION_COLUMNS, revisions)
    replace_headings((record.pk, made) for record, made in changed)


def _advance(
    change: HeadingChange,
    keys: Sequence[int],
    changed: Sequence[tuple[Record, Marc]],
    *,
    undone: bool,
    by: events.Actor | None,
) -> None:
    count = F("records_changed") + (-len(changed) if undone else len(changed))
    HeadingChange.objects.filter(pk=change.pk).update(reached=keys[-1], records_changed=count)
    if changed:
        told = [record.pk for record, _ in changed]
        events.record(HeadingsRewritten(heading_change=change.pk, records=told, undone=undone), by=by)
