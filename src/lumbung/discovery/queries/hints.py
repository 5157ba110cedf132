"""What a question says beside its words: "skripsi manajemen 2023", "5 tahun terakhir", "terbaru", "kak ada buku kimia dasar?".

Each hint is shown and can be taken back; ``plain`` names those taken back. Of hints that lead nowhere together the search drops as
few as it must (``without``), and says so.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from lumbung.catalogue.models import Material
from lumbung.discovery.queries.named_fields import in_named_fields
from lumbung.formats.marc.standard_numbers import is_issn
from lumbung.messaging.chat.words import SLANG
from lumbung.search.analysis import is_function_word
from lumbung.search.documents import Query, Sort

YEARS, MATERIAL, NEWEST, TALK, FIELD, EITHER = "years", "material", "newest", "talk", "field", "either"
NAMES = (YEARS, MATERIAL, NEWEST, TALK, FIELD, EITHER)
ORDER = "order"
"""No hint: taken back, words that ask for the newest are left out all the same, and the best come first."""
LONGEST_PAST = 100

_YEAR = r"(?P<{}>1[5-9]\d\d|20\d\d)"
_COUNTS = {"dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8, "sembilan": 9, "sepuluh": 10}
_LAST = re.compile(
    rf"(?i)\b(?P<count>\d{{1,2}}|{'|'.join(_COUNTS)}) (?:tahun|thn|th) (?:terakhir|belakangan)(?: ini)?\b"
    r"|\blast (?P<last>\d{1,2}) years\b"
)
_OF_THE_YEAR = r"(?:tahun|thn|th|year)"
_TO = r"(?:-|–|\.\.|s/d|sampai|hingga|to|dan|and)"
_BETWEEN = re.compile(
    rf"(?i)\b(?:(?:antara|between)(?: {_OF_THE_YEAR})?|(?:dari )?(?:{_OF_THE_YEAR}|years|terbitan)) "
    rf"{_YEAR.format('first')} ?{_TO} ?(?:{_OF_THE_YEAR} )?{_YEAR.format('last')}\b"
)
_SINCE = re.compile(
    rf"(?i)\b(?:sejak|mulai(?: dari)?|since|di ?atas|minimal|min\.)(?: {_OF_THE_YEAR})? {_YEAR.format('since')}\b"
    rf"|\b(?:{_OF_THE_YEAR} )?{_YEAR.format('on')} (?:ke ?atas|sampai sekarang|hingga kini|and later|onwards?)(?!\w)"
    rf"|\b(?:setelah|sesudah|after) {_OF_THE_YEAR} {_YEAR.format('after')}\b"
)
_UNTIL = re.compile(
    rf"(?i)\b(?:di ?bawah|maksimal|maks\.)(?: {_OF_THE_YEAR})? {_YEAR.format('until')}\b"
    rf"|\b(?:sampai|hingga|until|up to) {_OF_THE_YEAR} {_YEAR.format('to')}\b"
    rf"|\b(?:{_OF_THE_YEAR} )?{_YEAR.format('down')} ke ?bawah\b"
    rf"|\b(?:sebelum|before) {_OF_THE_YEAR} {_YEAR.format('before')}\b"
)
_IN = re.compile(rf"(?i)\b(?:(?:terbit(?:an)? )?(?:tahun|thn|th)|terbitan|(?<!fiscal )year) {_YEAR.format('year')}\b")
_AT_END = re.compile(rf" {_YEAR.format('year')}$")
_RANGE = re.compile(rf"(?<!\S){_YEAR.format('first')} ?(?:-|–|—|\.\.|s/d) ?{_YEAR.format('last')}(?!\S)")
_NEWEST = re.compile(r"(?i)\b(?:paling baru|terbaru|terkini|latest|newest)\b")
_GREETING = re.compile(
    r"(?i)^(?:(?:assalamu'?alaikum|permisi|halo|hai|kak|kakak|min|admin|mas|mbak|pak|bu|tolong|mohon|mau|saya|aku|gue|gua|lagi|nyari|nyariin"
    r"|cari|cariin|carikan|mencari|ada|adakah|apakah|punya|minta|butuh|ingin|pengen|pingin|tanya|nanya|numpang|pinjam|pinjem)[ ,]+)+"
)
_FAREWELL = re.compile(r"(?i)[ ,]+(?:(?:ga|gak|ngga|nggak|enggak|gk|tidak|ya|dong|donk|nih|kak|min|kah|pls|plis)[ ,?!]*)+$")
_OR = re.compile(r"(?i) (?:atau|or) ")
_ABOUT = re.compile(r"(?i)^(?:(?:yang|yg) (?:(?:mem)?bahas|bhs)|tentang|mengenai|ttg) ")
_BOOK = re.compile(r"(?i)^(?:buku(?:-buku|2|nya)?(?: (?:tentang|mengenai|ttg|berjudul))?|(?:books?|a book) (?:about|on)) ")
_FORM = re.compile(r"(?i)^(?:novel|kitab|komik) ")
_ASKING = frozenset({"apa", "apakah", "bagaimana", "dimana", "mengapa", "kenapa"})
_TALKED = frozenset(
    {"buku", "saya", "saja", "bisa", "sudah", "masih", "kalau", "mau", "tolong", "cari", "lagi", "perpustakaan", "tentang"}
)
"""Small words only where they are written short or as they are spoken: *bk* for *buku*."""
_MATERIALS: Mapping[str, Material] = {
    "skripsi": Material.THESIS,
    "tesis": Material.THESIS,
    "disertasi": Material.THESIS,
    "tugas akhir": Material.THESIS,
    "thesis": Material.THESIS,
    "dissertation": Material.THESIS,
    "majalah": Material.SERIAL,
    "jurnal": Material.SERIAL,
    "peta": Material.MAP,
    "film": Material.VIDEO,
    "video": Material.VIDEO,
    "dvd": Material.VIDEO,
    "musik": Material.AUDIO,
    "ebook": Material.EBOOK,
    "e-book": Material.EBOOK,
    "e book": Material.EBOOK,
}
_MATERIAL = re.compile(rf"(?i)^({'|'.join(sorted(_MATERIALS, key=len, reverse=True))})(?: (?=\S)|$)")
_OPERATORS = re.compile(r'["():*]|(?<!\S)-\S|\b(?:AND|OR|NOT|DAN|ATAU|BUKAN)\b')


@dataclass(frozen=True, slots=True)
class Understood:
    """The query as its hints make it, and which hints there were, each with the words it was read from."""

    query: Query
    hints: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Text:
    """What is left of the words while hints are taken out of them."""

    words: str
    hints: dict[str, str] = field(default_factory=dict)
    typed: str = ""

    def __post_init__(self) -> None:
        self.typed = self.words

    def take(self, pattern: re.Pattern[str], hint: str, *, whole: bool = False, kept: bool = False) -> re.Match[str] | None:
        """Take the pattern out, unless nothing would be left to look for (with ``whole`` also then). ``kept``: what has it among its
        words ranks higher all the same."""
        match = pattern.search(self.words)
        rest = " ".join(pattern.sub(" ", self.words).split()) if match else ""
        is_left = bool(rest.strip(" ?!.,"))
        if match is None or not (whole or is_left):
            return None
        self.words = rest if is_left else ""
        self.typed = self.typed if kept else " ".join(pattern.sub(" ", self.typed).split())
        self.hints[hint] = match[0].strip()
        return match


def understood(query: Query, *, this_year: int, plain: Collection[str] = (), is_spoken: bool = True) -> Understood:
    """The query with the hints in its words made filters; as it is when it is written in the query language.

    Where it need not be ``is_spoken``, of talk nothing is left out but the word *buku* before all others: a shelf of books has it in few
    titles, and these rank higher.
    """
    if not query.words or _OPERATORS.search(query.words):
        return Understood(query)
    text = _Text(" ".join(query.words.split()))
    read = query
    for name, reader in (
        (YEARS, _bounds),
        (TALK, _without_talk if is_spoken else _without_book),
        (YEARS, _year if is_spoken else _year_said),
        (MATERIAL, _material),
        (NEWEST, _newest if ORDER not in plain else _without_newest),
        (FIELD, _field_anywhere if is_spoken else _field_first),
        *([(EITHER, _either), (TALK, _without_small_words)] if is_spoken else []),
    ):
        if name not in plain:
            read = reader(text, read, this_year)
    if not text.hints:
        return Understood(query)
    return Understood(replace(read, words=text.words, typed=text.typed if text.typed != text.words else ""), text.hints)


def without(read: Understood, given: Query, *names: str) -> Understood:
    """The question with these hints' filters dropped; their words stay out of it, unless a kind of material was all that was asked for.
    ``given`` is the query before any hint was read."""
    query = read.query
    if YEARS in names:
        query = replace(query, year_from=given.year_from, year_to=given.year_to, year_words=given.year_words)
    if MATERIAL in names:
        query = replace(query, chosen=given.chosen, words=query.words or read.hints[MATERIAL])
    return Understood(query, {name: words for name, words in read.hints.items() if name not in names})


def asks_for_newest(words: str) -> bool:
    """Whether the words say that the newest are to come first."""
    return _NEWEST.search(words) is not None


def with_typed_year(query: Query, *, plain: Collection[str] = ()) -> Query | None:
    """The question with the years that were typed in it read as years, be they taken back or not; None where none were typed. A field that
    is named in it stays among its words, so that they can be asked again as they are."""
    read = understood(query, this_year=0, plain={*plain, FIELD} - {YEARS}).query  # "5 tahun terakhir" names no year
    return read if read.year_words else None


def _without_talk(text: _Text, query: Query, this_year: int) -> Query:
    before = text.words
    for pattern in (_GREETING, _FAREWELL):
        text.take(pattern, TALK)
    read = _without_book(text, query, this_year)
    if not _asks_only_when(_FORM.sub("", text.words)):  # novel terbaru asks for novels
        text.take(_FORM, TALK)
    text.take(_ABOUT, TALK)
    if TALK in text.hints:
        text.hints[TALK] = before
    return read


def _asks_only_when(words: str) -> bool:
    """Whether the words say nothing but when it was published."""
    for pattern in (_RANGE, _IN, _NEWEST):
        words = pattern.sub(" ", words)
    return not _AT_END.sub("", f" {' '.join(words.split())}").strip()


def _without_book(text: _Text, query: Query, this_year: int) -> Query:
    text.take(_BOOK, TALK, kept=True)
    return query


def alternatives_in(words: str) -> str | None:
    """The words with their *atau* as the operator it may be meant as, each side without words that say nothing; None without two sides."""
    if _OPERATORS.search(words):
        return None
    sides = [" ".join(word for word in side.split() if not _is_small(word.casefold())) for side in _OR.split(words)]
    return " OR ".join(sides) if len(sides) > 1 and all(sides) else None


def _either(text: _Text, query: Query, this_year: int) -> Query:
    """What has all of it, *atau* too, still comes first."""
    if (read := alternatives_in(text.words)) is not None:
        text.hints[EITHER], text.words = text.words, read
    return query


def _without_small_words(text: _Text, query: Query, this_year: int) -> Query:
    """Words that say nothing of what is sought need not be met, nor those written short as on a phone (*utk*, *bk*)."""
    words = [] if EITHER in text.hints else text.words.split()
    if 0 < len(kept := [word for word in words if not _is_small(word.casefold())]) < len(words):
        text.hints.setdefault(TALK, text.words)
        text.words = " ".join(kept)
        text.take(_BOOK, TALK, kept=True)
    return query


def _is_small(word: str) -> bool:
    if len(word) == 1:
        return False
    meant = SLANG.get(word, word)
    return is_function_word(meant) or meant in _ASKING or (meant != word and meant in _TALKED)


def _bounds(text: _Text, query: Query, this_year: int) -> Query:
    if query.year_from or query.year_to:
        return query
    if match := text.take(_LAST, YEARS, whole=True):  # no title is called so
        return replace(query, year_from=this_year - _count(match["count"] or match["last"]))
    if match := text.take(_BETWEEN, YEARS, kept=True):
        first, last = sorted((int(match["first"]), int(match["last"])))
        return _within(query, match, first, last)
    if match := text.take(_SINCE, YEARS, kept=True):
        return _within(query, match, int(match["since"] or match["on"] or int(match["after"]) + 1), None)
    if match := text.take(_UNTIL, YEARS, kept=True):
        return _within(query, match, None, int(match["until"] or match["to"] or match["down"] or int(match["before"]) - 1))
    return query


def _year_said(text: _Text, query: Query, this_year: int) -> Query:
    """A year that is called one, or stands behind all else that is asked of books or of another kind of material."""
    is_of_a_kind = _MATERIAL.search(text.words) or TALK in text.hints
    return _year(text, query, this_year) if is_of_a_kind or _IN.search(text.words) else query


def _year(text: _Text, query: Query, this_year: int) -> Query:
    if query.year_from or query.year_to:
        return query
    if match := text.take(_RANGE, YEARS, whole=not is_issn(text.words), kept=True):
        first, last = sorted((int(match["first"]), int(match["last"])))
        return _within(query, match, first, last)
    match = text.take(_IN if _IN.search(text.words) else _AT_END, YEARS, kept=True)
    return _within(query, match, int(match["year"]), int(match["year"])) if match else query


def _within(query: Query, match: re.Match[str], first: int | None, last: int | None) -> Query:
    """Published from the first year to the last, or called after the years that were typed."""
    typed = tuple(dict.fromkeys(year for year in match.groupdict().values() if year))
    return replace(query, year_from=first, year_to=last, year_words=typed)


def _count(told: str) -> int:
    return _COUNTS.get(told.casefold()) or min(int(told), LONGEST_PAST)


def _material(text: _Text, query: Query, this_year: int) -> Query:
    """Who tells nothing but when it was published asks for all of the kind; *buku skripsi 2020* has it as its subject."""
    is_subject = _BOOK.match(text.typed) and _asks_only_when(_MATERIAL.sub("", text.words))
    if is_subject or query.chosen.get("material"):
        return query
    match = text.take(_MATERIAL, MATERIAL, whole=YEARS in text.hints)
    if match is None:
        return query
    text.take(_ABOUT, MATERIAL)
    text.hints[MATERIAL] = match[0].strip()
    return replace(query, chosen={**query.chosen, "material": [_MATERIALS[match[1].casefold()]]})


def _newest(text: _Text, query: Query, this_year: int) -> Query:
    _without_newest(text, query, this_year)
    return replace(query, sort=Sort.YEAR_DOWN) if NEWEST in text.hints and query.sort is Sort.RELEVANCE else query


def _without_newest(text: _Text, query: Query, this_year: int) -> Query:
    text.take(_NEWEST, NEWEST, whole=not text.hints.keys().isdisjoint({TALK, MATERIAL}))
    return query


def _field_first(text: _Text, query: Query, this_year: int) -> Query:
    return _in_fields(text, query, anywhere=False)


def _field_anywhere(text: _Text, query: Query, this_year: int) -> Query:
    return _in_fields(text, query, anywhere=True)


def _in_fields(text: _Text, query: Query, *, anywhere: bool) -> Query:
    """What has the name of the field among its words ranks higher all the same: *penulis muda* may be a title."""
    rest, said = in_named_fields(text.words, anywhere=anywhere)
    if not said:
        return query
    text.hints[FIELD], text.words = text.words, rest
    return replace(query, preferred=said)
