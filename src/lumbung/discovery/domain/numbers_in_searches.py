"""Numbers in what somebody searched for: those of books, years and shelves, and those that may be a person's."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence

from lumbung.formats.marc.standard_numbers import is_isbn, is_issn

MOST_DIGITS, MOST_BESIDE_A_YEAR, MOST_YEARS, MOST_SHELVES, MOST_IN_ALL = 5, 3, 2, 1, 10
"""More digits than these, in one piece or in pieces side by side, may be a person's number, which often begins with a year or is written
in threes with full stops; so may more in all, with words between."""
CODE = 2
"""So few letters part no number: 14 361234 SA 17234."""

_YEAR, _BOOK, _SHELF = "\ue000", "\ue001", "\ue002"
"""What is read in place of a year, and of the number of a book or a shelf."""
_SIGNS = frozenset((_YEAR, _BOOK, _SHELF))
_BEFORE = r"(?:(?<![\w./-])|(?<=[^\W\d_]{3}))"
_AFTER = r"(?:(?!\w|[./-]\w)|(?=[^\W\d_]{3}))"
_RANGE = re.compile(rf"{_BEFORE}((?:1\d|20)\d\d)\s?(?:-|/|s[./]?d\.?)\s?((?:1\d|20)?\d\d){_AFTER}", re.IGNORECASE)
_ONE_YEAR = re.compile(rf"{_BEFORE}(?:\d{{1,3}}/)?(?:1[89]|20)\d\d{_AFTER}")
_CLASS = re.compile(rf"{_BEFORE}(?:\d{{3}}|2x\d?)\.\d{{1,4}}{_AFTER}", re.IGNORECASE)
_STANDARD = re.compile(r"(?<!\w)(?:iso|sni|iec|ieee)[\W_]*(?!08)\d{1,5}(?:[-:.]\d{1,4}){0,2}(?!\w|[-:.]\d)", re.IGNORECASE)
_ISBN_13 = re.compile(r"(?<!\d)(?<!\d[-.])97[89](?:[- ]?\d){10}(?!\d|[-./]\d)")
_ISBN_10 = re.compile(
    r"(?<![\w./-])(?:(?:[0-57]|8\d|9[0-4]|6[0-4]\d|9[5-8]\d|99[0-8]\d|999\d\d)(?:-\d+){2}-[\dx]|\d{9}x)(?!\w|[./-]\w)",
    re.IGNORECASE,
)
_CALLED_ISBN = re.compile(r"(?<=isbn)[\W_]*(?:10[\W_]+)?((?:\d[- ]?){9}[\dx])(?!\w|[./-]\w)", re.IGNORECASE)
_ISSN = re.compile(rf"{_BEFORE}(\d{{4}}-\d{{3}}[\dx])(?!\w|[./-]\w)", re.IGNORECASE)
_CALLED_ISSN = re.compile(r"(?<=issn)[\W_]*(\d{7}[\dx])(?!\w|[./-]\w)", re.IGNORECASE)
_CALLED_A_PERSONS = re.compile(
    r"(?<![^\W\d_])(?:nim|nip|nik|npm|nrp|nis|nisn|nidn|nidk|nuptk|npwp|ktp|ktm|telp|telepon|telpon|hp|wa|whatsapp|kartu|anggota|"
    r"rekening|phone|card|member)[\W_]*(?:[^\W\d_]+[\W_]+){0,3}\d(?:[\W_]?\d){2}",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[^\s@]@[^\s@]+\.[^\s@]")
_PIECE = re.compile(rf"[^\W_]+|[{_YEAR}{_BOOK}{_SHELF}]")
_Judge = Callable[[re.Match[str]], bool]
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))


def may_be_kept(words: str) -> bool:
    """Whether a word, a year, or the number of a book or a shelf is looked for, and nothing is there that may be a person's number.

    A number in doubt is taken for a person's.
    """
    text = "".join(each if each.isprintable() else " " for each in unicodedata.normalize("NFKC", words)).translate(_DASHES)
    if _ADDRESS.search(text) or _CALLED_A_PERSONS.search(text):
        return False
    read = _without_books(text)
    if any(map(_is_too_long, [*_side_by_side(read), *map(_PIECE.findall, read.split())])) or _digits(read) > MOST_IN_ALL:
        return False
    return any(each.isalpha() or each in _SIGNS for each in read)


def _without_books(text: str) -> str:
    """The text with a sign in place of every number that is known not to be a person's."""
    for pattern, is_one in _BOOKS:
        text = _read_as(_BOOK, pattern, is_one, text)
    return _ONE_YEAR.sub(_YEAR, _read_as(_YEAR, _RANGE, _is_range, _CLASS.sub(_SHELF, text)))


def _read_as(sign: str, pattern: re.Pattern[str], is_one: _Judge, text: str) -> str:
    return pattern.sub(lambda found: sign if is_one(found) else found[0], text)


def _is_range(found: re.Match[str]) -> bool:
    first, last = found[1], found[2]
    return first[-len(last) :] < last


_BOOKS: Sequence[tuple[re.Pattern[str], _Judge]] = (
    (_ISBN_13, lambda found: is_isbn(found[0])),
    (_CALLED_ISBN, lambda found: is_isbn(found[1])),
    (_ISBN_10, lambda found: is_isbn(found[0])),
    (_CALLED_ISSN, lambda found: is_issn(found[1])),
    (_ISSN, lambda found: is_issn(found[1])),
    (_STANDARD, bool),
)


def _side_by_side(text: str) -> Iterator[list[str]]:
    """The pieces with digits between which no word stands."""
    run: list[str] = []
    for piece in _PIECE.findall(text):
        if piece in _SIGNS or any(map(str.isdigit, piece)):
            run.append(piece)
        elif len(piece) > CODE:
            yield run
            run = []
    yield run


def _is_too_long(run: list[str]) -> bool:
    years = run.count(_YEAR)
    is_crowded = years > MOST_YEARS or run.count(_SHELF) > MOST_SHELVES
    return is_crowded or _digits("".join(run)) > (MOST_BESIDE_A_YEAR if years else MOST_DIGITS)


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))
