"""The trace: from request to shelf, the day and the owner of each step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lumbung.acquisitions.models import NewCopy, OrderLine, PurchaseRequest, Receipt, Steps
from lumbung.catalogue.models import Item

_PEOPLE_OF_STEPS = [f"{step.value}_by" for step in Steps]


@dataclass(frozen=True)
class Stage:
    """One step: what it is called, when it was done (None: not yet), by whom, what else is to be told, and how many days after the step
    before it."""

    name: str
    at: datetime | None
    who: str
    told: str = ""
    days: int | None = None


@dataclass(frozen=True)
class CopyTrace:
    """One copy: how it came and each step of its processing."""

    copy: NewCopy
    receipt: Receipt
    stages: Sequence[Stage]


@dataclass(frozen=True)
class LineTrace:
    """One line of an order, and the copies of it that came."""

    line: OrderLine
    ordered: Stage
    copies: Sequence[CopyTrace]


@dataclass(frozen=True)
class Trace:
    """``request`` may be None: some titles are ordered without anybody having asked."""

    request: PurchaseRequest | None
    stages: Sequence[Stage]
    lines: Sequence[LineTrace]


def trace_of_request(request: PurchaseRequest) -> Trace:
    """Everything that became of a request, in a fixed number of statements."""
    return _trace(request, list(_lines(OrderLine.objects.filter(request=request))))


def trace_of_line(line: OrderLine) -> Trace:
    """Everything before and after a line of an order."""
    [found] = _lines(OrderLine.objects.filter(pk=line.pk))
    return _trace(found.request, [found])


def trace_of_item(item: Item) -> Trace | None:
    """The way of this one copy; None for one that did not come by an order."""
    found = list(_lines(OrderLine.objects.filter(receipts__new_copies__item=item), only=item))
    return _trace(found[0].request, found) if found else None


def _lines(lines: QuerySet[OrderLine], only: Item | None = None) -> QuerySet[OrderLine]:
    copies = NewCopy.objects.select_related("item", *_PEOPLE_OF_STEPS)
    copies = copies if only is None else copies.filter(item=only)
    receipts = Receipt.objects.filter(undone_at=None).select_related("received_by")
    receipts = receipts.prefetch_related(Prefetch("new_copies", queryset=copies))
    people = ("request__member", "request__noted_by", "request__decided_by", "request__fund")
    lines = lines.select_related("order__vendor", "order__ordered_by", "fund", *people)
    return lines.prefetch_related(Prefetch("receipts", queryset=receipts)).order_by("pk")


def _trace(request: PurchaseRequest | None, lines: Sequence[OrderLine]) -> Trace:
    stages = _stages_of(request) if request else []
    decided = request.decided_at if request else None
    return Trace(request, stages, [_line(line, decided) for line in lines])


def _stages_of(request: PurchaseRequest) -> list[Stage]:
    asker = request.member.name if request.member else ""
    noted = _("dicatat %(name)s") % {"name": request.noted_by} if request.member and request.noted_by else ""
    asked = Stage(_("Usulan"), request.asked_at, asker or _name(request.noted_by), noted)
    is_open = request.state == PurchaseRequest.States.ASKED
    told = "" if is_open else request.get_state_display()
    decided = Stage(
        _("Seleksi"), request.decided_at, _name(request.decided_by), told, _days(request.asked_at, request.decided_at)
    )
    return [asked, decided]


def _line(line: OrderLine, decided: datetime | None) -> LineTrace:
    order = line.order
    ordered = Stage(
        pgettext("acquisitions", "Pesanan"),
        order.ordered_at,
        _name(order.ordered_by),
        str(order),
        _days(decided, order.ordered_at),
    )
    copies = [_copy(copy, receipt, order.ordered_at) for receipt in line.receipts.all() for copy in receipt.new_copies.all()]
    return LineTrace(line, ordered, copies)


def _copy(copy: NewCopy, receipt: Receipt, ordered: datetime | None) -> CopyTrace:
    stages = [
        Stage(
            _("Diterima"), receipt.received_at, _name(receipt.received_by), receipt.invoice, _days(ordered, receipt.received_at)
        )
    ]
    for step in Steps:
        at = getattr(copy, f"{step.value}_at")
        who = _name(getattr(copy, f"{step.value}_by"))
        stages.append(Stage(str(step.label), at, who, days=_days(stages[-1].at, at)))
    return CopyTrace(copy, receipt, stages)


def _name(user: Any) -> str:
    return str(user) if user else ""


def _days(since: datetime | None, at: datetime | None) -> int | None:
    return (at - since).days if since and at else None
