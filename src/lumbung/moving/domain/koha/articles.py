"""Requests of Koha for a copy of an article or a chapter."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time

from lumbung.moving.domain.plain import Plain, Wanted
from lumbung.moving.domain.sources import Source, text_of
from lumbung.moving.domain.staging import AT, Row
from lumbung.moving.domain.values import line, moment
from lumbung.moving.refusals import DAYS_UNREADABLE, PART_UNNAMED

NOON = time(12)
STATES = {"REQUESTED": "asked", "PENDING": "asked", "PROCESSING": "in_work", "COMPLETED": "done", "CANCELED": "cancelled"}


def articles(source: Source, after: int) -> Iterator[Plain]:
    """Each with what the patron wrote of the part. What it cost is in the account already: Koha charges when it is asked for."""
    for row in source.staged.rows("article_requests", after=after):
        yield _wanted(source, row)


def _wanted(source: Source, row: Row) -> Wanted:
    asked, changed = (moment(row.get(name), source.zone, at=NOON) for name in ("created_on", "updated_on"))
    asked = asked or changed
    state = STATES.get(text_of(row, "status"), "asked")
    chapter, title, pages = (line(row.get(name)) for name in ("chapters", "title", "pages"))
    name = title or chapter
    usual = datetime(1970, 1, 1, 12, tzinfo=source.zone)
    return Wanted(
        source_id=text_of(row, "id"),
        at=row[AT],
        title=text_of(row, "biblionumber"),
        member=text_of(row, "borrowernumber"),
        asked_at=asked or usual,
        state=state,
        closed_at=None if state in {"asked", "in_work"} else changed or asked or usual,
        place=line(row.get("branchcode")) or None,
        copy=text_of(row, "itemnumber") or None,
        is_chapter=bool(chapter),
        part=name if name or pages else str(PART_UNNAMED()),
        author=line(row.get("author")),
        issue=", ".join(filter(None, (line(row.get(each)) for each in ("volume", "issue", "date")))),
        pages=pages,
        note=line(row.get("patron_notes")),
        by_file=text_of(row, "format") == "SCAN",
        reason=line(row.get("cancellation_reason")),
        warnings=() if name or pages else (PART_UNNAMED(),),
        faults=() if asked else (DAYS_UNREADABLE(),),
        raw=row,
    )


def facts(source: Source, keys: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
    """Who asked, by the card, and whether the copy is still to be made."""
    rows = {str(key): row for key, (row, *_) in source.staged.under("article_requests", "id", keys).items()}
    people = source.staged.under("borrowers", "borrowernumber", [each.get("borrowernumber") for each in rows.values()])
    cards = {key: text_of(row, "cardnumber") or text_of(row, "userid") for key, (row, *_) in people.items()}
    told = {}
    for key, row in rows.items():
        is_open = STATES.get(text_of(row, "status"), "asked") in {"asked", "in_work"}
        told[key] = {"member": cards.get(row.get("borrowernumber"), "") if is_open else "", "open": str(int(is_open))}
    return told
