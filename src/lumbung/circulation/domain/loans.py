"""Lending, taking back, renewing. Locks are taken in one order everywhere: item, then loan, then member, then holds.

They are ``no_key`` locks: an ordinary row lock would also hold up every row that is about to refer to the locked one, and two desks
would wait for each other.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from lumbung.catalogue.domain.items import set_status
from lumbung.catalogue.domain.whereabouts import goes_back, stands_at
from lumbung.catalogue.models import Item
from lumbung.circulation.domain import bookings
from lumbung.circulation.domain import holds as holding
from lumbung.circulation.domain.fees import take_back
from lumbung.circulation.domain.fines import charge_for, charge_overdue, forgive_overdue, settle_return
from lumbung.circulation.domain.handovers import let_rest
from lumbung.circulation.events import (
    CheckedIn,
    CheckedOut,
    CheckOutUndone,
    ItemSeen,
    Renewed,
    ReturnBackDated,
    UsedInHouse,
)
from lumbung.circulation.models import Fee, Hold, Loan, LoanKinds, Recall, Renewal
from lumbung.circulation.models.loan import LoanQuerySet
from lumbung.circulation.queries.blocks import CheckOutCase, blocks_to_renew, day_of, is_seen
from lumbung.circulation.queries.bookings import back_before
from lumbung.circulation.queries.coming_back import returns_to
from lumbung.circulation.queries.deciding_rules import by_end_of_renewal
from lumbung.circulation.queries.due_dates import renewed_until
from lumbung.circulation.queries.rules import case_of, rules_now
from lumbung.circulation.refusals import (
    ALREADY_LENT,
    BOOKED_FOR_ANOTHER,
    LENT_THIS_MOMENT,
    LOAN_CLOSED,
    LOAN_NOT_FRESH,
    RENEWAL_GAINS_NOTHING,
    RETURN_BEFORE_LOAN,
    RETURN_REASON_MISSING,
    RETURN_TO_COME,
    WAIVE_REASON_MISSING,
)
from lumbung.kernel import channel, clock, events
from lumbung.kernel.constraints import refuse_when_broken
from lumbung.kernel.drawn import Drawn, Told, insert
from lumbung.kernel.refusals import Reason, Refused
from lumbung.members.models import Member
from lumbung.members.refusals import MEMBER_GONE
from lumbung.organization.models import Branch
from lumbung.organization.queries import branch_of

FRESH = timedelta(minutes=10)
"""How long the desk may undo its own slip."""
NAMED_LATER = (
    "renewal_limit", "renew_from_days", "renew_overdue", "renewal_days", "renewal_total_days", "due_by", "suspension_days", "lost_copies",
    "renewal_gap_days", "unseen_limit",
)  # fmt: skip
"""Terms a later refusal names the rule of, where another rule said them than the one that said how long."""


_items = Drawn(
    lambda: (
        Item.objects.select_for_update(of=("self",), no_key=True)
        .select_related("item_type", "record")
        .defer("record__marc", "record__findable")
        .filter(pk=Told("item"))
        .order_by()
    )
)
_borrowers = Drawn(
    lambda: (
        Member.objects.select_for_update(of=("self",), no_key=True)
        .select_related("category", "fee_account")
        .filter(pk=Told("member"))
        .order_by()
    )
)
_open_loans = Drawn(lambda: _to_lock().open().select_related("lent_from", "member").filter(item=Told("item")).order_by())
_loans = Drawn(lambda: _to_lock().select_related("item", "member", "recall").filter(pk=Told("loan")).order_by())


def _to_lock() -> LoanQuerySet:
    return Loan.objects.select_for_update(of=("self",), no_key=True)


@refuse_when_broken(one_open_loan_per_item=LENT_THIS_MOMENT)
@transaction.atomic
def check_out(
    item: Item,
    *,
    to: Member,
    at: Branch,
    by: events.Actor | None,
    waive: Collection[str] = frozenset(),
    waive_reason: str = "",
    kind: str = LoanKinds.NORMAL,
) -> Loan:
    """Lend the item. Refuses with every standing block, so that the desk sees them all at once.

    ``kind`` is how it is lent: taken home, read on site (also what is not for loan), for hours, or sent (``LoanKinds``).
    ``waive`` names the codes of the blocks staff chose to set aside (only waivable ones can be); the event keeps them, the
    loan why. The edge sees to it that ``by`` may waive. A hold the member has on the title is filled; where that was to be handed over at
    a place of the round, the loan is due on a visit to it. A booking of the member is filled and says when it is due; what somebody else
    has booked is due before that.
    """
    item = _locked_item(item)
    if (member := _borrowers.one(member=to.pk)) is None:
        raise Refused(MEMBER_GONE())
    case = CheckOutCase.read(item, member, at, kind=kind, lock=True)
    waived = _refuse_unless_waived(case.blocks(), waive, waive_reason)
    assert case.decision is not None, "to have no rule is a block that cannot be waived"  # noqa: S101 -- for reader and type checker
    policy, place = case.decision.policy, case.own_hold.place_id if case.own_hold else None
    booked = case.booked_next if BOOKED_FOR_ANOTHER.code not in waived else None
    due = case.due_at(policy, before=back_before(booked) if booked is not None else None)

    loan = insert(
        Loan(
            item=item,
            member=member,
            lent_at=case.now.replace(microsecond=0),
            lent_from=at,
            lent_by_id=by.pk if by is not None else None,
            due_at=due,
            place_id=place,
            channel=channel.current(),
            kind=kind,
            policy=_frozen(case) | bookings.terms_kept(case, policy, due, booked),
            waive_reason=waive_reason.strip() if waived else "",
        )
    )
    event = CheckedOut(
        loan=loan.pk,
        item=item.pk,
        record=item.record_id,
        member=member.pk,
        branch=at.pk,
        due_at=loan.due_at,
        waived=waived,
    )
    events.record(event, by=by)
    holding.settle(case.holds, loan, own=case.own_hold, by=by)
    if (own := case.own_booking) is not None:
        bookings.fill(own, loan, by=by)
    charge_for(loan, Fee.Kinds.LENDING, policy.price_of_lending, by=by)
    return loan


@dataclass(frozen=True)
class CheckInResult:
    """What the desk does next. ``loan`` is the loan that ended, None when the item was not on loan.

    ``hold`` is the hold the item is now set aside for: put it on the pick-up shelf, or, with ``send_to``, send it to that branch.
    ``send_to`` without ``hold`` is where it stands when nobody has it. ``was_lost``: it was recorded as lost and counts as found.
    """

    item: Item
    loan: Loan | None
    hold: Hold | None
    send_to: Branch | None
    overdue_days: int
    was_lost: bool


@transaction.atomic
def check_in(
    item: Item, *, at: Branch, by: events.Actor | None, on: date | None = None, reason: str = "", is_late_news: bool = False
) -> CheckInResult:
    """Take the item back at a branch, whoever brings it. An item that is not on loan is received too, and the result says so.

    The oldest waiting hold of the title gets the item; a lost item is found again. With ``on``, an earlier day at the branch, the loan
    ended then (from a book drop emptied later): what it costs is counted to that day, at its kindest hour. Refuses a day to come, one
    before the loan began, and any without ``reason``; the edge sees to it that ``by`` may do so. ``is_late_news``: the clock was set to
    the moment at which it came back, as for a desk without a line.
    """
    item = _locked_item(item)
    now = clock.now()
    loan = _open_loans.one(item=item.pk)
    overdue_days = 0
    if loan is not None:
        ended = _moment(loan, at, on, reason)
        overdue_days = _close(loan, item=item, at=at, by=by, ended=ended, is_late_news=is_late_news or on is not None)
        if on is not None and on < clock.today(at.zone):
            _keep_back_dating(loan, item, reason, by=by)
    was_lost = item.status == Item.Statuses.LOST
    if was_lost:
        item.status = set_status(item, Item.Statuses.AVAILABLE, because=Item.Causes.FOUND, by=by).status
    stands_at(item, at)
    goes_back(item, returns_to(item, at, loan))
    let_rest(item, at)
    if loan is not None and "booked_until" in loan.policy:
        bookings.let_go(loan)
    if loan is None:
        events.record(ItemSeen(item=item.pk, record=item.record_id, branch=at.pk), by=by)
    hold = holding.receive(item, at=at, now=now, by=by)
    goes_to = hold.pickup_branch_id if hold is not None else item.returns_to_id or item.branch_id
    return CheckInResult(
        item=item,
        loan=loan,
        hold=hold,
        send_to=branch_of(goes_to) if goes_to != at.pk else None,
        overdue_days=overdue_days,
        was_lost=was_lost,
    )


@transaction.atomic
def renew(
    loan: Loan,
    *,
    by: events.Actor | None,
    waive: Collection[str] = frozenset(),
    waive_reason: str = "",
    of_itself: bool = False,
) -> Loan:
    """Record the loan again with a new due date, counted from today under the policy frozen on it; the old date is kept.

    A renewal ends what was asked back before: nobody waits for it now. Refuses with every standing block; see ``check_out`` for ``waive``.
    ``of_itself``: nobody asked, its terms say so.
    """
    Item.objects.select_for_update(no_key=True).only("pk").get(pk=loan.item_id)
    if (found := _loans.one(loan=loan.pk)) is None:
        raise Loan.DoesNotExist
    loan, now = found, clock.now()
    waived = _refuse_unless_waived(blocks_to_renew(loan, now=now), waive, waive_reason)
    if loan.due_at < now:  # what the old due date cost is settled before there is a new one
        forgive_overdue(loan, by=by) if loan.terms.renewal_forgives else charge_overdue(loan, now=now, by=by)
    was_due_at, due = loan.due_at, renewed_until(loan, now, before=bookings.back_by(loan, waived))
    if due <= was_due_at:
        raise Refused(RENEWAL_GAINS_NOTHING(due=day_of(was_due_at, branch_of(loan.lent_from_id)), rule=by_end_of_renewal(loan)))
    loan.due_at, loan.renewal_count, loan.last_renewed_at = due, loan.renewal_count + 1, now
    loan.unseen_renewals = 0 if is_seen() else loan.unseen_renewals + 1
    loan.save(update_fields=["due_at", "renewal_count", "last_renewed_at", "unseen_renewals"])
    if hasattr(loan, "recall"):
        Recall.objects.filter(loan=loan).delete()
    insert(
        Renewal(
            loan=loan,
            renewed_at=now,
            renewed_by_id=by.pk if by is not None else None,
            was_due_at=was_due_at,
            due_at=due,
            waive_reason=waive_reason.strip() if waived else "",
        )
    )
    ids = {"loan": loan.pk, "item": loan.item_id, "record": loan.item.record_id, "member": loan.borrower.pk}
    events.record(Renewed(**ids, was_due_at=was_due_at, due_at=due, waived=waived, of_itself=of_itself), by=by)
    charge_for(loan, Fee.Kinds.RENEWAL, loan.terms.renewal_fee, by=by)
    return loan


def renew_of_itself() -> int:
    """Renew what is due today, or sooner as its terms say, unless it costs something or something stands against it, each loan in a
    transaction of its own; how many. For the nightly job."""
    now, renewed = clock.now(), 0
    early = Q(policy__has_key="auto_renew_from_days") | Q(due_at__lt=now + timedelta(days=1))
    due = Loan.objects.running().filter(early, policy__auto_renew=True, due_at__gte=now)
    for loan in list(due.select_related("lent_from").order_by("pk")):
        if not _renews_today(loan):
            continue
        try:
            renew(loan, by=None, of_itself=True)
        except Refused:  # the member has been told that it is due, and why it cannot be renewed stands with it
            continue
        renewed += 1
    return renewed


def _renews_today(loan: Loan) -> bool:
    """Whether the terms of the loan let it be renewed of itself by today, and for nothing."""
    terms, zone = loan.terms, loan.lent_from.zone
    today = clock.today(zone)
    if terms.renewal_fee or (terms.auto_renew_until is not None and today > terms.auto_renew_until):
        return False
    lent, due = (moment.astimezone(zone).date() for moment in (loan.lent_at, loan.due_at))
    if terms.auto_renew_for_days is not None and (today - lent).days > terms.auto_renew_for_days:
        return False
    since = loan.last_renewed_at.astimezone(zone).date() if loan.last_renewed_at else lent
    early = min(terms.auto_renew_from_days, (due - since).days // 2)  # else a short loan were renewed every night
    return (due - today).days <= early


@transaction.atomic
def undo_check_out(loan: Loan, *, by: events.Actor) -> None:
    """Take back a check-out that was a slip: the loan is gone, and the hold it filled stands again.

    Refuses unless ``by`` made it less than ten minutes ago and nothing has happened to it since.
    """
    item = _locked_item(loan.item)
    fresh = Loan.objects.select_for_update(of=("self",), no_key=True).select_related("member").filter(pk=loan.pk).first()
    if fresh is None or fresh.returned_at is not None:
        raise Refused(LOAN_CLOSED())
    if fresh.lent_by_id != by.pk or fresh.renewal_count or clock.now() - fresh.lent_at > FRESH:
        raise Refused(LOAN_NOT_FRESH(minutes=FRESH.seconds // 60))
    event = CheckOutUndone(
        loan=fresh.pk, item=item.pk, record=item.record_id, member=fresh.borrower.pk, branch=fresh.lent_from_id
    )
    holding.reopen(fresh)
    bookings.reopen(fresh)
    for fee in Fee.objects.filter(loan=fresh):
        take_back(fee, reason=_("Peminjamannya dibatalkan."), by=by)
    fresh.delete()
    events.record(event, by=by)


@transaction.atomic
def count_in_house_use(item: Item, *, at: Branch, by: events.Actor | None) -> None:
    """Count that somebody read the item in the library: scanned from a table or a trolley. Refuses an item that is on loan."""
    item = _locked_item(item)
    if loan := Loan.objects.open().filter(item=item).select_related("lent_from").first():
        raise Refused(ALREADY_LENT(due=day_of(loan.due_at, loan.lent_from)))
    stands_at(item, at)
    events.record(UsedInHouse(item=item.pk, record=item.record_id, branch=at.pk), by=by)


def _locked_item(item: Item) -> Item:
    if (locked := _items.one(item=item.pk)) is None:
        raise Item.DoesNotExist
    return locked


def _refuse_unless_waived(blocks: list[Reason], waive: Collection[str], because: str) -> list[str]:
    """The codes that were waived; refuses with the blocks that stand, and to waive any without saying why."""
    if standing := [block for block in blocks if not (block.waivable and block.code in waive)]:
        raise Refused(standing)
    if blocks and not because.strip():
        raise Refused(WAIVE_REASON_MISSING())
    return sorted(block.code for block in blocks)


def _frozen(case: CheckOutCase) -> dict[str, Any]:
    """What the loan keeps of the terms it is made under, and of how they came about."""
    found = case.decision
    assert found is not None, "a case without a decision is refused before"  # noqa: S101 -- for reader and type checker
    policy, said = found.policy, {name: found.said[name].pk for name in NAMED_LATER if name in found.said}
    if policy.renewal_days is None and rules_now().know_renewals:
        renewing = rules_now().decide(case_of(case.item, case.member, case.at, now=case.now, kind=case.kind, is_renewal=True))
        if renewing is not None and renewing.policy.loan_days not in {None, policy.loan_days}:
            policy = replace(policy, renewal_days=renewing.policy.loan_days)
            said["renewal_days"] = renewing.said["loan_days"].pk
    kept = {**policy.frozen(), "rule": found.rule.pk if found.rule else None, "category": case.member.category_id}
    as_kept = {name: kept["rule"] if name in kept else None for name in NAMED_LATER}  # what ``Loan.rule_for`` takes for granted
    others = {name: said.get(name) for name in NAMED_LATER if said.get(name) != as_kept[name]}
    return kept | {"rules": others} if others else kept


def _moment(loan: Loan, at: Branch, on: date | None, reason: str) -> datetime:
    """When the loan ends: now, or at the end of the day ``on``, which is before the loan was late if it was due that day. Where the
    branch that lent has another clock, the day has not ended on either: lateness is counted by the day of the one that lent."""
    now, zone = clock.now(), at.zone
    if on is None or on == clock.today(zone):
        return now
    reasons: list[Reason] = []
    if on > clock.today(zone):
        reasons.append(RETURN_TO_COME())
    if on < loan.lent_at.astimezone(zone).date():
        reasons.append(RETURN_BEFORE_LOAN(lent=day_of(loan.lent_at, at)))
    if not reason.strip():
        reasons.append(RETURN_REASON_MISSING())
    if reasons:
        raise Refused(reasons)
    ended = min(datetime.combine(on, time(23, 59, 59), each) for each in (zone, loan.lent_from.zone))
    return min(ended, loan.due_at) if loan.due_at.astimezone(zone).date() == on else ended


def _keep_back_dating(loan: Loan, item: Item, reason: str, *, by: events.Actor | None) -> None:
    assert loan.returned_at is not None, "it was ended before"  # noqa: S101 -- for the type checker
    loan.backdate_reason = reason.strip()[:200]
    loan.save(update_fields=["backdate_reason"])
    event = ReturnBackDated(loan=loan.pk, item=item.pk, record=item.record_id, returned_at=loan.returned_at)
    events.record(event, by=by)


def _close(loan: Loan, *, item: Item, at: Branch, by: events.Actor | None, ended: datetime, is_late_news: bool) -> int:
    """End the loan at that moment; the number of days it was late, in the time of the branch it was lent from."""
    zone, until = loan.lent_from.zone, min(ended, loan.stopped_at or ended)
    days = max(0, (until.astimezone(zone).date() - loan.due_at.astimezone(zone).date()).days)
    if loan.due_at < ended or is_late_news or loan.reported_lost_at is not None:
        loan.item = item
        settle_return(loan, now=ended, by=by, is_late_news=is_late_news)
    loan.returned_at, loan.returned_to = max(ended, loan.lent_at), at
    loan.save(update_fields=["returned_at", "returned_to"])
    event = CheckedIn(
        loan=loan.pk, item=item.pk, record=item.record_id, member=loan.borrower.pk, branch=at.pk, overdue_days=days
    )
    events.record(event, by=by)
    return days
