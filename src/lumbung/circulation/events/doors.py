"""The machines, telephones and desks that loans come through."""

from dataclasses import dataclass

from lumbung.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class TerminalAdded(Event):
    terminal: int
    branch: int


@dataclass(frozen=True, kw_only=True)
class TerminalChanged(Event):
    terminal: int
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class TerminalSecretRenewed(Event):
    """The old secret no longer opens the door."""

    terminal: int


@dataclass(frozen=True, kw_only=True)
class TerminalRemoved(Event):
    terminal: int


@dataclass(frozen=True, kw_only=True)
class PinSet(Event):
    member: int


@dataclass(frozen=True, kw_only=True)
class PinLocked(Event):
    """Too many wrong tries; the PIN rests for a while."""

    member: int


@dataclass(frozen=True, kw_only=True)
class PhoneLendingChanged(Event):
    branch: int
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class OfflineConflictFound(Event):
    """What a desk did without a line could not be brought in; ``codes`` say why."""

    entry: int
    codes: list[str]


@dataclass(frozen=True, kw_only=True)
class OfflineConflictSettled(Event):
    entry: int


@dataclass(frozen=True, kw_only=True)
class OfflineConflictDismissed(Event):
    """Staff left it as it is; why stands on the entry."""

    entry: int
