"""The library's own order in SLiMS: locations, collection types, member types, loan rules, holidays."""

from collections.abc import Iterator

from lumbung.kernel.days import iso_day as day
from lumbung.moving.domain.plain import Category, ClosedDay, CopyType, Place, Plain, Rule
from lumbung.moving.domain.sources import Source, text_of
from lumbung.moving.domain.staging import AT, Row
from lumbung.moving.domain.values import line, number
from lumbung.moving.refusals import RULE_OF_GMD

DAYS_A_MONTH = 30.4
LONGEST_LOAN, MOST_LOANS, MOST_RENEWALS, MOST_HOLDS = 3650, 1000, 100, 100
_WEEKDAYS = {name: at for at, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
SPECIAL = "special:"
"""How the source ids of rules from ``mst_loan_rules`` begin, beside those of the member types' own."""


def places(source: Source, after: int) -> Iterator[Plain]:
    for row in source.staged.rows("mst_location", after=after):
        name = line(row.get("location_name")) or line(row.get("location_id"))
        yield Place(source_id=line(row.get("location_id")), at=row[AT], name=name, raw=row)


def copy_types(source: Source, after: int) -> Iterator[Plain]:
    for row in source.staged.rows("mst_coll_type", after=after):
        yield CopyType(
            source_id=line(row.get("coll_type_id")), at=row[AT], name=line(row.get("coll_type_name")) or "–", raw=row
        )


def categories(source: Source, after: int) -> Iterator[Plain]:
    for row in source.staged.rows("mst_member_type", after=after):
        days = number(row.get("member_periode"), least=1) or 365
        yield Category(
            source_id=line(row.get("member_type_id")),
            at=row[AT],
            name=line(row.get("member_type_name")) or "–",
            membership_months=max(1, round(days / DAYS_A_MONTH)),
            raw=row,
        )


def rules(source: Source, after: int) -> Iterator[Plain]:
    """What each member type may do, then the exceptions for a collection type. Their places follow one another."""
    first = source.staged.count("mst_member_type")
    for row in source.staged.rows("mst_member_type", after=after) if after < first else ():
        yield _rule(row, row, source_id=line(row.get("member_type_id")), at=row[AT], copy_type=None)
    types = {text_of(row, "member_type_id"): row for row in source.staged.rows("mst_member_type")}
    for row in source.staged.rows("mst_loan_rules", after=max(0, after - first)):
        copy_type = text_of(row, "coll_type_id")
        yield _rule(
            row,
            types.get(text_of(row, "member_type_id"), {}),
            source_id=SPECIAL + line(row.get("loan_rules_id")),
            at=first + row[AT],
            copy_type=copy_type if copy_type not in {"", "0"} else None,
        )


def _rule(row: Row, kind: Row, *, source_id: str, at: int, copy_type: str | None) -> Rule:
    """A rule; one for a GMD alone has no like here, and is kept with its reason."""
    gmd = text_of(row, "gmd_id")
    is_special = source_id.startswith(SPECIAL)
    may_hold = text_of(kind, "enable_reserve") == "1"
    return Rule(
        source_id=source_id,
        at=at,
        category=line(row.get("member_type_id")) or None,
        copy_type=copy_type,
        loan_days=number(row.get("loan_periode"), most=LONGEST_LOAN) or 0,
        loan_limit=number(row.get("loan_limit"), most=MOST_LOANS) or 0,
        renewal_limit=number(row.get("reborrow_limit"), most=MOST_RENEWALS) or 0,
        hold_limit=(number(kind.get("reserve_limit"), most=MOST_HOLDS) or 0) if may_hold else 0,
        fee_per_day=number(row.get("fine_each_day")) or 0,
        grace_days=number(row.get("grace_periode"), most=365) or 0,
        faults=(RULE_OF_GMD(gmd=gmd),) if is_special and gmd not in {"", "0"} else (),
        raw=row,
    )


def closed_days(source: Source, after: int) -> Iterator[Plain]:
    for row in source.staged.rows("holiday", after=after):
        told = day(row.get("holiday_date"))
        name = line(row.get("holiday_dayname"))
        weekly = row.get("holiday_date") in {None, "", "0000-00-00"}
        yield ClosedDay(
            source_id=line(row.get("holiday_id")),
            at=row[AT],
            day=told,
            weekday=_WEEKDAYS.get(name[:3].lower()) if weekly else None,
            reason=line(row.get("description")) or name,
            raw=row,
        )
