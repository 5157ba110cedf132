"""The titles of the demonstration, and the MARC 21 records made of them."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True)
class Title:
    """One line of ``titles.tsv``: facts about a published work. ``creators`` are natural names; a body begins with @."""

    material: str
    title: str
    creators: tuple[str, ...]
    place: str
    publisher: str
    year: str
    classification: str
    language: str
    subjects: tuple[str, ...]
    item_type: str
    isbn: str


def titles() -> Iterator[Title]:
    """Every title of the demonstration, in the order of the file."""
    return titles_in(files(__package__).joinpath("titles.tsv").read_text(encoding="utf-8"))


def titles_in(text: str) -> Iterator[Title]:
    """The titles of a file such as ``titles.tsv``."""
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    for row in csv.reader(lines, delimiter="|", quoting=csv.QUOTE_NONE):
        material, title, creators, place, publisher, year, classification, language, subjects, item_type, isbn = row
        yield Title(
            material,
            title,
            tuple(creators.split(";")),
            place,
            publisher,
            year,
            classification,
            language,
            tuple(subjects.split(";")),
            item_type,
            isbn,
        )
