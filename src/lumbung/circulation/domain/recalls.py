"""Asking a borrower to bring an item back sooner, and what the library does when many wait."""

from typing import Any

from django.db import transaction

from lumbung.catalogue.models import Item
from lumbung.catalogue.models.titles_of_copies import titles_in
from lumbung.circulation.events import LoanRecalled, UrgencyChanged
from lumbung.circulation.models import Hold, Loan, Recall, Urgency
from lumbung.circulation.queries.blocks import day_of
from lumbung.circulation.queries.hold_scopes import in_turn
from lumbung.circulation.queries.recalls import recall_offer, recalled_until
from lumbung.circulation.queries.urgency import urgency
from lumbung.circulation.refusals import (
    ALREADY_RECALLED,
    LOAN_CLOSED,
    NOBODY_WAITS,
    RECALL_GAINS_NOTHING,
    RECALL_LEAVES_NO_DAY,
)
from lumbung.kernel import clock, events
from lumbung.kernel.changes import set_changed
from lumbung.kernel.refusals import Reason, Refused
from lumbung.members.models import Member


@transaction.atomic
def recall_loan(loan: Loan, *, by: events.Actor | None) -> Recall:
    """Bring the due date forward because somebody waits for this copy; the old one is kept. The borrower keeps what the terms of the loan
    promise, else what ``Urgency`` says.

    Refuses a loan that ended or was recalled before, a copy that nobody waits for, and when nothing would be gained.
    """
    loan = _locked(loan.pk)
    if reasons := _blocks_of_loan(loan):
        raise Refused(reasons)
    waiting = list(Hold.objects.waiting().filter(record__in=titles_in(loan.item)).exclude(member=loan.member_id))
    turn = in_turn(waiting, loan.item)
    if not turn:
        raise Refused(NOBODY_WAITS())
    return _recalled(loan, turn[0], by=by)


@transaction.atomic
def recall_for(hold: Hold, *, by: events.Actor | None) -> Recall:
    """A member who waits asks a copy back: of the loans that would do, that which comes back first by it. It goes to whose turn it is then.

    Refuses a member who may not use the library, what the rules do not let the member ask, a hold that does not wait or for which a copy
    was asked back already, and when nothing would be gained.
    """
    offer = recall_offer(hold)
    if offer.loan is None or offer.against:
        raise Refused(offer.against)
    loan = _locked(offer.loan.pk)
    # two askings must not pass the limit together
    Member.objects.select_for_update(no_key=True).only("pk").get(pk=hold.holder.pk)
    rows = (
        Hold.objects.select_for_update(of=("self",), no_key=True)
        .select_related("record", "member")
        .defer("record__marc", "record__findable")
    )
    hold = rows.get(pk=hold.pk)
    now = recall_offer(hold)
    if reasons := [*_blocks_of_loan(loan), *now.against]:
        raise Refused(reasons)
    return _recalled(loan, hold, by=by)


def _locked(key: int) -> Loan:
    """The loan, locked behind its item."""
    item = Loan.objects.values_list("item", flat=True).get(pk=key)
    Item.objects.select_for_update(no_key=True).only("pk").get(pk=item)
    rows = Loan.objects.select_for_update(of=("self",), no_key=True).select_related("item", "member", "lent_from")
    return rows.get(pk=key)


def _blocks_of_loan(loan: Loan) -> list[Reason]:
    if loan.returned_at is not None:
        return [LOAN_CLOSED()]
    if (before := Recall.objects.filter(loan=loan).first()) is not None:
        return [ALREADY_RECALLED(due=day_of(before.due_at, loan.lent_from))]
    if recalled_until(loan, clock.now()) >= loan.due_at:
        return [RECALL_GAINS_NOTHING(due=day_of(loan.due_at, loan.lent_from))]
    return []


@transaction.atomic
def change_urgency(*, by: events.Actor | None, **changes: Any) -> Urgency:
    """Change what the library does when many wait for few copies; loans already made keep their due dates.

    Refuses to leave who is asked for a copy no day to bring it back.
    """
    terms = Urgency.objects.select_for_update().first() or Urgency()
    if changed := set_changed(terms, changes, allowed={"kept_days", "return_days", "local_first"}):
        if terms.return_days < 1:
            raise Refused(RECALL_LEAVES_NO_DAY())
        terms.save()
        urgency.changed()
        events.record(UrgencyChanged(fields=changed), by=by)
    return terms


def _recalled(loan: Loan, hold: Hold, *, by: events.Actor | None) -> Recall:
    due = recalled_until(loan, clock.now())
    recall = Recall.objects.create(
        loan=loan,
        hold=hold,
        recalled_at=clock.now(),
        recalled_by_id=by.pk if by is not None else None,
        was_due_at=loan.due_at,
        due_at=due,
    )
    loan.due_at = due
    loan.save(update_fields=["due_at"])
    event = LoanRecalled(
        loan=loan.pk,
        item=loan.item_id,
        record=loan.item.record_id,
        member=loan.borrower.pk,
        was_due_at=recall.was_due_at,
        due_at=due,
    )
    events.record(event, by=by)
    return recall
