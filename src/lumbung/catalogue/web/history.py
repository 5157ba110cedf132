"""What happened to a title or a copy, as far as its viewer may know."""

from django.http import HttpRequest

from lumbung.catalogue.events import (
    ItemAdded,
    ItemChanged,
    ItemRemoved,
    ItemStatusSet,
    RecordAdded,
    RecordChanged,
    RecordRestored,
    RecordSuppressed,
)
from lumbung.catalogue.events.copying import RecordTakenOver
from lumbung.catalogue.events.mergers import RecordMergerUndone, RecordsMerged
from lumbung.kernel import journal
from lumbung.kernel.permissions import may
from lumbung.kernel.web.access import SEE_JOURNAL

SHOWN = 10
OURS = [
    event.__name__
    for event in (
        ItemAdded,
        ItemChanged,
        ItemRemoved,
        ItemStatusSet,
        RecordAdded,
        RecordChanged,
        RecordMergerUndone,
        RecordRestored,
        RecordsMerged,
        RecordSuppressed,
        RecordTakenOver,
    )
]


def history_for(request: HttpRequest, *, record: int | None = None, item: int | None = None) -> journal.Stretch:
    """The last entries about it. Who borrowed or waits is other parts' business: told to those alone who may read the whole journal."""
    events = () if may(request.user, SEE_JOURNAL) else OURS
    return journal.entries(journal.Asked(record=record, item=item, events=events), size=SHOWN)
