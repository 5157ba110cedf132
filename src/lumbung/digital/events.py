"""What happens in this part. Events hold keys and plain values; no name of a person, no name of a file."""

from datetime import date

from lumbung.kernel.events import Event, event


@event
class FileAdded(Event):
    """A title has another file. ``sha256`` names its content."""

    file: int
    record: int
    sha256: str


@event
class FileChanged(Event):
    file: int
    record: int
    fields: list[str]


@event
class FileReplaced(Event):
    """A newer version stands in the place of the file, which is kept. ``version`` counts from 1."""

    file: int
    record: int
    replaced_by: int
    version: int


@event
class FilesWithdrawn(Event):
    """Files that had come from another system were taken back, contents and all. ``files`` were their keys."""

    files: list[int]


@event
class FileWithdrawn(Event):
    """Nobody but its keepers reads the file any more; its content is kept."""

    file: int
    record: int


@event
class FileRestored(Event):
    file: int
    record: int


@event
class DigitalTermsChanged(Event):
    fields: list[str]


@event
class EmbargoEnded(Event):
    """The file's embargo is over; from now on its level counts."""

    file: int
    record: int


@event
class DepositStarted(Event):
    deposit: int
    member: int
    kind: str


@event
class DepositChanged(Event):
    deposit: int
    fields: list[str]


@event
class DepositDiscarded(Event):
    deposit: int


@event
class DepositFileAdded(Event):
    deposit: int
    file: int
    sha256: str


@event
class DepositFileChanged(Event):
    deposit: int
    file: int
    fields: list[str]


@event
class DepositFileCut(Event):
    """A PDF was cut into so many pieces."""

    deposit: int
    file: int
    pieces: int


@event
class DepositFileRemoved(Event):
    deposit: int
    file: int


@event
class DepositSubmitted(Event):
    """The author handed the work in; the library means to look at it by ``due_on``."""

    deposit: int
    due_on: date


@event
class DepositTaken(Event):
    """Somebody of the library looks at it now."""

    deposit: int


@event
class DepositReturned(Event):
    """Sent back for revision; ``remark`` says why."""

    deposit: int
    remark: int


@event
class DepositApproved(Event):
    deposit: int


@event
class DepositPublished(Event):
    """The work is a title of the catalogue now."""

    deposit: int
    record: int


@event
class DepositRuleSet(Event):
    rule: int


@event
class DepositWordsSet(Event):
    """The rubric has so many lines, and there are so many reasons for sending back."""

    rubric: int
    reasons: int


@event
class ContentsLetGo(Event):
    """So many contents that nothing refers to any more were taken out of the store."""

    count: int


@event
class DepositBatchRead(Event):
    """An archive was looked at: so many works, of which ``good`` can be published."""

    batch: int
    works: int
    good: int


@event
class DepositBatchStored(Event):
    batch: int
    works: int


@event
class DepositBatchUndone(Event):
    batch: int
    works: int


@event
class TakedownAsked(Event):
    """Somebody asks that the file be withdrawn."""

    request: int
    file: int
    record: int


@event
class TakedownAnswered(Event):
    request: int
    file: int
    granted: bool


@event
class WordsRead(Event):
    """The words of a file's pages are known; the index of pages may be brought up to date."""

    file: int
    record: int
    pages: int


@event
class ContentsChecked(Event):
    """So many contents, of ``size`` bytes together, were read whole in every place; so many were in trouble afterwards."""

    count: int
    size: int
    troubled: int


@event
class ContentDamaged(Event):
    """A content was found changed, gone or undescribed (``how``) in a place."""

    content: int
    sha256: str
    where: str
    how: str


@event
class ContentRepaired(Event):
    """The object was put anew in a place, from the good copy in ``source``."""

    content: int
    sha256: str
    where: str
    source: str


@event
class ContentCopied(Event):
    """The second place has the content now."""

    content: int
    sha256: str
    where: str


@event
class FixityAsked(Event):
    """Somebody asked that all contents be looked at as soon as can be."""

    count: int


@event
class FilesBagged(Event):
    """All files of a title were taken out as a bag."""

    record: int
    count: int


@event
class BagRead(Event):
    """A bag for a title was found whole and true: so many files, of which ``good`` can come in."""

    bag: int
    record: int
    files: int
    good: int


@event
class BagStored(Event):
    """So many of its files are files of the title now."""

    bag: int
    record: int
    files: int


@event
class BagUndone(Event):
    """So many files were taken out of the title again."""

    bag: int
    record: int
    files: int


@event
class FormatIdentified(Event):
    """A content was found to be of a format (``puid``, empty: none that is known), with ``tool``; only when either is other than before."""

    content: int
    sha256: str
    puid: str
    tool: str


@event
class IdentificationAsked(Event):
    """So many contents are to be identified again."""

    count: int


@event
class FormatJudged(Event):
    """Somebody said how much at risk a format is, or took that back (``fields`` empty)."""

    format: int
    puid: str
    risk: str
    fields: list[str]


@event
class LegalDepositNoted(Event):
    """A title must be handed to the national and the provincial library until ``due_on``."""

    legal_deposit: int
    record: int
    due_on: date


@event
class LegalDepositSent(Event):
    """Copies went to a library (``national`` or ``province``)."""

    legal_deposit: int
    recipient: str


@event
class LegalDepositReceived(Event):
    """A library confirmed copies by a receipt."""

    legal_deposit: int
    recipient: str


@event
class LegalDepositTakenBack(Event):
    """The last step of a library's copies was taken back."""

    legal_deposit: int
    recipient: str


@event
class LegalDepositExcused(Event):
    """A work need not be handed over, or (``excused`` false) must be again."""

    legal_deposit: int
    excused: bool
