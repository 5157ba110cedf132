"""What the parts of the mapping read in the same way."""

import re

from lumbung.formats.marc.record import Field, Record

_MARKS = re.compile(r"[\s/:;=,]+$")
_LAST_STOP = re.compile(r"(?<=\w{3})\.$")


def bare(text: str) -> str:
    """Without the punctuation of the card at the end."""
    return _LAST_STOP.sub("", _MARKS.sub("", " ".join(text.split())))


def told(field: Field, codes: str) -> str:
    return bare(field.join(codes))


def data(record: Record, *tags: str) -> list[Field]:
    """The fields with subfields under these tags."""
    return [each for each in record.fields if each.tag in tags and not each.is_control]


def fixed(record: Record, start: int, end: int) -> str:
    """Places ``start`` to ``end`` (excluded) of 008, without fill characters and blanks."""
    return record.control("008")[start:end].strip(" |")
