"""Fees that follow from loans: overdue fines, which grow until the item is back, suspensions, and what a lost item costs.

Each has an occasion of its own (``overdue:loan:7:2026-11-20``), so that the nightly job and the desk may ask as often as they like.
"""

from collections.abc import Sequence
from copy import copy
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, Sum
from django.utils.translation import gettext as _

from lumbung.catalogue.domain.items import add_item, set_status
from lumbung.catalogue.models import Item
from lumbung.circulation.domain import ledger
from lumbung.circulation.domain.fees import raise_to, take_back, waive
from lumbung.circulation.events import (
    LoanReportedLost,
    LossReplaced,
    LossSettled,
    LossWithdrawn,
    MemberSuspended,
    SuspensionLifted,
)
from lumbung.circulation.models import Fee, FeeEntry, GivesBack, Loan, LossReturns
from lumbung.circulation.queries.deciding_rules import by_loan
from lumbung.circulation.queries.fines import cost_of_loss, fine_of, is_amnesty, is_settled_loss, suspension_of
from lumbung.circulation.refusals import COPIES_ASKED, LOAN_CLOSED, NOT_BY_COPIES, NOT_REPORTED_LOST, REPORTED_LOST
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Refused
from lumbung.members.models import Member
from lumbung.organization.models import Branch
from lumbung.organization.queries import branch_of

Kinds = Fee.Kinds


def accrue_fines() -> int:
    """Bring the fines of everything overdue up to date, each loan in a transaction of its own; how many there are. For the nightly job."""
    recalled = Q(policy__has_key="recall_fine", recall__isnull=False)
    fined = Q(policy__has_key="fine") | Q(policy__has_key="fine_steps") | recalled
    overdue = Loan.objects.overdue(clock.now()).filter(fined).order_by("pk")
    return sum(_accrue(key) for key in list(overdue.values_list("pk", flat=True)))


@transaction.atomic
def _accrue(key: int) -> bool:
    loan = _locked(key)
    if loan is None or is_amnesty(loan, clock.now()):
        return False
    return charge_overdue(loan, now=clock.now(), by=None) is not None


def charge_for(loan: Loan, kind: Fee.Kinds, amount: int, *, by: events.Actor | None) -> None:
    """Charge what lending or renewing costs by the terms of the loan, once for each time; nothing where it costs nothing."""
    if amount:
        facts = {"loan": loan, "item": loan.item, "branch": branch_of(loan.lent_from_id)}
        raise_to(loan.borrower, kind, amount, once=f"{kind}:loan:{loan.pk}:{loan.renewal_count}", by=by, **facts)


def charge_overdue(loan: Loan, *, now: datetime, by: events.Actor | None) -> Fee | None:
    """See to it that the loan has been charged what it costs by ``now``; None when it costs nothing. The loan is locked."""
    at = branch_of(loan.lent_from_id)
    facts = {"loan": loan, "item": loan.item, "branch": at}
    return raise_to(loan.borrower, Kinds.OVERDUE, fine_of(loan, now), once=_occasion(loan), by=by, **facts)


@transaction.atomic
def charge_reminder(loan: Loan, number: int, *, by: events.Actor | None) -> Fee | None:
    """The how-manieth reminder past this due date goes out: charge what it costs by the terms of the loan, once. None where it costs
    nothing, where the item is back or its clock stands, and in a time of amnesty."""
    found = _locked(loan.pk)
    if found is None or not found.is_overdue(clock.now()) or is_amnesty(found, clock.now()):
        return None
    facts = {
        "loan": found,
        "item": found.item,
        "branch": branch_of(found.lent_from_id),
        "note": _("Pengingat ke-%(n)s") % {"n": number},
    }
    once = f"reminder:{number}:{_occasion(found)}"
    return raise_to(found.borrower, Kinds.REMINDER, found.terms.price_of_reminder(number), once=once, by=by, **facts)


def forgive_overdue(loan: Loan, *, by: events.Actor | None) -> None:
    """Let the member off what being late cost so far, for it is renewed and its terms forgive that. Belongs to ``renew``."""
    _let_off(loan, _("Denda dihapus karena diperpanjang."), by=by)


