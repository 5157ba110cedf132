"""What people type into the search box, understood leniently: anything at all is a query, nothing is an error.

    query  = branch (OR branch)*          OR, ATAU; binds least
    branch = (AND? piece)*                words side by side must all be there; AND, DAN
    piece  = NOT piece | -piece | (query) | field:word | field:"phrase" | "phrase" | word | prefix* | in*side | year:2015..2020

A query that begins with a field may have blanks behind colons (pengarang: toer); elsewhere such a colon belongs to a title. Operators
are written in capitals, so that *dan* and *bukan* stay words; a query that is in capitals throughout has no operators. What
cannot be read so is read as words, and ``Reading.notices`` says what was done.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from lumbung.search.identifiers import looks_like_class, looks_like_number

MASK = "*"
SHORTEST_STEM, MOST_MASKS = 2, 4
"""So many letters stand before the first mask, for fewer begin so many words that none is meant; and a word has so many masks at most."""
LONGEST_QUERY = 500
MOST_CLAUSES = 24
DEEPEST = 8

FIELD_NAMES = {
    "title": ("judul", "title", "ti"),
    "creator": ("pengarang", "penulis", "creator", "author", "au"),
    "subject": ("subjek", "subyek", "topik", "subject", "su"),
    "series": ("seri", "series", "se"),
    "identifier": ("isbn", "issn", "nomor", "identifier"),
    "class": ("kelas", "klasifikasi", "ddc", "class"),
    "note": ("catatan", "abstrak", "isi", "note"),
    "year": ("tahun", "year"),
}
_FIELD_OF = {name: field for field, names in FIELD_NAMES.items() for name in names}
_OPERATORS = {"AND": "and", "DAN": "and", "OR": "or", "ATAU": "or", "NOT": "not", "BUKAN": "not"}

_PIECE = re.compile(
    r"""
      (?P<open>\()
    | (?P<close>\))
    | (?P<excluded>(?<!\S)-(?=\S) | (?<=\()-(?=\S))?
      (?:(?P<field>[^\W\d_]+):)?
      (?: "(?P<phrase>[^"]*)(?P<closed>")? | (?P<word>[^\s"()]+ (?: \([^\s"()]*\) [^\s"()]* )* ) | (?P<group>(?<=[:\-])(?=\()) )
    """,
    re.VERBOSE,
)
_LABELS = "|".join(sorted(_FIELD_OF, key=len, reverse=True))
_BEGINS_WITH_FIELD = re.compile(rf"(?i)[(-]*(?:{_LABELS}):")
_SPACED_FIELD = re.compile(rf'(?i)(?<![^\s(-])({_LABELS}):\s+(?=["\w(])(?!(?-i:{"|".join(_OPERATORS)})\b)(?!(?:{_LABELS}):)')
_SPACED_AMPERSAND = re.compile(r"(?<!\w)([^\W\d_])\s+&\s+([^\W\d_])(?!\w)")
_LABEL = re.compile(r"^(?i:is[bs]n)[\s:.]*(?:1[03])?[\s:.]+")
_STUDENT_NUMBER = re.compile(r"(?:NIM|NPM|NRP)[\s:.]+(\S*\d\S*)", re.IGNORECASE)
_LABELLED_CLASS = re.compile(r"(?:ddc|klasifikasi)\s+(\S+)", re.IGNORECASE)
_YEARS = re.compile(r"(\d{1,4})?(-|\.\.)?(\d{1,4})?")
_NAMED_YEARS = re.compile(rf"(?i)(?<!\S)(?:{'|'.join(FIELD_NAMES['year'])}):(\S+)")
_FIELD_MARK = "in:"


class Kind(Enum):
    WORD = "word"
    PHRASE = "phrase"
    PREFIX = "prefix"
    MASKED = "masked"
    YEARS = "years"


class Notice(Enum):
    """What was done to read a query that could not be read as it stands."""

    CUT = "cut"
    QUOTE_CLOSED = "quote_closed"
    BRACKETS_LEFT_OUT = "brackets_left_out"
    OPERATOR_LEFT_OUT = "operator_left_out"
    FIELD_AS_WORD = "field_as_word"
    FIELD_WITHOUT_WORD = "field_without_word"
    YEARS_AS_WORDS = "years_as_words"
    OR_BINDS_LEAST = "or_binds_least"
    MASK_TOO_EARLY = "mask_too_early"
    TOO_MANY_MASKS = "too_many_masks"


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing the answer must have, or must not. ``field`` is None for any field. Years are ``text`` as "2001" or "2001-2010"."""

    text: str
    kind: Kind = Kind.WORD
    field: str | None = None
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Parts that must all hold, or (``any``) one of which must; or, ``excluded``, must not."""

    parts: tuple["Part", ...]
    any: bool = False
    excluded: bool = False


Part = Clause | Group


@dataclass(frozen=True, slots=True)
class Reading:
    """The parts that must all hold, and what was done to read them, each notice with the word it is about."""

    parts: tuple[Part, ...] = ()
    notices: tuple[tuple[Notice, str], ...] = ()


def parse(text: str) -> Reading:
    """The query understood. Never raises; what cannot be understood is words."""
    shortened = _readable(text[:LONGEST_QUERY])
    cut = ((Notice.CUT, str(LONGEST_QUERY)),) if len(text.strip()) > LONGEST_QUERY else ()
    if looks_like_number(number := _LABEL.sub("", shortened)):
        return Reading((Clause(number, field="identifier"),), cut)
    if match := _STUDENT_NUMBER.fullmatch(shortened):
        return Reading((Clause(match[1], field="identifier"),), cut)
    if (match := _LABELLED_CLASS.fullmatch(shortened)) and looks_like_class(match[1]):
        return Reading((Clause(match[1], field="class"),), cut)
    reader = _Reader(_pieces(shortened))
    part = reader.query()
    parts = part.parts if isinstance(part, Group) and not part.any and not part.excluded else (part,)
    return Reading(tuple(parts), tuple(dict.fromkeys([*cut, *reader.notices])))


def says_nothing(text: str) -> bool:
    """Whether there is nothing in it but signs of the language: masks, or quotes with nothing between them."""
    return not _readable(text).translate({ord(MASK): " ", ord('"'): " "}).strip()


def clauses_in(parts: Sequence[Part]) -> list[Clause]:
    """Every clause in the parts that is not excluded."""
    found: list[Clause] = []
    for part in parts:
        if part.excluded:
            continue
        found += clauses_in(part.parts) if isinstance(part, Group) else [part]
    return found


def are_years(part: Part) -> bool:
    """Whether the part asks for nothing but years that were named as a field."""
    return all(map(are_years, part.parts)) if isinstance(part, Group) else part.kind is Kind.YEARS


def without_years(text: str) -> str:
    """The query without the years that were named as a field: the same text where there are none, or more than words and years."""
    asked = parse(text).parts
    if not any(not part.excluded and are_years(part) for part in asked):
        return text
    return " ".join(_NAMED_YEARS.sub(lambda named: "" if years_of(named[1]) else named[0], _readable(text)).split())


def years_of(text: str) -> tuple[int | None, int | None] | None:
    """First and last year of "2001", "2001-2010", "2001..2010", "2001-", "-2010"; None when the text is no such thing.

    Two years that stand the wrong way round are read the right way round.
    """
    match = _YEARS.fullmatch(text)
    if not match or not (match[1] or match[3]):
        return None
    first, dash, last = match.groups()
    if not dash:
        return int(text), int(text)
    if first and last:
        return min(int(first), int(last)), max(int(first), int(last))
    return int(first) if first else None, int(last) if last else None


@dataclass
class _Pieces:
    """The query cut up; each is an operator, a bracket, or clauses."""

    items: list[str | Clause] = field(default_factory=list)
    notices: list[tuple[Notice, str]] = field(default_factory=list)


def _readable(text: str) -> str:
    """Typographic quotes made plain, R & D made R&D; control characters, NUL among them, made blanks."""
    quotes = dict.fromkeys(map(ord, "“”„‟«»＂"), '"')
    plain = text.translate(quotes | {ord("："): ":"})
    legible = "".join(" " if unicodedata.category(char) in {"Cc", "Cs"} else char for char in plain)
    legible = _SPACED_AMPERSAND.sub(r"\1&\2", legible).strip()
    return _SPACED_FIELD.sub(r"\1:", legible) if _BEGINS_WITH_FIELD.match(legible) else legible


def _pieces(text: str) -> _Pieces:
    found = _Pieces()
    has_operators = text != text.upper()
    for match in _PIECE.finditer(text):
        if match["open"] or match["close"]:
            found.items.append(match[0])
        elif match["group"] is not None:
            _add_group(found, match)
        elif has_operators and match[0] in _OPERATORS:
            found.items.append(_OPERATORS[match[0]])
        else:
            _add_clauses(found, match)
    return found


def _add_group(found: _Pieces, match: re.Match[str]) -> None:
    """What stands before a bracket: a minus, a field for all in it, or both."""
    found.items += ["not"] if match["excluded"] else []
    if name := match["field"]:
        known = _FIELD_OF.get(name.casefold())
        found.items.append(f"{_FIELD_MARK}{known}" if known and known != "year" else Clause(name))
        found.notices += [] if known else [(Notice.FIELD_AS_WORD, name)]


def _add_clauses(found: _Pieces, match: re.Match[str]) -> None:
    name, phrase, word = match["field"], match["phrase"], match["word"]
    known = _FIELD_OF.get(name.casefold()) if name else None
    excluded = bool(match["excluded"])
    if name and known is None:
        found.items.append(Clause(name, excluded=excluded))
        found.notices.append((Notice.FIELD_AS_WORD, name))
    if phrase is not None:
        if phrase.strip():
            found.notices += [(Notice.QUOTE_CLOSED, phrase)] if match["closed"] is None else []
            found.items.append(Clause(phrase, Kind.PHRASE, None if known == "year" else known, excluded))
    elif word and set(word) != {MASK}:
        if not name and match.end() == len(match.string) and word.endswith(":") and word[:-1].casefold() in _FIELD_OF:
            found.notices.append((Notice.FIELD_WITHOUT_WORD, word[:-1]))
        found.items.append(_word_clause(found, word, known, excluded=excluded))


def _word_clause(found: _Pieces, word: str, known: str | None, *, excluded: bool) -> Clause:
    if known == "year":
        if years_of(word):
            return Clause(word, Kind.YEARS, None, excluded)
        found.notices.append((Notice.YEARS_AS_WORDS, word))
        return Clause(word, excluded=excluded)
    if known == "class" or MASK not in word:
        return Clause(word, Kind.WORD, known, excluded)
    stem, *others = word.rstrip(MASK).split(MASK)
    if len(stem) < SHORTEST_STEM or word.count(MASK) > MOST_MASKS:
        found.notices.append((Notice.MASK_TOO_EARLY if len(stem) < SHORTEST_STEM else Notice.TOO_MANY_MASKS, word))
        return Clause(word.replace(MASK, ""), Kind.WORD, known, excluded)
    return Clause(word if others else stem, Kind.MASKED if others else Kind.PREFIX, known, excluded)


class _Reader:
    """Reads the pieces once, from left to right."""

    def __init__(self, pieces: _Pieces) -> None:
        self.notices = pieces.notices
        self._items = self._without_odd_brackets(pieces.items)
        self._at = 0
        self._clauses = 0

    def query(self) -> Part:
        if self._next() is None:
            return Group(())
        branches = [self._branch()]
        while self._next() == "or":
            self._at += 1
            branches.append(self._branch())
        filled = [branch for branch in branches if branch.parts]
        if len(filled) < 2:  # noqa: PLR2004 -- an alternative takes two
            return _single(filled[0]) if filled else Group(())
        if any(len(branch.parts) > 1 for branch in filled):
            self.notices.append((Notice.OR_BINDS_LEAST, ""))
        return Group(tuple(_single(branch) for branch in filled), any=True)

    def _branch(self) -> Group:
        parts: list[Part] = []
        while (item := self._next()) is not None and item not in {"or", ")"}:
            if item == "and":
                self._operator(dangling=not parts)
            elif (part := self._piece()) is not None:
                parts.append(part)
        if not parts:
            self.notices.append((Notice.OPERATOR_LEFT_OUT, ""))
        return Group(tuple(parts))

    def _operator(self, *, dangling: bool) -> None:
        """Past an operator; it is left out where nothing follows that it could join."""
        self._at += 1
        if dangling or self._next() in {None, "and", "or", ")"}:
            self.notices.append((Notice.OPERATOR_LEFT_OUT, ""))

    def _piece(self) -> Part | None:
        item = self._items[self._at]
        if item == "not":
            return self._negation()
        self._at += 1
        if item == "(":
            return self._group()
        if isinstance(item, str):  # a field for the whole group that follows
            part = self._piece() if self._next() == "(" else None
            return _in_field(part, item.removeprefix(_FIELD_MARK)) if part is not None else None
        if self._clauses == MOST_CLAUSES:
            self.notices.append((Notice.CUT, str(MOST_CLAUSES)))
            return None
        self._clauses += 1
        return item

    def _negation(self) -> Part | None:
        negative = False
        while self._next() == "not":
            self._at += 1
            negative = not negative
        if self._next() in {None, "and", "or", ")"}:
            self.notices.append((Notice.OPERATOR_LEFT_OUT, ""))
            return None
        part = self._piece()
        return replace(part, excluded=part.excluded != negative) if part is not None else None

    def _group(self) -> Part | None:
        inside = self.query()
        self._at += self._next() == ")"
        return None if isinstance(inside, Group) and not inside.parts else inside

    def _next(self) -> str | Clause | None:
        return self._items[self._at] if self._at < len(self._items) else None

    def _without_odd_brackets(self, items: list[str | Clause]) -> list[str | Clause]:
        """All brackets, or none when they do not pair or are nested too deep."""
        depth = deepest = 0
        for item in items:
            depth += {"(": 1, ")": -1}.get(item, 0) if isinstance(item, str) else 0
            deepest = max(deepest, depth)
            if depth < 0:
                break
        if depth == 0 and deepest <= DEEPEST:
            return items
        self.notices.append((Notice.BRACKETS_LEFT_OUT, ""))
        return [item for item in items if not isinstance(item, str) or item not in {"(", ")"}]


def _single(group: Group) -> Part:
    return group.parts[0] if len(group.parts) == 1 else group


def _in_field(part: Part, name: str) -> Part:
    if isinstance(part, Group):
        return replace(part, parts=tuple(_in_field(each, name) for each in part.parts))
    return part if part.field or part.kind is Kind.YEARS else replace(part, field=name)
