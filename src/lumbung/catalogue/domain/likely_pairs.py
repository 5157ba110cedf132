"""Looking through the whole catalogue for records that may be duplicates, a stretch at a time; and deciding what is found."""

from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from itertools import groupby
from operator import or_
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from lumbung.catalogue.domain.bibliographic.numbers import SYSTEM_NUMBER
from lumbung.catalogue.domain.duplicates import Likeness
from lumbung.catalogue.domain.record_followers import Follower
from lumbung.catalogue.events.mergers import DuplicatesSought, PairDismissed, PairReopened
from lumbung.catalogue.models import DuplicateSearch, Identifier, LikelyPair, Material, Record
from lumbung.catalogue.refusals import PAIR_GONE
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Refused

STRETCH, PAIRS_AT_ONCE = 500, 100
MOST_IN_GROUP = 20
"""A number that more records have identifies none of them."""
BETWEEN = "\x1f"
WEIGHTS = {likeness: at for at, likeness in enumerate(Likeness)}
States = DuplicateSearch.States


class Member(NamedTuple):
    """One record of a group that looks alike: what they have in common, and the record."""

    group: str
    record: int


class Way(NamedTuple):
    """One way of looking: the groups behind a group in order, and the records of these groups."""

    likeness: Likeness
    groups: Callable[[str], QuerySet[Any, Any]]
    members: Callable[[Sequence[str]], Iterable[Member]]


def _numbers(*kinds: str, system: bool = False, material: str = "") -> QuerySet[Identifier]:
    rows = Identifier.objects.filter(kind__in=kinds)
    rows = rows.filter(value__startswith=SYSTEM_NUMBER) if system else rows
    return rows.filter(record__material=material) if material else rows


def _by_number(likeness: Likeness, rows: QuerySet[Identifier]) -> Way:
    def groups(after: str) -> QuerySet[Any, Any]:
        shared = rows.filter(value__gt=after).values("value").annotate(n=Count("record", distinct=True))
        return shared.filter(n__gt=1, n__lte=MOST_IN_GROUP).order_by("value").values_list("value", flat=True)

    def members(values: Sequence[str]) -> Iterable[Member]:
        found = rows.filter(value__in=values).order_by("value", "record_id").values_list("value", "record_id").distinct()
        return (Member(*each) for each in found)

    return Way(likeness, groups, members)


def _by_title() -> Way:
    rows = Record.objects.exclude(work_key="").filter(year__isnull=False)

    def groups(after: str) -> QuerySet[Any, Any]:
        shared = rows.filter(work_key__gt=after).values("work_key", "year").annotate(n=Count("pk"))
        shared = shared.filter(n__gt=1, n__lte=MOST_IN_GROUP).order_by("work_key")
        return shared.values_list("work_key", flat=True).distinct()

    def members(works: Sequence[str]) -> Iterable[Member]:
        found = list(rows.filter(work_key__in=works).order_by("work_key", "year", "pk").values_list("work_key", "year", "pk"))
        return (Member(f"{work}{BETWEEN}{year}", record) for work, year, record in found)

    return Way(Likeness.TITLE, groups, members)


WAYS = (
    _by_number(Likeness.CONTROL_NUMBER, _numbers(Identifier.Kinds.CONTROL_NUMBER, Identifier.Kinds.OTHER, system=True)),
    _by_number(Likeness.ISBN, _numbers(Identifier.Kinds.ISBN)),
    _by_number(Likeness.ISSN, _numbers(Identifier.Kinds.ISSN, material=Material.SERIAL)),
    _by_title(),
)


@transaction.atomic
def begin_search_for_duplicates(*, by: events.Actor | None) -> DuplicateSearch:
    """A walk through the catalogue, for ``carry_on`` to make; the one that runs already, if one does."""
    if running := DuplicateSearch.objects.filter(state=States.RUNNING).first():
        return running
    total = sum(way.groups("").count() for way in WAYS)
    begun = DuplicateSearch.objects.create(total=total, begun_at=clock.now(), by_id=by.pk if by is not None else None)
    events.record(DuplicatesSought(search=begun.pk), by=by)
    return begun


def carry_on(search: DuplicateSearch) -> DuplicateSearch:
    """Look at all groups that are left; asked again after it was interrupted, it goes on where it got to."""
    while _next_stretch(search.pk):
        pass
    search.refresh_from_db()
    return search


def search_every_night() -> int:
    """Walk through the catalogue; how many pairs wait to be decided. Every night."""
    carry_on(begin_search_for_duplicates(by=None))
    return LikelyPair.objects.filter(dismissed_at__isnull=True).count()