def _let_off(loan: Loan, reason: str, *, by: events.Actor | None) -> None:
    for overdue in Fee.objects.open().filter(loan=loan, kind=Kinds.OVERDUE):
        waive(overdue, reason=reason, by=by)


def _occasion(loan: Loan) -> str:
    """What lateness is charged for: this loan, past this due date."""
    return f"overdue:loan:{loan.pk}:{loan.due_at.astimezone(branch_of(loan.lent_from_id).zone).date()}"


def settle_return(loan: Loan, *, now: datetime, by: events.Actor | None, is_late_news: bool = False) -> Fee | None:
    """The item of the loan is back: charge what it costs, suspend for being late, and take back what was charged for its loss.

    In a time of amnesty what it still costs is waived. ``is_late_news``: it came back at ``now``, and is recorded later; what the
    nights since charged too much is taken back. Belongs to ``check_in``, which holds the loan.
    """
    ran_on = loan.terms.lost_return == LossReturns.FINE and _comes_back(loan, now)
    _give_back_loss(loan, now, _("Eksemplarnya ditemukan."), by=by)
    if ran_on:
        loan = _never_lost(loan)
    if now <= loan.due_at and not is_late_news:
        return None
    if is_amnesty(loan, now):
        _let_off(loan, _("Masa bebas denda."), by=by)
        return None
    fee = charge_overdue(loan, now=now, by=by)
    if is_late_news and fee is not None and (surplus := fee.amount - fine_of(loan, now)) > 0:
        _take_off(fee, surplus, by=by)
    if days := suspension_of(loan, now):
        _suspend(loan, days, now=now, by=by)
    return fee


def _never_lost(loan: Loan) -> Loan:
    """The loan as if its clock had never stood because it was lost."""
    running = copy(loan)
    running.reported_lost_at = None
    return running


def _take_off(fee: Fee, surplus: int, *, by: events.Actor | None) -> None:
    """A return recorded as of an earlier day costs what it cost then: what the nights since charged too much is taken back, less
    what was taken off already."""
    gone = fee.entries.filter(kind__in=[FeeEntry.Kinds.CORRECTION, FeeEntry.Kinds.REVERSAL]).aggregate(sum=Sum("amount"))["sum"]
    if (surplus := surplus + (gone or 0)) > 0:
        take_back(fee, amount=surplus, reason=_("Kembali lebih awal daripada yang tercatat."), by=by)


@transaction.atomic
def report_lost(loan: Loan, *, by: events.Actor | None, of_itself: bool = False) -> list[Fee]:
    """The member says that the item is lost: the clock stops, the copy counts as lost, and its replacement is charged by the loan's terms.

    ``of_itself``: nobody said so, its terms count it as lost by now. Returns the fees charged. Refuses a loan that ended or was
    reported already.
    """
    item = Item.objects.select_for_update(no_key=True).get(pk=loan.item_id)
    found = _locked(loan.pk)
    if found is None:
        raise Refused(LOAN_CLOSED())
    if found.reported_lost_at is not None:
        raise Refused(REPORTED_LOST())
    now = clock.now()
    charge_overdue(found, now=now, by=by)
    found.reported_lost_at = now
    found.save(update_fields=["reported_lost_at"])
    costs = zip((Kinds.LOST, Kinds.PROCESSING), cost_of_loss(found), strict=True)
    charged = [_charge_loss(found, item, kind, amount, by=by) for kind, amount in costs]
    set_status(item, Item.Statuses.LOST, because=Item.Causes.LOSS, by=by)
    ids = {"loan": found.pk, "item": item.pk, "record": item.record_id, "member": found.borrower.pk}
    events.record(LoanReportedLost(**ids, of_itself=of_itself), by=by)
    return [fee for fee in charged if fee is not None]


