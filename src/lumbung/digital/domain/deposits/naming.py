"""Names of files by the library's pattern: ``{nim}_{bagian}`` makes ``20210001_Bab_1.pdf``."""

import re
import string

from lumbung.digital.domain.kinds import ending_of
from lumbung.digital.models import Deposit, DepositFile

PLACES = frozenset({"nim", "nama", "judul", "bagian", "tahun", "nomor"})
LONGEST, LONGEST_TITLE = 150, 60
_NOT_IN_NAMES = re.compile(r"[^\w-]+")


def is_pattern(pattern: str) -> bool:
    """Whether the pattern names nothing but what is known, and at least the part, so that no two files are called the same."""
    try:
        places = {name for _, name, specification, _ in string.Formatter().parse(pattern) if name is not None}
    except ValueError:
        return False
    return places <= PLACES and bool(places & {"bagian", "nomor"})


def name_of(file: DepositFile, deposit: Deposit, pattern: str, number: int) -> str:
    """The name of a file of the deposit; ``number`` is its place among the files, from 1."""
    told = {
        "nim": deposit.author_number,
        "nama": deposit.author,
        "judul": deposit.title[:LONGEST_TITLE],
        "bagian": file.label or file.get_part_display(),
        "tahun": str(deposit.year or ""),
        "nomor": f"{number:02}",
    }
    filled = pattern.format(**{name: _NOT_IN_NAMES.sub("_", value).strip("_") for name, value in told.items()})
    return f"{_NOT_IN_NAMES.sub('_', filled).strip('_')[:LONGEST] or 'berkas'}.{ending_of(file.media_type)}"
