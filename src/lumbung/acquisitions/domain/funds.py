"""Funds: the money of a year, what of it is bound by orders, and what is spent."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db import transaction

from lumbung.acquisitions.events import FundAdded, FundChanged, OverspendPermitted
from lumbung.acquisitions.models import Fund
from lumbung.acquisitions.refusals import (
    FUND_NAME_EMPTY,
    FUND_NAME_TAKEN,
    FUND_OVERSPENT,
    FUND_TOO_SMALL,
    FUND_YEAR_WRONG,
    PRICE_TOO_HIGH,
)
from lumbung.kernel import events
from lumbung.kernel.changes import set_changed
from lumbung.kernel.constraints import refuse_when_broken
from lumbung.kernel.refusals import Reason, Refused
from lumbung.kernel.ui.words import rupiah

FIELDS = frozenset({"name", "year", "amount", "is_active"})
FIRST_YEAR, LAST_YEAR = 1900, 2999
LARGEST = 10**15
LONGEST_WHY = 300


class Movement(NamedTuple):
    """By how much, in rupiah, what is bound and what is spent of a fund grows; below zero where it shrinks."""

    committed: int = 0
    spent: int = 0


@refuse_when_broken(fund_name_is_unique_in_its_year=FUND_NAME_TAKEN)
@transaction.atomic
def add_fund(*, by: events.Actor | None, **fields: Any) -> Fund:
    """Add a fund: name, year, amount in rupiah. Refuses an empty name, one the year has, and numbers out of range."""
    fund = Fund()
    set_changed(fund, fields, allowed=FIELDS)
    _refuse_faults(fund)
    fund.save(force_insert=True)
    events.record(FundAdded(fund=fund.pk, amount=fund.amount), by=by)
    return fund


@refuse_when_broken(fund_name_is_unique_in_its_year=FUND_NAME_TAKEN)
@transaction.atomic
def change_fund(fund: Fund, *, by: events.Actor | None, **changes: Any) -> Fund:
    """Change what is named. Refuses as ``add_fund`` does, and an amount below what is bound and spent. What a larger amount covers needs
    no permission any more."""
    fund = Fund.objects.select_for_update().get(pk=fund.pk)
    if changed := set_changed(fund, changes, allowed=FIELDS):
        _refuse_faults(fund)
        _permit_no_more_than_is_used(fund)
        fund.save(update_fields=[*changed, "permitted"])
        events.record(FundChanged(fund=fund.pk, fields=changed), by=by)
    return fund


def draw(movements: Mapping[int, Movement], *, over_because: str, by: events.Actor | None) -> None:
    """Move what is bound and spent of these funds (primary keys). Part of a verb; the funds stay locked to its end.

    Refuses what would pass a fund, with every fund that would be; ``over_because`` says why it may, and the journal keeps it. The
    permission is for this: where what it allowed is not bound or spent any more, it ends.
    """
    funds = Fund.objects.select_for_update().filter(pk__in=movements).order_by("pk")
    reasons: list[Reason] = []
    for fund in list(funds):
        moved = movements[fund.pk]
        fund.committed += moved.committed
        fund.spent += moved.spent
        if fund.left < 0 < moved.committed + moved.spent:
            over = -fund.left
            if not over_because.strip():
                reasons.append(FUND_OVERSPENT(fund=fund, over=rupiah(over)))
                continue
            fund.permitted += over
            events.record(OverspendPermitted(fund=fund.pk, amount=over, why=over_because.strip()[:LONGEST_WHY]), by=by)
        _permit_no_more_than_is_used(fund)
        fund.save(update_fields=["committed", "spent", "permitted"])
    if reasons:
        raise Refused(reasons)


def _permit_no_more_than_is_used(fund: Fund) -> None:
    fund.permitted = min(fund.permitted, max(0, fund.committed + fund.spent - fund.amount))


def _refuse_faults(fund: Fund) -> None:
    reasons: list[Reason] = []
    if not fund.name:
        reasons.append(FUND_NAME_EMPTY())
    elif Fund.objects.filter(name__iexact=fund.name, year=fund.year).exclude(pk=fund.pk).exists():
        reasons.append(FUND_NAME_TAKEN())
    if not FIRST_YEAR <= fund.year <= LAST_YEAR:
        reasons.append(FUND_YEAR_WRONG(year=fund.year))
    if fund.amount > LARGEST:
        reasons.append(PRICE_TOO_HIGH(most=rupiah(LARGEST)))
    if fund.left < 0:
        reasons.append(FUND_TOO_SMALL(used=rupiah(fund.committed + fund.spent)))
    if reasons:
        raise Refused(reasons)
