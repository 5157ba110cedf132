"""What people type into the search box, understood leniently: anything at all is a query, nothing is an error."""

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum

from lumbung.search.identifiers import looks_like_number

LONGEST_QUERY = 500
MOST_CLAUSES = 24

FIELD_NAMES = {
    "title": ("judul", "title", "ti"),
    "creator": ("pengarang", "penulis", "creator", "author", "au"),
    "subject": ("subjek", "subyek", "topik", "subject", "su"),
    "identifier": ("isbn", "issn", "nomor", "identifier"),
    "note": ("catatan", "abstrak", "isi", "note"),
    "year": ("tahun", "year"),
}
_FIELD_OF = {name: field for field, names in FIELD_NAMES.items() for name in names}

_CLAUSE = re.compile(
    r"""
    (?P<excluded>(?<!\S)-(?=\S))?
    (?:(?P<field>[^\W\d_]+):)?
    (?: "(?P<phrase>[^"]*)"? | (?P<word>[^\s"]+) )
    """,
    re.VERBOSE,
)
_SPACED_AMPERSAND = re.compile(r"(?<!\w)([^\W\d_])\s+&\s+([^\W\d_])(?!\w)")
_YEARS = re.compile(r"(\d{1,4})?(-|\.\.)?(\d{1,4})?")


class Kind(Enum):
    WORD = "word"
    PHRASE = "phrase"
    PREFIX = "prefix"
    YEARS = "years"


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing the answer must have, or must not. ``field`` is None for any field. Years are ``text`` as "2001" or "2001-2010"."""

    text: str
    kind: Kind = Kind.WORD
    field: str | None = None
    excluded: bool = False


def parse(text: str) -> list[Clause]:
    """The clauses of the query. Never raises; what cannot be understood is words."""
    shortened = _readable(text[:LONGEST_QUERY])
    if looks_like_number(shortened):
        return [Clause(shortened, field="identifier")]
    clauses: list[Clause] = []
    for match in _CLAUSE.finditer(shortened):
        clauses += _clauses(match)
    return clauses[:MOST_CLAUSES]


def _readable(text: str) -> str:
    """Typographic quotes made plain, R & D made R&D; control characters, NUL among them, made blanks."""
    quotes = dict.fromkeys(map(ord, "“”„‟«»＂"), '"')
    plain = text.translate(quotes | {ord("："): ":"})
    legible = "".join(" " if unicodedata.category(char) in {"Cc", "Cs"} else char for char in plain)
    return _SPACED_AMPERSAND.sub(r"\1&\2", legible).strip()


def _clauses(match: re.Match[str]) -> list[Clause]:
    name, phrase, word = match["field"], match["phrase"], match["word"]
    excluded = bool(match["excluded"])
    field = _FIELD_OF.get(name.casefold()) if name else None
    before = [Clause(name, excluded=excluded)] if name and field is None else []
    if phrase is not None:
        return [*before, Clause(phrase, Kind.PHRASE, _text_field(field), excluded)] if phrase.strip() else before
    if field == "year":
        return [Clause(word, Kind.YEARS, None, excluded)] if years_of(word) else [Clause(word, excluded=excluded)]
    if word.endswith("*") and word.strip("*"):
        return [*before, Clause(word.rstrip("*"), Kind.PREFIX, field, excluded)]
    return [*before, Clause(word, Kind.WORD, field, excluded)]


def _text_field(field: str | None) -> str | None:
    return None if field == "year" else field


def years_of(text: str) -> tuple[int | None, int | None] | None:
    """First and last year of "2001", "2001-2010", "2001-", "-2010"; None when the text is no such thing."""
    match = _YEARS.fullmatch(text)
    if not match or not (match[1] or match[3]):
        return None
    first, dash, last = match.groups()
    if not dash:
        return int(text), int(text)
    return int(first) if first else None, int(last) if last else None
