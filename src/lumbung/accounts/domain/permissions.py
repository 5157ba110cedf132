"""Which role may do what: the registry of the kernel, asked with this part's users and roles."""

from collections.abc import Iterable

from lumbung.accounts.models import Role, User
from lumbung.kernel import permissions
from lumbung.kernel.permissions import declared, may

__all__ = ["declare", "declared", "may", "roles_of"]


def declare(permission: str, roles: Iterable[Role]) -> str:
    """Make ``permission`` ("circulation.lend") known and say which roles have it. The administrator always does."""
    return permissions.declare(permission, [role.value for role in roles])


def roles_of(user: User) -> frozenset[str]:
    """The user's roles, read once per user object."""
    return user.roles
