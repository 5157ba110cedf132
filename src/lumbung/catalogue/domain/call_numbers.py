"""A call number as Indonesian libraries write it on the spine: class, three letters of the author, first letter of the title."""

from lumbung.catalogue.domain.simple_entry import SimpleEntry

AUTHOR_LETTERS = 3


def suggested_call_number(entry: SimpleEntry) -> str:
    """The record's own call number; else "899.221 TOE b" made from what the entry says; empty without a class."""
    if entry.call_number or not entry.classification:
        return entry.call_number
    author = next(iter([*entry.people, *entry.bodies]), "")
    letters = "".join(letter for letter in author if letter.isalpha())[:AUTHOR_LETTERS].upper()
    first = next((letter for letter in entry.title if letter.isalnum()), "").lower()
    return " ".join(part for part in (entry.classification, letters, first) if part)
