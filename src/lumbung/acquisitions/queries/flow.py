"""Where things get stuck: how many days each step took of late, and what waits for it now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Max, Min, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.acquisitions.models import NewCopy, OrderLine, PurchaseRequest, Receipt, Steps
from lumbung.acquisitions.queries.copies import copies_waiting_for
from lumbung.acquisitions.queries.orders import OPEN
from lumbung.acquisitions.queries.requests import to_order
from lumbung.kernel import clock

LOOKED_AT = timedelta(days=365)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Step:
    """One step: how often it was taken in the last year, the days it took on average and at most (None: never taken), how many wait for
    it now, and since when the first of them."""

    name: str | Promise
    taken: int
    average: float | None
    longest: float | None
    waiting: int
    since: datetime | None


def steps() -> Sequence[Step]:
    """Every step from the request to the shelf, in order, in a fixed number of statements."""
    requests, lines, copies = PurchaseRequest.objects.order_by(), OrderLine.objects.order_by(), NewCopy.objects.order_by()
    asked = requests.filter(state=PurchaseRequest.States.ASKED)
    decided = requests.exclude(state=PurchaseRequest.States.WITHDRAWN)
    awaited = lines.filter(order__state__in=OPEN, copies__gt=F("received") + F("dropped"))
    came = Receipt.objects.order_by().filter(undone_at=None)
    found = [
        _step(_("Keputusan"), (decided, "asked_at", "decided_at"), (asked, "asked_at")),
        _step(_("Pemesanan"), (lines, "request__decided_at", "order__ordered_at"), (to_order().order_by(), "decided_at")),
        _step(_("Kedatangan"), (came, "line__order__ordered_at", "received_at"), (awaited, "order__ordered_at")),
    ]
    before = "receipt__received_at"
    for step in Steps:
        done = f"{step.value}_at"
        found.append(_step(step.label, (copies, before, done), (copies_waiting_for(step).order_by(), before)))
        before = done
    return found


def _step(name: str | Promise, took_from: tuple[QuerySet[Any], str, str], waits: tuple[QuerySet[Any], str]) -> Step:
    """``took_from``: the rows, when the step began and when it was done; ``waits``: what waits for it, and since when."""
    (done, since, until), (waiting, waits_since) = took_from, waits
    took = ExpressionWrapper(F(until) - F(since), output_field=DurationField())
    taken = done.filter(**{f"{until}__gte": clock.now() - LOOKED_AT, f"{since}__isnull": False})
    told = taken.aggregate(n=Count("pk"), average=Avg(took), longest=Max(took))
    now = waiting.aggregate(n=Count("pk"), since=Min(waits_since))
    return Step(name, told["n"], _days(told["average"]), _days(told["longest"]), now["n"], now["since"])


def _days(took: timedelta | None) -> float | None:
    return None if took is None else round(took / DAY, 1)
