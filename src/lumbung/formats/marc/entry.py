"""What a reader yields: one stretch of the file and what became of it."""

from dataclasses import dataclass, field
from enum import StrEnum

from lumbung.formats.marc.defects import Defect
from lumbung.formats.marc.record import Record


class Encoding(StrEnum):
    """How the bytes of an ISO 2709 record are to be read; ``AUTO`` believes leader/09 unless the bytes say otherwise."""

    AUTO = "auto"
    UTF_8 = "utf-8"
    MARC_8 = "marc-8"
    LATIN_1 = "latin-1"


@dataclass(slots=True)
class Entry:
    """One stretch of a file: a record with the warnings about it, or (``record`` is None) something that could not be taken, why
    standing first.

    ``position`` counts the stretches from 1, ``offset`` is the place of its first byte in the (unpacked) file, ``raw`` its bytes,
    ``end`` the place where the next stretch may begin: reading again from there gives what follows.
    """

    position: int
    offset: int
    raw: bytes
    end: int
    record: Record | None
    defects: list[Defect] = field(default_factory=list)
