"""Two records for one edition become one, with all that stands on them; and are two again."""

from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from lumbung.catalogue.domain import bound_in_mergers
from lumbung.catalogue.domain.authorities.linking import replace_headings
from lumbung.catalogue.domain.bibliographic import columns_of
from lumbung.catalogue.domain.merging import Origin, merge, merged_record
from lumbung.catalogue.domain.record_followers import followers
from lumbung.catalogue.domain.records import faults, identify, replace_marc
from lumbung.catalogue.domain.removal import whereabouts
from lumbung.catalogue.events.mergers import RecordMergerUndone, RecordsMerged
from lumbung.catalogue.models import Draft, ForeignRecord, ImportRun, Item, Merger, Record, Revision, WorkPlace
from lumbung.catalogue.models.merger import packed_row
from lumbung.catalogue.models.revision import packed
from lumbung.catalogue.refusals import IN_USE, MERGED_ON, MERGER_UNDONE, RECORD_GONE, SAME_RECORD, STALE
from lumbung.formats import marc
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Reason, Refused

ROW = ("marc", "suppressed", "version", "created_at", "updated_at")
REVISION = ("was", "became", "restored", "at", "by_id", "channel", "heading_change_id")


@transaction.atomic
def merge_records(
    gone: Record, *, into: Record, made: marc.Record, versions: tuple[int, int], by: events.Actor | None
) -> Merger:
    """Let ``gone`` go into the other, which says ``made`` from then on; copies, loans, holds, lists and old addresses follow.

    ``versions`` are those of ``gone`` and of the other that were looked at. Refuses a record with itself, one that is gone, one that
    somebody changed meanwhile, MARC that ``add_record`` would refuse, and while something stands on ``gone`` that nobody can move.
    """
    if gone.pk == into.pk:
        raise Refused(SAME_RECORD())
    gone, kept = _locked(gone.pk, into.pk)
    reasons: list[Reason] = [STALE()] if (gone.version, kept.version) != versions else []
    if reasons := reasons + faults(made):
        raise Refused(reasons)
    key, row, before, was = gone.pk, _row_of(gone), kept.marc, kept.version
    moved = _moved(key, kept.pk, by)
    _remove(gone)
    replace_marc(kept, made, by=by)
    merger = Merger.objects.create(
        gone=key,
        into=kept.pk,
        title=gone.title,
        row=packed_row(row),
        before=packed(before),
        was=was,
        became=kept.version,
        moved=moved,
        at=clock.now(),
        by_id=by.pk if by is not None else None,
    )
    events.record(RecordsMerged(record=kept.pk, gone=key, merger=merger.pk, items=moved["items"]), by=by)
    return merger


@transaction.atomic
def undo_merger(merger: Merger, *, by: events.Actor | None) -> Record:
    """Make two records of one again: the one that went comes back under its own number with its history, and what moved goes back to it.

    What people changed on the other since stays. Refuses a merger that is undone already, and one whose record went into another or
    was removed since.
    """
    merger = Merger.objects.select_for_update(of=("self",)).get(pk=merger.pk)
    if merger.undone_at is not None:
        raise Refused(MERGER_UNDONE())
    kept = Record.objects.select_for_update().filter(pk=merger.into).first()
    if kept is None:
        raise Refused(
            MERGED_ON() if Merger.objects.filter(gone=merger.into, undone_at__isnull=True).exists() else RECORD_GONE()
        )
    back = _brought_back(merger)
    Item.objects.filter(pk__in=merger.moved["items"], record=kept).update(record=back)
    Draft.objects.filter(pk__in=merger.moved["drafts"], record__isnull=True).update(record=back)
    bound_in_mergers.give_back(merger.moved["bound"], back.pk, kept.pk)
    replace_marc(kept, _without_merger(kept, merger), by=by)
    for follower in followers():
        if follower.name in merger.moved["followers"]:
            follower.give_back(merger.moved["followers"][follower.name], back.pk, kept.pk, by)
    Merger.objects.filter(pk=merger.pk).update(undone_at=clock.now())
    events.record(RecordMergerUndone(record=kept.pk, gone=back.pk, merger=merger.pk), by=by)
    return back


def _locked(gone: int, kept: int) -> tuple[Record, Record]:
    """Both, always in the order of their keys: two mergers that meet wait for each other and do not stand against each other."""
    found = {each.pk: each for each in Record.objects.select_for_update().filter(pk__in=[gone, kept]).order_by("pk")}
    if len(found) < 2:  # noqa: PLR2004 -- both
        raise Refused(RECORD_GONE())
    return found[gone], found[kept]


def _moved(gone: int, kept: int, by: events.Actor | None) -> dict[str, Any]:
    """Move all that stands on ``gone``; what was moved."""
    items = list(Item.objects.filter(record=gone).order_by("pk").values_list("pk", flat=True))
    drafts = list(Draft.objects.filter(record=gone).values_list("pk", flat=True))
    Item.objects.filter(pk__in=items).update(record=kept)
    ForeignRecord.objects.filter(taken=gone).update(taken=kept)
    bound = bound_in_mergers.move(gone, kept)
    told = {each.name: each.move(gone, kept, by) for each in followers()}
    return {"items": items, "drafts": drafts, "bound": bound, "followers": told}


def _remove(gone: Record) -> None:
    try:
        with transaction.atomic():
            Record.objects.get(pk=gone.pk).delete()
    except ProtectedError as error:
        raise Refused(IN_USE(where=whereabouts(error.protected_objects))) from error


def _row_of(gone: Record) -> dict[str, Any]:
    """All that is needed to make the record again as it was."""
    revisions = [
        {**{name: getattr(each, name) for name in REVISION}, "marc": marc.to_json(each.marc_before)}
        for each in gone.revisions.order_by("was")
    ]
    place = WorkPlace.objects.filter(record=gone).values_list("key", flat=True).first()
    row = {name: getattr(gone, name) for name in ROW}
    return {**row, "import_run": gone.import_run_id, "revisions": revisions, "work_place": place}


def _brought_back(merger: Merger) -> Record:
    row = merger.kept_row
    held = marc.from_json(row["marc"])
    columns, numbers = columns_of(held)
    run = ImportRun.objects.filter(pk=row["import_run"]).first() if row["import_run"] else None
    back = Record(pk=merger.gone, import_run=run, **{name: row[name] for name in ROW}, **columns._asdict())
    back.save(force_insert=True)
    back.refresh_from_db()
    if row["work_place"]:
        WorkPlace.objects.create(record=back, key=row["work_place"])
    identify(back, numbers)
    replace_headings([(back.pk, held)])
    Revision.objects.bulk_create(
        Revision(record=back, before=packed(each["marc"]), **{name: each[name] for name in REVISION})
        for each in row["revisions"]
    )
    return back


def _without_merger(kept: Record, merger: Merger) -> marc.Record:
    """What the record says without what the merger brought; fields changed since stay as they were changed."""
    if merger.was == merger.became:
        return kept.marc_record
    if kept.version == merger.became:
        return merger.marc_before
    later = kept.revisions.filter(was__gte=merger.became).order_by("was").first()
    parts = merge(later.marc_before if later else kept.marc_record, merger.marc_before, kept.marc_record)
    return merged_record(parts, {at: Origin.THEIRS for at, part in enumerate(parts) if part.origin is Origin.CLASH})
