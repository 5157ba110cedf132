"""What happens in this part. ``record``, ``item`` and ``import_run`` are primary keys."""

from lumbung.kernel.events import Event, event


@event
class RecordAdded(Event):
    record: int


@event
class RecordChanged(Event):
    record: int
    version: int


@event
class RecordRestored(Event):
    """The record says again what it said in version ``restored``; that made version ``version``."""

    record: int
    version: int
    restored: int


@event
class RecordSuppressed(Event):
    """The record was hidden from the public, or (``suppressed`` false) shown again."""

    record: int
    suppressed: bool


@event
class RecordRemoved(Event):
    record: int


@event
class ItemAdded(Event):
    item: int
    record: int
    barcode: str


@event
class ItemChanged(Event):
    item: int
    record: int
    fields: list[str]


@event
class ItemStatusSet(Event):
    """``because`` is one of ``Item.Causes``, or empty when somebody just said so; ``why`` what they wrote about it."""

    item: int
    record: int
    status: str
    was: str
    because: str = ""
    why: str = ""


@event
class ItemRemoved(Event):
    item: int
    record: int
    barcode: str


@event
class ImportStarted(Event):
    """A file was taken in, to be imported or (``dry_run``) only looked through."""

    import_run: int
    dry_run: bool


@event
class RecordsImported(Event):
    """A stretch of an import was stored: records ``first`` to ``last`` (primary keys, both included) of this run."""

    import_run: int
    first: int
    last: int


@event
class RecordsMatched(Event):
    """A stretch of an import changed these records (primary keys) that were there already, or gave them copies."""

    import_run: int
    records: list[int]


@event
class ImportFinished(Event):
    import_run: int
    records_added: int
    items_added: int
    rejected: int


@event
class ImportUndone(Event):
    """A stretch of an import was undone: these records (primary keys) and their items are gone."""

    import_run: int
    records: list[int]


@event
class AccessionPatternSet(Event):
    """From now on ``branch`` (None: all without a pattern of their own) numbers its accession register like this."""

    branch: int | None
    template: str


@event
class LabelsPrinted(Event):
    """Labels or cards of this ``kind`` were made for these items (primary keys)."""

    kind: str
    items: list[int]


@event
class CallNumberRuleChanged(Event):
    fields: list[str]


@event
class CrosswalkChanged(Event):
    crosswalk_change: int
    numbers: list[str]


@event
class CrosswalkChangeUndone(Event):
    crosswalk_change: int


@event
class NameRuleChanged(Event):
    fields: list[str]


@event
class ItemTypeAdded(Event):
    item_type: int


@event
class ItemTypeChanged(Event):
    item_type: int
    fields: list[str]


@event
class ItemTypeRemoved(Event):
    item_type: int


@event
class AuthorityAdded(Event):
    authority: int


@event
class AuthorityChanged(Event):
    authority: int
    version: int


@event
class AuthorityRemoved(Event):
    authority: int


@event
class AuthoritiesImported(Event):
    """A stretch of an import was stored: authorities ``first`` to ``last`` (primary keys, both included) of this run."""

    import_run: int
    first: int
    last: int


@event
class HeadingRenamed(Event):
    """An authority has another heading now; ``heading_change`` carries it into the records."""

    authority: int
    heading_change: int


@event
class AuthoritiesMerged(Event):
    """The authority ``merged`` is gone; what stood under it stands under ``authority``."""

    authority: int
    merged: int
    heading_change: int


@event
class HeadingsRewritten(Event):
    """A stretch of a change of a heading was carried out, or (``undone``) taken back, in these records."""

    heading_change: int
    records: list[int]
    undone: bool


@event
class HeadingChangeUndoing(Event):
    """Somebody wants the change of a heading taken back everywhere."""

    authority: int
    heading_change: int


@event
class RecordsRelinked(Event):
    """These records (primary keys) have headings that other authorities, or other names of theirs, stand behind now."""

    records: list[int]


@event
class TitlesArrived(Event):
    """Titles came in from another system: records ``first`` to ``last`` (primary keys, both included), if any; ``touched``, which were
    there already, were given copies."""

    first: int | None
    last: int | None
    touched: list[int]


@event
class TitlesWithdrawn(Event):
    """What came in was taken out again: these records (primary keys) are gone, or have lost copies."""

    records: list[int]
