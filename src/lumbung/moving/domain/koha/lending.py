"""Loans, holds and accounts of Koha."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from lumbung.kernel.days import iso_day as day
from lumbung.moving.domain.plain import Lending, Owed, Plain, Promised, Waiting
from lumbung.moving.domain.sources import Source, text_of
from lumbung.moving.domain.staging import AT, Row
from lumbung.moving.domain.values import line, moment, number
from lumbung.moving.refusals import AMOUNT_ROUNDED, DAYS_UNREADABLE, RETURN_UNDATED

NOON, EVENING, LAST_MINUTE = time(12), time(23, 59, 59), time(23, 59)
OUTSTANDING = "CAST(coalesce(amountoutstanding, 0) AS REAL) <> 0"
KINDS = {
    "OVERDUE": "overdue", "LOST": "lost", "PROCESSING": "processing", "NEW_CARD": "card", "ACCOUNT": "membership",
    "ACCOUNT_RENEW": "membership", "RESERVE": "hold", "RESERVE_EXPIRED": "hold",
    "ARTICLE_REQUEST": "article",
}  # fmt: skip
"""What a debit of Koha's is here; the rest is other."""


def loans(source: Source, after: int) -> Iterator[Plain]:
    """The open loans, then the old ones. Their places follow one another."""
    first = _last_place(source)
    for row in source.staged.rows("issues", after=after) if after < first or not first else ():
        yield _lending(source, row, at=row[AT], is_open=True)
    for row in source.staged.rows("old_issues", after=max(0, after - first)):
        yield _lending(source, row, at=first + row[AT], is_open=False)


def _last_place(source: Source) -> int:
    found = source.staged.ask("SELECT max(rowid) AS last FROM issues")
    return int(found[0]["last"] or 0) if found else 0


def _lending(source: Source, row: Row, *, at: int, is_open: bool) -> Lending:
    due, lent = moment(row.get("date_due"), source.zone, at=EVENING), moment(row.get("issuedate"), source.zone, at=NOON)
    lent = lent or moment(row.get("timestamp"), source.zone)
    returned = moment(row.get("returndate"), source.zone, at=EVENING)
    usual = datetime(1970, 1, 1, 12, tzinfo=source.zone)
    hourly = due is not None and due.time().replace(second=0) not in {LAST_MINUTE, time(0)}
    return Lending(
        source_id=text_of(row, "issue_id"),
        at=at,
        copy=text_of(row, "itemnumber"),
        member=text_of(row, "borrowernumber"),
        place=line(row.get("branchcode")) or None,
        lent_at=lent or usual,
        due_on=(due or lent or usual).date(),
        due_at=due if hourly else None,
        returned_at=None if is_open else returned or due or usual,
        renewal_count=number(row.get("renewals_count", row.get("renewals")), most=30_000) or 0,
        unseen_renewals=number(row.get("unseen_renewals"), most=30_000) or 0,
        last_renewed_at=moment(row.get("lastreneweddate"), source.zone, at=NOON),
        is_on_site=number(row.get("onsite_checkout")) == 1,
        warnings=() if is_open or returned else (RETURN_UNDATED(),),
        faults=() if lent and due else (DAYS_UNREADABLE(),),
        raw={**row, "open": int(is_open)},
    )


def holds(source: Source, after: int) -> Iterator[Plain]:
    """Each with its place in the queue: whoever staff put first there comes a second before the next."""
    placed = _queue(source)
    for row in source.staged.rows("reserves", after=after):
        key, found = text_of(row, "reserve_id"), line(row.get("found"))
        copy = text_of(row, "itemnumber") or None
        yield Waiting(
            source_id=key,
            at=row[AT],
            title=text_of(row, "biblionumber"),
            member=text_of(row, "borrowernumber"),
            placed_at=placed.get(key, datetime(1970, 1, 1, 12, tzinfo=source.zone)),
            place=line(row.get("branchcode")) or None,
            set_aside=copy if found in {"W", "T", "P"} else None,
            is_ready=found in {"W", "P"},
            ready_until=day(row.get("expirationdate")) if found else None,
            wanted_copy=copy if not found else None,
            wanted_until=None if found else day(row.get("patron_expiration_date")) or day(row.get("expirationdate")),
            is_suspended=number(row.get("suspend")) == 1 and not found,
            suspended_until=day(row.get("suspend_until")),
            faults=() if key in placed else (DAYS_UNREADABLE(),),
            raw=row,
        )


