"""Asking a borrower to bring an item back sooner, and what the library does when many wait."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from lumbung.catalogue.models import Item
from lumbung.catalogue.models.titles_of_copies import titles_in
from lumbung.circulation.events import LoanRecalled, UrgencyChanged
from lumbung.circulation.models import Hold, Loan, Recall, Urgency
from lumbung.circulation.queries.blocks import day_of
from lumbung.circulation.queries.due_dates import END_OF_DAY
from lumbung.circulation.queries.waiting import urgency
from lumbung.circulation.refusals import ALREADY_RECALLED, LOAN_CLOSED, NOBODY_WAITS, RECALL_GAINS_NOTHING
from lumbung.kernel import clock, events
from lumbung.kernel.changes import set_changed
from lumbung.kernel.refusals import Refused
from lumbung.organization.queries import branch_of, open_day_after


@transaction.atomic
def recall_loan(loan: Loan, *, by: events.Actor | None) -> Recall:
    """Bring the due date forward because somebody waits for this copy; the old one is kept. The borrower keeps what ``Urgency`` says.

    Refuses a loan that ended or was recalled before, a copy that nobody waits for, and when nothing would be gained.
    """
    Item.objects.select_for_update(no_key=True).only("pk").get(pk=loan.item_id)
    rows = Loan.objects.select_for_update(of=("self",), no_key=True).select_related("item", "member", "lent_from")
    loan = rows.get(pk=loan.pk)
    if loan.returned_at is not None:
        raise Refused(LOAN_CLOSED())
    if (before := Recall.objects.filter(loan=loan).first()) is not None:
        raise Refused(ALREADY_RECALLED(due=day_of(before.due_at, loan.lent_from)))
    waiting = Hold.objects.waiting().filter(record__in=titles_in(loan.item)).exclude(member=loan.member_id)
    hold = next((each for each in waiting if each.fits(loan.item)), None)
    if hold is None:
        raise Refused(NOBODY_WAITS())
    due = recalled_until(loan, clock.now())
    if due >= loan.due_at:
        raise Refused(RECALL_GAINS_NOTHING(due=day_of(loan.due_at, loan.lent_from)))
    return _recalled(loan, hold, due, by=by)


def recalled_until(loan: Loan, now: datetime) -> datetime:
    """When a loan recalled ``now`` would be due: some open days from now, and not before the borrower had it as long as promised."""
    at, terms = branch_of(loan.lent_from_id), urgency()
    soon = open_day_after(at, now.astimezone(at.zone).date(), count=terms.return_days)
    promised = loan.lent_at.astimezone(at.zone).date() + timedelta(days=terms.kept_days)
    return datetime.combine(max(soon, promised), END_OF_DAY, at.zone)


@transaction.atomic
def change_urgency(*, by: events.Actor | None, **changes: Any) -> Urgency:
    """Change what the library does when many wait for few copies; loans already made keep their due dates."""
    terms = Urgency.objects.select_for_update().first() or Urgency()
    if changed := set_changed(terms, changes, allowed={"kept_days", "return_days"}):
        terms.save()
        urgency.changed()
        events.record(UrgencyChanged(fields=changed), by=by)
    return terms


def _recalled(loan: Loan, hold: Hold, due: datetime, *, by: events.Actor | None) -> Recall:
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
