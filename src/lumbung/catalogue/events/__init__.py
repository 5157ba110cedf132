"""What happens in this part. ``record``, ``item`` and ``import_run`` are primary keys."""

from dataclasses import dataclass

from lumbung.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class RecordAdded(Event):
    record: int


@dataclass(frozen=True, kw_only=True)
class RecordChanged(Event):
    record: int
    version: int


@dataclass(frozen=True, kw_only=True)
class RecordRestored(Event):
    """The record says again what it said in version ``restored``; that made version ``version``."""

    record: int
    version: int
    restored: int


@dataclass(frozen=True, kw_only=True)
class RecordSuppressed(Event):
    """The record was hidden from the public, or (``suppressed`` false) shown again."""

    record: int
    suppressed: bool


@dataclass(frozen=True, kw_only=True)
class RecordRemoved(Event):
    record: int


@dataclass(frozen=True, kw_only=True)
class ItemAdded(Event):
    item: int
    record: int
    barcode: str


@dataclass(frozen=True, kw_only=True)
class ItemChanged(Event):
    item: int
    record: int
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class ItemStatusSet(Event):
    item: int
    record: int
    status: str
    was: str


@dataclass(frozen=True, kw_only=True)
class ItemRemoved(Event):
    item: int
    record: int
    barcode: str


@dataclass(frozen=True, kw_only=True)
class ImportStarted(Event):
    """A file was taken in, to be imported or (``dry_run``) only looked through."""

    import_run: int
    dry_run: bool


@dataclass(frozen=True, kw_only=True)
class RecordsImported(Event):
    """A stretch of an import was stored: records ``first`` to ``last`` (primary keys, both included) of this run."""

    import_run: int
    first: int
    last: int


@dataclass(frozen=True, kw_only=True)
class RecordsMatched(Event):
    """A stretch of an import changed these records (primary keys) that were there already, or gave them copies."""

    import_run: int
    records: list[int]


@dataclass(frozen=True, kw_only=True)
class ImportFinished(Event):
    import_run: int
    records_added: int
    items_added: int
    rejected: int


@dataclass(frozen=True, kw_only=True)
class ImportUndone(Event):
    """A stretch of an import was undone: these records (primary keys) and their items are gone."""

    import_run: int
    records: list[int]


@dataclass(frozen=True, kw_only=True)
class AccessionPatternSet(Event):
    """From now on ``branch`` (None: all without a pattern of their own) numbers its accession register like this."""

    branch: int | None
    template: str


@dataclass(frozen=True, kw_only=True)
class LabelsPrinted(Event):
    """Labels or cards of this ``kind`` were made for these items (primary keys)."""

    kind: str
    items: list[int]


@dataclass(frozen=True, kw_only=True)
class CallNumberRuleChanged(Event):
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class ItemTypeAdded(Event):
    item_type: int


@dataclass(frozen=True, kw_only=True)
class ItemTypeChanged(Event):
    item_type: int
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class ItemTypeRemoved(Event):
    item_type: int


@dataclass(frozen=True, kw_only=True)
class AuthorityAdded(Event):
    authority: int


@dataclass(frozen=True, kw_only=True)
class AuthorityChanged(Event):
    authority: int
    version: int


@dataclass(frozen=True, kw_only=True)
class AuthorityRemoved(Event):
    authority: int


@dataclass(frozen=True, kw_only=True)
class AuthoritiesImported(Event):
    """A stretch of an import was stored: authorities ``first`` to ``last`` (primary keys, both included) of this run."""

    import_run: int
    first: int
    last: int


@dataclass(frozen=True, kw_only=True)
class HeadingRenamed(Event):
    """An authority has another heading now; ``heading_change`` carries it into the records."""

    authority: int
    heading_change: int


@dataclass(frozen=True, kw_only=True)
class AuthoritiesMerged(Event):
    """The authority ``merged`` is gone; what stood under it stands under ``authority``."""

    authority: int
    merged: int
    heading_change: int


@dataclass(frozen=True, kw_only=True)
class HeadingsRewritten(Event):
    """A stretch of a change of a heading was carried out, or (``undone``) taken back, in these records."""

    heading_change: int
    records: list[int]
    undone: bool


@dataclass(frozen=True, kw_only=True)
class HeadingChangeUndoing(Event):
    """Somebody wants the change of a heading taken back everywhere."""

    authority: int
    heading_change: int


@dataclass(frozen=True, kw_only=True)
class RecordsRelinked(Event):
    """These records (primary keys) have headings that other authorities, or other names of theirs, stand behind now."""

    records: list[int]


@dataclass(frozen=True, kw_only=True)
class TitlesArrived(Event):
    """Titles came in from another system: records ``first`` to ``last`` (primary keys, both included), if any; ``touched``, which were
    there already, were given copies."""

    first: int | None
    last: int | None
    touched: list[int]


@dataclass(frozen=True, kw_only=True)
class TitlesWithdrawn(Event):
    """What came in was taken out again: these records (primary keys) are gone, or have lost copies."""

    records: list[int]
