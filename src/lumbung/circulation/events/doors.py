"""The machines, telephones and desks that loans come through."""

from lumbung.kernel.events import Event, event


@event
class TerminalAdded(Event):
    terminal: int
    branch: int


@event
class TerminalChanged(Event):
    terminal: int
    fields: list[str]


@event
class TerminalSecretRenewed(Event):
    """The old secret no longer opens the door."""

    terminal: int


@event
class TerminalRemoved(Event):
    terminal: int


@event
class PinSet(Event):
    member: int


@event
class PinLocked(Event):
    """Too many wrong tries; the PIN rests for a while."""

    member: int


@event
class PhoneLendingChanged(Event):
    branch: int
    fields: list[str]


@event
class OfflineEntryHandedIn(Event):
    """A device sent it while somebody else was signed in than who did it: whoever recorded this sent it, who did it stands on the entry."""

    entry: int


@event
class OfflineConflictFound(Event):
    """What a desk did without a line could not be brought in; ``codes`` say why."""

    entry: int
    codes: list[str]


@event
class OfflineConflictSettled(Event):
    entry: int


@event
class OfflineConflictDismissed(Event):
    """Staff left it as it is; why stands on the entry."""

    entry: int


@event
class OfflineEntryTakenBack(Event):
    """The clerk took it back at the device: it never came to be, or what came of it is undone."""

    entry: int
