"""What follows from a count for the catalogue: the statuses of many copies set at once, and taken back."""

from django.db import transaction
from django.db.models import QuerySet

from lumbung.catalogue.domain.items import set_status
from lumbung.catalogue.models import Item, StatusChange, StockTake, StockTakeLine
from lumbung.catalogue.refusals import FINDING_HAS_NO_ITEMS, STATUS_UNKNOWN, STATUSES_UNDONE, STOCK_TAKE_NOT_CLOSED
from lumbung.catalogue.stock_take_events import StockTakeStatusesSet, StockTakeStatusesUndone
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Refused


def concerned(stock_take: StockTake, finding: str, status: str) -> QuerySet[StockTakeLine]:
    """The lines of the count with this finding whose copy is still there and has not got this status yet."""
    lines = stock_take.lines.filter(finding=finding, item__isnull=False).exclude(item__status=status)
    return lines.select_related("item", "location")


@transaction.atomic
def set_statuses(stock_take: StockTake, *, finding: str, status: str, by: events.Actor | None) -> StatusChange:
    """Give every copy with this finding this status. Refuses an unknown status, a count that is not closed, and when none needs it."""
    current = StockTake.objects.select_for_update().get(pk=stock_take.pk)
    if status not in Item.Statuses.values:
        raise Refused(STATUS_UNKNOWN(status=status))
    if current.state != StockTake.States.CLOSED:
        raise Refused(STOCK_TAKE_NOT_CLOSED(name=current.name))
    items = [line.item for line in concerned(current, finding, status) if line.item is not None]
    if not items:
        raise Refused(FINDING_HAS_NO_ITEMS())
    before = {str(item.pk): item.status for item in items}
    for item in items:
        set_status(item, status, because=Item.Causes.STOCK_TAKE, why=current.name, by=by)
    made = StatusChange.objects.create(
        stock_take=current, finding=finding, status=status, before=before,
        made_by_id=by.pk if by is not None else None, made_at=clock.now(),
    )  # fmt: skip
    events.record(StockTakeStatusesSet(stock_take=current.pk, finding=finding, status=status, items=len(items)), by=by)
    return made


@transaction.atomic
def undo_statuses(change: StatusChange, *, by: events.Actor | None) -> StatusChange:
    """Give the copies back the status they had; one whose status was changed again since keeps that. Refuses to do so twice."""
    current = StatusChange.objects.select_for_update().get(pk=change.pk)
    if current.undone_at is not None:
        raise Refused(STATUSES_UNDONE())
    items = Item.objects.filter(pk__in=[int(key) for key in current.before], status=current.status)
    told = {"because": Item.Causes.STOCK_TAKE_UNDONE, "why": current.stock_take.name}
    restored = [set_status(item, current.before[str(item.pk)], **told, by=by) for item in items]
    current.undone_at = clock.now()
    current.save(update_fields=["undone_at"])
    undone = StockTakeStatusesUndone(
        stock_take=current.stock_take_id, finding=current.finding, status=current.status, items=len(restored)
    )
    events.record(undone, by=by)
    return current
