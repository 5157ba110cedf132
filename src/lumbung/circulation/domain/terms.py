"""What is wrong with terms of lending, whoever says them: numbers out of bounds, and what does not go together."""

from typing import Any

from django.db.models import Model

from lumbung.circulation.models import VALUES
from lumbung.circulation.models.terms import Terms
from lumbung.circulation.refusals import FINE_STEPS_WRONG, RULE_DAYS_AND_HOURS, RULE_NUMBER_WRONG
from lumbung.kernel.refusals import Reason

BOUNDS = {
    "loan_days": (0, 3650),
    "loan_hours": (1, 720),
    "loan_limit": (0, 1000),
    "loan_fee": (0, 10_000_000),
    "loan_fee_discount": (0, 100),
    "renewal_gap_days": (1, 365),
    "unseen_limit": (0, 100),
    "auto_renew_from_days": (0, 365),
    "auto_renew_for_days": (1, 3650),
    "fine_every": (1, 365),
    "suspension_every": (1, 365),
    "renewal_fee": (0, 10_000_000),
    "lost_after_days": (1, 3650),
    "renewal_limit": (0, 100),
    "renewal_days": (1, 3650),
    "renew_from_days": (0, 365),
    "renewal_total_days": (1, 3650),
    "hold_limit": (0, 100),
    "holds_per_day": (0, 100),
    "holds_per_record": (0, 100),
    "hold_days": (1, 60),
    "guarded_days": (1, 3650),
    "unfetched_fee": (0, 10_000_000),
    "recall_limit": (0, 100),
    "recalls_per_record": (0, 100),
    "recall_days": (1, 365),
    "recall_kept_days": (0, 3650),
    "recall_fine": (0, 10_000_000),
    "recall_shelf_days": (1, 60),
    "article_limit": (0, 100),
    "article_fee": (0, 10_000_000),
    "booking_limit": (0, 100),
    "booking_days": (1, 365),
    "booking_ahead_days": (1, 730),
    "booking_lead_days": (0, 30),
    "booking_trail_days": (0, 30),
    "owed_limit": (0, 100_000_000),
    "overdue_limit": (0, 100),
    "fine": (0, 10_000_000),
    "grace_days": (0, 365),
    "fine_cap": (0, 100_000_000),
    "suspension_days": (0, 365),
    "suspension_cap": (1, 3650),
    "lost_percent": (0, 1000),
    "lost_price": (0, 100_000_000),
    "lost_copies": (0, 10),
    "processing_fee": (0, 10_000_000),
    "refund_days": (0, 3650),
}


def out_of_bounds(row: Model, bounds: dict[str, tuple[int, int]]) -> list[Reason]:
    """Every number of the row that is beyond its bounds."""
    labels = {field.name: field.verbose_name for field in row._meta.concrete_fields}
    return [
        RULE_NUMBER_WRONG(field=str(labels[name]).capitalize(), least=least, most=most)
        for name, (least, most) in bounds.items()
        if (value := getattr(row, name)) is not None and not least <= value <= most
    ]


def faults_of_terms(row: Terms) -> list[Reason]:
    """Every reason for which these terms cannot be said."""
    reasons = out_of_bounds(row, BOUNDS)
    if row.loan_days is not None and row.loan_hours is not None:
        reasons.append(RULE_DAYS_AND_HOURS())
    if any(steps is not None and not are_steps(steps) for steps in (row.fine_steps, row.reminder_fees)):
        reasons.append(FINE_STEPS_WRONG())
    return reasons


def says_nothing(row: Terms) -> bool:
    """Whether every term is left open."""
    return all(getattr(row, name, None) in (None, "") for name in VALUES)


def are_steps(steps: Any) -> bool:
    """Whether these are steps of a fine, or of what reminders cost: pairs of a day from 1 on and whole rupiah, days ascending."""
    if not isinstance(steps, list | tuple) or not steps:
        return False
    if not all(isinstance(step, list | tuple) and list(map(type, step)) == [int, int] for step in steps):
        return False
    days = [day for day, _ in steps]
    return days[0] >= 1 and days == sorted(set(days)) and all(0 <= amount <= BOUNDS["fine"][1] for _, amount in steps)
