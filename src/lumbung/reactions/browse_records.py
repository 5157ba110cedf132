"""What readers browse by follows the catalogue: at once where a title changed, in its own time where many came in."""

from collections.abc import Sequence

from lumbung.discovery.domain import browsing
from lumbung.kernel.jobs import Reaction
from lumbung.kernel.models import JournalEntry
from lumbung.reactions.index_records import titles_of

OF_A_TITLE = (
    "RecordAdded",
    "RecordChanged",
    "RecordRestored",
    "RecordSuppressed",
    "RecordRemoved",
    "RecordsMerged",
    "RecordMergerUndone",
    "ItemAdded",
    "ItemChanged",
    "ItemStatusSet",
    "ItemRemoved",
    "TitleBound",
    "TitleUnbound",
)
OF_MANY = (
    "RecordsImported",
    "RecordsMatched",
    "TitlesArrived",
    "TitlesWithdrawn",
    "ImportUndone",
    "HeadingsRewritten",
    "RecordsBatched",
)


def browse_records(entries: Sequence[JournalEntry]) -> None:
    """Make the tables say of the titles the entries tell of what the catalogue says."""
    browsing.follow(titles_of(entries))


AT_ONCE = Reaction(browsing.REACTION, OF_A_TITLE, browse_records, coalesced=True)
IN_TIME = Reaction(browsing.REACTION_TO_MANY, OF_MANY, browse_records, coalesced=True, gives_way=True)
