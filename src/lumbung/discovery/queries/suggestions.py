"""Suggestions for one member, each with its reason; nobody else sees them, and nothing of them is kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet

from lumbung.catalogue.models import Record
from lumbung.circulation.queries import loan_history, open_loans
from lumbung.discovery.models import SavedSearch, SuggestionChoice
from lumbung.discovery.queries.interest import borrowed_together
from lumbung.discovery.queries.saved_searches import consented_searches
from lumbung.discovery.queries.searching import search_records
from lumbung.members.models import Member
from lumbung.search.documents import Query
from lumbung.search.queries import Condition, condition

LOOKED_BACK = 3
MOST, MOST_SEARCHES = 8, 2


@dataclass(frozen=True)
class Suggestion:
    """What to read next ``because`` the member borrowed this, or keeps the ``search``."""

    rows: Sequence[Any]
    because: Record | None = None
    search: SavedSearch | None = None


def wants_suggestions(member: Member) -> bool:
    """Whether suggestions are made: for who keeps a history or searches and has not turned them off."""
    return may_have_suggestions(member) and not SuggestionChoice.objects.filter(member=member).exists()


def may_have_suggestions(member: Member) -> bool:
    """Whether there is anything that suggestions could be made from: a history, or searches the member keeps."""
    return member.keeps_history or SavedSearch.objects.filter(owner=member.user_id, removed_at=None).exists()


def suggestions_for(member: Member, asked: Callable[[SavedSearch], Query]) -> list[Suggestion]:
    """From the latest loans, and from the latest searches the member keeps, each ``asked`` as its query; none for who wants none."""
    if not wants_suggestions(member):
        return []
    borrowed = _because_you_borrowed(member) if member.keeps_history else None
    return [*([borrowed] if borrowed else []), *_because_you_search(member, asked)]


def waits_for_search(member: Member) -> bool:
    """Whether searches the member keeps would make suggestions, and cannot be answered now."""
    return wants_suggestions(member) and _kept_searches(member).exists() and condition() is not Condition.READY


def _because_you_borrowed(member: Member) -> Suggestion | None:
    """From the latest titles of the member the first that others borrowed together with something new; ten statements at most."""
    latest = [*open_loans(member)[:LOOKED_BACK], *loan_history(member)[:LOOKED_BACK]]
    known = {loan.item.record_id for loan in latest}
    for record in [loan.item.record for loan in latest][:LOOKED_BACK]:
        if rows := [row for row in borrowed_together(record.pk, MOST) if row.pk not in known]:
            return Suggestion(rows, because=record)
    return None


def _because_you_search(member: Member, asked: Callable[[SavedSearch], Query]) -> list[Suggestion]:
    """The best titles for the searches the member keeps, but for those at home with the member now."""
    at_home = {loan.item.record_id for loan in open_loans(member)}
    found = []
    for search in _kept_searches(member).order_by("-created_at")[:MOST_SEARCHES]:
        rows = search_records(replace(asked(search), size=MOST, page=1, facets=()), member.user).rows
        found.append(Suggestion([row for row in rows if row.pk not in at_home], search=search))
    return [each for each in found if each.rows]


def _kept_searches(member: Member) -> "QuerySet[SavedSearch]":
    return consented_searches().filter(owner=member.user_id, removed_at=None)
