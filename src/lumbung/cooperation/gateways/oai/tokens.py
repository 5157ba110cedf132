"""Resumption tokens: signed, and holding all that is needed to go on, so that they survive restarts and never run out."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer

from lumbung.cooperation.queries.harvesting import Place, Selection

_FIELDS = 12


@dataclass(frozen=True, slots=True)
class Token:
    """Where a list goes on; ``sent`` records came before, of ``size`` in all."""

    verb: str
    prefix: str
    selection: Selection
    after: Place
    sent: int
    left_out: int
    size: int
    visit: int

    def signed(self) -> str:
        chosen = self.selection
        span = ["" if each is None else str(each) for each in (chosen.first, chosen.last)]
        numbers = (*self.after, self.sent, self.left_out, self.size, self.visit)
        told = "|".join([self.verb, self.prefix, chosen.set_name, *span, *map(str, numbers)])
        return _signer().sign(urlsafe_b64encode(told.encode()).decode().rstrip("="))


def read_token(text: str, *, verb: str, theses_only: frozenset[str]) -> Token | None:
    """The token that was given out with these very signs, for this verb; None for any other."""
    try:
        packed = _signer().unsign(text)
        told = urlsafe_b64decode(packed + "=" * (-len(packed) % 4)).decode().split("|")
    except (BadSignature, NotBase64, ValueError):
        return None
    if len(told) != _FIELDS or told[0] != verb:
        return None
    _, prefix, set_name, first, last, *numbers = told
    moment, serial, record, sent, left_out, size, visit = map(int, numbers)
    selection = Selection(prefix in theses_only, set_name, _number(first), _number(last))
    return Token(verb, prefix, selection, Place(moment, serial, record), sent, left_out, size, visit)


def _number(text: str) -> int | None:
    return int(text) if text else None


def _signer() -> Signer:
    return Signer(salt="cooperation.oai", sep=".")
