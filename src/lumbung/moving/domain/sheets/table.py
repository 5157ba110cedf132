"""The staged sheet: its rows with what each cell is, and rows put together that tell of one title."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from hashlib import blake2b
from typing import Any, NamedTuple

from lumbung.formats.mojibake import mended
from lumbung.moving.domain.sheets import cells
from lumbung.moving.domain.sheets.columns import NUMBERS, TARGETS, TITLES
from lumbung.moving.domain.staging import AT, Row, Staged
from lumbung.moving.domain.values import line, plain_text

SHEET, GROUPED = "sheet", "grouped"
OF_A_TITLE = ("title", "subtitle", "people", "edition", "publisher", "year", "isbn")
OF_A_COPY = ("barcode", "accession", "copies", "place_of_copy", "copy_type", "price", "source", "vendor", "acquired")
MOST_COPIES = 500
SAMPLE = 500


class Group(NamedTuple):
    """The rows of one title: its number among the source's, the place of the first, all of them, and how many copies each tells of."""

    key: str
    at: int
    rows: Sequence[Row]
    copies: Sequence[int]


class Table:
    """The sheet read as ``columns`` says: target by name of column, and under "what" titles or members."""

    def __init__(self, staged: Staged, columns: Mapping[str, str]) -> None:
        self.staged = staged
        self.what = columns.get("what", TITLES)
        known = {target.key for target in TARGETS[self.what]}
        self.columns: dict[str, list[str]] = {}
        for column in staged.columns.get(SHEET, ()):
            if (target := columns.get(column, "")) in known:
                self.columns.setdefault(target, []).append(column)

    def __contains__(self, target: str) -> bool:
        return target in self.columns

    def head(self, target: str) -> str:
        """The name of the column that is this target, as reports call it."""
        return self.columns[target][0]

    def text(self, row: Row, target: str) -> str:
        """What the row says of the target, in one line; several columns are parted by a semicolon."""
        return "; ".join(self.texts(row, target))

    def texts(self, row: Row, target: str) -> list[str]:
        """The cells of all columns that are this target, those that say something."""
        found = (line(mended(plain_text(row.get(column)))) for column in self.columns.get(target, ()))
        return [_plain(each, target) for each in found if each]

    def several(self, row: Row, target: str) -> list[str]:
        """Every value of the target, in order, each once."""
        found = (mended(plain_text(row.get(column))) for column in self.columns.get(target, ()))
        return list(dict.fromkeys(_plain(line(each), target) for cell in found if cell for each in cells.many(cell)))

    def raw(self, row: Row) -> dict[str, Any]:
        return {name: value for name, value in row.items() if name != AT and value}

    def unused(self) -> tuple[str, ...]:
        """The columns that are nothing here."""
        used = {column for columns in self.columns.values() for column in columns}
        return tuple(column for column in self.staged.columns.get(SHEET, ()) if column not in used)

    def rows(self, after: int = 0) -> Iterator[Row]:
        return self.staged.rows(SHEET, after=after)

    @cached_property
    def months_first(self) -> dict[str, bool]:
        """Of each column of days, whether months stand before days."""
        found = {}
        for target in ("acquired", "joined", "expires"):
            for column in self.columns.get(target, ())[:1]:
                sample = self.staged.ask(f'SELECT "{column}" AS cell FROM {SHEET} WHERE "{column}" <> \'\' LIMIT {SAMPLE}')  # noqa: S608 -- ours
                found[target] = cells.months_first(str(each["cell"]) for each in sample)
        return found

    def copies_of(self, row: Row) -> int:
        """How many copies the row tells of: none where it names neither a title nor a copy, as the sum below a list; one where their
        number cannot be read."""
        if not any(target in self for target in OF_A_COPY) or (self._is_silent(row) and not self._names_a_copy(row)):
            return 0
        told = cells.copies(self.text(row, "copies"), most=MOST_COPIES)
        return max(1 if told is None else told, len(self.several(row, "barcode")), int("copies" not in self))

    def key(self, row: Row) -> str:
        """What tells this title from others: its number in the old system, else what is said of it."""
        if told := self.text(row, "record"):
            return told
        if not self.text(row, "title"):
            return f"baris-{row[AT]}"
        said = "\x1f".join(self.text(row, target).casefold() for target in OF_A_TITLE)
        return blake2b(said.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()

    def put_together(self) -> None:
        """Note of each row which title it tells of; once for a staged file."""
        if GROUPED in self.staged.columns:
            return
        self.staged.make(GROUPED, ["key", "place", "copies"])
        for key, place, copies in self._grouped():
            self.staged.put(GROUPED, (key, place, copies))
        self.staged.settle()
        self.staged.index(GROUPED, "key")

    def _grouped(self) -> Iterator[tuple[str, int, int]]:
        """Of each row the title, its place and its copies. Copies that have rows of their own below their title count as some of those that
        the first row tells of, for there the number is of all."""
        key, place, copies, own = "", 0, 0, 0
        for row in self.rows():
            if key and self.is_one_more_copy(row):
                more = max(1, self.copies_of(row))
                copies = max(own, copies - more)
                yield key, row[AT], more
                continue
            if key:
                yield key, place, copies
            key, place, copies, own = self.key(row), row[AT], self.copies_of(row), len(self.several(row, "barcode"))
            own = max(own, 1) if copies else 0
        if key:
            yield key, place, copies

    def is_one_more_copy(self, row: Row) -> bool:
        """Whether the row says nothing of a title and something of a copy: cells of the title that were one with those above."""
        return self._is_silent(row) and self._names_a_copy(row)

    def _is_silent(self, row: Row) -> bool:
        """Whether it says nothing of a title."""
        return not any(self.text(row, target) for target in (*OF_A_TITLE, "record"))

    def _names_a_copy(self, row: Row) -> bool:
        return bool(self.text(row, "barcode") or self.text(row, "accession"))

    def groups(self, after: int = 0) -> Iterator[Group]:
        """Every title whose first row stands behind place ``after``, in order."""
        self.put_together()
        statement = f"SELECT key, min(place) AS first FROM {GROUPED} GROUP BY key HAVING min(place) > ? ORDER BY first"  # noqa: S608 -- ours
        for found in self.staged.ask(statement, (after,)):
            told = {each["place"]: each["copies"] for each in self.staged.under(GROUPED, "key", [found["key"]])[found["key"]]}
            yield Group(str(found["key"]), int(found["first"]), self.at(list(told)), [told[place] for place in sorted(told)])

    def at(self, places: Sequence[int]) -> list[Row]:
        marks = ", ".join("?" * len(places))
        return self.staged.ask(f"SELECT rowid AS {AT}, * FROM {SHEET} WHERE rowid IN ({marks}) ORDER BY rowid", places)  # noqa: S608 -- ours

    def count_titles(self) -> int:
        self.put_together()
        return int(self.staged.ask(f"SELECT count(DISTINCT key) AS n FROM {GROUPED}")[0]["n"])  # noqa: S608 -- ours

    def count_copies(self) -> int:
        self.put_together()
        return int(self.staged.ask(f"SELECT coalesce(sum(copies), 0) AS n FROM {GROUPED}")[0]["n"])  # noqa: S608 -- ours

    def distinct(self, target: str) -> list[tuple[int, str]]:
        """Every value of the target as first written, with the place of its row, by place."""
        found: dict[str, tuple[int, str]] = {}
        if target in self:
            for row in self.rows():
                if told := self.text(row, target):
                    found.setdefault(told.casefold(), (row[AT], told))
        return list(found.values())


def _plain(text: str, target: str) -> str:
    return cells.untagged(text) if target in NUMBERS else text
