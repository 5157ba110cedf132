"""What happens when records are copied from other catalogues. ``target`` and ``profile`` are primary keys."""

from dataclasses import dataclass

from lumbung.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class RecordTakenOver(Event):
    """The record was made of one that another catalogue (``target``) sent."""

    record: int
    target: int


@dataclass(frozen=True, kw_only=True)
class TargetAdded(Event):
    target: int


@dataclass(frozen=True, kw_only=True)
class TargetChanged(Event):
    target: int
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class TargetRemoved(Event):
    target: int


@dataclass(frozen=True, kw_only=True)
class ProfileAdded(Event):
    """A profile of taking over foreign records was added."""

    profile: int


@dataclass(frozen=True, kw_only=True)
class ProfileChanged(Event):
    profile: int
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class ProfileRemoved(Event):
    profile: int
