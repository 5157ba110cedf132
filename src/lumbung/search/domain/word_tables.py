"""Groups of words as a table: taken out and brought in as CSV, tried dry first."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from lumbung.kernel import events
from lumbung.kernel.refusals import Reason, Refused
from lumbung.search.domain.words import add_group, change_group, said, tidy
from lumbung.search.models import WordGroup
from lumbung.search.refusals import NOT_A_TABLE, TOO_MANY_ROWS

COLUMNS = ("jenis", "kata", "catatan", "dipakai")
BETWEEN = "|"
MOST_ROWS = 1_000
_NO = {"tidak", "no", "0", "false"}


@dataclass(frozen=True)
class Outcome:
    """What became, or would become, of one row: "added", "changed", "same" or "refused" with every reason."""

    line: int
    words: str
    became: str
    reasons: Sequence[Reason] = ()


def rows_of(groups: Sequence[WordGroup]) -> Iterator[tuple[str, str, str, str]]:
    """The groups as rows under COLUMNS."""
    for group in groups:
        yield group.kind, f" {BETWEEN} ".join(group.terms), group.note, "ya" if group.active else "tidak"


def bring_in(content: bytes, *, dry_run: bool, by: events.Actor | None) -> list[Outcome]:
    """Bring the rows in; dry, only say what would become of them. Refuses a file that is no such table; rows one by one."""
    rows = _rows_in(content)
    with transaction.atomic():
        outcomes = [_brought(line, row, by=by) for line, row in enumerate(rows, start=2)]
        if dry_run:
            transaction.set_rollback(True)
    return outcomes


def _rows_in(content: bytes) -> Sequence[Mapping[str, str]]:
    text = content.decode("utf-8-sig", errors="replace").replace("\0", "")
    first = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if first.count(";") > first.count(",") else ",")
    try:
        rows = [{(name or "").strip().casefold(): str(cell or "") for name, cell in row.items()} for row in reader]
    except csv.Error:
        raise Refused(NOT_A_TABLE(columns=", ".join(COLUMNS))) from None
    if not {"jenis", "kata"} <= {(name or "").strip().casefold() for name in reader.fieldnames or ()}:
        raise Refused(NOT_A_TABLE(columns=", ".join(COLUMNS)))
    if len(rows) > MOST_ROWS:
        raise Refused(TOO_MANY_ROWS(most=MOST_ROWS))
    return rows


def _brought(line: int, row: Mapping[str, str], *, by: events.Actor | None) -> Outcome:
    kind, note = _kind(row["jenis"]), row.get("catatan", "").lstrip("'").strip()[:200]
    terms = tidy([term.strip().removeprefix("'") for term in row["kata"].split(BETWEEN)])
    words, active = " · ".join(terms), row.get("dipakai", "").strip().casefold() not in _NO
    try:
        with transaction.atomic():
            there = WordGroup.objects.filter(kind=kind, said=said(kind, terms)).first()
            if there is None:
                there = add_group(kind=kind, terms=terms, note=note, source=WordGroup.Sources.FILE, by=by)
                if not active:
                    change_group(there, kind=kind, terms=terms, note=note, active=False, by=by)
                return Outcome(line, words, "added")
            was = there.held()
            now = change_group(there, kind=kind, terms=terms, note=note, active=active, by=by).held()
            return Outcome(line, words, "same" if was == now else "changed")
    except Refused as refused:
        return Outcome(line, words, "refused", refused.reasons)


def _kind(typed: str) -> str:
    """The kind by its code or its name on the screen."""
    by_name = {str(label).casefold(): value for value, label in WordGroup.Kinds.choices}
    return by_name.get(typed.strip().casefold(), typed.strip().casefold())
