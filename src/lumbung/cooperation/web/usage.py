"""Use of the digital library beside that of print, and the reports of COUNTER as files."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from lumbung.cooperation.permissions import USAGE
from lumbung.cooperation.queries.usage import Month, by_month, first_and_last_month, names_of, usage
from lumbung.cooperation.queries.usage_asking import Wrong, read
from lumbung.cooperation.queries.usage_reports import customer_id, header
from lumbung.formats.counter import REPORTS, report
from lumbung.formats.counter.tables import rows
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.spreadsheet import csv_response, harmless, table_response

MONTHS = 12
HIGH, STEP, WIDE = 160, 48, 16


@dataclass(frozen=True)
class Pair:
    """One month in the chart: two bars side by side, on one scale."""

    month: Month
    x: int
    print_high: int
    digital_high: int

    @property
    def beside(self) -> int:
        return self.x + WIDE

    @property
    def middle(self) -> int:
        return self.x + WIDE

    @property
    def print_top(self) -> int:
        return HIGH - self.print_high

    @property
    def digital_top(self) -> int:
        return HIGH - self.digital_high


@require_safe
@needs(USAGE)
def usage_page(request: HttpRequest) -> HttpResponse:
    """Twelve months of print and digital use on one chart, with their table, and the reports."""
    told = by_month(MONTHS)
    first, last = first_and_last_month()
    facts = {
        "pairs": pairs_of(told),
        "width": MONTHS * STEP,
        "months": told[::-1],
        "is_empty": not any(each.loans or each.requests or each.e_loans for each in told),
        "reports": [(key, kind) for key, kind in REPORTS.items()],
        "first": f"{first:%Y-%m}",
        "last": f"{last:%Y-%m}",
        "address": request.build_absolute_uri("/counter/r51"),
        "customer": customer_id(),
        "requestor": request.user.get_username(),
        "begin": request.GET.get("begin", f"{max(first, last.replace(month=1)):%Y-%m}"),
        "end": request.GET.get("end", f"{last:%Y-%m}"),
    }
    return render(request, "cooperation/usage.html", facts)


def pairs_of(told: Sequence[Month]) -> list[Pair]:
    """The bars of the chart; the highest of all is as high as the chart, and what is little shows still."""
    highest = max((max(each.loans, each.requests) for each in told), default=0) or 1

    def high(count: int) -> int:
        return max(2, round(HIGH * count / highest)) if count else 0

    return [Pair(each, place * STEP + 8, high(each.loans), high(each.requests)) for place, each in enumerate(told)]


@require_safe
@needs(USAGE)
def months(_request: HttpRequest) -> HttpResponseBase:
    """The table of the chart."""
    head = [
        _("bulan"),
        _("pinjaman cetak"),
        _("baca dan unduh digital"),
        _("pinjaman digital"),
        _("ditolak"),
        pgettext("many", "pencarian"),
    ]
    lines = ([f"{m.first_day:%Y-%m}", m.loans, m.requests, m.e_loans, m.denials, m.searches] for m in by_month(MONTHS))
    return csv_response("pemakaian.csv", head, lines)


@require_safe
@needs(USAGE)
def file(request: HttpRequest, report: str, form: str) -> HttpResponseBase:
    """One report of COUNTER as TSV, as its Code of Practice has it, or XLSX."""
    if report not in REPORTS or form not in {"tsv", "xlsx"}:
        raise Http404
    try:
        cells = list(_cells(request, report))
    except Wrong as wrong:
        return HttpResponse(_("Bulan ini tidak dapat dilaporkan: %(what)s") % {"what": wrong.data}, status=400)
    name = f"{report}.{form}"
    if form == "xlsx":
        return table_response(name, cells[0], cells[1:])
    lines = "".join("\t".join(" ".join(harmless(cell).split()) for cell in row) + "\n" for row in cells)
    response = HttpResponse(lines, content_type="text/tab-separated-values; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


def _cells(request: HttpRequest, name: str) -> list[list[str | int]]:
    reading = read(name, request.GET)
    tally = usage(reading.asked.begin, reading.asked.end)
    named = names_of(tally, lambda record: request.build_absolute_uri(f"/records/{record}"))
    told = report(reading.asked, tally, header=header(), named=named, exceptions=reading.exceptions)
    return list(rows(reading.asked, told))
