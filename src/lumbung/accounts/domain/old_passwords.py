"""Passwords as other systems kept them: good for one sign-in, after which ours takes their place.

Django asks the hasher named at the beginning of what is kept, and when that is not the preferred one, hashes the password anew.
"""

import hashlib
import re
from typing import Any

import bcrypt
from django.contrib.auth.hashers import BasePasswordHasher
from django.utils.crypto import constant_time_compare, get_random_string

_BCRYPT = re.compile(r"\$2[abxy]\$\d\d\$[./A-Za-z0-9]{53}")
_MD5 = re.compile(r"[0-9a-fA-F]{32}")
_SHA1 = re.compile(r"[0-9a-fA-F]{40}")
SALT = 16
ROUNDS = 1_000
"""A bare digest is put under a salt and so many rounds before it is kept: few, because a library brings thousands at once."""


def as_kept(old: str) -> str | None:
    """How an old password is kept here: bcrypt (PHP's ``password_hash``), or a hexadecimal MD5 or SHA-1. None for any other form."""
    old = old.strip()
    if _BCRYPT.fullmatch(old):
        return f"{OldBcrypt.algorithm}${old}"
    if _MD5.fullmatch(old):
        return _under_salt("md5", old.lower(), get_random_string(SALT))
    if _SHA1.fullmatch(old):
        return _under_salt("sha1", old.lower(), get_random_string(SALT))
    return None


def _under_salt(digest: str, old: str, salt: str) -> str:
    hardened = hashlib.pbkdf2_hmac("sha256", old.encode(), salt.encode(), ROUNDS).hex()
    return f"{OldDigest.algorithm}${digest}${salt}${hardened}"


class OldBcrypt(BasePasswordHasher):
    """What PHP's ``password_hash`` made."""

    algorithm = "old_bcrypt"

    def verify(self, password: str, encoded: str) -> bool:
        kept = encoded.partition("$")[2]
        marked = "$2b$" + kept[4:]  # $2y$ is what PHP calls $2b$
        return bcrypt.checkpw(password.encode()[:72], marked.encode())

    def encode(self, password: str, salt: str) -> str:
        made = bcrypt.hashpw(password.encode()[:72], bcrypt.gensalt(rounds=10)).decode()
        return f"{self.algorithm}${made}"

    def safe_summary(self, encoded: str) -> Any:
        return {"algorithm": self.algorithm}

    def must_update(self, encoded: str) -> bool:
        return True

    def harden_runtime(self, password: str, encoded: str) -> None:
        """There is nothing to even out: the next sign-in is by another hasher."""


class OldDigest(BasePasswordHasher):
    """A bare MD5 or SHA-1 of the password, kept under a salt."""

    algorithm = "old_digest"

    def verify(self, password: str, encoded: str) -> bool:
        _, digest, salt, _ = encoded.split("$", 3)
        return constant_time_compare(_under_salt(digest, _plain(digest, password), salt), encoded)

    def encode(self, password: str, salt: str) -> str:
        return _under_salt("md5", _plain("md5", password), salt)

    def safe_summary(self, encoded: str) -> Any:
        return {"algorithm": self.algorithm}

    def must_update(self, encoded: str) -> bool:
        return True

    def harden_runtime(self, password: str, encoded: str) -> None:
        """There is nothing to even out: the next sign-in is by another hasher."""


def _plain(digest: str, password: str) -> str:
    return hashlib.new(digest, password.encode(), usedforsecurity=False).hexdigest()
