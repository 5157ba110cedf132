"""Many labels, set in the background a few sheets at a time: asked for, set with how far they are, taken, forgotten after a week."""

import contextlib
from collections.abc import Sequence
from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from lumbung.catalogue.domain.labels.printing import mark_printed
from lumbung.catalogue.domain.labels.sheets import Kind, Layout, as_pdf, layout_of, stored
from lumbung.catalogue.events_of_many import LabelsAskedFor
from lumbung.catalogue.models import Item, LabelRun
from lumbung.catalogue.refusals import NO_ITEMS_CHOSEN
from lumbung.kernel import clock, events, typesetting
from lumbung.kernel.refusals import Refused

FOLDER = "labels"
PIECE = 240
"""Labels set in one go, in whole sheets: long enough that beginning anew costs little, short enough that one sees it move."""
KEPT = timedelta(days=7)
States = LabelRun.States


@transaction.atomic
def start_labels(items: Sequence[int], layout: Layout, *, by: events.Actor | None) -> LabelRun:
    """Ask for the labels of the items with these keys, in this order."""
    run = LabelRun.objects.create(
        kind=layout.kind.value,
        layout=stored(layout),
        items=list(items),
        expected=len(items),
        created_by_id=by.pk if by is not None else None,
        created_at=clock.now(),
    )
    events.record(LabelsAskedFor(label_run=run.pk, kind=run.kind, labels=len(items)), by=by)
    return run


def items_in_order(keys: Sequence[int]) -> list[Item]:
    """The items with these keys that are still there, with what their labels say at hand."""
    rows = (
        Item.objects.select_related("record", "branch", "location", "item_type")
        .defer("record__marc", "record__findable")
        .in_bulk(list(keys))
    )
    return [rows[key] for key in keys if key in rows]


def run_labels(run: LabelRun) -> LabelRun:
    """Set the sheets; asked again after a stop they are set anew. What stands in the way is told in the run, and raised if unforeseen."""
    if not LabelRun.objects.filter(pk=run.pk, state__in=[States.WAITING, States.RUNNING]).update(state=States.RUNNING):
        return run
    try:
        _keep(run, typesetting.joined(_pieces(run)))
    except Refused as refused:
        _fail(run, "; ".join(map(str, refused.reasons)))
    except Exception as error:
        _fail(run, str(error))
        raise
    run.refresh_from_db()
    return run


def _pieces(run: LabelRun) -> list[bytes]:
    """The sheets as PDFs of a few each. The first sheet of all may begin in its middle, every other piece at its beginning."""
    layout = layout_of(run.layout)
    places = layout.paper.places
    items, made, at = run.items, list[bytes](), 0
    while at < len(items):
        step = max(PIECE // places, 1) * places - (layout.start - 1)
        if chosen := items_in_order(items[at : at + step]):
            made.append(as_pdf(chosen, layout))
        at += step
        layout = layout.from_the_first()
        LabelRun.objects.filter(pk=run.pk).update(written=min(at, len(items)))
    if not made:
        raise Refused(NO_ITEMS_CHOSEN())
    return made


def _keep(run: LabelRun, file: bytes) -> None:
    name = default_storage.save(f"{FOLDER}/{run.pk}.pdf", ContentFile(file))
    LabelRun.objects.filter(pk=run.pk).update(
        state=States.FINISHED, stored_file=name, file_size=len(file), finished_at=clock.now()
    )


def _fail(run: LabelRun, because: str) -> None:
    with contextlib.suppress(Exception):
        LabelRun.objects.filter(pk=run.pk).update(state=States.FAILED, stopped_because=because, finished_at=clock.now())


@transaction.atomic
def take_labels(run: LabelRun, *, by: events.Actor | None) -> None:
    """Note that the sheets are being printed; the items of labels that stick on the book have theirs from now on."""
    LabelRun.objects.filter(pk=run.pk).update(printed_at=clock.now())
    mark_printed(items_in_order(run.items), Kind(run.kind), by=by)


def forget_labels() -> None:
    """Remove the files of sheets older than KEPT; what was printed, when and by whom stays known."""
    for run in LabelRun.objects.filter(created_at__lt=clock.now() - KEPT).exclude(stored_file=""):
        default_storage.delete(run.stored_file)
        LabelRun.objects.filter(pk=run.pk).update(stored_file="")
