"""What a request of the COUNTER API asks, and what is wrong with it, by the exceptions of the Code of Practice."""

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import QueryDict

from lumbung.cooperation.queries.usage import USES_KEPT, first_and_last_month
from lumbung.formats.counter import REPORTS, Asked
from lumbung.formats.counter.reports import ATTRIBUTES
from lumbung.kernel import clock

MESSAGES = {
    1020: "Client has made too many requests",
    1030: "Insufficient Information to Process Request",
    2000: "Requestor Not Authorized to Access Service",
    2010: "Requestor is Not Authorized to Access Usage for Institution",
    2020: "APIKey Invalid",
    3020: "Invalid Date Arguments",
    3030: "No Usage Available for Requested Dates",
    3031: "Usage Not Ready for Requested Dates",
    3032: "Usage No Longer Available for Requested Dates",
    3040: "Partial Data Returned",
    3050: "Parameter Not Recognized in this Context",
    3060: "Invalid ReportFilter Value",
    3062: "Invalid ReportAttribute Value",
}
FILTERS = {
    "metric_type": "Metric_Type",
    "data_type": "Data_Type",
    "access_type": "Access_Type",
    "access_method": "Access_Method",
    "yop": "YOP",
}
ALWAYS = frozenset({"customer_id", "requestor_id", "api_key", "platform", "begin_date", "end_date"})
VALUES = {"Access_Type": {"Controlled", "Open", "Free_To_Read"}, "Access_Method": {"Regular", "TDM"}}
_MONTH = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?\Z", re.ASCII)
_YEARS = re.compile(r"\d{4}(?:-\d{4})?\Z", re.ASCII)


class Wrong(Exception):
    """The request is answered by one exception alone, with this status."""

    def __init__(self, code: int, status: int, data: str = "") -> None:
        super().__init__(code)
        self.code, self.status, self.data = code, status, data


@dataclass
class Reading:
    """What is asked, and the exceptions that the report tells beside its counts."""

    asked: Asked
    exceptions: list[dict[str, Any]] = field(default_factory=list)
    is_empty: bool = False


def exception(code: int, data: str = "") -> dict[str, Any]:
    return {"Code": code, "Message": MESSAGES[code], **({"Data": data} if data else {})}


def read(report: str, given: QueryDict) -> Reading:
    """Raises ``Wrong`` for dates that are none or missing; other faults are told in the report, which passes over them."""
    begin, end = _span(given)
    exceptions = [exception(3050, name) for name in sorted(set(given) - _known(report))]
    filters: dict[str, Sequence[str]] = {}
    attributes: Sequence[str] = ()
    if not REPORTS[report].is_view:
        filters, refused = _filters(report, given)
        exceptions += refused
        wanted = _listed(given, "attributes_to_show")
        attributes = [name for name in ATTRIBUTES if name in wanted]
        exceptions += [exception(3062, name) for name in wanted if name not in ATTRIBUTES]
    granularity = given.get("granularity", "Month")
    if granularity not in {"Month", "Total"}:
        exceptions.append(exception(3062, granularity[:40]))
    asked = Asked(report, begin, end, filters, attributes, is_total=granularity == "Total" and not REPORTS[report].is_view)
    late, is_empty = _time(begin, end)
    return Reading(asked, exceptions + late, is_empty)


def _span(given: QueryDict) -> tuple[date, date]:
    first, last = given.get("begin_date", ""), given.get("end_date", "")
    if not first or not last:
        raise Wrong(1030, 400, "begin_date, end_date")
    begin, end = _day(first, is_end=False), _day(last, is_end=True)
    if begin > end or begin.day != 1 or end.day != calendar.monthrange(end.year, end.month)[1]:
        raise Wrong(3020, 400, f"{begin} {end}")
    return begin, end


def _day(text: str, *, is_end: bool) -> date:
    found = _MONTH.match(text)
    try:
        if found is None:
            raise ValueError(text)
        year, month = int(found[1]), int(found[2])
        last = calendar.monthrange(year, month)[1]
        return date(year, month, int(found[3]) if found[3] else last if is_end else 1)
    except ValueError as error:
        raise Wrong(3020, 400, text[:40]) from error


def _time(begin: date, end: date) -> tuple[list[dict[str, Any]], bool]:
    """Months that are not over are not ready; what was forgotten is no longer there."""
    _first, last = first_and_last_month()
    if begin > last:
        return [exception(3031)], True
    told = [exception(3031), exception(3040)] if end.replace(day=1) > last else []
    oldest = date.fromordinal(clock.now().date().toordinal() - USES_KEPT)
    if end < oldest:
        return [exception(3032)], True
    return told + ([exception(3032)] if begin < oldest.replace(day=1) else []), False


def _known(report: str) -> frozenset[str]:
    if REPORTS[report].is_view:
        return ALWAYS
    own = {"granularity", "attributes_to_show", *FILTERS}
    return ALWAYS | frozenset(own - ({"yop", "access_type"} if REPORTS[report].of == "platform" else set()))


def _filters(report: str, given: QueryDict) -> tuple[dict[str, Sequence[str]], list[dict[str, Any]]]:
    filters: dict[str, Sequence[str]] = {}
    refused = []
    for parameter, name in FILTERS.items():
        wanted = _listed(given, parameter) if parameter in _known(report) else []
        good = [value for value in wanted if _is_value(report, name, value)]
        refused += [exception(3060, f"{parameter}={value}"[:80]) for value in wanted if value not in good]
        if good:
            filters[name] = good
    return filters, refused


def _is_value(report: str, name: str, value: str) -> bool:
    if name == "Metric_Type":
        return value in REPORTS[report].metrics
    if name == "YOP":
        return _YEARS.match(value) is not None
    return value in VALUES[name] if name in VALUES else value.replace("_", "").isalpha() and value.isascii()


def _listed(given: QueryDict, name: str) -> list[str]:
    return list(dict.fromkeys(each.strip() for each in given.get(name, "").split("|") if each.strip()))
