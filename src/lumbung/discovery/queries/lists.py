"""Lists as their owner, or who has the link, reads them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from lumbung.catalogue.models import Record
from lumbung.discovery.models import ListedTitle, PersonalList
from lumbung.discovery.queries.rows import Row, rows_of


@dataclass(frozen=True)
class Kept:
    """A title on a list; ``row`` is None when the catalogue no longer shows it."""

    title: ListedTitle
    row: Row | None


def lists_of(user: object) -> "QuerySet[PersonalList]":
    """The lists this user keeps, the last changed first; nobody else's."""
    key = getattr(user, "pk", None)
    mine = PersonalList.objects.filter(owner=key, removed_at=None) if key else PersonalList.objects.none()
    return mine.annotate(size=Count("titles"))


def shared_list(key: str) -> PersonalList | None:
    """The list this link leads to, if it still does."""
    return PersonalList.objects.filter(share_key=key, removed_at=None).first() if key else None


def kept_on(kept: PersonalList, user: object) -> list[Kept]:
    """What is on the list, in its order, with availability, in five statements."""
    titles = list(kept.titles.all())
    rows = {row.pk: row for row in rows_of([title.record_id for title in titles if title.record_id], user)}
    return [Kept(title, rows.get(title.record_id or 0)) for title in titles]


def records_on(kept: PersonalList) -> list[Record]:
    """The titles of the list that all may see, read whole, in its order: for citations."""
    return public_records([key for key in kept.titles.values_list("record", flat=True) if key])


def public_records(keys: Sequence[int]) -> list[Record]:
    """Those of the titles that all may see, read whole, in this order."""
    found = Record.objects.shown_to_public().in_bulk(list(keys))
    return [found[key] for key in keys if key in found]