@transaction.atomic
def dismiss_pair(pair: LikelyPair, *, by: events.Actor | None) -> LikelyPair:
    """Remember that the two are not the same. Says nothing when it is remembered already."""
    pair = _locked(pair)
    if pair.dismissed_at is None:
        pair.dismissed_at, pair.dismissed_by_id = clock.now(), by.pk if by is not None else None
        pair.save(update_fields=["dismissed_at", "dismissed_by"])
        events.record(PairDismissed(record=pair.first_id, other=pair.second_id), by=by)
    return pair


@transaction.atomic
def reopen_pair(pair: LikelyPair, *, by: events.Actor | None) -> LikelyPair:
    """Take back that the two are not the same: the pair stands in the queue again."""
    pair = _locked(pair)
    if pair.dismissed_at is not None:
        pair.dismissed_at = pair.dismissed_by = None
        pair.save(update_fields=["dismissed_at", "dismissed_by"])
        events.record(PairReopened(record=pair.first_id, other=pair.second_id), by=by)
    return pair


def _locked(pair: LikelyPair) -> LikelyPair:
    current = LikelyPair.objects.select_for_update(of=("self",)).filter(pk=pair.pk).first()
    if current is None:
        raise Refused(PAIR_GONE())
    return current


@transaction.atomic
def _next_stretch(key: int) -> bool:
    """The next groups of the step it is at. False when the walk is over."""
    search = DuplicateSearch.objects.select_for_update(of=("self",)).get(pk=key)
    if search.state != States.RUNNING:
        return False
    if search.step >= len(WAYS):
        _finish(search)
        return False
    way = WAYS[search.step]
    groups = list(way.groups(search.reached)[:STRETCH])
    if groups:
        _keep(way, groups, search)
        search.reached, search.done = groups[-1], search.done + len(groups)
    else:
        search.step, search.reached = search.step + 1, ""
    search.save(update_fields=["step", "reached", "done"])
    return True


def _keep(way: Way, groups: Sequence[str], search: DuplicateSearch) -> None:
    """Every record of a group makes a pair with the oldest of it."""
    found = [[each.record for each in held] for _, held in groupby(way.members(groups), key=lambda each: each.group)]
    pairs = [(records[0], other) for records in found if len(records) <= MOST_IN_GROUP for other in records[1:]]
    if way.likeness is Likeness.TITLE:
        pairs = _not_told_apart(pairs)
    now = clock.now()
    LikelyPair.objects.bulk_create(
        [
            LikelyPair(first_id=first, second_id=second, likeness=way.likeness, weight=WEIGHTS[way.likeness], found_at=now)
            for first, second in pairs
        ],
        ignore_conflicts=True,
    )
    for start in range(0, len(pairs), PAIRS_AT_ONCE):
        some = [Q(first=first, second=second) for first, second in pairs[start : start + PAIRS_AT_ONCE]]
        LikelyPair.objects.filter(reduce(or_, some)).update(seen_in=search)


def _not_told_apart(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Without those whose ISBNs say that they are different editions."""
    keys = {key for pair in pairs for key in pair}
    isbns: dict[int, set[str]] = {}
    rows = Identifier.objects.filter(kind=Identifier.Kinds.ISBN, record__in=keys)
    for record, value in rows.values_list("record_id", "value"):
        isbns.setdefault(record, set()).add(value)
    return [
        (first, second)
        for first, second in pairs
        if not (first in isbns and second in isbns and isbns[first].isdisjoint(isbns[second]))
    ]


def _finish(search: DuplicateSearch) -> None:
    """What is alike no longer needs no decision."""
    undecided = LikelyPair.objects.filter(dismissed_at__isnull=True).exclude(seen_in=search)
    undecided.filter(found_at__lt=search.begun_at).delete()
    search.state, search.finished_at = States.FINISHED, clock.now()
    search.save(update_fields=["state", "finished_at"])
    DuplicateSearch.objects.filter(pk__lt=search.pk).delete()


def _follow_merger(gone: int, kept: int, by: events.Actor | None) -> list[dict[str, Any]]:
    """What was said not to be the same as the one that goes is not the same as the one that stays; told, so that it can be given back."""
    dismissed = LikelyPair.objects.filter(Q(first=gone) | Q(second=gone), dismissed_at__isnull=False)
    columns = ("first_id", "second_id", "likeness", "weight", "found_at", "dismissed_at", "dismissed_by_id")
    told = list(dismissed.values(*columns))
    for row in told:
        other = row["second_id"] if row["first_id"] == gone else row["first_id"]
        if other != kept:
            first, second = sorted((kept, other))
            said = {name: row[name] for name in columns[2:]}
            LikelyPair.objects.update_or_create(first_id=first, second_id=second, defaults=said)
    return told


def _give_back(moved: list[dict[str, Any]], gone: int, kept: int, by: events.Actor | None) -> None:
    LikelyPair.objects.bulk_create([LikelyPair(**row) for row in moved], ignore_conflicts=True)


FOLLOWER = Follower("catalogue.likely_pairs", (LikelyPair,), lambda _gone, _kept: [], _follow_merger, _give_back)
