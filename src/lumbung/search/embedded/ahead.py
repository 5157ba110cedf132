"""What the shortest beginnings become, worked out ahead and kept in the folder of the index: the words of one letter, and what is
suggested for two or three with which a great part of a large collection begins. To work these out takes longer than anything longer does.

What is kept is of the moment it was made, see ``docs/decisions/0045``.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from string import ascii_lowercase, digits
from typing import Any

from lumbung.search.documents import Suggestions

FILE = "beginnings.json"
LETTERS = ascii_lowercase + digits
MANY, BROAD = 50_000, 10_000
"""Nothing is kept of a collection with fewer documents, nor of a beginning whose words stand in fewer: it is worked out when asked for."""
GROWN = 10
"""A collection that grew or shrank by one part of so many is another."""
SHORTEST, LONGEST, WORDS = 2, 3, 8

Words = dict[str, list[tuple[str, int]]]
"""By field the most frequent words that begin so, each with the number of documents it stands in."""


@dataclass(frozen=True)
class Beginnings:
    """What is kept, and how many documents the index had when it was made."""

    documents: int = 0
    words: Mapping[str, Words] = field(default_factory=dict)
    suggestions: Mapping[str, Suggestions] = field(default_factory=dict)

    def is_of(self, documents: int) -> bool:
        """Whether a collection of so many documents is still about the one this was made of."""
        return abs(documents - self.documents) * GROWN <= documents


class Ahead:
    """What is kept in the folder in use; read again when it was made anew."""

    def __init__(self) -> None:
        self._read: tuple[object, Beginnings] = (None, Beginnings())

    def kept_in(self, folder: Path) -> Beginnings:
        """What is kept there, which may be nothing, and is where the file was damaged."""
        file = folder / FILE
        try:
            stamp = (folder.name, file.stat().st_mtime_ns)
            if self._read[0] != stamp:
                self._read = stamp, _beginnings(json.loads(file.read_text(encoding="utf-8")))
        except (OSError, ValueError):
            return Beginnings()
        return self._read[1]


def keep(folder: Path, made: Beginnings) -> None:
    """Keep this in the folder, whole or not at all; not where the folder is gone since, for another is in use."""
    told = {
        "documents": made.documents,
        "words": made.words,
        "suggestions": {
            begun: [list(each.keys), list(each.creators), list(each.subjects)] for begun, each in made.suggestions.items()
        },
    }
    new = folder / f"{FILE}.new"
    with suppress(FileNotFoundError):
        new.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        new.replace(folder / FILE)


def worked_out(documents: int, words_of: Callable[[str], Words], suggest: Callable[[str], Suggestions]) -> Beginnings:
    """All beginnings that are worth it, in an index of so many documents."""
    broad = [begun for letter in LETTERS for begun in _broad(letter, words_of)]
    words = {letter: words_of(letter) for letter in LETTERS}
    return Beginnings(documents, words, {begun: suggest(begun) for begun in broad if len(begun) >= SHORTEST})


def _broad(begun: str, words_of: Callable[[str], Words]) -> Iterator[str]:
    """The beginning if it is broad, and those by some letters longer that are."""
    if sum(count for found in words_of(begun).values() for _, count in found) >= BROAD:
        yield begun
        if len(begun) < LONGEST:
            for letter in LETTERS:
                yield from _broad(begun + letter, words_of)


def _beginnings(told: Mapping[str, Any]) -> Beginnings:
    words = {
        letter: {name: [(word, count) for word, count in found] for name, found in fields.items()}
        for letter, fields in told["words"].items()
    }
    return Beginnings(told["documents"], words, {begun: Suggestions(*each) for begun, each in told["suggestions"].items()})
