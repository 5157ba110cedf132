"""What happens when records are copied from other catalogues. ``target`` and ``profile`` are primary keys."""

from lumbung.kernel.events import Event, event


@event
class RecordTakenOver(Event):
    """The record was made of one that another catalogue (``target``) sent."""

    record: int
    target: int


@event
class TargetAdded(Event):
    target: int


@event
class TargetChanged(Event):
    target: int
    fields: list[str]


@event
class TargetRemoved(Event):
    target: int


@event
class ProfileAdded(Event):
    """A profile of taking over foreign records was added."""

    profile: int


@event
class ProfileChanged(Event):
    profile: int
    fields: list[str]


@event
class ProfileRemoved(Event):
    profile: int
