"""What readers care for: opens are noted by the day and without who, lists are counted every night."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from heapq import nsmallest
from itertools import chain, groupby, islice
from threading import Lock
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Count, QuerySet, Sum

from lumbung.catalogue.models import Record
from lumbung.circulation.models import Hold, Loan
from lumbung.discovery.models import BorrowedTogether, DailyInterest, Ranked
from lumbung.kernel import clock
from lumbung.organization.queries import library

LONGEST_LIST = 50
LOOKED_AT = 2 * LONGEST_LIST
"""So many are looked at for a list, because some of them may be hidden."""
KEPT_DAYS = 400
WAIT, MANY = timedelta(seconds=30), 300
WORTH = {"loans": 10, "holds": 6, "from_search": 2, "opens": 1}
"""How much each sign of interest counts for what is trending."""
LEAST_MEMBERS = 3
"""Two titles are a pair only when so many different people borrowed both: fewer would tell of persons."""
LATEST_OF_A_MEMBER = 40
PAIRS_OF_A_TITLE = 12
STRETCH = 500

Opens = Counter[tuple[int, date, bool]]


class _Noted:
    """Opens of this process that are not in the database yet: a page view must not wait for a write."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._opens: Opens = Counter()
        self._since = clock.now()

    def add(self, record: int, day: date, *, from_search: bool) -> None:
        with self._lock:
            if not self._opens:
                self._since = clock.now()
            self._opens[record, day, from_search] += 1

    def due(self) -> Opens:
        """What has waited long enough, or is much; else nothing."""
        with self._lock:
            waited = clock.now() - self._since >= WAIT or len(self._opens) >= MANY
            return self._take() if waited else Counter()

    def all(self) -> Opens:
        with self._lock:
            return self._take()

    def _take(self) -> Opens:
        taken, self._opens = self._opens, Counter()
        return taken


_noted = _Noted()


def note_open(record: int, *, from_search: bool) -> None:
    """A reader opened the page of a title. Kept in memory until ``write_due_opens``; a crash forgets the last half minute."""
    _noted.add(record, _today(), from_search=from_search)


def write_due_opens() -> None:
    """Write what was noted in this process, if that is half a minute ago or much."""
    if due := _noted.due():
        _write(due)


def write_opens() -> None:
    """Write what was noted in this process."""
    _write(_noted.all())


def _today() -> date:
    return clock.today(ZoneInfo(library().time_zone))


@transaction.atomic
def _write(opens: Opens) -> None:
    counted: dict[tuple[int, date], list[int]] = defaultdict(lambda: [0, 0])
    for (record, day, from_search), times in opens.items():
        counted[record, day][0] += times
        counted[record, day][1] += times * from_search
    keys = sorted(counted)  # the same order in every process: none waits for a row that waits for its own
    DailyInterest.objects.bulk_create([DailyInterest(record_id=record, day=day) for record, day in keys], ignore_conflicts=True)
    days, records = {day for _, day in keys}, {record for record, _ in keys}
    rows = DailyInterest.objects.select_for_update().filter(day__in=days, record__in=records).order_by("record", "day")
    known = [row for row in rows if (row.record_id, row.day) in counted]
    for row in known:
        times, searched = counted[row.record_id, row.day]
        row.opens, row.from_search = row.opens + times, row.from_search + searched
    DailyInterest.objects.bulk_update(known, ["opens", "from_search"])


def count_interest() -> dict[str, int]:
    """Count last night's lists anew and forget old days; returns how many titles stand in each list."""
    lists = {
        Ranked.Lists.BORROWED_MONTH: _most_lent(30),
        Ranked.Lists.BORROWED_YEAR: _most_lent(365),
        Ranked.Lists.TRENDING_WEEK: _interest(7),
        Ranked.Lists.TRENDING_MONTH: _interest(30),
    }
    with transaction.atomic():
        Ranked.objects.all().delete()
        for name, scores in lists.items():
            Ranked.objects.bulk_create(_ranked(name, scores))
        DailyInterest.objects.filter(day__lt=_today() - timedelta(days=KEPT_DAYS)).delete()
    return {str(name): min(len(scores), LONGEST_LIST) for name, scores in lists.items()}


