"""What happens in this part. ``user`` is a primary key."""

from dataclasses import dataclass

from lumbung.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class UserAdded(Event):
    user: int
    roles: list[str]


@dataclass(frozen=True, kw_only=True)
class RolesChanged(Event):
    user: int
    roles: list[str]


@dataclass(frozen=True, kw_only=True)
class ApiTokenIssued(Event):
    user: int
    token: int
    scopes: list[str]


@dataclass(frozen=True, kw_only=True)
class ApiTokenRevoked(Event):
    user: int
    token: int
