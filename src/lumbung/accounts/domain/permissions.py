"""Which role may do what. Each part declares its own permissions at start-up; nobody has one that was not declared."""

from collections.abc import Iterable

from lumbung.accounts.models import Role, User

_roles_with: dict[str, frozenset[str]] = {}


def declare(permission: str, roles: Iterable[Role]) -> str:
    """Make ``permission`` ("circulation.lend") known and say which roles have it. The administrator always does."""
    _roles_with[permission] = frozenset({*(role.value for role in roles), Role.ADMIN.value})
    return permission


def may(user: object, permission: str) -> bool:
    """Whether ``user`` (anybody, signed in or not) has ``permission``. Raises KeyError for a permission nobody declared."""
    return isinstance(user, User) and user.is_active and not _roles_with[permission].isdisjoint(roles_of(user))


def roles_of(user: User) -> frozenset[str]:
    """The user's roles, read once per user object."""
    roles: frozenset[str] | None = user.__dict__.get("_roles")
    if roles is None:
        roles = user.__dict__["_roles"] = frozenset(user.role_grants.values_list("role", flat=True))
    return roles


def declared() -> dict[str, frozenset[str]]:
    """Every declared permission with the roles that have it."""
    return dict(_roles_with)
