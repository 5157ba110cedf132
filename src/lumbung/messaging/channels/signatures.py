"""Whether what came to a public address comes from whom it says: a keyed digest of the raw body."""

import hashlib
import hmac
from base64 import b64encode

from lumbung.messaging.channels.interface import Forged, Hook


def expect_hex(hook: Hook, *, header: str, key: str) -> None:
    """``sha256=<hex HMAC-SHA256 of the body>``, as Meta signs. Raises Forged; always where the key is not set."""
    _expect(hook, header, f"sha256={_digest(hook, key).hex()}", key)


def expect_base64(hook: Hook, *, header: str, key: str) -> None:
    """The base64 of the HMAC-SHA256 of the body, as LINE signs. Raises Forged; always where the key is not set."""
    _expect(hook, header, b64encode(_digest(hook, key)).decode(), key)


def expect_word(hook: Hook, *, header: str, word: str) -> None:
    """A word agreed upon, as Telegram shows it. Raises Forged; always where there is none."""
    _expect(hook, header, word, word)


def _digest(hook: Hook, key: str) -> bytes:
    return hmac.new(key.encode(), hook.body, hashlib.sha256).digest()


def _expect(hook: Hook, header: str, wanted: str, key: str) -> None:
    shown = hook.headers.get(header, "")
    if not key or not hmac.compare_digest(wanted.encode(), shown.encode()):
        raise Forged(header)
