"""Why something may not be lent, renewed or held: every reason that stands, so that the desk sees them all at once."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.formats import date_format

from lumbung.catalogue.models import Item, Record
from lumbung.circulation.models import Hold, Loan, LoanRule
from lumbung.circulation.models.hold import QUEUE
from lumbung.circulation.models.volume import volume_of
from lumbung.circulation.queries.fees import standing
from lumbung.circulation.queries.holds import free_items
from lumbung.circulation.queries.rules import best_rule, due_at, loan_rule, total_rule
from lumbung.circulation.refusals import (
    ALREADY_HAS_IT,
    ALREADY_LENT,
    HAS_IT_ON_LOAN,
    HAS_OVERDUE_LOANS,
    HOLD_EXISTS,
    HOLD_LIMIT_REACHED,
    ITEM_DAMAGED,
    ITEM_IN_PROCESS,
    ITEM_IN_REPAIR,
    ITEM_LOST,
    ITEM_WITHDRAWN,
    LOAN_CLOSED,
    LOAN_LIMIT_REACHED,
    LOAN_OVERDUE,
    MEMBER_BLOCKED,
    MEMBERSHIP_EXPIRED,
    MEMBERSHIP_NOT_BEGUN,
    NO_RULE,
    NOT_FOR_LOAN,
    NOTHING_TO_HOLD,
    OWES_TOO_MUCH,
    RENEWAL_GAINS_NOTHING,
    RENEWAL_LIMIT_REACHED,
    SET_ASIDE_FOR_ANOTHER,
    TYPE_LIMIT_REACHED,
    WANTED_BY_OTHERS,
)
from lumbung.kernel import clock
from lumbung.kernel.refusals import Reason
from lumbung.kernel.ui.words import rupiah
from lumbung.members.models import Member
from lumbung.organization.models import Branch
from lumbung.organization.queries import branch_of

_BY_STATUS = {
    Item.Statuses.LOST: ITEM_LOST,
    Item.Statuses.WITHDRAWN: ITEM_WITHDRAWN,
    Item.Statuses.IN_REPAIR: ITEM_IN_REPAIR,
    Item.Statuses.IN_PROCESS: ITEM_IN_PROCESS,
    Item.Statuses.DAMAGED: ITEM_DAMAGED,
}


_OF_LOAN = ("item__item_type", "member", "due_at", "returned_at", "lent_from")


@dataclass(frozen=True)
class CheckOutCase:
    """What a check-out depends on, read at one moment: ``loans`` are the open ones of the member and of the item, ``holds`` the
    open ones of the title and those that left this copy on the pick-up shelf."""

    item: Item
    member: Member
    at: Branch
    now: datetime
    loans: list[Loan]
    holds: list[Hold]
    rule: LoanRule | None

    @classmethod
    def read(cls, item: Item, member: Member, at: Branch, *, lock: bool = False) -> "CheckOutCase":
        """``item`` with its type, ``member`` with the category; ``lock`` keeps the holds from changing until the transaction ends."""
        loans = Loan.objects.open().select_related("item").only(*_OF_LOAN).order_by()
        holds = Hold.objects.select_for_update(no_key=True) if lock else Hold.objects.all()
        return cls(
            item=item,
            member=member,
            at=at,
            now=clock.now(),
            loans=list(loans.filter(Q(member=member) | Q(item=item))),
            holds=list((holds.open().filter(record=item.record_id) | holds.left_on_shelf().filter(item=item)).order_by(*QUEUE)),
            rule=loan_rule(item, member, at),
        )

    @property
    def own_hold(self) -> Hold | None:
        """The hold this loan would fill."""
        mine = (hold for hold in self.holds if hold.is_open and hold.member_id == self.member.pk)
        return next((hold for hold in mine if hold.fits(self.item)), None)

    def blocks(self) -> list[Reason]:
        return [*self._of_item(), *blocks_of_member(self.member, self.at, self.now), *self._of_loans()]

    def _of_item(self) -> list[Reason]:
        reasons = blocks_of_item(self.item)
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
        own = self.own_hold
        ahead = 0
        for hold in self.holds:
            if hold is own:
                break
            ahead += hold.awaits(self.item)
        if ahead and free_items().filter(record=self.item.record_id)[: ahead + 1].count() <= ahead:
            return [WANTED_BY_OTHERS()]
        return []

    def _of_loans(self) -> list[Reason]:
        mine = [loan for loan in self.loans if loan.member_id == self.member.pk]
        reasons = blocks_of_account(self.member, self.at, self.now, mine)
        if self.rule is None:
            reasons.append(NO_RULE(item_type=self.item.item_type, category=self.member.category))
        elif self.rule.item_type_id is not None and _counted(mine, self.rule) >= self.rule.loan_limit:
            reasons.append(TYPE_LIMIT_REACHED(limit=self.rule.loan_limit, item_type=self.item.item_type))
        return reasons


def blocks_to_check_out(item: Item, member: Member, *, at: Branch | None = None) -> list[Reason]:
    """Every reason not to lend this item to this member at ``at`` (else where the item stands), waivable or not."""
    return CheckOutCase.read(item, member, at or branch_of(item.held_at_id)).blocks()


def blocks_to_renew(loan: Loan, *, now: datetime | None = None) -> list[Reason]:
    """Every reason not to renew this loan."""
    return blocks_to_renew_each([loan], now=now)[loan.pk]


def blocks_to_renew_each(loans: Collection[Loan], *, now: datetime | None = None) -> dict[int, list[Reason]]:
    """For each loan (by key) every reason not to renew it, in one statement however many there are.

    The loans come with their item and member, as ``open_loans`` gives them.
    """
    now = now or clock.now()
    waiting: dict[int, list[Hold]] = defaultdict(list)
    for hold in Hold.objects.waiting().filter(record__in={loan.item.record_id for loan in loans}):
        waiting[hold.record_id].append(hold)
    return {loan.pk: _blocks_to_renew(loan, waiting[loan.item.record_id], now) for loan in loans}


def _blocks_to_renew(loan: Loan, waiting: list[Hold], now: datetime) -> list[Reason]:
    if loan.returned_at is not None or loan.member is None:
        return [LOAN_CLOSED()]
    at = branch_of(loan.lent_from_id)
    reasons = _blocks_of_status(loan.item)
    reasons += blocks_of_member(loan.member, at, now)
    if any(hold.member_id != loan.member_id and hold.fits(loan.item) for hold in waiting):
        reasons.append(WANTED_BY_OTHERS())
    if loan.is_overdue(now):
        reasons.append(LOAN_OVERDUE(due=day_of(loan.due_at, at)))
    if loan.renewal_count >= loan.policy["renewal_limit"]:
        reasons.append(RENEWAL_LIMIT_REACHED(count=loan.renewal_count, limit=loan.policy["renewal_limit"]))
    if not reasons and renewed_until(loan, now) <= loan.due_at:
        reasons.append(RENEWAL_GAINS_NOTHING(due=day_of(loan.due_at, at)))
    return reasons


def renewed_until(loan: Loan, now: datetime) -> datetime:
    """When the loan would be due if it were renewed ``now``, under the policy it was made under."""
    return due_at(loan.policy["loan_days"], now=now, at=branch_of(loan.lent_from_id), expires_on=loan.borrower.expires_on)


def blocks_to_place_hold(record: Record, member: Member, pickup_branch: Branch, *, volume: str = "") -> list[Reason]:
    """Every reason not to put this member on the waiting list of this title, or of one volume of it.

    A title with copies on the shelf may be held too: staff then fetch one (``pull_list``).
    """
    now = clock.now()
    reasons = blocks_of_member(member, pickup_branch, now)
    mine = list(Hold.objects.open().filter(member=member).values_list("record", "volume"))
    if (record.pk, volume) in mine or (record.pk, "") in mine:
        reasons.append(HOLD_EXISTS())
    lent = Loan.objects.open().filter(member=member, item__record=record).values_list("item__call_number", flat=True)
    if any(volume in {"", volume_of(call_number)} for call_number in lent):
        reasons.append(HAS_IT_ON_LOAN())
    gone = [Item.Statuses.LOST, Item.Statuses.WITHDRAWN]
    types = set(
        Item.objects.filter(record=record, item_type__lendable=True)
        .exclude(status__in=gone)
        .order_by()
        .values_list("item_type", flat=True)
    )
    rules = [best_rule(category=member.category_id, item_type=each, branch=pickup_branch.pk) for each in types]
    limits = [rule.hold_limit for rule in rules if rule is not None]
    if not types or (rules and not limits):
        reasons.append(NOTHING_TO_HOLD())
    elif len(mine) >= max(limits):
        reasons.append(HOLD_LIMIT_REACHED(limit=max(limits)))
    return reasons


def blocks_of_item(item: Item) -> list[Reason]:
    """What in the item itself keeps it from being lent."""
    reasons = _blocks_of_status(item)
    if not item.item_type.lendable:
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
    if member.blocked_because:
        reasons.append(MEMBER_BLOCKED(reason=member.blocked_because))
    return reasons


def blocks_of_account(member: Member, at: Branch, now: datetime, loans: list[Loan]) -> list[Reason]:
    """What in the open ``loans`` of the member (each with its item) keeps the member from borrowing anything more."""
    reasons = []
    if overdue := sum(loan.is_overdue(now) for loan in loans):
        reasons.append(HAS_OVERDUE_LOANS(count=overdue))
    total = total_rule(member, at)
    if total is not None and total.owed_limit is not None and (owed := standing(member).owed) > total.owed_limit:
        reasons.append(OWES_TOO_MUCH(owed=rupiah(owed), limit=rupiah(total.owed_limit)))
    if total is not None and _counted(loans, total) >= total.loan_limit:
        reasons.append(LOAN_LIMIT_REACHED(limit=total.loan_limit))
    return reasons


def day_of(moment: datetime, at: Branch) -> str:
    """The day of a moment as it is called at the branch."""
    return date_format(moment.astimezone(at.zone).date(), "j F Y")


def _counted(loans: list[Loan], rule: LoanRule) -> int:
    """How many of these loans the rule's limit counts."""
    return sum(
        (rule.item_type_id is None or loan.item.item_type_id == rule.item_type_id)
        and (rule.branch_id is None or loan.lent_from_id == rule.branch_id)
        for loan in loans
    )
