"""Lists of a period that leave the house."""

from collections.abc import Iterator

from django.db import transaction

from lumbung.kernel import events
from lumbung.members.domain.clearance.periods import Row, rows_of
from lumbung.members.events import ClearanceListTaken
from lumbung.members.models import ClearancePeriod


@transaction.atomic
def list_taken(period: ClearancePeriod, *, by: events.Actor | None) -> Iterator[Row]:
    """Everybody of the period; the journal keeps who took how many away."""
    events.record(ClearanceListTaken(period=period.pk, count=period.applications.count()), by=by)
    return rows_of(period)