def _charge_loss(loan: Loan, item: Item, kind: Fee.Kinds, amount: int, *, by: events.Actor | None) -> Fee | None:
    """Charge the loss; reported once more it is charged once more, less what still stands of what it cost before."""
    charged = Fee.objects.filter(loan=loan, kind=kind)
    returned = FeeEntry.objects.filter(fee__in=charged, kind=FeeEntry.Kinds.REVERSAL).aggregate(sum=Sum("amount"))["sum"] or 0
    amounts = list(charged.values_list("amount", flat=True))
    if amounts and not returned:
        return None
    amount -= sum(amounts) + returned
    once = f"{kind}:loan:{loan.pk}" + (f":{len(amounts)}" if amounts else "")
    return raise_to(loan.borrower, kind, amount, once=once, by=by, loan=loan, item=item, branch=branch_of(loan.lent_from_id))


def declare_lost() -> int:
    """Count as lost what is overdue for as long as its terms say, each loan in a transaction of its own; how many. What staff said is
    found after it was due is left to them. For the nightly job."""
    now, declared = clock.now(), 0
    overdue = Loan.objects.overdue(now).filter(policy__has_key="lost_after_days").exclude(loss_withdrawn_at__gte=F("due_at"))
    for loan in list(overdue.select_related("lent_from").order_by("pk")):
        zone = loan.lent_from.zone
        if (now.astimezone(zone).date() - loan.due_at.astimezone(zone).date()).days < loan.policy["lost_after_days"]:
            continue
        try:
            report_lost(loan, by=None, of_itself=True)
        except Refused:  # it came back this very moment
            continue
        declared += 1
    return declared


@transaction.atomic
def withdraw_loss(loan: Loan, *, by: events.Actor | None) -> int:
    """The member found it and goes on reading: the loan counts again. What was charged for the loss is taken back while the time in
    which it is given back (``refund_days``) runs; after it the charge stands.

    Returns the credit given. Refuses a loan that ended, and one not reported lost.
    """
    item = Item.objects.select_for_update(no_key=True).get(pk=loan.item_id)
    found = _locked(loan.pk)
    if found is None:
        raise Refused(LOAN_CLOSED())
    if found.reported_lost_at is None:
        raise Refused(NOT_REPORTED_LOST())
    credit = _give_back_loss(found, clock.now(), _("Laporan hilang dicabut."), by=by)
    found.reported_lost_at, found.loss_withdrawn_at = None, clock.now()
    found.save(update_fields=["reported_lost_at", "loss_withdrawn_at"])
    set_status(item, Item.Statuses.AVAILABLE, because=Item.Causes.FOUND, by=by)
    event = LossWithdrawn(loan=found.pk, item=item.pk, record=item.record_id, member=found.borrower.pk, credit=credit)
    events.record(event, by=by)
    return credit


@transaction.atomic
def replace_lost(loan: Loan, barcodes: Sequence[str], *, at: Branch, by: events.Actor | None) -> list[Item]:
    """The member brings as many copies of the title as the terms ask for in place of the lost one: they join the collection, still to be
    processed, and the loan ends. The price is asked for no more, what was paid of it becomes credit; what processing costs stands.

    Returns the copies. Refuses a loan that ended, one not reported lost, terms that ask for money alone, and another number of copies.
    """
    found = _locked(loan.pk)
    if found is None:
        raise Refused(LOAN_CLOSED())
    asked, reasons = found.terms.lost_copies, [] if found.reported_lost_at is not None else [NOT_REPORTED_LOST()]
    if asked != len(barcodes) or not asked:
        rule = by_loan(found, "lost_copies")
        reasons.append(COPIES_ASKED(count=asked, rule=rule) if asked else NOT_BY_COPIES(rule=rule))
    if reasons:
        raise Refused(reasons)
    copies = [_copy_of(found.item, barcode, by=by) for barcode in barcodes]
    charged = Fee.objects.filter(loan=found, kind=Kinds.LOST)
    credit = sum(take_back(lost, reason=_("Diganti eksemplar yang sama."), by=by) for lost in charged)
    found.returned_at, found.returned_to, found.was_replaced = clock.now(), at, True
    found.save(update_fields=["returned_at", "returned_to", "was_replaced"])
    told = {"loan": found.pk, "item": found.item_id, "record": found.item.record_id, "member": found.borrower.pk}
    events.record(LossReplaced(**told, copies=[copy.pk for copy in copies], credit=credit), by=by)
    return copies


