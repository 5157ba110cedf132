"""What happened to a title or a copy, as far as its viewer may know."""

from collections.abc import Sequence
from dataclasses import dataclass

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
from lumbung.catalogue.models import Item
from lumbung.kernel import journal
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.permissions import may
from lumbung.kernel.web.access import SEE_JOURNAL

SHOWN = 10
STATUSES_SHOWN = 20
MOST_STATUSES = 500
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


@dataclass(frozen=True, slots=True)
class StatusLine:
    """One change of the status of a copy: when, by whom, from what to what, and why."""

    entry: JournalEntry
    who: str
    channel: str
    was: str
    became: str
    because: str
    why: str


@dataclass(frozen=True, slots=True)
class StatusHistory:
    """The changes, the latest first; ``more`` when there are older ones."""

    lines: Sequence[StatusLine]
    more: bool


def status_history(item: int, *, size: int) -> StatusHistory:
    """The changes of the status of the copy, the latest first. Two statements."""
    found = journal.entries(journal.Asked(item=item, events=[ItemStatusSet.__name__]), size=size)
    return StatusHistory([_status_line(each) for each in found.lines], more=found.before is not None)


def _status_line(line: journal.Line) -> StatusLine:
    labels, causes, data = dict(Item.Statuses.choices), dict(Item.Causes.choices), line.entry.data
    return StatusLine(
        entry=line.entry,
        who=line.who,
        channel=line.channel,
        was=str(labels.get(data["was"], data["was"])),
        became=str(labels.get(data["status"], data["status"])),
        because=str(causes.get(data.get("because", ""), "")),
        why=data.get("why", ""),
    )


def history_for(request: HttpRequest, *, record: int | None = None, item: int | None = None) -> journal.Stretch:
    """The last entries about it. Who borrowed or waits is other parts' business: told to those alone who may read the whole journal."""
    events = () if may(request.user, SEE_JOURNAL) else OURS
    return journal.entries(journal.Asked(record=record, item=item, events=events), size=SHOWN)
