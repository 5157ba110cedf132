"""Encryption profiles (LCP 1.0, section 6). The basic one is open and is here; others come from whoever may have them."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Profile:
    """``user_key`` makes the key of 32 bytes with which a licence is closed, out of the SHA-256 of the passphrase."""

    uri: str
    user_key: Callable[[bytes], bytes]


BASIC = Profile("http://readium.org/lcp/basic-profile", bytes)
"""The hash of the passphrase is the key itself: whoever reads the specification can open what its passphrase opens, nothing more."""
