"""Loans, holds and what members owe, from the system that a library leaves: many at a time, and out again.

Whoever calls has looked at the rows; here the database has the last word: one open loan for an item, one open hold for a title and member.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from lumbung.circulation.domain import fees as charging
from lumbung.circulation.domain.ledger import Kinds, Line, locked, post
from lumbung.circulation.events import CreditArrived, HoldsArrived, LoansArrived, LoansWithdrawn
from lumbung.circulation.models import Fee, FeeAccount, FeeEntry, Hold, Loan, LoanKinds
from lumbung.circulation.queries.rules import best_rule
from lumbung.circulation.refusals import HOLD_EXISTS, OTHER_OPEN_LOAN
from lumbung.kernel import channel, events
from lumbung.kernel.refusals import Reason
from lumbung.members.models import Member


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivingLoan:
    """Item, its record and type, member, the member's category and branch are primary keys; ``member`` None: forgotten."""

    item: int
    record: int
    item_type: int
    member: int | None
    category: int | None
    branch: int
    lent_at: datetime
    due_at: datetime
    returned_at: datetime | None
    renewal_count: int
    unseen_renewals: int = 0
    last_renewed_at: datetime | None = None
    kind: str = LoanKinds.NORMAL


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivingHold:
    """Record, member, branch and items are primary keys. ``item`` is the copy set aside: on the shelf until ``ready_until``, or on its way
    there when that is not known. ``wanted_item`` is the only copy that will do."""

    record: int
    member: int
    branch: int
    placed_at: datetime
    wanted_item: int | None = None
    wanted_until: date | None = None
    item: int | None = None
    ready_until: date | None = None
    is_suspended: bool = False
    suspended_until: date | None = None


@transaction.atomic
def bring_in_loans(loans: Sequence[ArrivingLoan], *, by: events.Actor | None) -> list[int | Reason]:
    """Store loans; for each its key, or why it has none: an open loan of an item that is on loan."""
    open_now = set(Loan.objects.open().filter(item__in={each.item for each in loans}).values_list("item", flat=True))
    told: list[int | Reason | None] = []
    rows = []
    for each in loans:
        if each.returned_at is None and each.item in open_now:
            told.append(OTHER_OPEN_LOAN())
            continue
        if each.returned_at is None:
            open_now.add(each.item)
        told.append(None)
        rows.append(_loan(each))
    made = iter(Loan.objects.bulk_create(rows))
    keys = [next(made).pk if each is None else each for each in told]
    concerned = sorted({each.record for each, key in zip(loans, keys, strict=True) if isinstance(key, int)})
    if concerned:
        events.record(LoansArrived(loans=len(rows), records=concerned), by=by)
    return keys


@transaction.atomic
def bring_in_holds(holds: Sequence[ArrivingHold], *, by: events.Actor | None) -> list[int | Reason]:
    """Store holds; for each its key, or why it has none: the member waits for that title already.

    A copy that is lent, or set aside for somebody else, is set aside for nobody here: that hold waits.
    """
    taken = _in_use({each.item for each in holds if each.item})
    waiting = set(Hold.objects.open().filter(record__in={each.record for each in holds}).values_list("record", "member"))
    told: list[int | Reason] = []
    for each in holds:
        if (each.record, each.member) in waiting:
            told.append(HOLD_EXISTS())
            continue
        waiting.add((each.record, each.member))
        made = _hold(each, taken)
        made.save()
        told.append(made.pk)
    if keys := [key for key in told if isinstance(key, int)]:
        concerned = sorted({each.record for each, key in zip(holds, told, strict=True) if isinstance(key, int)})
        events.record(HoldsArrived(holds=keys, records=concerned), by=by)
    return told


def _in_use(items: set[int]) -> set[int]:
    """Those of these items that are lent or set aside."""
    lent = Loan.objects.open().filter(item__in=items).values_list("item", flat=True)
    return {*lent, *Hold.objects.filter(item__in=items, state__in=Hold.SET_ASIDE).values_list("item", flat=True)}


