"""MARC-8, the character sets of MARC 21 before Unicode (https://www.loc.gov/marc/specifications/speccharmarc8.html).

The tables are pymarc's, which are the Library of Congress's; the decoder is our own because it must say when bytes had no meaning.
"""

import unicodedata
from collections.abc import Mapping
from functools import cache

ESCAPE = 0x1B
BASIC_LATIN, EXTENDED_LATIN, EAST_ASIAN = 0x42, 0x45, 0x31
EAST_ASIAN_WIDTH = 3
SPACE, DELETE, HIGH = 0x20, 0x7F, 0x80
_G0 = frozenset(b"(,")
_G1 = frozenset(b")-")
_SHORT = {ord("g"): 0x67, ord("b"): 0x62, ord("p"): 0x70, ord("s"): BASIC_LATIN}
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


@cache
def _tables() -> tuple[Mapping[int, Mapping[int, tuple[int, int]]], Mapping[int, int]]:
    """Character sets by their final byte, and what to read for codes with no letter of their own. They take 50 MB, once needed."""
    from pymarc.marc8_mapping import CODESETS, ODD_MAP  # noqa: PLC0415 -- slow import

    return CODESETS, ODD_MAP


def decode(data: bytes) -> tuple[str, bool]:
    """The text, in NFC, and whether every byte of it had a meaning; what had none becomes U+FFFD.

    Each field begins in Basic and Extended Latin, so ``data`` is one field. Subfield delimiters pass through.
    """
    if data.isascii() and ESCAPE not in data:
        return data.decode("ascii"), True
    return _Decoder(data).text()


class _Decoder:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0
        self.sets = [BASIC_LATIN, EXTENDED_LATIN]
        self.clean = True
        self.codesets, self.odd = _tables()

    def text(self) -> tuple[str, bool]:
        out: list[str] = []
        marks: list[str] = []  # MARC-8 writes the mark before its letter, Unicode after it
        while self.at < len(self.data):
            if self.data[self.at] == ESCAPE and self._shift():
                continue
            character, combines = self._next()
            if combines:
                marks.append(character)
                continue
            out.append(character)
            out += marks
            marks.clear()
        out += marks
        return unicodedata.normalize("NFC", "".join(out)), self.clean

    def _shift(self) -> bool:
        """Follow an escape sequence; False when it is none, and stays in the text."""
        sequence = self.data[self.at + 1 : self.at + 4]
        if sequence[:1] and sequence[0] in _SHORT:
            self.sets[0] = _SHORT[sequence[0]]
            self.at += 2
            return True
        if sequence[:1] == b"$":
            wide = sequence[1:]
            which = 1 if wide[:1] and wide[0] in _G1 else 0
            skip = 1 if wide[:1] and wide[0] in _G0 | _G1 else 0
            return self._designate(which, wide[skip : skip + 1], 3 + skip)
        if sequence[:1] and sequence[0] in _G0 | _G1:
            narrow = sequence[1:3]
            skip = 1 if narrow[:1] in (b"!", b'"') else 0  # an intermediate character, as in ESC ( ! E for Extended Latin
            return self._designate(1 if sequence[0] in _G1 else 0, narrow[skip : skip + 1], 3 + skip)
        self.clean = False
        return False

    def _designate(self, which: int, final: bytes, length: int) -> bool:
        if not final or final[0] not in self.codesets:
            self.clean = False
            return False
        self.sets[which] = final[0]
        self.at += length
        return True

    def _next(self) -> tuple[str, bool]:
        byte = self.data[self.at]
        if byte <= SPACE or byte in {ESCAPE, DELETE}:
            self.at += 1
            return chr(byte), False
        charset = self.sets[1 if byte >= HIGH else 0]
        width = EAST_ASIAN_WIDTH if charset == EAST_ASIAN else 1
        code = int.from_bytes(self.data[self.at : self.at + width], "big")
        self.at += width
        if code in (found := self.codesets.get(charset, {})):
            point, combines = found[code]
            return chr(point), bool(combines)
        if charset != EAST_ASIAN and code >= HIGH and code - HIGH in found:  # a set made for G0, called into G1
            point, combines = found[code - HIGH]
            return chr(point), bool(combines)
        if charset != EAST_ASIAN and code < HIGH and code + HIGH in found:
            point, combines = found[code + HIGH]
            return chr(point), bool(combines)
        if code in self.odd:
            return chr(self.odd[code]), False
        self.clean = False
        return REPLACEMENT, False
