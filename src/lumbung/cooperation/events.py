"""What happens in this part."""

from lumbung.kernel.events import Event, event


@event
class SharingRulesChanged(Event):
    fields: list[str]


@event
class IdentifiersKept(Event):
    """So many records are known to harvesters by the identifiers they had in another system; ``refused`` lines were not taken."""

    kept: int
    refused: int


@event
class HarvestBegan(Event):
    """Somebody began to harvest us."""

    visit: int


@event
class SharedAnew(Event):
    """All that is handed on was compared with the catalogue; so many records were not as they should be."""

    seen: int
    changed: int


@event
class SourceAdded(Event):
    source: int


@event
class SourceChanged(Event):
    source: int
    fields: list[str]


@event
class SourceRemoved(Event):
    source: int


@event
class SourceHarvested(Event):
    """A page of a source came in, or (``is_finished``) the last."""

    source: int
    added: int
    changed: int
    removed: int
    is_finished: bool


@event
class SourceUndone(Event):
    """What came from the source was taken out again; ``stayed`` were changed here or are in use."""

    source: int
    gone: int
    stayed: int
