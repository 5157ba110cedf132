"""The licence document (LCP 1.0, section 3): closed with the key of its reader, and signed."""

import json
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from lumbung.formats.lcp.ciphers import AES_256_CBC, SHA_256, lock
from lumbung.formats.lcp.profiles import Profile
from lumbung.formats.lcp.signing import Signer

_CONTROLS = re.compile(r"[\x00-\x1f]")
LICENCE_TYPE = "application/vnd.readium.lcp.license.v1.0+json"


@dataclass(frozen=True, kw_only=True)
class Licence:
    """What a licence says. ``user_hash`` is the SHA-256 of the passphrase; ``user`` names its reader without saying who it is;
    ``copies`` counts characters and ``prints`` pages."""

    identifier: str
    provider: str
    issued: datetime
    updated: datetime
    start: datetime
    end: datetime
    content_key: bytes
    user_hash: bytes
    hint: str
    user: str
    links: Sequence[Mapping[str, Any]]
    copies: int
    prints: int


def document(licence: Licence, profile: Profile, signer: Signer) -> bytes:
    """The document, signed. It is written as it is signed, names in order and nothing between: so that readers that put names in order
    everywhere, and those that leave lists as they are, sign the same text."""
    told = _told(licence, profile)
    signature = {
        "algorithm": signer.algorithm,
        "certificate": signer.shown_certificate,
        "value": signer.sign(canonical(told)),
    }
    return canonical({**told, "signature": signature})


def _told(licence: Licence, profile: Profile) -> dict[str, Any]:
    key = profile.user_key(licence.user_hash)
    return {
        "id": licence.identifier,
        "provider": licence.provider,
        "issued": moment(licence.issued),
        "updated": moment(licence.updated),
        "encryption": {
            "profile": profile.uri,
            "content_key": {
                "algorithm": AES_256_CBC,
                "encrypted_value": b64encode(lock(key, licence.content_key)).decode(),
            },
            "user_key": {
                "algorithm": SHA_256,
                "text_hint": _clean(licence.hint),
                "key_check": b64encode(lock(key, licence.identifier.encode())).decode(),
            },
        },
        "links": [{name: _clean(value) for name, value in each.items()} for each in licence.links],
        "rights": {
            "copy": licence.copies,
            "print": licence.prints,
            "start": moment(licence.start),
            "end": moment(licence.end),
        },
        "user": {"id": licence.user},
    }


def canonical(told: Mapping[str, Any]) -> bytes:
    """The canonical form (section 5.3): names in the order of their code points at every level, and no more space or escape than JSON
    needs."""
    return json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _clean(said: Any) -> Any:
    """Without control characters, which reading programs escape in more than one way and so sign differently."""
    return _CONTROLS.sub(" ", said) if isinstance(said, str) else said


def moment(told: datetime) -> str:
    return told.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
