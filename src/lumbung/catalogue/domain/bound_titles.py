"""Binding titles together: one volume in hand, with one barcode, that holds several titles."""

from collections.abc import Collection

from django.db import transaction

from lumbung.catalogue.events.binding import TitleBound, TitleUnbound
from lumbung.catalogue.models import BoundTitle, Item, Record
from lumbung.catalogue.refusals import ALREADY_BOUND, BOUND_TITLE_GONE, ITEM_GONE, RECORD_GONE, TITLE_OF_THE_COPY
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Reason, Refused


@transaction.atomic
def bind_title(item: Item, record: Record, *, by: events.Actor | None) -> BoundTitle:
    """Say that ``record`` is in this volume too. Its readers find, hold and borrow this one copy. Refuses the copy's own title, and one
    that is bound into it already."""
    current = _locked(item)
    found = Record.objects.listed().select_for_update(no_key=True).filter(pk=record.pk).first()
    if found is None:
        raise Refused(RECORD_GONE())
    reasons: list[Reason] = []
    if current.record_id == found.pk:
        reasons.append(TITLE_OF_THE_COPY(title=found.title))
    if BoundTitle.objects.filter(item=current, record=found).exists():
        reasons.append(ALREADY_BOUND(title=found.title, barcode=current.barcode))
    if reasons:
        raise Refused(reasons)
    bound = BoundTitle.objects.create(item=current, record=found, added_at=clock.now())
    mark(current)
    events.record(TitleBound(item=current.pk, record=found.pk), by=by)
    return bound


@transaction.atomic
def unbind_title(item: Item, record: Record, *, by: events.Actor | None) -> None:
    """The title is in this volume no longer; the copy and its own title stay as they are. Refuses a title that is not bound into it.

    A hold on the title for which this copy is set aside keeps it: whoever was promised the copy gets it.
    """
    current = _locked(item)
    gone, _ = BoundTitle.objects.filter(item=current, record=record).delete()
    if not gone:
        raise Refused(BOUND_TITLE_GONE())
    mark(current)
    events.record(TitleUnbound(item=current.pk, record=record.pk), by=by)


def unbind_all(records: Collection[int]) -> None:
    """Take these titles (primary keys), which go, out of every copy. Part of a verb."""
    bound = BoundTitle.objects.filter(record__in=records)
    copies = list(Item.objects.filter(pk__in=bound.values("item")))
    bound.delete()
    for item in copies:
        mark(item)


def mark(item: Item) -> None:
    """Keep ``is_bound`` true to what is bound into the locked copy. Part of a verb."""
    item.is_bound = BoundTitle.objects.filter(item=item).exists()
    item.save(update_fields=["is_bound"])


def _locked(item: Item) -> Item:
    current = Item.objects.select_for_update(no_key=True).filter(pk=item.pk).first()
    if current is None:
        raise Refused(ITEM_GONE())
    return current
