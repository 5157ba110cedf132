"""Counts of the shelves, and what each says of its copies."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.db.models import QuerySet

from lumbung.catalogue.domain.stock_takes import arrivals
from lumbung.catalogue.models import StockTake, StockTakeLine
from lumbung.moving.domain.plain import Count, CountedCopy
from lumbung.moving.domain.stages.stage import Stage
from lumbung.moving.refusals import COUNT_MISSING, COUNT_UNDER_WAY


class CountStage(Stage[Count]):
    """One that is under way can be gone on with here, which is told."""

    kind = Count

    def bring_in(self, fresh: Sequence[Count]) -> None:
        for row in fresh:
            if row.closed_at is None:
                self.work.warn(row, COUNT_UNDER_WAY(name=row.name))
            self.came(row, None if self.work.pretend else self._store(row))

    def _store(self, row: Count) -> int:
        told = arrivals.ArrivingStockTake(
            name=row.name,
            opened_at=row.opened_at,
            closed_at=row.closed_at,
            expected=row.expected,
            found=row.found,
            away=row.away,
            has_lines=row.has_lines,
        )
        return arrivals.bring_in(told, by=self.work.by).pk

    def ours(self) -> QuerySet[Any]:
        return StockTake.objects.all()

    def facts(self, keys: Sequence[int]) -> dict[int, dict[str, str]]:
        return {
            each.pk: {"name": each.name, "expected": str(each.expected), "found": str(each.found)}
            for each in StockTake.objects.filter(pk__in=keys)
        }


class CountedCopyStage(Stage[CountedCopy]):
    kind = CountedCopy
    size = 1_000

    def bring_in(self, fresh: Sequence[CountedCopy]) -> None:
        for count, some in groupby(fresh, key=lambda each: each.count):
            rows, take = list(some), self.work.origins.key("stock_take", count)
            if take is None:
                for row in rows:
                    self.work.reject(row, COUNT_MISSING(count=count))
            else:
                told = [None] * len(rows) if self.work.pretend else arrivals.bring_in_lines(take, [*map(self._arriving, rows)])
                for row, each in zip(rows, told, strict=True):
                    self.came(row, each)

    def _arriving(self, row: CountedCopy) -> arrivals.ArrivingLine:
        return arrivals.ArrivingLine(
            item=self.work.origins.key("copy", row.copy),
            barcode=row.barcode,
            title=row.title,
            call_number=row.call_number,
            on_loan=row.on_loan,
            seen=row.seen,
            seen_at=row.seen_at,
            seen_by=row.seen_by,
        )

    def ours(self) -> QuerySet[Any]:
        return StockTakeLine.objects.all()

    def facts(self, keys: Sequence[int]) -> dict[int, dict[str, str]]:
        lines = StockTakeLine.objects.filter(pk__in=keys)
        return {each.pk: {"barcode": each.barcode, "found": str(int(each.finding == "found"))} for each in lines}
