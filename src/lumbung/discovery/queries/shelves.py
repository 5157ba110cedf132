"""Small shelves of titles that all may see: new, much borrowed. None of these reads grows with the catalogue."""

from collections import Counter
from datetime import datetime, timedelta

from lumbung.catalogue.models import Record
from lumbung.catalogue.models.record import RecordQuerySet
from lumbung.circulation.models import Loan
from lumbung.kernel import clock
from lumbung.kernel.remembered import remembered

LATEST_LOANS = 2_000
MINUTES = 5


def new_titles(size: int = 12) -> list[Record]:
    """The titles added last."""
    return list(_shown().order_by("-created_at", "-pk")[:size])


def most_borrowed(size: int = 10, days: int = 180) -> list[Record]:
    """The titles lent most often in the last ``days``, counted over the LATEST_LOANS of the library; at most MINUTES old."""
    since = clock.now() - timedelta(days=days)
    counts = Counter(record for record, lent_at in _latest_loans() if lent_at >= since)
    keys = [key for key, _ in counts.most_common(size * 2)]
    shown = _shown().in_bulk(keys)
    return [shown[key] for key in keys if key in shown][:size]


def _shown() -> RecordQuerySet:
    """Titles all may see, with what stands on a cover."""
    return Record.objects.shown_to_public().only("title", "creator", "classification", "cover")


@remembered(seconds=MINUTES * 60)
def _latest_loans() -> list[tuple[int, datetime]]:
    return list(Loan.objects.order_by("-pk").values_list("item__record", "lent_at")[:LATEST_LOANS])