def _hold(each: ArrivingHold, taken: set[int]) -> Hold:
    hold = Hold(
        record_id=each.record,
        member_id=each.member,
        pickup_branch_id=each.branch,
        placed_at=each.placed_at,
        wanted_item_id=each.wanted_item,
        wanted_until=each.wanted_until,
        is_suspended=each.is_suspended,
        suspended_until=each.suspended_until if each.is_suspended else None,
    )
    if each.item is not None and each.item not in taken:
        taken.add(each.item)
        hold.item_id, hold.ready_until = each.item, each.ready_until
        hold.state = Hold.States.READY if each.ready_until else Hold.States.IN_TRANSIT
    return hold


@transaction.atomic
def close(loan: Loan, returned_at: datetime, *, by: events.Actor | None) -> None:
    """The loan was returned in the other system, at this moment. Nothing is charged: what it cost stands in the balance there."""
    changed = Loan.objects.open().filter(pk=loan.pk).update(returned_at=returned_at, returned_to=loan.lent_from_id)
    if changed:
        events.record(LoansArrived(loans=1, records=[loan.item.record_id]), by=by)


@transaction.atomic
def reopen(loan: Loan, *, by: events.Actor | None) -> None:
    """The loan that ``close`` ended is open again, unless the item was lent since."""
    if not Loan.objects.open().filter(item=loan.item_id).exists():
        Loan.objects.filter(pk=loan.pk).update(returned_at=None, returned_to=None)
        events.record(LoansArrived(loans=1, records=[loan.item.record_id]), by=by)


@transaction.atomic
def bring_in_balance(
    member: Member, amount: int, *, note: str, once: str, by: events.Actor | None, kind: str = Fee.Kinds.OTHER
) -> FeeAccount:
    """Enter what a member owed there, in whole rupiah; below nothing, what the library owes the member. ``once`` names the row there."""
    if amount > 0:
        return charging.bring_forward(member, amount, kind=Fee.Kinds(kind), note=note, once=once, by=by).account
    account = locked(member.pk)
    post(account, amount, Line(Kinds.CREDIT, by, note))
    events.record(CreditArrived(member=member.pk, amount=-amount), by=by)
    return account


@transaction.atomic
def take_out(
    loans: Collection[int], holds: Collection[int], accounts: Collection[int] = (), *, by: events.Actor | None
) -> None:
    """Remove loans, holds and accounts, as though they had never been. Only for accounts on which nothing happened since."""
    FeeEntry.objects.filter(account__in=accounts).delete()
    Fee.objects.filter(account__in=accounts).delete()
    FeeAccount.objects.filter(pk__in=accounts).delete()
    gone, waited = Loan.objects.filter(pk__in=loans), Hold.objects.filter(pk__in=holds)
    concerned = sorted({*gone.values_list("item__record", flat=True), *waited.values_list("record", flat=True)})
    gone.delete()
    waited.delete()
    events.record(LoansWithdrawn(loans=len(loans), holds=len(holds), records=concerned), by=by)


def _loan(each: ArrivingLoan) -> Loan:
    return Loan(
        item_id=each.item,
        member_id=each.member,
        lent_at=each.lent_at,
        lent_from_id=each.branch,
        due_at=each.due_at,
        returned_at=each.returned_at,
        returned_to_id=each.branch if each.returned_at else None,
        renewal_count=each.renewal_count,
        unseen_renewals=each.unseen_renewals,
        last_renewed_at=each.last_renewed_at,
        kind=each.kind,
        channel=channel.current(),
        policy=_policy(each),
    )


def _policy(each: ArrivingLoan) -> dict[str, Any]:
    """What the loan would be lent under here: it may be renewed by these terms."""
    category = {"category": each.category}
    found = best_rule(category=each.category, item_type=each.item_type, branch=each.branch) if each.category else None
    if found is None or not found.has_a_period:
        return {"rule": None, "loan_days": max(0, (each.due_at - each.lent_at).days), "renewal_limit": 0, **category}
    return {"rule": None, **found.frozen(), **category}
