"""Stock-takes: open one, watch it, look at what was found, end it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lumbung.catalogue import queries
from lumbung.catalogue.domain.stock_takes import course
from lumbung.catalogue.domain.stock_takes.opening import open_stock_take
from lumbung.catalogue.jobs import prepare_stock_take
from lumbung.catalogue.models import StockTake, StockTakeLine
from lumbung.catalogue.permissions import COUNT, STOCK_TAKES
from lumbung.catalogue.web.stock_take_forms import StockTakeForm
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.spreadsheet import csv_response
from lumbung.kernel.ui.submission import form_page, reasons_shown_on

States = StockTake.States
ENDS = {"round": course.begin_round, "closing": course.close, "reopening": course.reopen, "abandonment": course.abandon}


@needs(COUNT)
def stock_takes(request: HttpRequest) -> HttpResponse:
    return render(request, "catalogue/stock_takes.html", {"page": page_of(queries.stock_takes(), request)})


@needs(STOCK_TAKES)
@once
def start(request: HttpRequest) -> HttpResponse:
    form = StockTakeForm(request.POST or None)
    if form.is_valid():
        with reasons_shown_on(form):
            opened = open_stock_take(by=request.user, **form.cleaned_data)
            prepare_stock_take.enqueue(stock_take=opened.pk)
            return redirect("catalogue:stock_take", opened.pk)
    return form_page(request, "catalogue/stock_take_start.html", form)


@needs(COUNT)
def stock_take(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of one count; for htmx only the part that moves."""
    shown = get_object_or_404(queries.stock_takes(), pk=pk)
    template = "catalogue/stock_take_state.html" if request.headers.get("HX-Request") else "catalogue/stock_take.html"
    context = {
        "take": shown,
        "is_under_way": shown.state in {States.PREPARING, States.COUNTING},
        "scanners": shown.scanners.select_related("user"),
        "changes": shown.status_changes.select_related("made_by"),
        "minutes": shown.minutes.select_related("issued_by"),
        "findings": StockTakeLine.Findings,
    }
    return render(request, template, context)


@needs(COUNT)
def lines(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What was found of each copy, in shelf order; ``?format=csv`` takes it away as a table."""
    shown = get_object_or_404(StockTake, pk=pk)
    finding = request.GET.get("finding", "")
    rows = queries.stock_take_lines(shown, finding)
    if request.GET.get("format") == "csv":
        return csv_response(
            f"opname-{pk}{'-' + finding if finding in _names() else ''}.csv", _header(), map(_cells, rows.iterator(2000))
        )
    tabs = [("", _("Semua")), ("unseen", _("Belum dipindai")), *StockTakeLine.Findings.choices]
    context = {"take": shown, "finding": finding, "tabs": tabs, "page": page_of(rows, request)}
    return render(request, "catalogue/stock_take_lines.html", context)


@needs(STOCK_TAKES)
@require_POST
def go_on(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Another round, the end, a new beginning, giving up."""
    now = ENDS[step](get_object_or_404(StockTake, pk=pk), by=request.user)
    messages.success(request, _("Status opname sekarang: %(state)s.") % {"state": now.get_state_display()})
    return redirect("catalogue:stock_take", pk)


def _names() -> set[str]:
    return {"unseen", *StockTakeLine.Findings.values}


def _header() -> list[str]:
    return [
        _("Barcode"), _("Judul"), _("Nomor panggil"), _("Lokasi"), _("Menurut katalog"), _("Hasil"),
        _("Dipindai"), _("Dipindai di"), _("Terbaca sesudah"), _("Putaran"), _("Pemindai"),
    ]  # fmt: skip


def _cells(line: StockTakeLine) -> list[object]:
    seen_at = f"{line.seen_at:%Y-%m-%d %H:%M:%S}" if line.seen_at else ""
    return [
        line.barcode, line.title, line.call_number, line.location or "", line.get_standing_display(), line.get_finding_display(),
        seen_at, line.seen_in or "", line.after, line.seen_round or "", line.seen_by or "",
    ]  # fmt: skip
