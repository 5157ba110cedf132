"""What happens to the collection in bulk and on its shelves: exports, batches, surveys of quality, tables, weeding, repairs."""

from lumbung.kernel.events import Event, event


@event
class BatchWorkedOut(Event):
    """Somebody asked what a change of many records or items (``kind``) would make."""

    batch: int
    kind: str


@event
class BatchStarted(Event):
    """Somebody agreed to it: so many are to be changed."""

    batch: int
    kind: str
    planned: int


@event
class BatchDropped(Event):
    batch: int


@event
class RecordsBatched(Event):
    """A stretch of a batch was carried out, or (``undone``) taken back, in these records."""

    batch: int
    records: list[int]
    undone: bool


@event
class BatchFinished(Event):
    """So many were changed; ``left`` are those that had changed since they were looked at."""

    batch: int
    changed: int
    left: int


@event
class BatchTakenBack(Event):
    """Somebody wants all that the batch changed given back."""

    batch: int


@event
class QualitySurveyed(Event):
    """The whole catalogue was looked through for what records lack or have wrong."""

    survey: int
    records_seen: int


@event
class ExportStarted(Event):
    """Somebody asked for records as a file, in this form."""

    export_run: int
    form: str


@event
class ExportFinished(Event):
    """The file is ready; ``left_out`` are records that its form cannot carry."""

    export_run: int
    records: int
    left_out: int


@event
class LabelsAskedFor(Event):
    """Somebody asked for many labels at once, to be set in the background."""

    label_run: int
    kind: str
    labels: int


@event
class TableTaken(Event):
    """A spreadsheet came in whose columns are still to be named."""

    table: int


@event
class WithdrawalProposed(Event):
    """So many copies are proposed for weeding."""

    withdrawal: int
    items: int


@event
class WithdrawalApproved(Event):
    """So many copies went, with minutes of this number; the copies have events of their own."""

    withdrawal: int
    number: str
    items: int
    digest: str


@event
class WithdrawalDropped(Event):
    withdrawal: int


@event
class WithdrawalUndone(Event):
    """The copies have the status again that they had, except those changed since."""

    withdrawal: int
    items: int


@event
class SentToRepair(Event):
    repair: int
    item: int
    record: int


@event
class RepairFinished(Event):
    """The copy came back: ``outcome`` says how."""

    repair: int
    item: int
    record: int
    outcome: str
