"""Suggestions for one member, each with its reason; nobody else sees them, and nothing of them is kept."""

from dataclasses import dataclass

from lumbung.catalogue.models import Record
from lumbung.circulation.queries import loan_history, open_loans
from lumbung.discovery.models import SuggestionChoice
from lumbung.discovery.queries.interest import borrowed_together
from lumbung.members.models import Member

LOOKED_BACK = 3
MOST = 8


@dataclass(frozen=True)
class Suggestion:
    """What to read next ``because`` the member borrowed this."""

    because: Record
    rows: list[Record]


def wants_suggestions(member: Member) -> bool:
    """Whether suggestions are made: for who keeps a history and has not turned them off."""
    return member.keeps_history and not SuggestionChoice.objects.filter(member=member).exists()


def because_you_borrowed(member: Member) -> Suggestion | None:
    """From the latest titles of the member the first that others borrowed together with something new; ten statements at most."""
    if not wants_suggestions(member):
        return None
    latest = [*open_loans(member)[:LOOKED_BACK], *loan_history(member)[:LOOKED_BACK]]
    known = {loan.item.record_id for loan in latest}
    for record in [loan.item.record for loan in latest][:LOOKED_BACK]:
        if rows := [row for row in borrowed_together(record.pk, MOST) if row.pk not in known]:
            return Suggestion(record, rows)
    return None
