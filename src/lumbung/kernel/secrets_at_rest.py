"""Keys and passwords of other systems that the library must be able to use again: encrypted in the database, never shown.

The key is ``LUMBUNG_SECRETS_KEY``, else ``secrets.key`` beside the data. A copy of the database alone opens nothing.
"""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.conf import settings

from lumbung.kernel.secret_files import kept_secret

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet

KEY_FILE = "secrets.key"


class Unreadable(Exception):
    """The key is not the one with which this was sealed: the secret must be given anew."""


def seal(secrets: Mapping[str, str]) -> str:
    """The secrets as text that tells nothing. Empty for none."""
    return _box().encrypt(json.dumps(dict(secrets)).encode()).decode() if secrets else ""


def unseal(sealed: str) -> dict[str, str]:
    """What ``seal`` was given. Raises Unreadable."""
    from cryptography.fernet import InvalidToken  # noqa: PLC0415 -- few requests ever open a secret

    if not sealed:
        return {}
    try:
        return dict(json.loads(_box().decrypt(sealed.encode())))
    except InvalidToken:
        raise Unreadable from None


def _box() -> "MultiFernet":
    """Several keys, separated by commas: the first seals, all open, so that a key can be changed."""
    from cryptography.fernet import Fernet, MultiFernet  # noqa: PLC0415 -- few requests ever open a secret

    keys = settings.SECRETS_KEY or kept_secret(settings.DATA / KEY_FILE, lambda: Fernet.generate_key().decode())
    return MultiFernet([Fernet(key.strip()) for key in keys.split(",")])
