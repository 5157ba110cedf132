"""What happens in this part. ``member`` is a primary key; names and numbers of people never enter the journal."""

from dataclasses import dataclass
from datetime import date

from lumbung.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class MemberRegistered(Event):
    member: int
    category: int


@dataclass(frozen=True, kw_only=True)
class MemberChanged(Event):
    member: int
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class MembershipRenewed(Event):
    member: int
    expires_on: date


@dataclass(frozen=True, kw_only=True)
class MemberBlocked(Event):
    member: int


@dataclass(frozen=True, kw_only=True)
class MemberUnblocked(Event):
    member: int


@dataclass(frozen=True, kw_only=True)
class MemberGivenAccount(Event):
    member: int
    user: int


@dataclass(frozen=True, kw_only=True)
class HistoryChosen(Event):
    """The member switched the history of loans on or off."""

    member: int
    keeps_history: bool


@dataclass(frozen=True, kw_only=True)
class MemberInvited(Event):
    """The desk handed the member a one-time way to a password."""

    member: int
    user: int


@dataclass(frozen=True, kw_only=True)
class MembersExported(Event):
    """Somebody took a list of ``count`` members out of the house."""

    count: int


@dataclass(frozen=True, kw_only=True)
class CategoryAdded(Event):
    category: int


@dataclass(frozen=True, kw_only=True)
class CategoryChanged(Event):
    category: int
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class CategoryRemoved(Event):
    category: int
