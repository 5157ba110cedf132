"""What happens in this part. ``user`` and ``token`` are primary keys; names and addresses of people never enter the journal."""

from lumbung.kernel.events import Event, event


@event
class UserAdded(Event):
    user: int
    roles: list[str]


@event
class UserChanged(Event):
    user: int
    fields: list[str]


@event
class RolesChanged(Event):
    user: int
    roles: list[str]


@event
class PasswordChanged(Event):
    user: int


@event
class PasswordLinkGiven(Event):
    user: int


@event
class SessionsEnded(Event):
    """The user was signed out on so many devices."""

    user: int
    count: int


@event
class UserDeactivated(Event):
    user: int


@event
class UserReactivated(Event):
    user: int


@event
class ApiTokenIssued(Event):
    user: int
    token: int
    scopes: list[str]


@event
class ApiTokenRevoked(Event):
    user: int
    token: int


@event
class UsersArrived(Event):
    """Users (primary keys) came in from another system, with the passwords they had there."""

    users: list[int]


@event
class UsersWithdrawn(Event):
    """Users (primary keys) that had come in were taken out again."""

    users: list[int]


@event
class UserForgotten(Event):
    """Who the user was is not known any more; the number stays."""

    user: int
