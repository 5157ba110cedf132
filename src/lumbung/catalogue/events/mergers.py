"""What happens when records are found to be one, or editions of one work. ``record`` and its like are primary keys."""

from lumbung.kernel.events import Event, event


@event
class RecordsMerged(Event):
    """The record ``gone`` went into ``record``; its copies (``items``) and all else that stood on it came along."""

    record: int
    gone: int
    merger: int
    items: list[int]


@event
class RecordMergerUndone(Event):
    """The record ``gone`` is there again beside ``record``, into which it had gone."""

    record: int
    gone: int
    merger: int


@event
class DuplicatesSought(Event):
    """The whole catalogue is being looked through for records that are alike."""

    search: int


@event
class PairDismissed(Event):
    """A librarian says that ``record`` and ``other`` are not the same."""

    record: int
    other: int


@event
class PairReopened(Event):
    record: int
    other: int


@event
class WorksJoined(Event):
    """These records are editions of the work with this key now."""

    work_change: int
    work: str
    records: list[int]


@event
class WorksParted(Event):
    """These records are a work by themselves now, with this key."""

    work_change: int
    work: str
    records: list[int]


@event
class WorkChangeUndone(Event):
    work_change: int
    records: list[int]
