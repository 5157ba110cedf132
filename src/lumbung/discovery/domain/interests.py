"""Interests of members, and what they say they need. An interest is a saved search for one subject or class: the digest of new
titles, pausing, restoring and suggestions are those of searches."""

from datetime import datetime
from urllib.parse import urlencode

from django.db import transaction
from django.http import QueryDict

from lumbung.accounts.models import User
from lumbung.discovery.domain.likely_interests import agrees, likely_interests
from lumbung.discovery.domain.saved_searches import change_search, remove_search, restore_search, save_search
from lumbung.discovery.events import LikelyInterestDeclined, LikelyInterestsForgotten, NeedsSaid
from lumbung.discovery.models import ReaderNeeds, SavedSearch
from lumbung.discovery.models.reader_needs import LONGEST_NEEDS
from lumbung.discovery.queries.interests import interests_of, is_offered, words_of
from lumbung.discovery.refusals import NEEDS_TOO_LONG, NOT_AN_INTEREST, NOT_PROPOSED
from lumbung.kernel import events
from lumbung.kernel.refusals import Refused
from lumbung.members.models import Member

INFERRED = (SavedSearch.Sources.LOANS, SavedSearch.Sources.SEARCHES)


def choose_interest(kind: str, value: str, *, frequency: str, by: User) -> SavedSearch:
    """Keep a subject or class of the collection as an interest of the user's. Refuses what the collection has not, and as
    ``save_search`` does."""
    if not is_offered(kind, value):
        raise Refused(NOT_AN_INTEREST())
    return _keep("?" + urlencode({kind: value}), SavedSearch.Sources.CHOSEN, frequency, by)


@transaction.atomic
def take_likely(member: Member, address: str, *, frequency: str, by: User) -> SavedSearch:
    """Make an interest of what is proposed now. Refuses anything else, and so everything once the consent is withdrawn."""
    likely = next((each for each in likely_interests(member) if each.address == address), None)
    if likely is None:
        raise Refused(NOT_PROPOSED())
    return _keep(address, likely.source, frequency, by)


@transaction.atomic
def decline_likely(member: Member, address: str, *, by: User) -> None:
    """Have this never proposed again; it may still be chosen. Refuses what is not proposed."""
    if address not in {each.address for each in likely_interests(member)}:
        raise Refused(NOT_PROPOSED())
    _decline(member, address, by=by)


@transaction.atomic
def drop_interest(member: Member, interest: SavedSearch, *, by: User) -> None:
    """Have it no longer; what loans and searches made likely is not proposed again. It can be brought back as any saved search."""
    remove_search(interest, by=by)
    if interest.source in INFERRED:
        _decline(member, interest.address, by=by)


@transaction.atomic
def restore_interest(member: Member, interest: SavedSearch, *, by: User) -> None:
    """Have it again. Refuses one that was found likely once the consent is withdrawn."""
    if interest.source in INFERRED and not agrees(member):
        raise Refused(NOT_PROPOSED())
    restore_search(interest, by=by)


@transaction.atomic
def say_needs(member: Member, text: str, *, by: User) -> None:
    """Keep what the member needs, in one line; an empty one takes it back. Refuses one that is too long."""
    said = " ".join(text.split())
    if len(said) > LONGEST_NEEDS:
        raise Refused(NEEDS_TOO_LONG(most=LONGEST_NEEDS))
    needs, _made = ReaderNeeds.objects.select_for_update().get_or_create(member=member)
    if needs.text != said:
        needs.text = said
        needs.save(update_fields=["text"])
        events.record(NeedsSaid(member=member.pk), by=by)


@transaction.atomic
def choose_news(member: Member, frequency: str, *, by: User) -> None:
    """How often to hear of new titles for all interests; ``never`` turns it off."""
    for each in interests_of(member):
        if each.frequency != frequency or each.is_paused:
            change_search(each, name=each.name, frequency=frequency, is_paused=False, by=by)


@transaction.atomic
def forget_likely(member: int, *, until: datetime) -> int:
    """Delete for good what came from loans and searches of the member before ``until``, and what they declined; how many interests."""
    gone = SavedSearch.objects.filter(owner__member=member, source__in=INFERRED, created_at__lte=until)
    count = gone.count()
    gone.delete()
    ReaderNeeds.objects.filter(member=member).update(declined=[])
    if count:
        events.record(LikelyInterestsForgotten(member=member, count=count), by=None)
    return count


def _keep(address: str, source: SavedSearch.Sources, frequency: str, by: User) -> SavedSearch:
    given = QueryDict(address.removeprefix("?"))
    return save_search(given, name=words_of(address)[:120], frequency=frequency, by=by, source=source)


def _decline(member: Member, address: str, *, by: User) -> None:
    needs, _made = ReaderNeeds.objects.select_for_update().get_or_create(member=member)
    needs.declined = sorted({*needs.declined, address})
    needs.save(update_fields=["declined"])
    events.record(LikelyInterestDeclined(member=member.pk), by=by)
