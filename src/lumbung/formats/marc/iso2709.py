"""Reading ISO 2709 as it really comes.

A record ends at its terminator, whatever its length says: so a record longer than the format's 99,999 bytes, a wrong length or a
lost byte costs nobody else. Only where the length and the terminator disagree does the reader look for a leader in the middle.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import BinaryIO

from lumbung.formats.marc.defects import Defect, Kind
from lumbung.formats.marc.entry import Encoding, Entry
from lumbung.formats.marc.iso2709_record import decode
from lumbung.formats.marc.record import LEADER_LENGTH

RECORD_END = b"\x1d"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
BLOCK = 1 << 18
LARGEST = 16 << 20
SHORTEST = LEADER_LENGTH + 2
BLANK = b"\r\n\t\0\x1a "
_LEADER = re.compile(rb"(?=([0-9]{5})[a-z ][a-z][a-z ][a-z ][ a]22[0-9]{5}.{3}45)", re.DOTALL)


def read_iso2709(
    stream: BinaryIO, *, encoding: Encoding = Encoding.AUTO, offset: int = 0, position: int = 0
) -> Iterator[Entry]:
    """Every record and every unreadable stretch of ``stream``, which stands at ``offset`` with ``position`` entries read before."""
    for start, raw, defects in _stretches(stream, offset):
        position += 1
        end = start + len(raw)
        if defects and defects[0].refused:
            yield Entry(position, start, raw, end, None, defects)
            continue
        record, found = decode(raw, encoding)
        told = defects + found
        if record is None:
            told.sort(key=lambda each: not each.refused)
        yield Entry(position, start, raw, end, record, told)


def _stretches(stream: BinaryIO, offset: int) -> Iterator[tuple[int, bytes, list[Defect]]]:
    for start, whole in _ended(stream, offset):
        raw, at = _trimmed(whole), start
        at += len(whole) - len(raw)
        if not raw or raw == RECORD_END:
            continue
        if raw[-1:] == RECORD_END and raw[:5].isdigit() and int(raw[:5]) == len(raw):
            yield at, raw, []
        else:
            yield from _untangled(at, raw)


def _ended(stream: BinaryIO, offset: int) -> Iterator[tuple[int, bytes]]:
    """The bytes up to each record terminator; what follows the last, or has none for 16 MiB, comes as it is."""
    rest = b""
    while block := stream.read(BLOCK):
        *ended, rest = (rest + block).split(RECORD_END)
        for each in ended:
            yield offset, each + RECORD_END
            offset += len(each) + 1
        if len(rest) > LARGEST:
            yield offset, rest
            offset += len(rest)
            rest = b""
    if rest:
        yield offset, rest


def _trimmed(raw: bytes) -> bytes:
    """Without what editors and tapes put between records; blanks too, unless a leader may begin with them."""
    if raw[:1].isdigit():
        return raw
    kept = raw.removeprefix(BYTE_ORDER_MARK).lstrip(BLANK)
    if kept[:5].isdigit() or not kept:
        return kept
    return raw.removeprefix(BYTE_ORDER_MARK).lstrip(BLANK.rstrip())


def _untangled(start: int, raw: bytes) -> Iterator[tuple[int, bytes, list[Defect]]]:
    """Records run together because a terminator or a tail is lost, or junk before one: cut where a leader's length fits."""
    cuts = [0, *_inner_leaders(raw), len(raw)]
    for at, end in pairwise(cuts):
        piece = raw[at:end]
        yield start + at, piece, _framing_defects(piece)


def _inner_leaders(raw: bytes) -> list[int]:
    """Places after the first byte where a leader stands whose record ends where something else begins, from the end backwards."""
    candidates = {match.start(): int(match[1]) for match in _LEADER.finditer(raw) if match.start()}
    fits: list[int] = []
    ends = {len(raw)}
    for at in sorted(candidates, reverse=True):
        if at + candidates[at] in ends or (fits and at + candidates[at] - 1 in ends):
            fits.append(at)
            ends.add(at)
    return sorted(fits)


def _framing_defects(piece: bytes) -> list[Defect]:
    declared = int(piece[:5]) if piece[:5].isdigit() else None
    ended = piece[-1:] == RECORD_END
    if len(piece) > LARGEST:
        return [Defect(Kind.TOO_LARGE, str(len(piece)), refused=True)]
    if len(piece) < SHORTEST or (piece[20:22] != b"45" and b"\x1e" not in piece):
        return [Defect(Kind.TRUNCATED if declared else Kind.JUNK, str(len(piece)), refused=True)]
    if ended:
        return [] if declared == len(piece) else [Defect(Kind.RECORD_LENGTH, _shown(piece[:5]))]
    if declared is not None and len(piece) in (declared, declared - 1):
        return [Defect(Kind.NO_RECORD_TERMINATOR)]
    return [Defect(Kind.TRUNCATED, str(len(piece)), refused=True)]


def _shown(some: bytes) -> str:
    return some.decode("ascii", "replace")