def end_settled_losses() -> int:
    """End the loans of what was lost and is paid or waived, once nothing of it would be given back any more, each in a transaction of its
    own; how many. For the nightly job."""
    lost = Loan.objects.open().filter(is_settled_loss()).order_by("pk")
    return sum(_end_settled(key) for key in list(lost.values_list("pk", flat=True)))


@transaction.atomic
def _end_settled(key: int) -> bool:
    loan, now = _locked(key), clock.now()
    if loan is None or loan.reported_lost_at is None or now <= loan.reported_lost_at + timedelta(days=loan.terms.refund_days):
        return False
    ledger.locked(loan.borrower.pk)  # a payment is not cancelled meanwhile
    if not Loan.objects.filter(is_settled_loss(), pk=key).exists():
        return False
    loan.returned_at, loan.returned_to_id, loan.was_replaced = now, loan.lent_from_id, True
    loan.save(update_fields=["returned_at", "returned_to", "was_replaced"])
    told = {"loan": loan.pk, "item": loan.item_id, "record": loan.item.record_id, "member": loan.borrower.pk}
    events.record(LossSettled(**told), by=None)
    return True


def _copy_of(lost: Item, barcode: str, *, by: events.Actor | None) -> Item:
    """A copy in place of the lost one, as it was."""
    same = {name: getattr(lost, name) for name in ("branch", "location", "item_type", "call_number", "volume", "price")}
    copy = add_item(lost.record, barcode=barcode, note=_("Pengganti %(barcode)s") % {"barcode": lost.barcode}, by=by, **same)
    return set_status(copy, Item.Statuses.IN_PROCESS, by=by)


def _comes_back(loan: Loan, now: datetime) -> bool:
    """Whether it is lost, and the time still runs in which what that cost is given back."""
    return loan.reported_lost_at is not None and now <= loan.reported_lost_at + timedelta(days=loan.terms.refund_days)


def _give_back_loss(loan: Loan, now: datetime, reason: str, *, by: events.Actor | None) -> int:
    """Take back what its loss cost, as far as its terms do, unless the time for that is over; the credit given."""
    if not _comes_back(loan, now):
        return 0
    ways = {Kinds.LOST: loan.terms.lost_return, Kinds.PROCESSING: loan.terms.processing_return}
    credit = 0
    for fee in Fee.objects.filter(loan=loan, kind__in=ways):
        way = ways[Kinds(fee.kind)]
        if way != GivesBack.NOTHING and not (way == GivesBack.UNPAID and not fee.left):
            credit += take_back(fee, reason=reason, by=by, amount=fee.left if way == GivesBack.UNPAID else None)
    return credit


@transaction.atomic
def lift_suspension(member: Member, *, by: events.Actor | None) -> None:
    """Let the member borrow again before the suspension is over; nothing happens where there is none."""
    account = ledger.locked(member.pk)
    if account.suspended_until is not None:
        account.suspended_until = None
        account.save(update_fields=["suspended_until"])
        events.record(SuspensionLifted(member=member.pk), by=by)


def _suspend(loan: Loan, days: int, *, now: datetime, by: events.Actor | None) -> None:
    """From today, or from the end of a suspension that still runs."""
    account = ledger.locked(loan.borrower.pk)
    today = now.astimezone(branch_of(loan.lent_from_id).zone).date()
    account.suspended_until = max(today, account.suspended_until or today) + timedelta(days=days)
    account.save(update_fields=["suspended_until"])
    events.record(MemberSuspended(member=loan.borrower.pk, until=account.suspended_until), by=by)


def _locked(key: int) -> Loan | None:
    """The loan, open and locked, with its member and item."""
    loans = Loan.objects.select_for_update(of=("self",), no_key=True).open()
    return loans.select_related("member", "item").filter(pk=key).first()
