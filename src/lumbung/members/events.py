"""What happens in this part. ``member`` is a primary key; names and numbers of people never enter the journal."""

from dataclasses import dataclass

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
    expires_on: str


@dataclass(frozen=True, kw_only=True)
class MemberBlocked(Event):
    member: int


@dataclass(frozen=True, kw_only=True)
class MemberUnblocked(Event):
    member: int
