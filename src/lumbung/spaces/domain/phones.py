"""The code that phones read at a gate: signed, and good for some minutes, so that nobody comes in from home."""

from django.core import signing

from lumbung.spaces import queries
from lumbung.spaces.models import Gate

_SIGNER = signing.TimestampSigner(salt="spaces.gate")


def sign_for_phones(gate: Gate) -> str:
    """What the code on the screen says of its gate."""
    return _SIGNER.sign(str(gate.pk))


def gate_of_sign(sign: str, *, minutes: int) -> Gate | None:
    """The gate in use that signed this within so many minutes; None for anything else."""
    try:
        key = _SIGNER.unsign(sign, max_age=minutes * 60)
    except signing.BadSignature:
        return None
    return queries.gates().filter(pk=key, is_active=True).first()
