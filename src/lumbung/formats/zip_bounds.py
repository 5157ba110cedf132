"""What may be unpacked: a ZIP says beforehand how large it is inside, and nothing is taken out of one that says too much or is locked.

``zipfile`` itself gives no more of an entry than was said, so whoever looked the archive over is safe from what it holds.
"""

import zipfile
from collections.abc import Iterable

MOST_ENTRIES = 500_000
SUSPICIOUS = 8 << 20
HIGHEST_RATIO = 200
"""Text packs twenty to one, a table of equal rows perhaps fifty to one; what packs better than this is made to fill a disk."""


class Unsafe(Exception):
    """Nothing of the archive may be unpacked. ``code`` says why: ``locked`` (a password), ``too_many``, ``too_large``."""

    def __init__(self, code: str, where: str = "") -> None:
        super().__init__(f"{code} {where}".strip())
        self.code = code
        self.where = where


def look_over(entries: Iterable[zipfile.ZipInfo], *, most: int) -> None:
    """Raise ``Unsafe`` for entries with a password, too many, more than ``most`` bytes in all, or one that unpacks too far."""
    total = 0
    for count, each in enumerate(entries, start=1):
        if each.flag_bits & 1:
            raise Unsafe("locked", each.filename)
        if count > MOST_ENTRIES:
            raise Unsafe("too_many")
        total += each.file_size
        packed_well = each.file_size > SUSPICIOUS and each.file_size > HIGHEST_RATIO * max(1, each.compress_size)
        if total > most or packed_well:
            raise Unsafe("too_large", each.filename)
