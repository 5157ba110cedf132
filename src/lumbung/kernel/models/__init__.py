from lumbung.kernel.models.journal import JournalEntry
from lumbung.kernel.models.lease import Lease
from lumbung.kernel.models.nightly import NightlyRun
from lumbung.kernel.models.pending import PendingReaction
from lumbung.kernel.models.retention import RetentionChoice
from lumbung.kernel.models.room import ClosedRoom
from lumbung.kernel.models.sent_form import SentForm

__all__ = ["ClosedRoom", "JournalEntry", "Lease", "NightlyRun", "PendingReaction", "RetentionChoice", "SentForm"]
