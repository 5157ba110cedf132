"""The tables of reports, as the Code of Practice lays them out: a header of a line each, an empty line, the heads, the counts."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lumbung.formats.counter.reports import ATTRIBUTES, Asked

_IDENTIFIERS = {"title": ("Title", "Publisher"), "item": ("Item", "Publisher"), "platform": ()}


def rows(asked: Asked, told: Mapping[str, Any]) -> Iterator[list[str | int]]:
    """The report as rows of cells."""
    head = told["Report_Header"]
    yield from _head(head)
    yield []
    named = _IDENTIFIERS[asked.kind.of]
    shown = [name for name in asked.shown if name in ATTRIBUTES and (asked.kind.of != "platform" or name == "Access_Method")]
    months = _months(told)
    facts = [*(["Data_Type"] if asked.kind.tells_type else []), *shown]
    numbers = ["Proprietary_ID", "URI"] if named else []
    yield [*named, "Platform", *numbers, *facts, "Metric_Type", "Reporting_Period_Total", *months]
    for item in _flat(told["Report_Items"]):
        ids = item.get("Item_ID", {})
        before = [
            *(item[name] for name in named),
            item["Platform"],
            *([ids.get("Proprietary", ""), ids.get("URI", "")] if named else []),
        ]
        for performance in item["Attribute_Performance"]:
            for metric, counts in performance["Performance"].items():
                yield [
                    *before,
                    *(performance[name] for name in facts),
                    metric,
                    sum(counts.values()),
                    *(counts.get(month, 0) for month in months),
                ]


def _head(head: Mapping[str, Any]) -> Iterator[list[str | int]]:
    filters = dict(head["Report_Filters"])
    begin, end = filters.pop("Begin_Date"), filters.pop("End_Date")
    metrics = filters.pop("Metric_Type", [])
    attributes = head.get("Report_Attributes", {})
    yield ["Report_Name", head["Report_Name"]]
    yield ["Report_ID", head["Report_ID"]]
    yield ["Release", head["Release"]]
    yield ["Institution_Name", head["Institution_Name"]]
    yield ["Institution_ID", "; ".join(head["Institution_ID"]["Proprietary"])]
    yield ["Metric_Types", "; ".join(metrics)]
    yield ["Report_Filters", "; ".join(f"{name}={_joined(value)}" for name, value in filters.items())]
    yield ["Report_Attributes", "; ".join(f"{name}={_joined(value)}" for name, value in attributes.items())]
    yield ["Exceptions", "; ".join(f"{each['Code']}: {each['Message']}" for each in head.get("Exceptions", []))]
    yield ["Reporting_Period", f"Begin_Date={begin}; End_Date={end}"]
    yield ["Created", head["Created"]]
    yield ["Created_By", head["Created_By"]]
    yield ["Registry_Record", head["Registry_Record"]]


def _joined(value: Any) -> str:
    return "|".join(value) if isinstance(value, list) else str(value)


def _flat(items: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for item in items:
        yield from item.get("Items", [item])


def _months(told: Mapping[str, Any]) -> list[str]:
    return sorted(
        {
            month
            for item in _flat(told["Report_Items"])
            for each in item["Attribute_Performance"]
            for counts in each["Performance"].values()
            for month in counts
        }
    )
