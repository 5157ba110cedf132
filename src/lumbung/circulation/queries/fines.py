"""What a loan brought back late costs, and for how long its member may not borrow, by the terms frozen on it.

Days are counted as the branch counts them from which it was lent, whoever takes it back. Days of closed service never count; other closed
days count unless the terms leave them out. A loan reported lost, or said to be back, grows no older.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from math import ceil, floor

from django.db.models import Exists, OuterRef, Q

from lumbung.circulation.models import Fee, FinePer, Loan, Policy
from lumbung.organization.models import Period
from lumbung.organization.queries import branch_of, calendar_of, period_kinds_on

HOUR, WEEK = timedelta(hours=1), 7


def days_late(loan: Loan, until: datetime) -> int:
    """How many chargeable days the loan was late at ``until``, before any grace."""
    at, policy = branch_of(loan.lent_from_id), loan.terms
    until = min(until, loan.stopped_at or until)
    if until <= loan.due_at:
        return 0
    due, last = loan.due_at.astimezone(at.zone).date(), until.astimezone(at.zone).date()
    if due == last:
        return 1
    calendar = calendar_of(at)
    days = ((due + timedelta(days=each)) for each in range(1, (last - due).days + 1))
    return sum(
        Period.Kinds.CLOSED_SERVICE not in period_kinds_on(at, day) and (policy.count_closed_days or calendar.is_open_on(day))
        for day in days
    )


def cost_of_loss(loan: Loan) -> tuple[int, int]:
    """What the replacement costs where the item is lost, and what processing it, in rupiah by the loan's terms. Its item comes with it."""
    policy = loan.terms
    price = int(loan.item.price) if loan.item.price else policy.lost_price
    return price * policy.lost_percent // 100, policy.processing_fee


def fine_of(loan: Loan, until: datetime) -> int:
    """Whole rupiah the loan costs if it comes back at ``until``; its item comes with it. Nothing within the grace."""
    policy = terms_of_lateness(loan)
    if not policy.fine and not policy.fine_steps:
        return 0
    late = days_late(loan, until)
    if late <= policy.grace_days:
        return 0
    charged = late - policy.grace_days if policy.grace_deducts else late
    price = loan.item.price
    caps = [policy.fine_cap, int(price) if policy.cap_at_price and price else None]
    return min([_uncapped(policy, loan, charged, until), *(cap for cap in caps if cap is not None)])


def terms_of_lateness(loan: Loan) -> Policy:
    """The terms of the loan, with another fine where they say one for what was asked back."""
    policy = loan.terms
    if policy.recall_fine is None or not hasattr(loan, "recall"):
        return policy
    return replace(policy, fine=policy.recall_fine, fine_steps=())


def suspension_of(loan: Loan, until: datetime) -> int:
    """For how many days its member may not borrow if the loan comes back at ``until``."""
    policy = loan.terms
    late = days_late(loan, until)
    if late <= policy.grace_days or not policy.suspension_days:
        return 0
    days = late * policy.suspension_days // policy.suspension_every
    return days if policy.suspension_cap is None else min(days, policy.suspension_cap)


def is_settled_loss() -> Q:
    """Of loans: lost, and all that was charged for it is paid or waived. What nobody could price was charged nothing: it is not settled."""
    of_loss = Fee.objects.filter(loan=OuterRef("pk"), kind__in=[Fee.Kinds.LOST, Fee.Kinds.PROCESSING])
    return Q(Exists(of_loss), ~Exists(of_loss.open()), reported_lost_at__isnull=False)


def is_amnesty(loan: Loan, now: datetime) -> bool:
    """Whether what comes back now costs nothing."""
    at = branch_of(loan.lent_from_id)
    return Period.Kinds.AMNESTY in period_kinds_on(at, now.astimezone(at.zone).date())


def _uncapped(policy: Policy, loan: Loan, days: int, until: datetime) -> int:
    if policy.fine_steps:
        return sum(_step(policy, day) for day in range(1, days + 1))
    units: float = days
    match policy.fine_per:
        case FinePer.ONCE:
            return policy.fine
        case FinePer.WEEK:
            units = days / WEEK
        case FinePer.HOUR:
            units = (min(until, loan.stopped_at or until) - loan.due_at) / HOUR
    whole = floor if policy.fine_at_end else ceil
    return whole(units / policy.fine_every) * policy.fine


def _step(policy: Policy, day: int) -> int:
    """What the chargeable day of this number costs."""
    return next((amount for since, amount in reversed(policy.fine_steps) if since <= day), 0)
