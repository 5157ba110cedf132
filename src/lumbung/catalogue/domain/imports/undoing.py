"""Taking a whole import back."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import F, Model, OuterRef, ProtectedError, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from lumbung.catalogue.domain.bound_titles import unbind_all
from lumbung.catalogue.domain.imports.custody import in_hand, note_abandoned
from lumbung.catalogue.domain.imports.made_places import remove_places
from lumbung.catalogue.domain.items import remove_item
from lumbung.catalogue.domain.records import take_back
from lumbung.catalogue.domain.removal import whereabouts
from lumbung.catalogue.events import ImportUndone, RecordsRelinked
from lumbung.catalogue.models import Authority, BoundTitle, Draft, Identifier, ImportRun, Item, Record, RecordHeading, Revision
from lumbung.catalogue.refusals import (
    AUTHORITIES_CHANGED_SINCE,
    CHANGED_SINCE,
    IN_USE,
    ITEMS_SINCE,
    NOTHING_TO_UNDO,
    USED_SINCE,
)
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Reason, Refused
from lumbung.organization.domain import barcodes

STRETCH = 500
States = ImportRun.States
UNDOABLE = (States.FINISHED, States.INTERRUPTED, States.UNDOING)


@transaction.atomic
def begin_undoing(run: ImportRun) -> None:
    """Mark the import as being undone; ``undo_import`` does it in the background. Refuses as that does."""
    note_abandoned()
    held = ImportRun.objects.select_for_update().get(pk=run.pk)
    _refuse_to_undo(held)
    ImportRun.objects.filter(pk=run.pk).update(state=States.UNDOING)


def undo_import(run: ImportRun, *, by: events.Actor | None) -> ImportRun:
    """Remove every record and item of the import, free the barcodes, and make records that it changed say what they said before. The
    branches, locations and item types that it made go too, unless anything else uses them.

    That is done a stretch at a time; asked again, it goes on.

    Refuses, before anything is removed, when records were changed since, were given other items, or were lent or held, and while another
    process has it in hand.
    """
    note_abandoned()
    with in_hand(run) as beat:
        run.refresh_from_db()
        _undo(run, by, beat)
    run.refresh_from_db()
    return run


def _undo(run: ImportRun, by: events.Actor | None, beat: Callable[[], None]) -> None:
    try:
        _refuse_to_undo(run)
        ImportRun.objects.filter(pk=run.pk).update(state=States.UNDOING)
        while _undo_stretch(run, by) or _undo_matches(run, by) or _undo_authorities(run, by):
            beat()
    except Refused:  # used between asking and doing: it may be asked again
        stands = States.INTERRUPTED if run.finished_at is None else States.FINISHED
        ImportRun.objects.filter(pk=run.pk, state=States.UNDOING).update(state=stands)
        raise
    remove_places(run, by=by)
    ImportRun.objects.filter(pk=run.pk).update(state=States.UNDONE, finished_at=clock.now())


def _refuse_to_undo(run: ImportRun) -> None:
    if run.state not in UNDOABLE or run.dry_run:
        raise Refused(NOTHING_TO_UNDO(run=run.pk, state=States(run.state).label))
    if reasons := reasons_against_undoing(run):
        raise Refused(reasons)


@transaction.atomic
def _undo_stretch(run: ImportRun, by: events.Actor | None) -> bool:
    """Remove some records with their items. False when none are left."""
    keys = list(run.records.order_by("-pk").values_list("pk", flat=True)[:STRETCH])
    if not keys:
        return False
    items = Item.objects.filter(record__in=keys)
    freed = list(items.values_list("barcode", flat=True))
    try:
        with transaction.atomic():
            unbind_all(keys)
            items.delete()
            Identifier.objects.filter(record__in=keys).delete()
            Record.objects.filter(pk__in=keys).defer("marc", "findable").delete()
    except ProtectedError as error:  # lent between the look and the deed
        raise Refused(IN_USE(where=whereabouts(error.protected_objects))) from error
    barcodes.release(freed)
    events.record(ImportUndone(import_run=run.pk, records=sorted(keys)), by=by)
    return True


@transaction.atomic
def _undo_matches(run: ImportRun, by: events.Actor | None) -> bool:
    """Take back what the import did to some records that were there before. False when none are left."""
    changed = list(run.revisions.order_by("record").values_list("record", flat=True).distinct()[:STRETCH])
    for key in changed:
        take_back(key, run=run, by=by)
    given = list(run.items.order_by("pk")[:STRETCH])
    for item in given:
        remove_item(item, by=by)
    return bool(changed or given)


@transaction.atomic
def _undo_authorities(run: ImportRun, by: events.Actor | None) -> bool:
    """Remove some authorities; the headings of records stay as they are, without one. False when none are left."""
    keys = list(run.authorities.order_by("-pk").values_list("pk", flat=True)[:STRETCH])
    if not keys:
        return False
    under = RecordHeading.objects.filter(authority__in=keys).values_list("record", flat=True)
    concerned = sorted(set(under))
    Authority.objects.filter(pk__in=keys).delete()
    for first in range(0, len(concerned), STRETCH):
        events.record(RecordsRelinked(records=concerned[first : first + STRETCH]), by=by)
    return True


def reasons_against_undoing(run: ImportRun) -> list[Reason]:
    """Why the import cannot be undone any more: its records were changed, given other items, lent or held since."""
    reasons = []
    if changed := _changed_since(run):
        reasons.append(CHANGED_SINCE(count=changed))
    if edited := run.authorities.filter(version__gt=1).count():
        reasons.append(AUTHORITIES_CHANGED_SINCE(count=edited))
    if others := Item.objects.filter(record__import_run=run).exclude(import_run=run).count():
        reasons.append(ITEMS_SINCE(count=others))
    reasons += _uses(run.records.all(), besides=(BoundTitle, Draft, Identifier, Item, RecordHeading, Revision))
    reasons += _uses(run.items.all(), besides=(BoundTitle,))
    if others := BoundTitle.objects.filter(item__import_run=run).exclude(record__import_run=run).count():
        reasons.append(USED_SINCE(count=others, what=str(BoundTitle._meta.verbose_name)))
    return reasons


def _changed_since(run: ImportRun) -> int:
    """How many of the records the import made or changed were changed by anybody else after."""
    own = run.revisions.filter(record=OuterRef("pk")).order_by("-became").values("became")[:1]
    rows = Record.objects.filter(Q(import_run=run) | Q(pk__in=run.revisions.values("record")))
    return rows.annotate(left_at=Coalesce(Subquery(own), 1)).filter(version__gt=F("left_at")).count()


def _uses(rows: QuerySet[Any], besides: tuple[type[Model], ...]) -> list[Reason]:
    """What other parts keep about these rows. The catalogue does not know those parts; the database's foreign keys do."""
    reasons = []
    for relation in rows.model._meta.related_objects:
        model = relation.related_model
        if model in besides:
            continue
        if count := model._default_manager.filter(**{f"{relation.field.name}__in": rows.values("pk")}).count():  # noqa: SLF001 -- Django's documented name
            reasons.append(USED_SINCE(count=count, what=str(model._meta.verbose_name)))
    return reasons
