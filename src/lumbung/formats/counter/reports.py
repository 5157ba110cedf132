"""Reports of COUNTER Release 5.1 as its API tells them in JSON: platform, title and item reports, and their standard views."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from lumbung.formats.counter.counting import SEARCHES, Item, Tally

ITEMS = ("Total_Item_Investigations", "Total_Item_Requests", "Unique_Item_Investigations", "Unique_Item_Requests")
TITLES = (*ITEMS, "Unique_Title_Investigations", "Unique_Title_Requests")
DENIALS = ("Limit_Exceeded", "No_License")
BOOK_TYPES = ("Book", "Reference_Work")
TITLE_TYPES = frozenset(
    {"Book", "Conference", "Journal", "Newspaper_or_Newsletter", "Other", "Patent", "Reference_Work", "Report", "Standard",
     "Thesis_or_Dissertation", "Unspecified"}
)  # fmt: skip
ATTRIBUTES = ("YOP", "Access_Type", "Access_Method")
UNKNOWN_YEAR = "0001"


@dataclass(frozen=True, slots=True)
class Kind:
    """A report: its name, what it is of, its metrics, and what a standard view fixes."""

    name: str
    of: str
    metrics: Sequence[str]
    fixed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    shows: Sequence[str] = ()
    tells_none: bool = False
    """Whether each metric is told of what has any, also where there was none of it."""

    @property
    def is_view(self) -> bool:
        return bool(self.fixed)

    @property
    def tells_type(self) -> bool:
        """Whether the type of data is told with each count; a view of one type alone does not."""
        return len(self.fixed.get("Data_Type", ())) != 1


def _view(
    name: str, of: str, metrics: Sequence[str], shows: Sequence[str], *, tells_none: bool = False, **fixed: Sequence[str]
) -> Kind:
    return Kind(name, of, metrics, {"Access_Method": ["Regular"], "Metric_Type": metrics, **fixed}, shows, tells_none)


REPORTS: Mapping[str, Kind] = {
    "PR": Kind("Platform Report", "platform", (SEARCHES, *TITLES)),
    "PR_P1": _view(
        "Platform Usage", "platform", (SEARCHES, "Total_Item_Requests", "Unique_Item_Requests", "Unique_Title_Requests"), ()
    ),
    "TR": Kind("Title Report", "title", (*TITLES, *DENIALS)),
    "TR_B1": _view(
        "Book Requests (Controlled)",
        "title",
        ("Total_Item_Requests", "Unique_Title_Requests"),
        ("YOP",),
        Access_Type=["Controlled"],
        Data_Type=BOOK_TYPES,
    ),
    "TR_B2": _view("Book Access Denied", "title", DENIALS, ("YOP",), tells_none=True, Data_Type=BOOK_TYPES),
    "TR_B3": _view("Book Usage by Access Type", "title", TITLES, ("YOP", "Access_Type"), Data_Type=BOOK_TYPES),
    "IR": Kind("Item Report", "item", (*ITEMS, *DENIALS)),
    "IR_A1": _view(
        "Journal Article Requests",
        "item",
        ("Total_Item_Requests", "Unique_Item_Requests"),
        ("Access_Type",),
        tells_none=True,
        Data_Type=["Article"],
    ),
}


@dataclass(frozen=True, slots=True)
class Named:
    """What a report says of a title or item beside its counts."""

    name: str
    publisher: str = ""
    proprietary: str = ""
    uri: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """Who the report is for and of: institution, its identifier (``namespace:value``), platform, who made it."""

    institution: str
    identifier: str
    platform: str
    created_by: str
    created: datetime
    registry: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a report: months inclusive, filters by their names, attributes to show, months apart or one total."""

    report: str
    begin: date
    end: date
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    attributes: Sequence[str] = ()
    is_total: bool = False

    @property
    def kind(self) -> Kind:
        return REPORTS[self.report]

    @property
    def shown(self) -> Sequence[str]:
        return self.kind.shows if self.kind.is_view else self.attributes


def report(
    asked: Asked, tally: Tally, *, header: Header, named: Callable[[Item], Named], exceptions: Sequence[Mapping[str, Any]] = ()
) -> dict[str, Any]:
    """The whole report. ``named`` tells the title or item of a count."""
    items = list(_items(asked, tally, header.platform, named))
    return {"Report_Header": _header(asked, header, exceptions), "Report_Items": items}


