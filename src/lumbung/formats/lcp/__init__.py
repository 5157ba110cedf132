"""Readium LCP 1.0 and its status documents: publications under lock, licences that open them, and how a licence stands.

What is implemented is the specification; the profile, by which a reader's passphrase becomes a key, is whatever ``Profile`` it is given.
"""

from lumbung.formats.lcp.ciphers import KEY_BYTES, lock, passphrase_hash, unlock
from lumbung.formats.lcp.licence import LICENCE_TYPE, Licence, canonical, document
from lumbung.formats.lcp.profiles import BASIC, Profile
from lumbung.formats.lcp.protection import Unprotectable, protect, with_licence
from lumbung.formats.lcp.signing import Signer, own_certificate
from lumbung.formats.lcp.status import FAULTS, STATUS_TYPE, Happening, Standing, States, status_document

__all__ = [
    "BASIC",
    "FAULTS",
    "KEY_BYTES",
    "LICENCE_TYPE",
    "STATUS_TYPE",
    "Happening",
    "Licence",
    "Profile",
    "Signer",
    "Standing",
    "States",
    "Unprotectable",
    "canonical",
    "document",
    "lock",
    "own_certificate",
    "passphrase_hash",
    "protect",
    "status_document",
    "unlock",
    "with_licence",
]
