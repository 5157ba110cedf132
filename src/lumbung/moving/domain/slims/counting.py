"""Stock takes of SLiMS. It keeps what was said of each copy for the last one alone, and of the others the figures."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from lumbung.kernel.refusals import Reason
from lumbung.moving.domain.plain import Count, CountedCopy, Plain
from lumbung.moving.domain.sources import Source, text_of
from lumbung.moving.domain.staging import AT, Row
from lumbung.moving.domain.values import line, moment, number, plain_text
from lumbung.moving.refusals import COUNT_STATUS_UNREADABLE, DAYS_UNREADABLE

FOUND, UNSEEN, LENT = "e", "m", "l"
KNOWN = frozenset({FOUND, UNSEEN, LENT})
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
STATUSES = (
    "SELECT stock_take_id, status, count(*) AS count FROM stock_take_item WHERE rowid IN"
    " (SELECT min(rowid) FROM stock_take_item GROUP BY stock_take_id, upper(trim(item_code))) GROUP BY 1, 2"
)
"""A barcode that stands twice in a count counts once, as it was said first."""


def counts(source: Source, after: int) -> Iterator[Plain]:
    lines = _by_status(source)
    for row in source.staged.rows("stock_take", after=after):
        opened_at = moment(row.get("start_date"), source.zone)
        said = lines.get(text_of(row, "stock_take_id"))
        expected, found, away = _of_lines(said) if said else _of_figures(row)
        is_open = text_of(row, "is_active") == "1"
        closed_at = None if is_open else moment(row.get("end_date"), source.zone) or opened_at or NEVER
        yield Count(
            source_id=text_of(row, "stock_take_id"),
            at=row[AT],
            name=plain_text(row.get("stock_take_name")) or "–",
            opened_at=opened_at or NEVER,
            closed_at=closed_at,
            expected=expected,
            found=found,
            away=away,
            has_lines=bool(said),
            faults=() if opened_at else (DAYS_UNREADABLE(),),
            raw=row,
        )


def lines(source: Source, after: int) -> Iterator[Plain]:
    for row in source.staged.rows("stock_take_item", after=after):
        status = text_of(row, "status").strip().lower()
        warnings: tuple[Reason, ...] = () if status in KNOWN else (COUNT_STATUS_UNREADABLE(status=status or "–"),)
        yield CountedCopy(
            source_id=f"{text_of(row, 'stock_take_id')}/{text_of(row, 'item_id')}",
            at=row[AT],
            count=text_of(row, "stock_take_id"),
            copy=text_of(row, "item_id"),
            barcode=line(row.get("item_code")),
            title=plain_text(row.get("title")),
            call_number=line(row.get("call_number")),
            on_loan=status == LENT,
            seen=status == FOUND,
            seen_at=moment(row.get("last_update"), source.zone) if status == FOUND else None,
            seen_by=line(row.get("checked_by")) if status == FOUND else "",
            warnings=warnings,
            raw=row,
        )


def facts(source: Source, keys: Sequence[str]) -> dict[str, dict[str, str]]:
    """What ``stock_take`` itself says of these counts; where the copies are told, their number."""
    said = _by_status(source)
    rows = {key: found[0] for key, found in source.staged.under("stock_take", "stock_take_id", keys).items()}
    told = {}
    for key, row in rows.items():
        expected, found, _ = _of_lines(said[str(key)]) if str(key) in said else _of_figures(row)
        told[str(key)] = {"name": text_of(row, "stock_take_name"), "expected": str(expected), "found": str(found)}
    return told


def _by_status(source: Source) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for row in source.staged.ask(STATUSES):
        found.setdefault(text_of(row, "stock_take_id"), {})[text_of(row, "status").strip().lower()] = row["count"]
    return found


def _of_lines(said: Mapping[str, int]) -> tuple[int, int, int]:
    away = said.get(LENT, 0)
    return sum(said.values()) - away, said.get(FOUND, 0), away


def _of_figures(row: Row) -> tuple[int, int, int]:
    """What SLiMS counts while it scans is what is still lost."""
    expected = number(row.get("total_item_stock_taked")) or 0
    lost = min(number(row.get("total_item_lost")) or 0, expected)
    return expected, expected - lost, number(row.get("total_item_loan")) or 0