def _header(asked: Asked, header: Header, exceptions: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    filters = asked.kind.fixed or asked.filters
    told: dict[str, Any] = {
        "Report_Name": asked.kind.name,
        "Report_ID": asked.report,
        "Release": "5.1",
        "Institution_Name": header.institution,
        "Institution_ID": {"Proprietary": [header.identifier]},
        "Report_Filters": {
            "Begin_Date": asked.begin.isoformat(),
            "End_Date": asked.end.isoformat(),
            **{name: list(values) for name, values in filters.items() if values},
        },
        "Created": header.created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "Created_By": header.created_by,
        "Registry_Record": header.registry,
    }
    attributes: dict[str, Any] = {}
    if not asked.kind.is_view and asked.attributes:
        attributes["Attributes_To_Show"] = list(asked.attributes)
    if not asked.kind.is_view and asked.is_total:
        attributes["Granularity"] = "Total"
    if attributes:
        told["Report_Attributes"] = attributes
    if exceptions:
        told["Exceptions"] = list(exceptions)
    return told


Counts = dict[str, dict[str, int]]
Groups = dict[tuple[str, ...], Counts]


def _items(asked: Asked, tally: Tally, platform: str, named: Callable[[Item], Named]) -> Iterator[dict[str, Any]]:
    whose, groups = _grouped(asked, tally)
    told = []
    for key in sorted(groups):
        said = {"Platform": platform} if asked.kind.of == "platform" else _said(asked, named(whose[key]), platform)
        told.append({**said, "Attribute_Performance": [_performance(asked, *each) for each in sorted(groups[key].items())]})
    if asked.kind.of == "item":
        yield from [{"Items": told}] if told else []
    else:
        yield from told


def _grouped(asked: Asked, tally: Tally) -> tuple[dict[str, Item], dict[str, Groups]]:
    """The counts that are asked for: by title, item or platform, then by the attributes that are shown, then by metric and month."""
    whose: dict[str, Item] = {}
    groups: dict[str, Groups] = defaultdict(lambda: defaultdict(lambda: defaultdict(lambda: defaultdict(int))))
    for (item, metric, month), count in tally.counts.items():
        if not _is_asked(asked, item, metric):
            continue
        key = {"platform": "", "title": f"{item.title:012}", "item": item.work}[asked.kind.of]
        whose.setdefault(key, item)
        groups[key][_attributes(asked, item)][metric]["total" if asked.is_total else month] += count
    if asked.kind.of == "platform" and _allows(asked, "Metric_Type", SEARCHES) and _allows(asked, "Data_Type", "Platform"):
        shown = ("Platform", *("Regular" for name in asked.shown if name == "Access_Method"))
        for month, count in tally.searches.items():
            groups[""][shown][SEARCHES]["total" if asked.is_total else month] += count
    return whose, groups


def _is_asked(asked: Asked, item: Item, metric: str) -> bool:
    if asked.kind.of == "title" and item.data_type not in TITLE_TYPES:
        return False
    facts = {
        "Metric_Type": metric,
        "Data_Type": _type_of(asked, item),
        "Access_Type": _access_of(item),
        "Access_Method": "Regular",
    }
    return metric in asked.kind.metrics and _of_year(asked, item) and all(_allows(asked, *each) for each in facts.items())


def _allows(asked: Asked, name: str, value: str) -> bool:
    wanted: Collection[str] = (asked.kind.fixed or asked.filters).get(name, ())
    return not wanted or value in wanted


def _of_year(asked: Asked, item: Item) -> bool:
    spans = [each.partition("-") for each in asked.filters.get("YOP", ())]
    return not spans or any(first <= _year_of(item) <= (last or first) for first, _sign, last in spans)


def _attributes(asked: Asked, item: Item) -> tuple[str, ...]:
    facts = {"YOP": _year_of(item), "Access_Type": _access_of(item), "Access_Method": "Regular"}
    return (_type_of(asked, item), *(facts[name] for name in asked.shown if name in facts and _has(asked, name)))


def _has(asked: Asked, name: str) -> bool:
    """Whether this report knows the attribute: a platform has neither years nor kinds of access."""
    return asked.kind.of != "platform" or name == "Access_Method"


def _performance(asked: Asked, key: tuple[str, ...], counts: Counts) -> dict[str, Any]:
    names = ("Data_Type", *(name for name in asked.shown if name in ATTRIBUTES and _has(asked, name)))
    span = f"{asked.begin:%Y-%m}"
    told = {
        metric: {span if month == "total" else month: number for month, number in sorted(counts[metric].items())}
        for metric in asked.kind.metrics
        if metric in counts
    }
    if asked.kind.tells_none:
        months = sorted({month for each in told.values() for month in each})
        told = {metric: told.get(metric, dict.fromkeys(months, 0)) for metric in asked.kind.metrics}
    said = dict(zip(names, key, strict=True))
    if not asked.kind.tells_type:
        del said["Data_Type"]
    return {**said, "Performance": told}


def _said(asked: Asked, said: Named, platform: str) -> dict[str, Any]:
    numbers = {"Proprietary": said.proprietary, "URI": said.uri}
    return {
        "Title" if asked.kind.of == "title" else "Item": said.name,
        "Publisher": said.publisher,
        "Platform": platform,
        "Item_ID": {name: value for name, value in numbers.items() if value},
    }


def _type_of(asked: Asked, item: Item) -> str:
    return item.item_type if asked.kind.of == "item" else item.data_type


def _access_of(item: Item) -> str:
    return "Open" if item.is_open else "Controlled"


def _year_of(item: Item) -> str:
    return f"{item.year:04d}" if item.year and 0 < item.year <= 9999 else UNKNOWN_YEAR  # noqa: PLR2004 -- years of four digits
