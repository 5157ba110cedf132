"""The one-time code of the first run. Only its hash is kept, in the data folder, until the library is set up."""

import hashlib
import hmac
import secrets
from pathlib import Path

from django.conf import settings

from lumbung.organization import queries

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Nothing that looks like something else on paper: no I, L, O, 0, 1."""

LENGTH = 10


def issue_code() -> str | None:
    """A fresh code to show to whoever started the program, in place of any earlier one; None once the library is set up."""
    if queries.library().pk is not None:
        spend()
        return None
    letters = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    _file().touch(mode=0o600)
    _file().write_text(_digest(letters), encoding="ascii")
    return f"{letters[: LENGTH // 2]}-{letters[LENGTH // 2 :]}"


def is_awaited() -> bool:
    """Whether a code was issued and the library is still to be set up. Costs no query once it is."""
    return _file().exists() and queries.library().pk is None


def matches(typed: str) -> bool:
    """Whether this is the code, in any case, with or without its hyphen."""
    letters = "".join(letter for letter in typed.upper() if letter.isalnum())
    try:
        kept = _file().read_text(encoding="ascii")
    except FileNotFoundError:
        return False
    return hmac.compare_digest(kept, _digest(letters))


def spend() -> None:
    """Let the code open nothing any more."""
    _file().unlink(missing_ok=True)


def _file() -> Path:
    return Path(settings.DATA) / "setup.code"


def _digest(letters: str) -> str:
    return hashlib.sha256(letters.encode()).hexdigest()