def _ranked(name: str, scores: Counter[int]) -> list[Ranked]:
    best = nsmallest(LOOKED_AT, scores.items(), key=lambda each: (-each[1], -each[0]))
    shown = set(Record.objects.shown_to_public().filter(pk__in=[key for key, _ in best]).values_list("pk", flat=True))
    rows = [(key, score) for key, score in best if key in shown][:LONGEST_LIST]
    return [Ranked(list=name, place=place, record_id=key, score=score) for place, (key, score) in enumerate(rows, 1)]


def _most_lent(days: int) -> Counter[int]:
    """The titles lent most in the last ``days``, so many that hidden ones among them leave enough."""
    return Counter(dict(_loans(days).order_by("-n", "-item__record")[:LOOKED_AT]))


def _loans(days: int) -> "QuerySet[Any, tuple[int, int]]":
    rows = Loan.objects.filter(lent_at__gte=clock.now() - timedelta(days=days)).order_by()
    return rows.values_list("item__record").annotate(n=Count("pk"))


def _interest(days: int) -> Counter[int]:
    since = clock.now() - timedelta(days=days)
    scores: Counter[int] = Counter()
    for record, n in _loans(days).iterator():
        scores[record] += WORTH["loans"] * n
    for record, n in Hold.objects.filter(placed_at__gte=since).order_by().values_list("record").annotate(n=Count("pk")):
        scores[record] += WORTH["holds"] * n
    days_of = DailyInterest.objects.filter(day__gte=since.date()).order_by().values_list("record")
    for record, opens, searched in days_of.annotate(all=Sum("opens"), found=Sum("from_search")):
        scores[record] += WORTH["opens"] * opens + WORTH["from_search"] * searched
    return scores


def pair_loans() -> int:
    """Count anew which titles the same people borrowed; returns how many pairs are kept. Who they were is not kept.

    Title by title: in memory are the latest titles of each member and the company of one title, never all pairs. A stretch of titles
    is written at a time, so nobody waits long; a run broken off is made good by the next.
    """
    titles_of, readers_of = _readings()
    kept = last = 0
    for stretch in _stretches(sorted(readers_of)):
        rows = [
            BorrowedTogether(record_id=record, other_id=other, members=members)
            for record in stretch
            for other, members in _company(record, [titles_of[reader] for reader in readers_of[record]])
        ]
        with transaction.atomic():
            BorrowedTogether.objects.filter(record__gt=last, record__lte=stretch[-1]).delete()
            BorrowedTogether.objects.bulk_create(rows, batch_size=500)
        kept, last = kept + len(rows), stretch[-1]
    BorrowedTogether.objects.filter(record__gt=last).delete()
    return kept


def _company(record: int, readings: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """The titles that most of these readers borrowed beside this one, and how many did; enough of them to tell of no person."""
    if len(readings) < LEAST_MEMBERS:
        return []
    together = Counter(chain.from_iterable(readings))
    often = [each for each in together.items() if each[1] >= LEAST_MEMBERS and each[0] != record]
    return nsmallest(PAIRS_OF_A_TITLE, often, key=lambda each: (-each[1], each[0]))


def _readings() -> tuple[list[Sequence[int]], dict[int, Sequence[int]]]:
    """The latest titles of each member, as far as the library still knows who borrowed, and for each title the places of its readers."""
    loans = (
        Loan.objects.filter(member__isnull=False).order_by("member", "-lent_at", "-pk").values_list("member", "item__record")
    )
    titles_of: list[Sequence[int]] = []
    readers_of: defaultdict[int, array[int]] = defaultdict(partial(array, "q"))
    for _member, rows in groupby(loans.iterator(chunk_size=2_000), key=lambda row: row[0]):
        latest = array("q", islice(dict.fromkeys(record for _, record in rows), LATEST_OF_A_MEMBER))
        for record in latest:
            readers_of[record].append(len(titles_of))
        titles_of.append(latest)
    return titles_of, dict(readers_of)


def _stretches(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    return (keys[first : first + STRETCH] for first in range(0, len(keys), STRETCH))
