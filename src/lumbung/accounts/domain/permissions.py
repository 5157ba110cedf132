"""Which role may do what: the registry of the kernel, asked with this part's users and roles."""

from collections.abc import Iterable

from lumbung.accounts.models import Role, User
from lumbung.kernel import permissions
from lumbung.kernel.permissions import declared, may

__all__ = ["declare", "declared", "may", "may_keep"]


def declare(permission: str, roles: Iterable[Role]) -> str:
    """Make ``permission`` ("circulation.lend") known and say which roles have it. The administrator always does."""
    return permissions.declare(permission, [role.value for role in roles])


def may_keep(keeper: User, kept: User) -> bool:
    """Whether ``keeper`` may change this account: not one whose roles allow what the keeper may not do.

    Whoever sets the e-mail address of an account can have its next password sent to themselves.
    """
    return all(may(keeper, permission) for permission, roles in declared().items() if not roles.isdisjoint(kept.roles))
