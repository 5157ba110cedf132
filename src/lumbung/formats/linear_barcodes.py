"""Barcodes of bars: Code 128 (ISO/IEC 15417) and Code 39 (ISO/IEC 16388), as widths of bars and blanks in turn, in modules."""

from collections.abc import Sequence

QUIET = 10
"""Modules of blank that must stand on either side."""

_TABLE = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 123122 123221 "
    "223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 232121 111323 131123 131321 "
    "112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 213311 213131 "
    "311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 "
    "122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 "
    "214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112"
)  # as the standard prints them, value by value
_PATTERNS = _TABLE.split()
_TO_C, _TO_B, _START_B, _START_C, _STOP = 99, 100, 104, 105, 106
_LONG_RUN = 4

_NARROW_WIDE = {
    "0": "000110100", "1": "100100001", "2": "001100001", "3": "101100000", "4": "000110001", "5": "100110000", "6": "001110000",
    "7": "000100101", "8": "100100100", "9": "001100100", "A": "100001001", "B": "001001001", "C": "101001000", "D": "000011001",
    "E": "100011000", "F": "001011000", "G": "000001101", "H": "100001100", "I": "001001100", "J": "000011100", "K": "100000011",
    "L": "001000011", "M": "101000010", "N": "000010011", "O": "100010010", "P": "001010010", "Q": "000000111", "R": "100000110",
    "S": "001000110", "T": "000010110", "U": "110000001", "V": "011000001", "W": "111000000", "X": "010010001", "Y": "110010000",
    "Z": "011010000", "-": "010000101", ".": "110000100", " ": "011000100", "*": "010010100",
}  # fmt: skip
"""Without $ / + and %: many scanners read these with the next letter as another character (full ASCII mode)."""


def code_128(text: str) -> list[int]:
    """The text in code sets B and C, with start, check character and stop. Raises ``ValueError`` for what is not printable ASCII."""
    if not text or not all(" " <= each <= "~" for each in text):
        raise ValueError(text)
    values = _values(text)
    check = (values[0] + sum(place * value for place, value in enumerate(values[1:], 1))) % 103
    return [int(width) for value in [*values, check, _STOP] for width in _PATTERNS[value]]


def _values(text: str) -> list[int]:
    """Pairs of digits in set C wherever four or more stand together, the rest in set B."""
    values: list[int] = []
    in_c = False
    at = 0
    while at < len(text):
        run = _digits_from(text, at)
        if run >= _LONG_RUN or (in_c and run > 1):
            if not in_c and run % 2:  # the odd digit stays outside
                values += [] if values else [_START_B]
                values.append(ord(text[at]) - 32)
                at, run = at + 1, run - 1
            values += [] if in_c else [_TO_C if values else _START_C]
            in_c = True
            values += [int(text[place : place + 2]) for place in range(at, at + run - run % 2, 2)]
            at += run - run % 2
        else:
            values += [_TO_B] if in_c else ([] if values else [_START_B])
            in_c = False
            values.append(ord(text[at]) - 32)
            at += 1
    return values


def _digits_from(text: str, at: int) -> int:
    return next((place for place, each in enumerate(text[at:]) if each not in "0123456789"), len(text) - at)


def code_39(text: str) -> list[int]:
    """The text between its stars; wide is three narrow. Raises ``ValueError`` for a character the code does not have."""
    told = text.upper()
    if not told or "*" in told or any(each not in _NARROW_WIDE for each in told):
        raise ValueError(text)
    widths: list[int] = []
    for each in f"*{told}*":
        widths += [3 if wide == "1" else 1 for wide in _NARROW_WIDE[each]] + [1]
    return widths[:-1]


def svg(widths: Sequence[int]) -> str:
    """The bars as an SVG picture, one unit high and as wide as its modules, quiet zones included; made to be stretched."""
    at, bars = QUIET, []
    for place, width in enumerate(widths):
        if place % 2 == 0:
            bars.append(f"M{at} 0h{width}v1h-{width}z")
        at += width
    wide = at + QUIET
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="1" viewBox="0 0 {wide} 1" preserveAspectRatio="none">'
        f'<path d="{"".join(bars)}" shape-rendering="crispEdges"/></svg>'
    )
