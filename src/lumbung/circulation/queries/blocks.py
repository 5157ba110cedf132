"""Why something may not be lent, renewed or held: every reason that stands, so that the desk sees them all at once."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import takewhile

from django.db.models import Q, QuerySet
from django.utils.formats import date_format

from lumbung.catalogue.models import Item
from lumbung.catalogue.models.titles_of_copies import titles_in, titles_of
from lumbung.circulation.models import Booking, Hold, Loan, LoanKinds, Policy
from lumbung.circulation.queries.bookings import back_before, bookings_ahead, days_words, filled_by_loan, next_for_others
from lumbung.circulation.queries.closed_doors import rest_of
from lumbung.circulation.queries.counted_loans import counted
from lumbung.circulation.queries.deciding_rules import by_decision, by_end_of_renewal, by_loan, by_rule, by_suspension
from lumbung.circulation.queries.demand import demand_among
from lumbung.circulation.queries.drawn_queues import open_bookings_of, open_holds_of
from lumbung.circulation.queries.due_dates import END_OF_DAY, due_at, last_day_of, renewed_until
from lumbung.circulation.queries.fees import standing
from lumbung.circulation.queries.hold_scopes import know_members, locals_first, may_go_to
from lumbung.circulation.queries.holds import free_items
from lumbung.circulation.queries.limit_sets import blocks_of_limit_sets
from lumbung.circulation.queries.personal_rules import borrows_only, is_lent_to
from lumbung.circulation.queries.rules import Decision, decision, rules_now, total_decision
from lumbung.circulation.refusals import (
    ALREADY_HAS_IT,
    ALREADY_LENT,
    BOOKED_FOR_ANOTHER,
    CLAIMED_RETURNED,
    HAS_OVERDUE_LOANS,
    ITEM_DAMAGED,
    ITEM_IN_PROCESS,
    ITEM_IN_REPAIR,
    ITEM_LOST,
    ITEM_RESTS,
    ITEM_WITHDRAWN,
    LOAN_CLOSED,
    LOAN_LIMIT_REACHED,
    LOAN_OVERDUE,
    MEMBER_BLOCKED,
    MEMBER_SUSPENDED,
    MEMBERSHIP_EXPIRED,
    MEMBERSHIP_NOT_BEGUN,
    NO_RULE,
    NOT_FOR_LOAN,
    NOT_LENT_BY_RULE,
    OWES_TOO_MUCH,
    RENEWAL_DAY_OVER,
    RENEWAL_GAINS_NOTHING,
    RENEWAL_LIMIT_REACHED,
    RENEWAL_TOO_EARLY,
    RENEWAL_TOO_SOON,
    RENEWAL_UNSEEN,
    REPORTED_LOST,
    SET_ASIDE_FOR_ANOTHER,
    TYPE_LIMIT_REACHED,
    WANTED_BY_OTHERS,
)
from lumbung.kernel import channel, clock
from lumbung.kernel.drawn import Drawn, Told
from lumbung.kernel.refusals import Reason
from lumbung.kernel.ui.words import rupiah
from lumbung.members.domain.on_loan import lent_elsewhere
from lumbung.members.models import Member
from lumbung.organization.models import Branch
from lumbung.organization.queries import branch_of

DOORS_THAT_SEE = frozenset({"desk", "kiosk", "sip2", "offline"})
_BY_STATUS = {
    Item.Statuses.LOST: ITEM_LOST,
    Item.Statuses.WITHDRAWN: ITEM_WITHDRAWN,
    Item.Statuses.IN_REPAIR: ITEM_IN_REPAIR,
    Item.Statuses.IN_PROCESS: ITEM_IN_PROCESS,
    Item.Statuses.DAMAGED: ITEM_DAMAGED,
}


_OF_LOAN = (
    "item__item_type", "item__location", "item__branch", "item__returns_to", "item__added_at", "member", "due_at", "reported_lost_at",
    "claimed_returned_at", "returned_at", "lent_from", "kind",
)  # fmt: skip


_loans = Drawn(lambda: all_open_loans().filter(Q(member=Told("member")) | Q(item=Told("item"))))


@dataclass(frozen=True)
class CheckOutCase:
    """What a check-out depends on, read at one moment: ``loans`` are the open ones of the member and of the item, ``holds`` the
    open ones of the title and those that left this copy on the pick-up shelf, ``bookings`` the open ones of this copy and of the member."""

    item: Item
    member: Member
    at: Branch
    now: datetime
    loans: list[Loan]
    holds: list[Hold]
    bookings: list[Booking]
    titles: list[int]
    kind: str
    decision: Decision | None

    @classmethod
    def read(
        cls, item: Item, member: Member, at: Branch, *, kind: str = LoanKinds.NORMAL, lock: bool = False
    ) -> "CheckOutCase":
        """``item`` with type and title, ``member`` with category and account; ``lock`` keeps the holds from changing until the
        transaction ends."""
        now = clock.now()
        titles = titles_in(item)
        named = {f"title{number}": title for number, title in enumerate(titles)}
        held = open_holds_of(len(titles), lock).ask(item=item.pk, **named)
        demand = demand_among(held, titles, member)
        waited_for = any(hold.state == Hold.States.WAITING and hold.member_id != member.pk for hold in held)
        return cls(
            item=item,
            member=member,
            at=at,
            now=now,
            loans=_loans.ask(member=member.pk, item=item.pk),
            holds=held,
            bookings=open_bookings_of(len(titles), lock).ask(item=item.pk, member=member.pk, **named),
            titles=titles,
            kind=kind,
            decision=decision(item, member, at, kind=kind, in_demand=waited_for, demand=demand, now=now),
        )

    @property
    def own_hold(self) -> Hold | None:
        """The hold this loan would fill."""
        mine = (hold for hold in self.holds if hold.is_open and hold.member_id == self.member.pk)
        return next((hold for hold in mine if hold.fits(self.item)), None)

    @property
    def own_booking(self) -> Booking | None:
        """The booking this loan would fill: for this copy, or for any of the title where this one is nobody else's for as long."""
        if self.kind == LoanKinds.ON_SITE:
            return None
        return filled_by_loan(self.bookings, self.item, self.member, self._today)

    @property
    def booked_next(self) -> Booking | None:
        """The soonest booking of this copy by somebody else that today or a day to come belongs to."""
        return next_for_others([each for each in self.bookings if each.item_id == self.item.pk], self.member.pk, self._today)

    @property
    def _today(self) -> date:
        return self.now.astimezone(self.at.zone).date()

    def due_at(self, policy: Policy, *, before: date | None) -> datetime:
        """When it is due under these terms: with the booking it fills, or as usual, but by the day ``before`` which somebody else has
        booked it."""
        if (own := self.own_booking) is not None:
            return datetime.combine(own.last_day, END_OF_DAY, self.at.zone)
        place = self.own_hold.place_id if self.own_hold else None
        ends = self.member.expires_on
        return due_at(policy, now=self.now, at=self.at, expires_on=ends, kind=self.kind, place=place, before=before)

    def blocks(self) -> list[Reason]:
        return [*self._of_item(), *blocks_of_member(self.member, self.at, self.now), *self._of_loans()]

    def _of_item(self) -> list[Reason]:
        reasons = _blocks_of_status(self.item)
        if until := rest_of(self.item, self.now.astimezone(self.at.zone).date()):
            reasons.append(ITEM_RESTS(until=date_format(until, "j F Y")))
        if (booked := self.booked_next) is not None and booked.is_kept_on(self._today):
            reasons.append(BOOKED_FOR_ANOTHER(days=days_words(booked.first_day, booked.last_day)))
        is_allowed = self.decision is not None and self.decision.is_allowed_personally
        if not self.item.item_type.lendable and self.kind != LoanKinds.ON_SITE and not is_allowed:
            reasons.append(NOT_FOR_LOAN(item_type=self.item.item_type))
        if (loan := next((loan for loan in self.loans if loan.item_id == self.item.pk), None)) is not None:
            refusal = ALREADY_HAS_IT if loan.member_id == self.member.pk else ALREADY_LENT
            reasons.append(refusal(due=day_of(loan.due_at, branch_of(loan.lent_from_id))))
        aside = next((hold for hold in self.holds if hold.is_set_aside and hold.item_id == self.item.pk), None)
        if aside is None:
            reasons += self._of_queue()
        elif aside.member_id != self.member.pk:
            reasons.append(SET_ASIDE_FOR_ANOTHER())
        return reasons

    def _of_queue(self) -> list[Reason]:
        """Those who wait go first, unless there are copies enough for all of them and this member."""
        own, waiting = self.own_hold, [hold for hold in self.holds if hold.awaits(self.item)]
        know_members(waiting)
        queue = [hold for hold in self.holds if hold is own or (hold in waiting and may_go_to(hold, self.item))]
        before = list(takewhile(lambda hold: hold is not own, locals_first(queue, self.item)))
        for title, count in Counter(hold.record_id for hold in before).items():
            if free_items().holding([title])[: count + 1].count() <= count:
                return [WANTED_BY_OTHERS()]
        return [] if self._leaves_one_for_each(before) else [WANTED_BY_OTHERS()]

    def _leaves_one_for_each(self, before: Collection[Hold]) -> bool:
        """Whether each of them finds a free copy beside this one, where not every copy would do for all of them."""
        if not before or not (rules_now().scope_holds or any(hold.volume or hold.wanted_item_id for hold in before)):
            return True
        free = list(
            free_items().holding({hold.record_id for hold in before}).exclude(pk=self.item.pk).select_related("item_type")
        )
        titles, given = titles_of(free), set[int]()
        would_do = [
            {each.pk for each in free if hold.record_id in titles[each.pk] and may_go_to(hold, each)} for hold in before
        ]
        for copies in sorted(would_do, key=len):
            if not (left := copies - given):
                return False
            given.add(min(left))
        return True

    def _of_loans(self) -> list[Reason]:
        mine = [loan for loan in self.loans if loan.member_id == self.member.pk]
        reasons = blocks_of_account(self.member, self.at, self.now, mine, kind=self.kind)
        found = self.decision
        if found is None or (found.policy.may_borrow and not found.policy.has_a_period):
            reasons.append(NO_RULE(item_type=self.item.item_type, category=self.member.category))
        elif not found.policy.may_borrow and found.said["may_borrow"].is_personal:
            reasons.append(borrows_only(self.member, self.now))
        elif not found.policy.may_borrow:
            reasons.append(NOT_LENT_BY_RULE(rule=found.said["may_borrow"].title))
        elif (ruling := found.said.get("loan_limit")) and ruling.is_about_items:
            limit = ruling.says["loan_limit"]
            if counted(ruling, mine, self.now) >= limit:
                reasons.append(TYPE_LIMIT_REACHED(limit=limit, item_type=self.item.item_type, rule=by_rule(ruling.title)))
        return reasons + blocks_of_limit_sets(self.item, self.member, self.at, mine, kind=self.kind)


