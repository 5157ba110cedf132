"""Embargoes that are over. Access is decided by the date itself; here the journal hears of it, so that indexes and harvesters follow."""

from django.db import transaction

from lumbung.digital.events import EmbargoEnded
from lumbung.digital.models import File
from lumbung.kernel import clock, events
from lumbung.organization.queries import library

BATCH = 200


def end_embargoes(*, by: events.Actor | None = None) -> int:
    """Tell of every embargo that ended, and take its date off the file; how many. For the nightly job; each batch is a transaction."""
    ended = 0
    while batch := _end_batch(by=by):
        ended += batch
    return ended


@transaction.atomic
def _end_batch(*, by: events.Actor | None) -> int:
    over = File.objects.select_for_update().filter(embargo_until__lte=clock.today(library().zone)).order_by("pk")
    files = list(over[:BATCH])
    for file in files:
        events.record(EmbargoEnded(file=file.pk, record=file.record_id), by=by)
    File.objects.filter(pk__in=[file.pk for file in files]).update(embargo_until=None, embargo_reason="")
    return len(files)
