"""What other libraries harvest follows the catalogue."""

from collections.abc import Sequence

from lumbung.cooperation.domain import sharing
from lumbung.cooperation.domain.named_hosts import parts_of
from lumbung.kernel.jobs import Reaction
from lumbung.kernel.models import JournalEntry
from lumbung.reactions.index_records import records_of

EVENTS = (
    "RecordAdded",
    "RecordChanged",
    "RecordRestored",
    "RecordSuppressed",
    "RecordRemoved",
    "RecordsMerged",
    "RecordMergerUndone",
    "RecordsImported",
    "RecordsMatched",
    "TitlesArrived",
    "TitlesWithdrawn",
    "ImportUndone",
    "HeadingsRewritten",
    "RecordsBatched",
    "FileAdded",
    "FileChanged",
    "FileReplaced",
    "FileWithdrawn",
    "FileRestored",
)
STUDIES = ("ProgrammeAdded", "ProgrammeChanged", "ProgrammeRemoved")


def share_records(entries: Sequence[JournalEntry]) -> None:
    """Bring what is handed on of the records that the entries tell of up to date, and of their parts, which tell what those say."""
    keys = {key for entry in entries for key in records_of(entry)}
    sharing.refresh(keys | parts_of(keys))


def share_theses(_entries: Sequence[JournalEntry]) -> None:
    """Programmes have other names or codes: theses are told of by them."""
    sharing.share_theses()


SHARE = Reaction("share_records", EVENTS, share_records, coalesced=True, gives_way=True, prepare=sharing.share_all_once)
THESES = Reaction("share_theses", STUDIES, share_theses, coalesced=True, gives_way=True)