def blocks_to_check_out(item: Item, member: Member, *, at: Branch | None = None, kind: str = LoanKinds.NORMAL) -> list[Reason]:
    """Every reason not to lend this item to this member at ``at`` (else where the item stands), waivable or not."""
    return CheckOutCase.read(item, member, at or branch_of(item.held_at_id), kind=kind).blocks()


def lending_fee(item: Item, member: Member, branch: Branch) -> int:
    """Rupiah that borrowing the item now costs this member at this branch, decided as the loan will be."""
    if not rules_now().charge_for_lending:
        return 0
    found = CheckOutCase.read(item, member, branch).decision
    return found.policy.price_of_lending if found else 0


def blocks_to_renew(loan: Loan, *, now: datetime | None = None) -> list[Reason]:
    """Every reason not to renew this loan."""
    return blocks_to_renew_each([loan], now=now)[loan.pk]


def blocks_to_renew_each(loans: Collection[Loan], *, now: datetime | None = None) -> dict[int, list[Reason]]:
    """For each loan (by key) every reason not to renew it, in two statements however many there are, and one more where titles are bound
    together.

    The loans come with their item and member, as ``open_loans`` gives them.
    """
    now = now or clock.now()
    waiting: dict[int, list[Hold]] = defaultdict(list)
    titles = titles_of([loan.item for loan in loans])
    holds = list(Hold.objects.waiting().filter(record__in={title for each in titles.values() for title in each}))
    know_members(holds)
    for hold in holds:
        waiting[hold.record_id].append(hold)
    booked = bookings_ahead([loan.item_id for loan in loans]) if loans else {}
    return {
        loan.pk: _blocks_to_renew(
            loan,
            [hold for title in titles[loan.item_id] for hold in waiting[title]],
            next_for_others(booked.get(loan.item_id, ()), loan.member_id),
            now,
        )
        for loan in loans
    }


