"""Lists of loans that leave the house; the journal keeps who took how many away."""

from collections.abc import Iterator

from django.db.models import QuerySet

from lumbung.circulation.events import OverdueExported
from lumbung.circulation.models import Loan
from lumbung.kernel import events


def export_overdue(loans: "QuerySet[Loan]", *, by: events.Actor) -> Iterator[Loan]:
    """These loans, one after another."""
    events.record(OverdueExported(count=loans.count()), by=by)
    return loans.iterator(chunk_size=500)
