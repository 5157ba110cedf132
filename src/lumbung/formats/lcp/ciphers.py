"""The ciphers that every profile shares: AES-256-CBC as XML Encryption has it, and the hash of passphrases."""

import hashlib
import secrets
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers import Cipher

AES_256_CBC = "http://www.w3.org/2001/04/xmlenc#aes256-cbc"
SHA_256 = "http://www.w3.org/2001/04/xmlenc#sha256"
KEY_BYTES = 32
BLOCK = 16


def passphrase_hash(passphrase: str) -> bytes:
    """SHA-256 of the passphrase as it was typed: nothing of it is changed before."""
    return hashlib.sha256(passphrase.encode()).digest()


def lock(key: bytes, content: bytes, start: bytes | None = None) -> bytes:
    """The content encrypted, with the block it started from (a chance one when none is given) before it."""
    return b"".join(locked(key, [content], start or secrets.token_bytes(BLOCK)))


def locked(key: bytes, pieces: Iterable[bytes], start: bytes) -> Iterator[bytes]:
    """The same for a content in pieces, as it comes."""
    cipher, padding = _cipher(key, start).encryptor(), _padding().padder()
    yield start
    for piece in pieces:
        yield cipher.update(padding.update(piece))
    yield cipher.update(padding.finalize()) + cipher.finalize()


def unlock(key: bytes, content: bytes) -> bytes:
    """What ``lock`` was given. Raises ValueError when it was another key, or the content is damaged."""
    cipher, padding = _cipher(key, content[:BLOCK]).decryptor(), _padding().unpadder()
    return bytes(padding.update(cipher.update(content[BLOCK:]) + cipher.finalize()) + padding.finalize())


def _cipher(key: bytes, start: bytes) -> "Cipher[Any]":
    from cryptography.hazmat.primitives.ciphers import Cipher  # noqa: PLC0415 -- few requests ever lock
    from cryptography.hazmat.primitives.ciphers.algorithms import AES256  # noqa: PLC0415 -- the same
    from cryptography.hazmat.primitives.ciphers.modes import CBC  # noqa: PLC0415 -- the same

    return Cipher(AES256(key), CBC(start))


def _padding() -> Any:
    from cryptography.hazmat.primitives.padding import PKCS7  # noqa: PLC0415 -- the same

    return PKCS7(BLOCK * 8)