def _blocks_to_renew(loan: Loan, waiting: list[Hold], booked: Booking | None, now: datetime) -> list[Reason]:
    if loan.returned_at is not None or loan.member is None:
        return [LOAN_CLOSED()]
    at = branch_of(loan.lent_from_id)
    reasons = _blocks_of_status(loan.item)
    reasons += blocks_of_member(loan.member, at, now)
    if any(hold.member_id != loan.member_id and may_go_to(hold, loan.item) for hold in waiting):
        reasons.append(WANTED_BY_OTHERS())
    before = back_before(booked) if booked is not None else None
    if booked is not None and before is not None and before <= loan.due_at.astimezone(at.zone).date():
        reasons.append(BOOKED_FOR_ANOTHER(days=days_words(booked.first_day, booked.last_day)))
    policy = loan.terms
    if loan.is_overdue(now) and not policy.renew_overdue:
        reasons.append(LOAN_OVERDUE(due=day_of(loan.due_at, at), rule=by_loan(loan, "renew_overdue")))
    if loan.reported_lost_at is not None:
        reasons.append(REPORTED_LOST())
    if loan.claimed_returned_at is not None:
        reasons.append(CLAIMED_RETURNED())
    reasons += _blocks_of_renewals(loan, policy, at, now)
    if not reasons and renewed_until(loan, now, before=before) <= loan.due_at:
        reasons.append(RENEWAL_GAINS_NOTHING(due=day_of(loan.due_at, at), rule=by_end_of_renewal(loan)))
    return reasons


