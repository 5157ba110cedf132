"""The signature of the provider (LCP 1.0, section 5): its certificate and key, and what they make of a text."""

from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

RSA_SHA_256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
ECDSA_SHA_256 = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"
RSA_BITS = 2048
LASTS = timedelta(days=365 * 20)


@dataclass(frozen=True)
class Signer:
    """The certificate and its private key, both as PEM. RSA as the basic profile wants it, or ECDSA as certificates of today have it."""

    certificate: str
    key: str

    def check(self) -> None:
        """Raises ValueError when one of the two cannot be read, or they do not belong together."""
        if self._certificate.public_key() != self._key.public_key():
            raise ValueError("the key is not that of the certificate")
        self.sign(b"")

    @property
    def algorithm(self) -> str:
        return ECDSA_SHA_256 if hasattr(self._key, "curve") else RSA_SHA_256

    @property
    def shown_certificate(self) -> str:
        """The certificate as licences carry it: DER in base64."""
        from cryptography.hazmat.primitives.serialization import Encoding  # noqa: PLC0415 -- few requests ever sign

        return b64encode(self._certificate.public_bytes(Encoding.DER)).decode()

    def sign(self, content: bytes) -> str:
        """The signature in base64; that of ECDSA is r and s one after the other. Raises ValueError for other keys."""
        from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey  # noqa: PLC0415 -- the same
        from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15  # noqa: PLC0415 -- the same
        from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey  # noqa: PLC0415 -- the same
        from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature  # noqa: PLC0415 -- the same
        from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415 -- the same

        key = self._key
        if isinstance(key, RSAPrivateKey):
            return b64encode(key.sign(content, PKCS1v15(), SHA256())).decode()
        if not isinstance(key, EllipticCurvePrivateKey):
            raise ValueError("the key is neither RSA nor of an elliptic curve")
        r, s = decode_dss_signature(key.sign(content, ECDSA(SHA256())))
        size = (key.curve.key_size + 7) // 8
        return b64encode(r.to_bytes(size, "big") + s.to_bytes(size, "big")).decode()

    @cached_property
    def _certificate(self) -> "Certificate":
        from cryptography.x509 import load_pem_x509_certificate  # noqa: PLC0415 -- the same

        return load_pem_x509_certificate(self.certificate.encode())

    @cached_property
    def _key(self) -> Any:
        from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: PLC0415 -- the same

        return load_pem_private_key(self.key.encode(), password=None)


def own_certificate(name: str, now: datetime) -> Signer:
    """A new key with a certificate that it signs itself, for a provider whom no authority knows."""
    from cryptography import x509  # noqa: PLC0415 -- needed once in the life of an installation
    from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key  # noqa: PLC0415 -- the same
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415 -- the same
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat  # noqa: PLC0415 -- the same

    key = generate_private_key(public_exponent=65537, key_size=RSA_BITS)
    subject = x509.Name([x509.NameAttribute(x509.oid.NameOID.COMMON_NAME, name[:64])])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + LASTS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, SHA256())
    )
    plain = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    return Signer(certificate.public_bytes(Encoding.PEM).decode(), plain)
