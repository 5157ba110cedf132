"""Saved searches as their owner reads them."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from lumbung.accounts.models import User
from lumbung.discovery.models import SavedSearch
from lumbung.members.models import Consent
from lumbung.members.queries import member_of
from lumbung.members.queries.channel_links import links_of
from lumbung.messaging.models import Identity

CONSENT = "interests"
"""The purpose that members agree to before anything is concluded from their loans and searches."""
Sources = SavedSearch.Sources


def saved_searches_of(user: object) -> "QuerySet[SavedSearch]":
    """The searches this user keeps, by name; nobody else's."""
    key = getattr(user, "pk", None)
    return SavedSearch.objects.filter(owner=key, removed_at=None) if key else SavedSearch.objects.none()


def consented_searches() -> "QuerySet[SavedSearch]":
    """All that may be used now: what loans and searches made likely only while its owner agrees to the present text."""
    agreed = Consent.objects.filter(
        member__user=OuterRef("owner"), purpose__code=CONSENT, withdrawn_at=None, version=F("purpose__version")
    )
    return SavedSearch.objects.filter(Q(source__in=(Sources.ASKED, Sources.CHOSEN)) | Exists(agreed))


def address_of(user: User) -> str:
    """Where letters to this user go: the address of the account, else that of the member."""
    if user.email:
        return user.email
    member = member_of(user)
    return member.email if member else ""


def chosen_chat(user: User) -> Identity | None:
    """The chat that a member chose for notices before letters; None where they chose none."""
    member = member_of(user)
    link = links_of(member).filter(notices_since__isnull=False, is_preferred=True).first() if member else None
    return link.identity if link else None
