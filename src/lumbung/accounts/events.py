"""What happens in this part. ``user`` and ``token`` are primary keys; names and addresses of people never enter the journal."""

from dataclasses import dataclass

from lumbung.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class UserAdded(Event):
    user: int
    roles: list[str]


@dataclass(frozen=True, kw_only=True)
class UserChanged(Event):
    user: int
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class RolesChanged(Event):
    user: int
    roles: list[str]


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(Event):
    user: int


@dataclass(frozen=True, kw_only=True)
class UserDeactivated(Event):
    user: int


@dataclass(frozen=True, kw_only=True)
class UserReactivated(Event):
    user: int


@dataclass(frozen=True, kw_only=True)
class ApiTokenIssued(Event):
    user: int
    token: int
    scopes: list[str]


@dataclass(frozen=True, kw_only=True)
class ApiTokenRevoked(Event):
    user: int
    token: int


@dataclass(frozen=True, kw_only=True)
class UsersArrived(Event):
    """Users (primary keys) came in from another system, with the passwords they had there."""

    users: list[int]


@dataclass(frozen=True, kw_only=True)
class UsersWithdrawn(Event):
    """Users (primary keys) that had come in were taken out again."""

    users: list[int]


@dataclass(frozen=True, kw_only=True)
class UserForgotten(Event):
    """Who the user was is not known any more; the number stays."""

    user: int
