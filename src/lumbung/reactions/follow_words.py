"""The search index follows what librarians say about words."""

from collections.abc import Sequence

from lumbung.discovery.domain.word_changes import follow_word_changes
from lumbung.kernel.jobs import Reaction, Unavailable
from lumbung.kernel.models import JournalEntry
from lumbung.search import domain as index
from lumbung.search.domain.words import bring_in_built_in

EVENTS = ("WordGroupAdded", "WordGroupChanged", "WordGroupRemoved", "WordChangeUndone")


def follow_words(_entries: Sequence[JournalEntry]) -> None:
    """Bring the index up to date with every change it does not follow yet, whichever entries told of them."""
    try:
        follow_word_changes()
    except index.NotReady as error:
        raise Unavailable(str(error)) from error


def prepare() -> None:
    """Add the groups of words that came with the program."""
    bring_in_built_in()


REACTION = Reaction("follow_words", EVENTS, follow_words, coalesced=True, prepare=prepare, rest=index.rest)
