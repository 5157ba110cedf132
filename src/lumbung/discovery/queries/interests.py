"""What readers say interests them and what they need: each their own, and all of them together without names."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.http import QueryDict

from lumbung.discovery import classes
from lumbung.discovery.models import Heading, ReaderNeeds, SavedSearch
from lumbung.discovery.ordering import sort_key
from lumbung.discovery.queries.facets import label_of
from lumbung.discovery.queries.saved_searches import consented_searches, saved_searches_of
from lumbung.members.models import Member

LEAST_GROUP = 5
"""Fewer people are never told of, lest one of them be known by it."""
OFFERED = 100
KINDS = ("subject", "classification")
Choice = tuple[str, str]
"""What a form sends, ``subject:Ekonomi`` or ``classification:33``, and its words."""


@dataclass(frozen=True, slots=True)
class Figure:
    """So many ``people`` of a category and a programme (empty where they have none) have this interest."""

    category: str
    programme: str
    interest: str
    people: int


def interests_of(member: Member) -> "QuerySet[SavedSearch]":
    """The interests of the member that stand, by name."""
    return consented_searches().filter(pk__in=_own(member)).exclude(source=SavedSearch.Sources.ASKED)


def needs_of(member: Member) -> ReaderNeeds:
    """What the member said they need; nothing said is an empty text."""
    return ReaderNeeds.objects.filter(member=member).first() or ReaderNeeds(member=member)


def offered_subjects(beginning: str) -> list[Choice]:
    """Subjects of the collection that begin so, in order; without a beginning those with most titles."""
    rows = Heading.objects.filter(kind=Heading.Kinds.SUBJECT, records__gt=0)
    if beginning.strip():
        rows = rows.filter(sort_key__startswith=sort_key(beginning)).order_by("sort_key", "pk")
    else:
        rows = rows.order_by("-records", "sort_key", "pk")
    labels = list(rows.values_list("label", flat=True)[:OFFERED])
    return [(f"subject:{label}", label) for label in (labels if beginning.strip() else sorted(labels, key=sort_key))]


def offered_classes() -> list[Choice]:
    """The hundreds and tens of the class tree."""
    return [(f"classification:{place}", classes.caption(place)) for place in classes.CAPTIONS]


def is_offered(kind: str, value: str) -> bool:
    """Whether the collection has this subject, or the class tree this place."""
    if kind == "classification":
        return value in classes.CAPTIONS
    return kind == "subject" and Heading.objects.filter(kind=Heading.Kinds.SUBJECT, label=value, records__gt=0).exists()


def words_of(address: str) -> str:
    """An interest in words, from the address of its search."""
    given = QueryDict(address.removeprefix("?"))
    return ", ".join(label_of(kind, value) for kind in KINDS for value in given.getlist(kind))


def figures() -> "QuerySet[SavedSearch, tuple[Any, ...]]":
    """Category, programme, address and people of every interest that at least ``LEAST_GROUP`` of one group share, most first."""
    group = ("owner__member__category__name", "owner__member__programme__name")
    rows = consented_searches().filter(removed_at=None, owner__is_active=True, owner__member__isnull=False)
    counted = rows.exclude(source=SavedSearch.Sources.ASKED).order_by().values(*group, "address")
    shared = counted.annotate(people=Count("owner", distinct=True)).filter(people__gte=LEAST_GROUP)
    told: QuerySet[SavedSearch, tuple[Any, ...]] = shared.order_by("-people", *group, "address").values_list(
        *group, "address", "people"
    )
    return told


def in_words(rows: Sequence[tuple[Any, ...]]) -> list[Figure]:
    return [Figure(category, programme or "", words_of(address), people) for category, programme, address, people in rows]


def said_needs() -> list[str]:
    """What members wrote they need, by the alphabet and without anybody's name; nothing while fewer than ``LEAST_GROUP`` wrote."""
    texts = list(ReaderNeeds.objects.exclude(text="").order_by("text").values_list("text", flat=True))
    return texts if len(texts) >= LEAST_GROUP else []


def _own(member: Member) -> "QuerySet[SavedSearch]":
    return saved_searches_of(member.user).order_by()
