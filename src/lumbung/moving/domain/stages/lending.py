"""Loans, holds and debts, once copies and members are there."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet

from lumbung.catalogue.models import Item
from lumbung.circulation.domain import arrivals
from lumbung.circulation.domain.booking_arrivals import ArrivingBooking, bring_in_bookings
from lumbung.circulation.domain.privacy import TERM
from lumbung.circulation.models import Booking, FeeAccount, Hold, Loan, LoanKinds
from lumbung.kernel import clock, retention
from lumbung.kernel.refusals import Reason
from lumbung.members.models import Member
from lumbung.moving.domain.plain import Lending, Owed, Promised, Waiting
from lumbung.moving.domain.stages.of_members import StageOfMembers
from lumbung.moving.domain.stages.stage import Stage, touched_here
from lumbung.moving.refusals import BALANCE_CHANGED, COPY_MISSING, MEMBER_MISSING, TITLE_MISSING, TWO_OPEN_LOANS

END_OF_DAY = time(23, 59, 59)
READY_DAYS = 7
"""How long a copy stays on the pick-up shelf when the other system does not say."""


class LendingStage(Stage[Lending]):
    """Who borrowed is forgotten as for loans made here: thirty days after the return (decision 0012)."""

    kind = Lending
    size = 1_000

    def __init__(self, work: Any) -> None:
        super().__init__(work)
        self._open: set[int] = set()
        self._forgotten_before = clock.now() - retention.kept_for(TERM)

    def bring_in(self, fresh: Sequence[Lending]) -> None:
        found = [(row, *self._parties(row)) for row in fresh]
        standing = [(row, item, member) for row, item, member in found if not self._refused(row, item, member)]
        if self.work.pretend:
            for row, _, _ in standing:
                self.came(row, None)
            return
        items = {
            each.pk: each
            for each in Item.objects.filter(pk__in={item for _, item, _ in standing}).only("record", "item_type", "branch")
        }
        categories = dict(
            Member.objects.filter(pk__in={member for *_, member in standing if member}).values_list("pk", "category")
        )
        there = [(row, items[item], member) for row, item, member in standing if item in items]
        told = arrivals.bring_in_loans(
            [self._arriving(row, item, member, categories.get(member or 0)) for row, item, member in there], by=self.work.by
        )
        for (row, _, _), each in zip(there, told, strict=True):
            self.came(row, each)

    def _parties(self, row: Lending) -> tuple[int | None, int | None]:
        return self.work.origins.key("copy", row.copy), self.work.origins.key("member", row.member)

    def _refused(self, row: Lending, item: int | None, member: int | None) -> bool:
        """A loan needs its copy, an open one its member too; and nothing is lent twice at a time."""
        is_open = row.returned_at is None
        reasons: list[Reason] = []
        if item is None:
            reasons.append(COPY_MISSING(copy=row.copy))
        if member is None and is_open:
            reasons.append(MEMBER_MISSING(member=row.member))
        if is_open and item in self._open:
            reasons.append(TWO_OPEN_LOANS(copy=row.copy))
        if reasons:
            self.work.reject(row, *reasons)
        elif is_open and item is not None:
            self._open.add(item)
        return bool(reasons)

    def _arriving(self, row: Lending, item: Item, member: int | None, category: int | None) -> arrivals.ArrivingLoan:
        returned = max(row.returned_at, row.lent_at) if row.returned_at else None
        is_forgotten = returned is not None and returned < self._forgotten_before
        return arrivals.ArrivingLoan(
            item=item.pk,
            record=item.record_id,
            item_type=item.item_type_id,
            member=None if is_forgotten else member,
            category=category,
            branch=self.work.branch_of(row.place) if row.place else item.branch_id,
            lent_at=row.lent_at,
            due_at=row.due_at or datetime.combine(row.due_on, END_OF_DAY, self.work.zone),
            returned_at=returned,
            renewal_count=min(row.renewal_count, 30_000),
            unseen_renewals=row.unseen_renewals,
            last_renewed_at=row.last_renewed_at,
            kind=LoanKinds.ON_SITE if row.is_on_site else LoanKinds.NORMAL,
        )

    def change(self, row: Lending, key: int) -> dict[str, Any] | None:
        """A loan that was open is returned there by now. One that was dealt with here stays as it is."""
        loan = Loan.objects.filter(pk=key).first()
        if loan is None or loan.returned_at is not None or row.returned_at is None:
            return None
        if touched_here("item", [loan.item_id]):
            return None
        arrivals.close(loan, max(row.returned_at, loan.lent_at), by=self.work.by)
        return {"open": True}

    def restore(self, key: int, before: dict[str, Any]) -> None:
        if (loan := Loan.objects.filter(pk=key).first()) is not None:
            arrivals.reopen(loan, by=self.work.by)

    def ours(self) -> QuerySet[Any]:
        return Loan.objects.all()

    def facts(self, keys: Sequence[int]) -> dict[int, dict[str, str]]:
        return {
            each.pk: {
                "copy": each.item.barcode,
                "due": each.due_at.astimezone(self.work.zone).date().isoformat(),
                "open": str(int(each.returned_at is None)),
            }
            for each in Loan.objects.filter(pk__in=keys).select_related("item")
        }


class WaitingStage(Stage[Waiting]):
    kind = Waiting

    def bring_in(self, fresh: Sequence[Waiting]) -> None:
        standing = []
        for row in fresh:
            title, member = self.work.origins.key("title", row.title), self.work.origins.key("member", row.member)
            reasons = [] if title is not None else [TITLE_MISSING(title=row.title)]
            reasons += [] if member is not None else [MEMBER_MISSING(member=row.member)]
            if reasons:
                self.work.reject(row, *reasons)
            elif title is not None and member is not None:
                standing.append((row, title, member))
        if self.work.pretend:
            for row, _, _ in standing:
                self.came(row, None)
            return
        told = arrivals.bring_in_holds([self._arriving(row, title, member) for row, title, member in standing], by=self.work.by)
        for (row, _, _), each in zip(standing, told, strict=True):
            self.came(row, each)

    def _arriving(self, row: Waiting, title: int, member: int) -> arrivals.ArrivingHold:
        keys, usual = self.work.origins.key, self.work.today + timedelta(days=READY_DAYS)
        return arrivals.ArrivingHold(
            record=title,
            member=member,
            branch=self.work.branch_of(row.place),
            placed_at=row.placed_at,
            wanted_item=keys("copy", row.wanted_copy),
            wanted_until=row.wanted_until,
            item=keys("copy", row.set_aside),
            ready_until=(row.ready_until or usual) if row.is_ready else None,
            is_suspended=row.is_suspended,
            suspended_until=row.suspended_until,
        )

    def ours(self) -> QuerySet[Any]:
        return Hold.objects.all()

    def facts(self, keys: Sequence[int]) -> dict[int, dict[str, str]]:
        holds = Hold.objects.filter(pk__in=keys).select_related("member")
        return {each.pk: {"member": each.member.barcode if each.member else ""} for each in holds}


class PromisedStage(Stage[Promised]):
    """Who booked what is over is forgotten as for bookings made here."""

    kind = Promised

    def bring_in(self, fresh: Sequence[Promised]) -> None:
        standing = []
        for row in fresh:
            keys = self.work.origins.key
            title, item, member = keys("title", row.title), keys("copy", row.copy), keys("member", row.member)
            reasons = [] if title is not None else [TITLE_MISSING(title=row.title)]
            reasons += [] if item is not None else [COPY_MISSING(copy=row.copy)]
            reasons += [] if member is not None else [MEMBER_MISSING(member=row.member)]
            if reasons:
                self.work.reject(row, *reasons)
            elif title is not None and item is not None and member is not None:
                standing.append((row, self._arriving(row, title, item, member)))
        if self.work.pretend:
            for row, _ in standing:
                self.came(row, None)
            return
        told = bring_in_bookings([arriving for _, arriving in standing], by=self.work.by)
        for (row, _), each in zip(standing, told, strict=True):
            self.came(row, each)

    def _arriving(self, row: Promised, title: int, item: int, member: int) -> ArrivingBooking:
        is_over = row.is_cancelled or row.is_fetched or row.last_day < self.work.today
        ended = datetime.combine(row.last_day, END_OF_DAY, self.work.zone) if is_over else None
        states = Booking.States
        over = states.CANCELLED if row.is_cancelled else states.FETCHED if row.is_fetched else states.EXPIRED
        is_forgotten = ended is not None and ended < clock.now() - retention.kept_for(TERM)
        return ArrivingBooking(
            record=title,
            item=item,
            member=None if is_forgotten else member,
            branch=self.work.branch_of(row.place),
            first_day=row.first_day,
            last_day=row.last_day,
            booked_at=row.booked_at,
            state=over if is_over else states.BOOKED,
            closed_at=ended,
        )

    def ours(self) -> QuerySet[Any]:
        return Booking.objects.all()

    def facts(self, keys: Sequence[int]) -> dict[int, dict[str, str]]:
        rows = Booking.objects.filter(pk__in=keys).select_related("item")
        return {
            each.pk: {"copy": each.item.barcode, "first_day": each.first_day.isoformat(), "last_day": each.last_day.isoformat()}
            for each in rows
        }


class OwedStage(StageOfMembers[Owed]):
    kind = Owed

    def give(self, row: Owed, member: Member) -> None:
        once = f"{self.work.options.origin}:{row.entity}:{row.source_id}"[:120]
        told = {"kind": row.kind, "note": row.note, "once": once}
        self.came(row, arrivals.bring_in_balance(member, row.amount, by=self.work.by, **told).pk)

    def change(self, row: Owed, key: int) -> dict[str, Any] | None:
        """Debts that grew there after the first move are not added by themselves: what was paid here cannot be told from it."""
        self.work.warn(row, BALANCE_CHANGED(amount=row.amount))
        return None

    def ours(self) -> QuerySet[Any]:
        return FeeAccount.objects.all()

    def facts(self, keys: Sequence[int]) -> dict[int, dict[str, str]]:
        return {each.pk: {"owed": str(each.owed - each.credit)} for each in FeeAccount.objects.filter(pk__in=keys)}
