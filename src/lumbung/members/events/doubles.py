"""What happens when somebody was registered twice."""

from lumbung.kernel.events import Event, event


@event
class MembersMerged(Event):
    """The registration ``gone`` went into that of ``member``."""

    member: int
    gone: int
    merger: int


@event
class MemberMergerUndone(Event):
    member: int
    gone: int
    merger: int


@event
class MemberPairsSought(Event):
    """All members were compared; so many pairs wait to be decided."""

    count: int


@event
class MemberPairDismissed(Event):
    """These are two people."""

    member: int
    other_member: int


@event
class MemberPairReopened(Event):
    member: int
    other_member: int
