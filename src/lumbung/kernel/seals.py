"""A seal on what a device keeps for us: it can tell that we made it and that nobody changed a byte, and cannot make one itself.

ECDSA on P-256 with SHA-256 (FIPS 186-5), which every browser checks (Web Cryptography API); the key follows from the secret key of
the installation, so all processes of a cluster have the same and a restored backup keeps it.
"""

from base64 import b64encode
from functools import cache
from hashlib import sha512
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

_PURPOSE = "lumbung.kernel.seals"
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""How many points the curve P-256 has (FIPS 186-5, SP 800-186)."""


def seal(content: bytes) -> str:
    """The seal of ``content``: r and s, 32 bytes each (IEEE P1363), in base64."""
    from cryptography.hazmat.primitives.asymmetric.ec import ECDSA  # noqa: PLC0415 -- few requests ever seal
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature  # noqa: PLC0415 -- the same
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415 -- the same

    r, s = decode_dss_signature(_key(settings.SECRET_KEY).sign(content, ECDSA(SHA256())))
    return b64encode(r.to_bytes(32, "big") + s.to_bytes(32, "big")).decode()


def public_key() -> str:
    """What a device checks seals with: SubjectPublicKeyInfo (RFC 5280) in base64."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat  # noqa: PLC0415 -- as above

    key = _key(settings.SECRET_KEY).public_key()
    return b64encode(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()


@cache
def _key(secret: str) -> "EllipticCurvePrivateKey":
    from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, derive_private_key  # noqa: PLC0415 -- as above

    number = int.from_bytes(sha512(f"{_PURPOSE}:{secret}".encode()).digest(), "big")
    return derive_private_key(number % (_ORDER - 1) + 1, SECP256R1())
