"""Uses of the digital library, as COUNTER counts them, and beside them the loans of print, month by month."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth

from lumbung.catalogue.models import Material, Record
from lumbung.circulation.models import Loan
from lumbung.digital.models import ELoan, FileUse, Levels, Parts
from lumbung.formats.counter import Item, Tally, Use, counted
from lumbung.formats.counter.counting import INVESTIGATION, LICENCE, LIMIT, REQUEST, SEARCH
from lumbung.formats.counter.reports import Named
from lumbung.kernel import clock
from lumbung.organization.queries import library

NAMESPACE = "lumbung"
USES_KEPT = 400
"""Days after which uses are forgotten; see ``digital/domain/uses.py``."""
TYPES = {
    Material.BOOK: "Book",
    Material.EBOOK: "Book",
    Material.THESIS: "Thesis_or_Dissertation",
    Material.SERIAL: "Journal",
    Material.ARTICLE: "Article",
    Material.AUDIO: "Sound",
    Material.VIDEO: "Audiovisual",
    Material.IMAGE: "Image",
    Material.MAP: "Image",
    Material.COMPUTER_FILE: "Software",
}
ITEM_TYPES = {"Book": "Book_Segment", "Journal": "Article"}
LIMITS = frozenset({"all_lent", "others_wait", "e_loan_limit_reached", "all_places_read"})
NO_DENIALS = frozenset(
    {"", "withdrawn", "superseded", "title_hidden", "read_only", "cannot_be_marked", "needs_loan", "not_read_here"}
)
"""Reasons that are none of licences or limits: what is gone, is read here, or only waits to be borrowed."""
COLUMNS = (
    "kind",
    "at",
    "visitor",
    "reason",
    "file",
    "file__part",
    "file__level",
    "file__lending",
    "file__record",
    "file__record__material",
    "file__record__year",
)


def zone() -> ZoneInfo:
    return ZoneInfo(library().time_zone)


def usage(begin: date, end: date) -> Tally:
    """The counts of these days, both included, without robots; by the library's clock."""
    local = zone()
    first, after = datetime.combine(begin, time.min, local), datetime.combine(end + timedelta(days=1), time.min, local)
    rows = FileUse.objects.filter(at__gte=first, at__lt=after, is_robot=False).order_by("at", "pk").values_list(*COLUMNS)
    return counted(_uses(rows.iterator(chunk_size=2_000), local))


def _uses(rows: Iterator[tuple[Any, ...]], local: ZoneInfo) -> Iterator[Use]:
    for kind, at, visitor, reason, file, part, level, lending, record, material, year in rows:
        local_at = at.astimezone(local)
        if kind == FileUse.Kinds.SEARCHED:
            yield Use(SEARCH, local_at, visitor, int(reason or "0", 16))
        else:
            is_open = level == Levels.PUBLIC and lending is None
            item = _item(file, part, record, material, year, is_open=is_open)
            yield Use(_kind(kind, reason), local_at, visitor, file, item)


def _kind(kind: str, reason: str) -> str:
    if kind in {FileUse.Kinds.OPENED, FileUse.Kinds.REQUESTED}:
        return REQUEST
    if kind == FileUse.Kinds.VIEWED or reason in NO_DENIALS:
        return INVESTIGATION
    return LIMIT if reason in LIMITS else LICENCE


@lru_cache(maxsize=4_096)
def _item(file: int, part: str, record: int, material: str, year: int | None, *, is_open: bool) -> Item:
    """Formats of the whole are one item; each chapter is one of its own."""
    data_type = TYPES.get(Material(material), "Other")
    work = f"{record:012}" if part == Parts.WHOLE else f"{record:012}/{file:012}"
    return Item(work, record, data_type, ITEM_TYPES.get(data_type, data_type), year, is_open)


def names_of(tally: Tally, address: Callable[[int], str]) -> Callable[[Item], Named]:
    """The title of each record that was counted, with its address; one statement."""
    keys = {item.title for item, _metric, _month in tally.counts}
    found = Record.objects.in_bulk(list(keys)) if keys else {}
    said = {key: (row.title, row.publisher) for key, row in found.items()}

    def named(item: Item) -> Named:
        title, publisher = said.get(item.title, ("", ""))
        return Named(title, publisher, f"{NAMESPACE}:{item.work.lstrip('0').replace('/0', '/')}", address(item.title))

    return named


def first_and_last_month() -> tuple[date, date]:
    """The first month of which uses are kept, and the last whole one."""
    today = clock.today(zone())
    last = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    earliest = FileUse.objects.order_by("at").values_list("at", flat=True).first()
    first = earliest.astimezone(zone()).date().replace(day=1) if earliest else last
    return min(first, last), last


@dataclass(frozen=True)
class Month:
    """Print and digital use of one month: loans of copies; files read or downloaded, and e-loans."""

    first_day: date
    loans: int
    requests: int
    e_loans: int
    denials: int
    searches: int


def by_month(months: int) -> list[Month]:
    """The latest months, the present one among them, the oldest first."""
    today = clock.today(zone())
    starts = [_months_before(today.replace(day=1), back) for back in range(months - 1, -1, -1)]
    tally = usage(starts[0], today)
    sums: Counter[tuple[str, str]] = Counter()
    for (_, metric, month), count in tally.counts.items():
        sums[metric, month] += count
    since = datetime.combine(starts[0], time.min, zone())
    print_loans = _monthly(Loan.objects.filter(lent_at__gte=since))
    e_loans = _monthly(ELoan.objects.filter(lent_at__gte=since, is_offer=False))
    return [
        Month(
            start,
            loans=print_loans.get(f"{start:%Y-%m}", 0),
            requests=sums["Total_Item_Requests", f"{start:%Y-%m}"],
            e_loans=e_loans.get(f"{start:%Y-%m}", 0),
            denials=sums["No_License", f"{start:%Y-%m}"] + sums["Limit_Exceeded", f"{start:%Y-%m}"],
            searches=tally.searches[f"{start:%Y-%m}"],
        )
        for start in starts
    ]


def _monthly(loans: QuerySet[Loan] | QuerySet[ELoan]) -> dict[str, int]:
    month = TruncMonth("lent_at", tzinfo=zone())
    counted_by = loans.order_by().annotate(month=month).values_list("month").annotate(count=Count("pk"))
    return {f"{first:%Y-%m}": count for first, count in counted_by}


def _months_before(first: date, back: int) -> date:
    number = first.year * 12 + first.month - 1 - back
    return date(number // 12, number % 12 + 1, 1)
