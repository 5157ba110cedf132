"""The rules of INLISLite that go before those of types of members: of a weekday, of dates, of a kind of material. What is 0 or empty
in them falls to the next, as it does there."""

from collections.abc import Iterator, Sequence
from typing import Any

from lumbung.catalogue.models import Material
from lumbung.circulation.domain.terms import BOUNDS
from lumbung.kernel.days import iso_day as day
from lumbung.kernel.refusals import Reason
from lumbung.moving.domain.inlislite.lateness import lateness_of
from lumbung.moving.domain.plain import Rule
from lumbung.moving.domain.sources import Source, text_of
from lumbung.moving.domain.staging import AT, Row
from lumbung.moving.domain.values import line, number
from lumbung.moving.refusals import (
    RULE_BY_DAY_OF_RETURN,
    RULE_DAY_UNKNOWN,
    RULE_LIMIT_OF_KIND,
    RULE_OF_KIND_TWICE,
    RULE_OF_UNKNOWN_KIND,
)

WEEKDAYS, DATES, KINDS = "peraturan_peminjaman_hari", "peraturan_peminjaman_tanggal", "worksheets"
TERMS = {
    "loan_days": "maxloandays",
    "loan_limit": "maxpinjamkoleksi",
    "renewal_limit": "countperpanjang",
    "renewal_days": "dayperpanjang",
}
_OFF = {"0", "\0"}
_MATERIALS = (
    ("skripsi", Material.THESIS), ("tesis", Material.THESIS), ("disertasi", Material.THESIS), ("tugas akhir", Material.THESIS),
    ("monograf", Material.BOOK), ("buku", Material.BOOK), ("berkala", Material.SERIAL), ("serial", Material.SERIAL),
    ("artikel", Material.ARTICLE), ("komputer", Material.COMPUTER_FILE), ("kartograf", Material.MAP), ("peta", Material.MAP),
    ("suara", Material.AUDIO), ("video", Material.VIDEO), ("film", Material.VIDEO), ("grafis", Material.IMAGE),
    ("musik", Material.SCORE), ("mikro", Material.MICROFORM), ("manuskrip", Material.MANUSCRIPT), ("naskah", Material.MANUSCRIPT),
    ("campuran", Material.MIXED),
)  # fmt: skip
"""What a kind of material is here, by the words of its name."""


def material_called(name: str) -> Material | None:
    """What we call a kind of material (``worksheets``) of this name; None for one that we do not tell apart."""
    return next((material for word, material in _MATERIALS if word in name.lower()), None)


def of_weekdays(source: Source) -> Iterator[Rule]:
    """The rule of each weekday, and of each type of copy that is not lent that day, where only some are."""
    lent = _lent_on(source)
    every = [text_of(row, "id") for row in source.staged.rows("collectioncategorys")]
    known: set[int] = set()
    for row in _in_force(source, WEEKDAYS):
        key, index = text_of(row, "id"), number(row.get("dayindex"), least=1, most=7)
        faults = () if index and index not in known else (RULE_DAY_UNKNOWN(),)
        known |= {index} if index else set()
        weekdays = str(index - 1) if index else ""
        terms, warnings = _terms(row)
        if terms:
            yield _rule(row, f"hari-{key}", terms, warnings, faults, weekdays=weekdays)
        for copy_type in every if key in lent else ():
            if copy_type not in lent[key]:
                never = {"may_borrow": False}
                yield _rule(row, f"hari-{key}-{copy_type}", never, [], faults, weekdays=weekdays, copy_type=copy_type)


def _lent_on(source: Source) -> dict[str, set[str]]:
    """The types of copies that are lent under the rule of a weekday, where it names some."""
    found: dict[str, set[str]] = {}
    for row in source.staged.rows("collectioncategorysloanhari"):
        found.setdefault(text_of(row, "peminjaman_hari_id"), set()).add(text_of(row, "category_id"))
    return found


def of_dates(source: Source) -> Iterator[Rule]:
    for row in _in_force(source, DATES):
        first, last = day(row.get("tanggalawal")), day(row.get("tanggalakhir"))
        terms, warnings = _terms(row)
        if terms:
            faults = () if first and last else (RULE_DAY_UNKNOWN(),)
            yield _rule(row, f"tanggal-{text_of(row, 'id')}", terms, warnings, faults, first_day=first, last_day=last)


def of_kinds(source: Source) -> Iterator[Rule]:
    known: set[str] = set()
    for row in source.staged.rows(KINDS):
        name = line(row.get("name")) or "–"
        material = material_called(name)
        terms, warnings = _terms(row, by_day=False)
        if not terms:
            continue
        faults: tuple[Reason, ...] = () if material else (RULE_OF_UNKNOWN_KIND(kind=name),)
        if material in known:
            faults = (RULE_OF_KIND_TWICE(kind=name),)
        known |= {material} if material else set()
        if "loan_limit" in terms:
            warnings.append(RULE_LIMIT_OF_KIND(kind=name))
        yield _rule(row, f"bahan-{text_of(row, 'id')}", terms, warnings, faults, material=str(material or ""))


def _in_force(source: Source, table: str) -> Iterator[Row]:
    """The rows of a table, without those that are switched off; older releases cannot switch one off."""
    return (row for row in source.staged.rows(table) if text_of(row, "active") not in _OFF)


def _terms(row: Row, *, by_day: bool = True) -> tuple[dict[str, Any], list[Reason]]:
    """What the row says, and what of it cannot be said as it is there; ``by_day``: it is a rule of days."""
    told = {ours: number(row.get(theirs), least=1, most=BOUNDS[ours][1]) for ours, theirs in TERMS.items()}
    lateness, warnings = lateness_of(row)
    if lateness and by_day:
        warnings.append(RULE_BY_DAY_OF_RETURN())
    return {**{name: value for name, value in told.items() if value}, **lateness}, warnings


def _rule(row: Row, key: str, terms: dict[str, Any], warnings: list[Reason], faults: Sequence[Reason], **case: Any) -> Rule:
    return Rule(
        source_id=key,
        at=row[AT],
        **{"category": None, "copy_type": None, **case},
        loan_days=0,
        loan_limit=0,
        renewal_limit=0,
        terms=tuple(terms.items()),
        warnings=tuple(warnings),
        faults=tuple(faults),
        raw=row,
    )
