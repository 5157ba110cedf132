"""What an API token may be allowed to do. Each part declares its scopes beside its permissions; a token never has an undeclared one."""

from django.utils.functional import Promise

_meanings: dict[str, str | Promise] = {}


def declare(scope: str, meaning: str | Promise) -> str:
    """Make ``scope`` ("loans:write") known, with a sentence for the person who grants it."""
    _meanings[scope] = meaning
    return scope


def declared() -> dict[str, str | Promise]:
    """Every declared scope with its meaning."""
    return dict(sorted(_meanings.items()))
