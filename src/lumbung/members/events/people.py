"""What happens with members, one by one and many at once."""

from datetime import date

from lumbung.kernel.events import Event, event


@event
class MemberRegistered(Event):
    member: int
    category: int


@event
class MemberChanged(Event):
    member: int
    fields: list[str]


@event
class MembershipRenewed(Event):
    member: int
    expires_on: date


@event
class MemberBlocked(Event):
    """Blocked until it is lifted."""

    member: int


@event
class MemberBlockedUntil(Event):
    """``until`` is the last day of the block."""

    member: int
    until: date


@event
class MemberUnblocked(Event):
    member: int


@event
class MemberGivenAccount(Event):
    member: int
    user: int


@event
class HistoryChosen(Event):
    """The member switched the history of loans on or off."""

    member: int
    keeps_history: bool


@event
class GatheringChosen(Event):
    """The member chose to have a day's notices in one message, or each at once."""

    member: int
    gathers: bool


@event
class MemberInvited(Event):
    """The desk handed the member a one-time way to a password."""

    member: int
    user: int


@event
class MembersExported(Event):
    """Somebody took a list of ``count`` members out of the house."""

    count: int


@event
class CategoryAdded(Event):
    category: int


@event
class CategoryChanged(Event):
    category: int
    fields: list[str]


@event
class CategoryRemoved(Event):
    category: int


@event
class MembersArrived(Event):
    """Members came in from another system: ``first`` to ``last`` (primary keys, both included)."""

    first: int
    last: int


@event
class MembersWithdrawn(Event):
    """Members that had come in were taken out again."""

    count: int


@event
class RosterFinished(Event):
    """A list from the academic system was brought in."""

    roster: int
    new: int
    changed: int


@event
class RosterUndone(Event):
    roster: int
    count: int


@event
class ChannelLinked(Event):
    """A chat was linked to the member, by which proof."""

    link: int
    member: int
    identity: int
    proof: str


@event
class ChannelUnlinked(Event):
    link: int
    member: int
    identity: int
    ended_by: str


@event
class ChannelNoticesChosen(Event):
    link: int
    member: int
    wants: bool
    preferred: bool


@event
class JoinAsked(Event):
    """Somebody asked from home to become a member."""

    join_request: int
    category: int


@event
class JoinCodeRenewed(Event):
    """Another code in place of the one before was asked for."""

    join_request: int


@event
class JoinProven(Event):
    """The code came back from the address: the request counts."""

    join_request: int


@event
class JoinAccepted(Event):
    join_request: int
    member: int


@event
class JoinRefused(Event):
    join_request: int


@event
class RunStarted(Event):
    """Something is to be done with ``count`` members at once."""

    member_run: int
    kind: str
    count: int


@event
class MemberRunFinished(Event):
    """Something was done with ``count`` members at once; ``kind`` is one of ``MemberRun.Kinds``."""

    member_run: int
    kind: str
    count: int


@event
class MemberRunUndone(Event):
    member_run: int
    count: int


@event
class PhotoSet(Event):
    member: int


@event
class PhotoRemoved(Event):
    member: int
