"""What an API token may be allowed to do. Each part declares its scopes beside its permissions; a token never has an undeclared one."""

from dataclasses import dataclass

from django.utils.functional import Promise

from lumbung.kernel.permissions import may


@dataclass(frozen=True)
class _Scope:
    meaning: str | Promise
    permission: str | None


_scopes: dict[str, _Scope] = {}


def declare(scope: str, meaning: str | Promise, *, permission: str | None = None) -> str:
    """Make ``scope`` ("loans:write") known, with a sentence for the person who grants it.

    It is of use to those who have ``permission``; without one, to everybody.
    """
    _scopes[scope] = _Scope(meaning, permission)
    return scope


def declared() -> dict[str, str | Promise]:
    """Every declared scope with its meaning."""
    return {name: scope.meaning for name, scope in sorted(_scopes.items())}


def open_to(user: object) -> dict[str, str | Promise]:
    """The scopes that are of use to ``user``, with their meanings."""
    useful = {name for name, scope in _scopes.items() if scope.permission is None or may(user, scope.permission)}
    return {name: meaning for name, meaning in declared().items() if name in useful}
