"""A member took back that their loans and searches are looked at: what was concluded from them goes for good."""

from lumbung.discovery.domain.interests import forget_likely
from lumbung.discovery.queries.saved_searches import CONSENT
from lumbung.kernel.jobs import Reaction
from lumbung.kernel.models import JournalEntry


def forget_interests(entry: JournalEntry) -> None:
    """Of that consent alone; what was taken after agreeing anew stays."""
    if entry.data["consent_purpose"] == CONSENT:
        forget_likely(entry.data["member"], until=entry.at)


REACTION = Reaction("forget_interests", ("ConsentWithdrawn",), forget_interests)