def _blocks_of_renewals(loan: Loan, policy: Policy, at: Branch, now: datetime) -> list[Reason]:
    """What its terms say of how often it may be renewed, and from when."""
    reasons = []
    if loan.renewal_count >= policy.renewal_limit:
        rule = by_loan(loan, "renewal_limit")
        reasons.append(RENEWAL_LIMIT_REACHED(count=loan.renewal_count, limit=policy.renewal_limit, rule=rule))
    last, term = last_day_of(loan)
    if last is not None and last < now.astimezone(at.zone).date():
        reasons.append(RENEWAL_DAY_OVER(day=date_format(last, "j F Y"), rule=by_loan(loan, term)))
    if policy.renew_from_days is not None and (opens := _renewable_from(loan, policy.renew_from_days, at)) > now:
        reasons.append(RENEWAL_TOO_EARLY(day=day_of(opens, at), rule=by_loan(loan, "renew_from_days")))
    if policy.renewal_gap_days is not None and (opens := _free_again(loan, policy.renewal_gap_days, at)) > now:
        reasons.append(RENEWAL_TOO_SOON(day=day_of(opens, at), rule=by_loan(loan, "renewal_gap_days")))
    if policy.unseen_limit is not None and not is_seen() and loan.unseen_renewals >= policy.unseen_limit:
        rule = by_loan(loan, "unseen_limit")
        reasons.append(RENEWAL_UNSEEN(count=loan.unseen_renewals, limit=policy.unseen_limit, rule=rule))
    return reasons


