"""What happens in this part. No event says who came: a visit that is forgotten is forgotten at once."""

from dataclasses import dataclass

from lumbung.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class VisitCounted(Event):
    """Somebody came in. ``people`` is more than one for a group."""

    visit: int
    gate: int
    branch: int
    people: int


@dataclass(frozen=True, kw_only=True)
class VisitRemoved(Event):
    """The visit was counted by mistake; it is gone. ``visit`` was its key."""

    visit: int
    gate: int
    branch: int
    people: int


@dataclass(frozen=True, kw_only=True)
class GateAdded(Event):
    gate: int
    branch: int


@dataclass(frozen=True, kw_only=True)
class GateChanged(Event):
    gate: int
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class GateAddressRenewed(Event):
    """The screen of the gate has a new secret address; the old one opens nothing any more."""

    gate: int


@dataclass(frozen=True, kw_only=True)
class VisitPurposeAdded(Event):
    purpose: int


@dataclass(frozen=True, kw_only=True)
class VisitPurposeChanged(Event):
    purpose: int
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class VisitorsForgotten(Event):
    """``count`` visits no longer know who came."""

    count: int
