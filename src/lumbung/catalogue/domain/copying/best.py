"""Which of the records that came is worth taking first."""

from collections.abc import Iterable

from lumbung.catalogue.domain.bibliographic.numbers import isbn_13
from lumbung.catalogue.models import ForeignRecord
from lumbung.formats.marc import Record

FULL_LEVELS = frozenset(" 14I")
MOST_SUBJECTS = 5
CLASS, SUBJECTS, DESCRIBED = ("082",), ("600", "610", "611", "630", "650", "651", "655"), ("264", "260", "300", "520", "505")


def best_of(records: Iterable[ForeignRecord], isbn: str) -> ForeignRecord | None:
    """The fullest record with this ISBN: catalogued from the book, with a class, with subjects; of equals the one of the first target."""
    fitting = [(each, each.marc_record) for each in records]
    fitting = [pair for pair in fitting if isbn in isbns_of(pair[1])]
    if not fitting:
        return None
    return max(fitting, key=lambda pair: (fullness(pair[1]), -pair[0].answer.target.place, -pair[0].place))[0]


def isbns_of(record: Record) -> set[str]:
    return {isbn_13(text) for field in record.all("020") for text in field.all("a")} - {""}


def fullness(record: Record) -> tuple[bool, bool, int, int]:
    """What makes one description better than another, the weightiest first."""
    level = record.leader[17:18] in FULL_LEVELS
    subjects = min(len(record.all(*SUBJECTS)), MOST_SUBJECTS)
    return level, record.first(*CLASS) is not None, subjects, len({each.tag for each in record.all(*DESCRIBED)})