def hold_facts(source: Source, keys: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
    """Who waits, by the card."""
    rows = {str(key): row for key, (row, *_) in source.staged.under("reserves", "reserve_id", keys).items()}
    people = source.staged.under("borrowers", "borrowernumber", [each.get("borrowernumber") for each in rows.values()])
    cards = {key: text_of(row, "cardnumber") or text_of(row, "userid") for key, (row, *_) in people.items()}
    return {key: {"member": cards.get(row.get("borrowernumber"), "")} for key, row in rows.items()}


def bookings(source: Source, after: int) -> Iterator[Plain]:
    """Each, those that are over too; one of which no day can be read is told and rejected."""
    for row in source.staged.rows("bookings", after=after):
        first, last = day(row.get("start_date")), day(row.get("end_date"))
        status = line(row.get("status"))
        made = moment(row.get("creation_date"), source.zone, at=NOON)
        start = first or date(1970, 1, 1)
        yield Promised(
            source_id=text_of(row, "booking_id"),
            at=row[AT],
            title=text_of(row, "biblio_id"),
            copy=text_of(row, "item_id"),
            member=text_of(row, "patron_id"),
            booked_at=made or datetime.combine(start, time(12), source.zone),
            first_day=start,
            last_day=max(last or start, start),
            place=line(row.get("pickup_library_id")) or None,
            is_fetched=status == "completed",
            is_cancelled=status == "cancelled",
            faults=() if first and last else (DAYS_UNREADABLE(),),
            raw=row,
        )


def booking_facts(source: Source, keys: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
    """Which copy, by its barcode, for which days."""
    rows = {str(key): row for key, (row, *_) in source.staged.under("bookings", "booking_id", keys).items()}
    copies = source.staged.under("items", "itemnumber", [each.get("item_id") for each in rows.values()])
    barcodes = {key: text_of(row, "barcode") for key, (row, *_) in copies.items()}
    told = {
        key: (barcodes.get(row.get("item_id"), ""), day(row.get("start_date")), day(row.get("end_date")))
        for key, row in rows.items()
    }
    return {
        key: {"copy": copy, "first_day": first.isoformat(), "last_day": last.isoformat()}
        for key, (copy, first, last) in told.items()
        if first and last
    }


def _queue(source: Source) -> dict[str, datetime]:
    """When each hold was placed, such that the order of placing is that of Koha's priorities."""
    rows = source.staged.ask("SELECT * FROM reserves ORDER BY biblionumber, CAST(priority AS INTEGER) DESC, rowid DESC")
    told: dict[str, datetime] = {}
    title, following = "", None
    for row in rows:
        if text_of(row, "biblionumber") != title:
            title, following = text_of(row, "biblionumber"), None
        on = moment(row.get("reservedate"), source.zone, at=NOON)
        if on is None:
            continue
        following = on if following is None else min(on, following - timedelta(seconds=1))
        told[text_of(row, "reserve_id")] = following
    return told


def owed(source: Source, after: int) -> Iterator[Plain]:
    """Each line of an account of which something stands open: what is owed, or (below nothing) what is in the member's favour."""
    for row in source.staged.rows("accountlines", after=after, where=OUTSTANDING):
        amount, exact = outstanding(row)
        note = line(row.get("description")) or line(row.get("debit_type_code")) or line(row.get("credit_type_code")) or "Koha"
        yield Owed(
            source_id=text_of(row, "accountlines_id"),
            at=row[AT],
            member=text_of(row, "borrowernumber"),
            amount=amount,
            note=note[:200],
            kind=KINDS.get(line(row.get("debit_type_code")), "other"),
            warnings=() if exact else (AMOUNT_ROUNDED(told=text_of(row, "amountoutstanding"), amount=amount),),
            raw={**row, "amount": amount},
        )


def outstanding(row: Row) -> tuple[int, bool]:
    """What stands open, in whole rupiah, and whether that is all of it."""
    try:
        told = Decimal(text_of(row, "amountoutstanding") or "0")
    except InvalidOperation:
        return 0, False
    whole = int(told.quantize(Decimal(1), rounding=ROUND_HALF_UP))
    return whole, whole == told


def total_owed(source: Source) -> int:
    return sum(outstanding(row)[0] for row in source.staged.rows("accountlines", where=OUTSTANDING))


def facts(source: Source, keys: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
    """What ``issues`` and ``old_issues`` themselves say of these loans."""
    found = {}
    for table, is_open in (("issues", "1"), ("old_issues", "0")):
        rows = source.staged.under(table, "issue_id", keys)
        items = source.staged.under("items", "itemnumber", [each.get("itemnumber") for each, *_ in rows.values()])
        for key, (row, *_) in rows.items():
            due = day(row.get("date_due"))
            item = items.get(row.get("itemnumber"), [{}])[0]
            found[str(key)] = {"copy": text_of(item, "barcode"), "due": due.isoformat() if due else "", "open": is_open}
    return found
