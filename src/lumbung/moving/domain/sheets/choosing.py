"""What the columns of a sheet are taken for: guessed, as it was said of the same heads before, and as a person says now."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from lumbung.kernel import clock
from lumbung.kernel.refusals import Reason, Refused
from lumbung.kernel.sheets import UnreadableTableError, rows_of, unread_sheets
from lumbung.moving.domain.sheets.columns import IGNORED, NEEDED, STANDS_FOR, TARGETS, Target, guess
from lumbung.moving.models import ColumnMemory
from lumbung.moving.refusals import COLUMN_NEEDED, COLUMN_TWICE, NOT_A_TABLE, SHEETS_UNREAD

LONGEST_NAME, MOST_COLUMNS = 120, 500
SHOWN = 3
WHAT = "what"


@dataclass(frozen=True)
class Column:
    """A column of the sheet: its name, what it is taken for, and its first cells that say something."""

    name: str
    target: str
    sample: Sequence[str]


@dataclass(frozen=True)
class Look:
    """A sheet before it comes in: titles or members, how many rows, its columns, and what is said of sheets behind it."""

    what: str
    rows: int
    columns: Sequence[Column]
    has_heads: bool
    unread: Sequence[Reason]

    @property
    def targets(self) -> Sequence[Target]:
        return TARGETS[self.what]

    def said(self) -> dict[str, str]:
        """As options keep it."""
        return {WHAT: self.what, **{each.name: each.target for each in self.columns}}


def look(path: Path, said: Mapping[str, str] | None = None) -> Look:
    """Read the sheet and take its columns for what ``said`` says; what it leaves open as it was said before, else as is likely.

    Refuses what is no table.
    """
    try:
        content = path.read_bytes()
        rows, unread = rows_of(content), unread_sheets(content)
    except UnreadableTableError:
        raise Refused(NOT_A_TABLE(file=path.name)) from None
    guessed = guess(rows)
    names = column_names(rows, guessed.head)
    before = ColumnMemory.objects.filter(heads=_digest(names)).first()
    told = {**(before.columns if before else {}), **(said or {})}
    what = told.get(WHAT) if told.get(WHAT) in TARGETS else guessed.what
    known = {target.key for target in TARGETS[what or guessed.what]}
    likely = guessed.columns if what == guessed.what else (IGNORED,) * len(names)
    body = rows[guessed.head + 1 :]
    columns = [
        Column(name, target if (target := told.get(name, likely[at])) in known else IGNORED, _sample(body, at))
        for at, name in enumerate(names)
    ]
    told_unread = [SHEETS_UNREAD(sheets=", ".join(unread))] if unread else []
    return Look(what or guessed.what, len(body), columns, has_heads=guessed.head >= 0, unread=told_unread)


def chosen(path: Path, said: Mapping[str, str]) -> dict[str, str]:
    """The columns as a move will take them; remembered for the next sheet with the same heads.

    Refuses what is no table, a sheet without the one column that is needed, and two columns taken for something there is one of.
    """
    seen = look(path, said)
    if reasons := _faults(seen):
        raise Refused(reasons)
    heads = _digest([each.name for each in seen.columns])
    if seen.has_heads:
        kept = {"columns": seen.said(), "used_at": clock.now()}
        ColumnMemory.objects.update_or_create(heads=heads, defaults=kept)
    return seen.said()


def column_names(rows: Sequence[Sequence[str]], head: int) -> list[str]:
    """A name for each column: its head, with a number behind one that comes again; "kolom 3" where there is none."""
    width = min(max((len(row) for row in rows), default=0), MOST_COLUMNS)
    names: list[str] = []
    for at in range(width):
        told = rows[head][at] if head >= 0 and at < len(rows[head]) else ""
        name = " ".join(told.casefold().replace('"', "'").split())[:LONGEST_NAME] or f"kolom {at + 1}"
        same = sum(each == name or each.startswith(f"{name} (") for each in names)
        names.append(f"{name} ({same + 1})" if same else name)
    return names


def _faults(seen: Look) -> list[Reason]:
    labels = {target.key: target.label for target in seen.targets}
    several = {target.key for target in seen.targets if target.several}
    taken = Counter(each.target for each in seen.columns if each.target != IGNORED)
    reasons = [COLUMN_TWICE(column=labels[key]) for key, count in taken.items() if count > 1 and key not in several]
    needed = [each for each in NEEDED[seen.what] if not taken.keys() & {each, *STANDS_FOR.get(each, ())}]
    return [*(COLUMN_NEEDED(column=labels[each]) for each in needed), *reasons]


def _sample(body: Sequence[Sequence[str]], at: int) -> list[str]:
    found: list[str] = []
    for row in body:
        if at < len(row) and row[at] and row[at] not in found:
            found.append(row[at])
        if len(found) == SHOWN:
            break
    return found


def _digest(names: Sequence[str]) -> str:
    return blake2b("\x1f".join(names).encode(), digest_size=16).hexdigest()
