"""The doors closed on more loans than move in a moment: their due dates follow."""

from lumbung.circulation.domain.closed_doors import finish_closing
from lumbung.circulation.models import ClosedDoors
from lumbung.kernel.models import JournalEntry


def move_due_dates(entry: JournalEntry) -> None:
    """Nothing where all moved at once."""
    finish_closing(ClosedDoors.objects.get(pk=entry.data["closed_doors"]))
