"""Saved searches as their owner reads them."""

from django.db.models import QuerySet

from lumbung.accounts.models import User
from lumbung.discovery.models import SavedSearch
from lumbung.members.queries import member_of


def saved_searches_of(user: object) -> "QuerySet[SavedSearch]":
    """The searches this user keeps, by name; nobody else's."""
    key = getattr(user, "pk", None)
    return SavedSearch.objects.filter(owner=key, removed_at=None) if key else SavedSearch.objects.none()


def address_of(user: User) -> str:
    """Where letters to this user go: the address of the account, else that of the member."""
    if user.email:
        return user.email
    member = member_of(user)
    return member.email if member else ""
