"""What happens between contents and the virus scanner. Events hold keys and plain values."""

from lumbung.kernel.events import Event, event


@event
class ContentQuarantined(Event):
    """The virus scanner found something in a content, or somebody holds it again (``found`` empty: it was not scanned).

    ``content`` is its key where it is kept; what was caught at the door is not.
    """

    scan: int
    sha256: str
    found: str
    content: int | None


@event
class ContentCleared(Event):
    """A content that had waited for the scanner is clean."""

    scan: int
    sha256: str


@event
class ContentReleased(Event):
    """Somebody lets a content be read although the scanner found something, or could not judge it."""

    scan: int
    sha256: str
    found: str
    content: int | None


@event
class ContentsScannedAgain(Event):
    """All that is kept was shown again to a scanner that knew more (``tool``): so many contents, in so many of which something was found.

    Of ``undecided`` it could say nothing.
    """

    tool: str
    seen: int
    found: int
    undecided: int


@event
class ContentRemoved(Event):
    """What was in quarantine was thrown away, and its files withdrawn."""

    scan: int
    sha256: str
    found: str
