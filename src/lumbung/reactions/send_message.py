"""A message was queued: hand it to its channel."""

from lumbung.kernel.models import JournalEntry
from lumbung.messaging.domain.deliveries import deliver


def send_message(entry: JournalEntry) -> None:
    deliver(entry.data["delivery"])
