"""What the loans and searches of a member make likely to interest them: looked at only while they agree, and nothing of it is kept."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from lumbung.circulation.queries import loan_history, open_loans
from lumbung.discovery.addresses import asked
from lumbung.discovery.classes import CAPTIONS, classes_of
from lumbung.discovery.models import BrowsedTitle, Heading, SavedSearch
from lumbung.discovery.ordering import sort_key
from lumbung.discovery.queries.interests import is_offered, needs_of, words_of
from lumbung.discovery.queries.saved_searches import CONSENT, saved_searches_of
from lumbung.members.domain.privacy.consents import consented
from lumbung.members.models import Member

LOOKED_BACK, LEAST_TITLES, MOST = 40, 2, 8
Sources = SavedSearch.Sources


@dataclass(frozen=True)
class Likely:
    """An interest by the address of its search, and why: ``titles`` borrowed, or a ``search`` that is kept."""

    address: str
    source: SavedSearch.Sources
    titles: int = 0
    search: str = ""

    @property
    def name(self) -> str:
        return words_of(self.address)


def agrees(member: Member) -> bool:
    """Whether the member agrees now that anything is concluded from their loans and searches."""
    return member.pk in consented(CONSENT, [member.pk])


def likely_interests(member: Member) -> list[Likely]:
    """Proposals, at most ``MOST``, the best founded first; none without consent, none that the member has or declined."""
    if not agrees(member):
        return []
    kept = list(saved_searches_of(member.user))
    known = {each.address for each in kept} | set(needs_of(member).declined)
    found: dict[str, Likely] = {}
    for each in [*_from_searches(kept), *_from_loans(member)]:
        if each.address not in known:
            found.setdefault(each.address, each)
    return list(found.values())[:MOST]


def _from_loans(member: Member) -> Iterator[Likely]:
    """Subjects and classes that at least two titles share, of those at home and those in a history the member chose to keep."""
    loans = [*open_loans(member)[:LOOKED_BACK], *loan_history(member)[:LOOKED_BACK]]
    records = {loan.item.record_id: loan.item.record for loan in loans}
    counted = Counter(
        key for keys in BrowsedTitle.objects.filter(pk__in=records).values_list("headings", flat=True) for key in keys
    )
    often = {key: titles for key, titles in counted.items() if titles >= LEAST_TITLES}
    subjects = Heading.objects.filter(pk__in=often, kind=Heading.Kinds.SUBJECT, records__gt=0)
    signs = Counter({("subject", each.label): often[each.pk] for each in subjects})
    places = Counter(place for record in records.values() for place in classes_of(record.classification)[1:])
    signs.update({("classification", place): titles for place, titles in places.items() if titles >= LEAST_TITLES})
    for (kind, value), titles in sorted(signs.items(), key=lambda each: (-each[1], each[0])):
        yield Likely("?" + urlencode({kind: value}), Sources.LOANS, titles=titles)


def _from_searches(kept: list[SavedSearch]) -> Iterator[Likely]:
    """The subject that a kept search names by its words, and the subjects and classes it is narrowed to."""
    searches = [(each, asked(QueryDict(each.address.removeprefix("?")))) for each in kept if each.source == Sources.ASKED]
    keys = {sort_key(query.words) for _, query in searches if query.words}
    named = Heading.objects.filter(kind=Heading.Kinds.SUBJECT, records__gt=0, sort_key__in=keys)
    label_of = {each.sort_key: each.label for each in named}
    for search, query in searches:
        signs = [("subject", value) for value in query.chosen.get("subject", ()) if is_offered("subject", value)]
        signs += [("classification", value) for value in query.chosen.get("classification", ()) if value in CAPTIONS]
        if label := label_of.get(sort_key(query.words)) if query.words else None:
            signs.insert(0, ("subject", label))
        for kind, value in signs:
            yield Likely("?" + urlencode({kind: value}), Sources.SEARCHES, search=search.name)
