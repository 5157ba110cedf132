"""Which role may do what. Each part declares its own permissions at start-up; nobody has one that was not declared.

Roles are plain words here; ``accounts`` says which there are and who has them. A user that may ask has ``is_active`` and ``roles``.
"""

from collections.abc import Iterable

HAS_EVERYTHING = "admin"

_roles_with: dict[str, frozenset[str]] = {}


def declare(permission: str, roles: Iterable[str]) -> str:
    """Make ``permission`` ("circulation.lend") known and say which roles have it. The administrator always does."""
    _roles_with[permission] = frozenset({*(str(role) for role in roles), HAS_EVERYTHING})
    return permission


def may(user: object, permission: str) -> bool:
    """Whether ``user`` (anybody, signed in or not) has ``permission``. Raises KeyError for a permission nobody declared."""
    allowed = _roles_with[permission]
    return bool(getattr(user, "is_active", False)) and not allowed.isdisjoint(getattr(user, "roles", ()))


def declared() -> dict[str, frozenset[str]]:
    """Every declared permission with the roles that have it."""
    return dict(_roles_with)
