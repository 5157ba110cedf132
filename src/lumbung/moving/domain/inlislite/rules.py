"""What INLISLite says of lending, in our terms: by the type of member here, by day and kind in ``particular_rules``."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from lumbung.circulation.domain.terms import BOUNDS
from lumbung.moving.domain.inlislite.lateness import lateness_of
from lumbung.moving.domain.inlislite.particular_rules import of_dates, of_kinds, of_weekdays
from lumbung.moving.domain.inlislite.permits import of_defaults
from lumbung.moving.domain.plain import Plain, Rule
from lumbung.moving.domain.sources import Source, text_of
from lumbung.moving.domain.staging import AT
from lumbung.moving.domain.values import number


def rules(source: Source, after: int) -> Iterator[Plain]:
    return (row for row in _all(source) if row.at > after)


def count_rules(source: Source) -> int:
    return sum(1 for _ in _all(source))


def _all(source: Source) -> Iterator[Rule]:
    """The rules of types of members, then those that go before them: of a weekday, of dates, of a kind of material. Each term is taken from
    the first of weekday, dates, kind and type that says it, and so it is by the weights here. Their places follow one another."""
    every = chain.from_iterable(tell(source) for tell in (_of_types, of_defaults, of_weekdays, of_dates, of_kinds))
    return (replace(row, at=at) for at, row in enumerate(every, start=1))


def _of_types(source: Source) -> Iterator[Rule]:
    for row in source.staged.rows("jenis_anggota"):
        lateness, warnings = lateness_of(row)
        yield Rule(
            source_id=text_of(row, "id"),
            at=row[AT],
            category=text_of(row, "id"),
            copy_type=None,
            loan_days=number(row.get("maxloandays"), most=3650) or 0,
            loan_limit=number(row.get("maxpinjamkoleksi"), most=1000) or 0,
            renewal_limit=number(row.get("countperpanjang"), most=100) or 0,
            renewal_days=number(row.get("dayperpanjang"), least=1, most=BOUNDS["renewal_days"][1]),
            lateness=tuple(lateness.items()),
            warnings=tuple(warnings),
            raw=row,
        )
