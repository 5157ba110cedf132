from lumbung.kernel.models.journal import JournalEntry
from lumbung.kernel.models.pending import PendingReaction

__all__ = ["JournalEntry", "PendingReaction"]
