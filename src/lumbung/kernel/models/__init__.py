from lumbung.kernel.models.journal import JournalEntry
from lumbung.kernel.models.lease import Lease
from lumbung.kernel.models.nightly import NightlyRun
from lumbung.kernel.models.pending import PendingReaction

__all__ = ["JournalEntry", "Lease", "NightlyRun", "PendingReaction"]
