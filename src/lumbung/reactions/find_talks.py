"""Sessions and their minutes are found in the portal by what was said in them, once it is written."""

from lumbung.kernel.jobs import Reaction
from lumbung.kernel.models import JournalEntry
from lumbung.knowledge.domain import finding
from lumbung.knowledge.models import Session, SessionMinutes

EVENTS = (
    "SessionPlanned",
    "SessionChanged",
    "SessionPublished",
    "SessionClosed",
    "AgendaPointAdded",
    "AgendaPointRemoved",
    "NotesWritten",
    "NotesProposed",
    "NotesApproved",
)


def find_talks(entry: JournalEntry) -> None:
    """The session the entry speaks of, and its minutes when there are any, as they are now."""
    session = Session.objects.filter(pk=entry.data["session"]).first()
    if session is None:
        return
    finding.put(session)
    if (minutes := SessionMinutes.objects.filter(session=session).select_related("session").first()) is not None:
        finding.put(minutes)


REACTION = Reaction("find_talks", EVENTS, find_talks)
