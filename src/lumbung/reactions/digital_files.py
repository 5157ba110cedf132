"""What follows when a file comes: its words are read in the background, and the index of pages follows."""

from collections.abc import Sequence

from lumbung.digital.domain import event_notes, fixity, words
from lumbung.digital.models import ELoan, File
from lumbung.digital.queries.preservation_events import OF_CONTENTS
from lumbung.kernel.jobs import Reaction, Unavailable
from lumbung.kernel.models import JournalEntry
from lumbung.messaging.queries import unspoken
from lumbung.reactions.letters import write_to
from lumbung.search import domain as index
from lumbung.search.queries import is_in_order


def read_words(entry: JournalEntry) -> None:
    """Read the words of the file that was added, or that took another's place."""
    key = entry.data["replaced_by"] if entry.name == "FileReplaced" else entry.data["file"]
    if (file := File.objects.filter(pk=key).first()) is not None:
        words.read_words(file)


def preserve(entries: Sequence[JournalEntry]) -> None:
    """From now on the contents of the files that were added are looked after."""
    fixity.register({entry.data.get("replaced_by") or entry.data["file"] for entry in entries})


def note(entries: Sequence[JournalEntry]) -> None:
    """What happened to contents is written beside them."""
    contents = {entry.data["content"] for entry in entries if entry.data.get("content")}
    try:
        event_notes.note_events(contents, files={entry.data["file"] for entry in entries if "file" in entry.data})
    except OSError as error:
        raise Unavailable(str(error)) from error


def index_pages(entries: Sequence[JournalEntry]) -> None:
    """Bring the index of pages up to date with the files whose words were read."""
    try:
        words.refresh({entry.data["file"] for entry in entries})
    except index.NotReady as error:
        raise Unavailable(str(error)) from error


def prepare() -> None:
    try:
        words.repair()
    except index.NotReady as error:
        raise Unavailable(str(error)) from error


def fell_apart() -> bool:
    return not is_in_order(index.PAGES)


def offer_letter(entry: JournalEntry) -> None:
    """A place came free: tell the member whose turn it is until when it is kept. Not when it was taken or given back meanwhile."""
    occasion = f"e-offer:{entry.pk}"
    offers = (
        ELoan.objects.open()
        .filter(pk=entry.data["e_loan"], is_offer=True)
        .select_related("lending__file__record", "member__user")
    )
    offer = offers.defer("lending__file__record__marc", "lending__file__record__findable").first()
    if offer is None or offer.member is None or not unspoken([occasion]):
        return
    facts = {"title": offer.lending.file.record.title_told, "until": offer.until, "file": offer.lending.file_id}
    write_to(offer.member, "e_offer", facts, occasions=[occasion])


READ = Reaction("read_words", ("FileAdded", "FileReplaced"), read_words, slow=True)
INDEX = Reaction(
    words.REACTION, ("WordsRead",), index_pages, coalesced=True, prepare=prepare, fell_apart=fell_apart, rest=words.rest
)
PRESERVE = Reaction("preserve_contents", ("FileAdded", "FileReplaced"), preserve, coalesced=True)
NOTED = (*OF_CONTENTS, "FileWithdrawn", "FileRestored", "ContentQuarantined", "ContentReleased")
NOTE = Reaction("note_events", NOTED, note, coalesced=True)
OFFER = Reaction("e_offer_letter", ("EOfferMade",), offer_letter)