def _renewable_from(loan: Loan, days: int, at: Branch) -> datetime:
    """The first moment of the day from which the loan may be renewed."""
    day = loan.due_at.astimezone(at.zone).date() - timedelta(days=days)
    return datetime.combine(day, time(), at.zone)


def _free_again(loan: Loan, days: int, at: Branch) -> datetime:
    """The first moment of the day from which a loan that was lent or renewed may be renewed once more."""
    day = (loan.last_renewed_at or loan.lent_at).astimezone(at.zone).date() + timedelta(days=days)
    return datetime.combine(day, time(), at.zone)


def is_seen() -> bool:
    """Whether the library sees the book itself at the door through which the present work comes in."""
    return channel.current() in DOORS_THAT_SEE


def blocks_of_item(item: Item, member: Member | None) -> list[Reason]:
    """What in the item itself keeps it from being lent to the member."""
    reasons = _blocks_of_status(item)
    if not item.item_type.lendable and (member is None or not is_lent_to(item, member)):
        reasons.append(NOT_FOR_LOAN(item_type=item.item_type))
    return reasons


def _blocks_of_status(item: Item) -> list[Reason]:
    refusal = _BY_STATUS.get(Item.Statuses(item.status))
    return [refusal()] if refusal else []


def blocks_of_member(member: Member, at: Branch, now: datetime) -> list[Reason]:
    """What in the membership keeps the member from using the library today, in the branch's time."""
    today = now.astimezone(at.zone).date()
    reasons = []
    if today > member.expires_on:
        reasons.append(MEMBERSHIP_EXPIRED(expires_on=date_format(member.expires_on, "j F Y")))
    if today < member.joined_on:
        reasons.append(MEMBERSHIP_NOT_BEGUN(joined_on=date_format(member.joined_on, "j F Y")))
    if because := member.block_on(today):
        reasons.append(MEMBER_BLOCKED(reason=because))
    return reasons


def blocks_of_account(
    member: Member, at: Branch, now: datetime, loans: list[Loan], *, kind: str = LoanKinds.NORMAL
) -> list[Reason]:
    """What in the open ``loans`` of the member (each with its item and title), in what they owe and in how they brought things back,
    keeps the member from borrowing anything more in this way."""
    reasons = []
    total = total_decision(member, at, kind=kind, now=now)
    policy = total.policy if total else Policy()
    if (overdue := sum(loan.is_overdue(now) for loan in loans)) > policy.overdue_limit:
        reasons.append(HAS_OVERDUE_LOANS(count=overdue, rule=by_decision(total, "overdue_limit")))
    account = standing(member)
    if policy.owed_limit is not None and account.owed > policy.owed_limit:
        rule = by_decision(total, "owed_limit")
        reasons.append(OWES_TOO_MUCH(owed=rupiah(account.owed), limit=rupiah(policy.owed_limit), rule=rule))
    if account.suspended_until and now.astimezone(at.zone).date() <= account.suspended_until:
        reasons.append(MEMBER_SUSPENDED(until=date_format(account.suspended_until, "j F Y"), rule=by_suspension(member)))
    if total is not None and policy.loan_limit is not None:
        ruling = total.said["loan_limit"]
        if counted(ruling, loans, now) + lent_elsewhere(member, but="circulation") >= policy.loan_limit:
            reasons.append(LOAN_LIMIT_REACHED(limit=policy.loan_limit, rule=by_rule(ruling.title)))
    return reasons


def all_open_loans() -> QuerySet[Loan]:
    """What everybody has now, each with as much of it as limits ask for."""
    of_titles = ("item__volume", "item__call_number", "item__record__material", "item__record__title")
    return Loan.objects.open().select_related("item__record").only(*_OF_LOAN, *of_titles).order_by()


def day_of(moment: datetime, at: Branch) -> str:
    """The day of a moment as it is called at the branch."""
    return date_format(moment.astimezone(at.zone).date(), "j F Y")
