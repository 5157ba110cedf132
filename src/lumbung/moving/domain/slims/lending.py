"""Loans, reservations and fines of SLiMS. Loans point to copies by barcode and to members by number, case aside, as MySQL compares."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time

from lumbung.kernel.days import iso_day as day
from lumbung.kernel.refusals import Reason
from lumbung.moving.domain.plain import Lending, Owed, Plain, Waiting
from lumbung.moving.domain.slims.people import card
from lumbung.moving.domain.sources import Source, text_of
from lumbung.moving.domain.staging import AT, Row
from lumbung.moving.domain.values import line, moment, number
from lumbung.moving.refusals import DAYS_UNREADABLE, NOT_LENT, RETURN_UNDATED

OPEN = "is_lent = '1' AND is_return = '0'"
NOON, EVENING = time(12), time(23, 59, 59)
HISTORY = "loan_history"
"""What SLiMS keeps by triggers: its loans come as far as their copies are there; what else it says is written down beside them."""
GONE = "loan_id NOT IN (SELECT loan_id FROM loan)"
"""Of the history: loans that the table of loans no longer has."""


def loans(source: Source, after: int) -> Iterator[Plain]:
    """The loans, then those of which only the history is left and whose copy is still there. Their places follow one another."""
    copies: dict[str, str] = {}
    for row in source.staged.ask("SELECT item_code, item_id FROM item ORDER BY rowid"):
        copies.setdefault(
            card(row.get("item_code")), line(row.get("item_id"))
        )  # of two that differ in blanks, the first comes in
    first = _last_place(source)
    for row in source.staged.rows("loan", after=after) if after < first else ():
        yield _lending(source, row, copies, at=row[AT])
    where = _history(source)
    for row in source.staged.rows(HISTORY, after=max(0, after - first), where=where):
        yield _lending(source, row, copies, at=first + row[AT])


def count_history(source: Source) -> int:
    return source.staged.count(HISTORY, _history(source))


def _last_place(source: Source) -> int:
    found = source.staged.ask("SELECT max(rowid) AS last FROM loan")
    return int(found[0]["last"] or 0) if found else 0


def _history(source: Source) -> str:
    has_copies = "item" in source.staged.columns
    there = " AND item_code IN (SELECT item_code FROM item)" if has_copies else " AND 0"
    return (GONE if "loan" in source.staged.columns else "1") + there


def _lending(source: Source, row: Row, copies: Mapping[str, str], *, at: int) -> Lending:
    lent, due = day(row.get("loan_date")), day(row.get("due_date"))
    warnings: list[Reason] = []
    faults = [] if lent and due else [DAYS_UNREADABLE()]
    if text_of(row, "is_lent") not in {"1", ""}:
        faults.append(NOT_LENT())
    lent_at = _moment(source, row.get("input_date"), lent or date(1970, 1, 1), NOON)
    code = card(row.get("item_code"))
    is_open = text_of(row, "is_return") != "1"
    return Lending(
        source_id=line(row.get("loan_id")),
        at=at,
        copy=copies.get(code, f"code:{line(row.get('item_code'))}"),
        member=card(row.get("member_id")),
        lent_at=lent_at,
        due_on=due or lent_at.date(),
        returned_at=None if is_open else _returned(source, row, due or lent_at.date(), warnings),
        renewal_count=number(row.get("renewed"), most=30_000) or 0,
        warnings=tuple(warnings),
        faults=tuple(faults),
        raw={**row, "open": int(is_open and text_of(row, "is_lent") == "1")},
    )


def _returned(source: Source, row: Row, due: date, warnings: list[Reason]) -> datetime:
    returned = day(row.get("return_date"))
    if returned is None:
        warnings.append(RETURN_UNDATED())
    return _moment(source, row.get("last_update"), returned or due, EVENING)


def _moment(source: Source, told: object, on: date, at: time) -> datetime:
    """The moment the row was written, when that was on the day it tells of; else a time of that day."""
    written = moment(told, source.zone)
    return written if written and written.date() == on else datetime.combine(on, at, source.zone)


def holds(source: Source, after: int) -> Iterator[Plain]:
    """SLiMS reserves a copy; here the member waits for the title, and gets the first copy that comes."""
    for row in source.staged.rows("reserve", after=after):
        placed = moment(row.get("reserve_date"), source.zone)
        yield Waiting(
            source_id=line(row.get("reserve_id")),
            at=row[AT],
            title=line(row.get("biblio_id")),
            member=card(row.get("member_id")),
            placed_at=placed or datetime.combine(date(1970, 1, 1), NOON, source.zone),
            faults=() if placed else (DAYS_UNREADABLE(),),
            raw=row,
        )


def balances(source: Source) -> dict[str, int]:
    """What each member owes: the sum of debits without that of credits. Nobody who owes nothing."""
    owed: Counter[str] = Counter()
    for row in source.staged.rows("fines"):
        owed[card(row.get("member_id"))] += (number(row.get("debet")) or 0) - (number(row.get("credit")) or 0)
    return {member: amount for member, amount in owed.items() if amount}


def owed(source: Source, after: int) -> Iterator[Plain]:
    for at, (member, amount) in enumerate(sorted(balances(source).items()), start=1):
        if at > after:
            note = "Saldo denda dari SLiMS"
            yield Owed(
                source_id=member, at=at, member=member, amount=amount, note=note, raw={"member_id": member, "amount": amount}
            )


def facts(source: Source, keys: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
    """What ``loan`` itself says of these loans."""
    return {
        key: {
            "copy": text_of(rows[0], "item_code"),
            "due": (due.isoformat() if (due := day(rows[0].get("due_date"))) else ""),
            "open": "1" if text_of(rows[0], "is_return") == "0" else "0",
        }
        for key, rows in source.staged.under("loan", "loan_id", keys).items()
    }


def owed_facts(source: Source, keys: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
    told = balances(source)
    return {key: {"owed": str(told[key])} for key in keys if key in told}
