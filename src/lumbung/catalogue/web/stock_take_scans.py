"""Where scans come in: one by one from the scan page, many from a device that was away, or as a list in a file."""

import csv
import json
import secrets
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_POST

from lumbung.accounts.domain.who_did import signed_name, users_named
from lumbung.catalogue import queries
from lumbung.catalogue.domain.stock_takes.opening import places_of
from lumbung.catalogue.domain.stock_takes.scanning import Outcome, Scanned, take_scans
from lumbung.catalogue.models import StockTake
from lumbung.catalogue.permissions import COUNT
from lumbung.catalogue.web.stock_take_forms import ListForm
from lumbung.kernel import clock
from lumbung.kernel.device_clock import lag, set_right
from lumbung.kernel.device_texts import readable
from lumbung.kernel.refusals import Refused
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.submission import form_page, reasons_shown_on

MOST_AT_ONCE = 500
WORKER = "lumbung/stock-take-worker.js"
LONGEST_DEVICE = 40
LARGEST_SEQUENCE = 2**53
PAGE = "stock-take scan"
"""By which the names signed on it are known."""
OLDEST = timedelta(days=30)
"""A scan made longer ago on its page counts as whose device sends it."""


@needs(COUNT)
@ensure_csrf_cookie
def scan(request: HttpRequest, pk: int) -> HttpResponse:
    """The page to scan on. It works without a connection once it was open; without JavaScript each scan is a form of its own."""
    shown = get_object_or_404(queries.stock_takes(), pk=pk)
    outcome = None
    place = request.POST.get("place", "")
    if request.method == "POST":
        number = int(clock.now().timestamp() * 1000)
        one = Scanned(number, request.POST.get("code", ""), clock.now(), _place(place, shown))
        taken = take_scans(shown, [one], device=_page_device(request), by=request.user)
        outcome = taken[0] if taken else None
    context = {
        "take": shown,
        "places": places_of(shown),
        "outcome": outcome,
        "place": place,
        "by": signed_name(request.user, page=PAGE),
    }
    return render(request, "catalogue/stock_take_scan.html", context)


@needs(COUNT)
def expected(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What a device must know to answer by itself: round and lines ``[barcode, standing, title, call number, location key]``."""
    shown = get_object_or_404(StockTake, pk=pk)
    response = StreamingHttpResponse(_snapshot(shown), content_type="application/json")
    response["Cache-Control"] = "no-store"
    return response


@needs(COUNT)
@require_POST
def scans(request: HttpRequest, pk: int) -> JsonResponse:
    """Takes what a device read: ``{"device", "now", "scans": [{"sequence", "code", "at", "place", "by"}]}``. Sent again, it counts
    nothing twice. A scan is whose page it was made on (``by``), though somebody else has signed in since; ``now`` is by its clock."""
    shown = get_object_or_404(StockTake, pk=pk)
    try:
        told = json.loads(request.body)
        device, late, some = _device(told["device"]), lag(told.get("now")), told["scans"][:MOST_AT_ONCE]
        read = [(str(each.get("by")), _scanned(each, shown, late)) for each in some]
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        return JsonResponse({"error": _("Kiriman pindaian tidak terbaca.")}, status=400)
    try:
        outcomes = _taken_of_each(shown, read, device, request.user)
    except Refused as refused:
        return JsonResponse({"error": " ".join(str(reason) for reason in refused.reasons)}, status=409)
    return JsonResponse({"taken": [each.sequence for _by, each in read], "outcomes": [_told(each) for each in outcomes]})


@needs(COUNT)
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """A list of barcodes, from a scanner that keeps them."""
    shown = get_object_or_404(StockTake, pk=pk)
    form = ListForm(request.POST or None, request.FILES or None, places=places_of(shown))
    if form.is_valid():
        with reasons_shown_on(form):
            count = _take_list(shown, form.cleaned_data, request.user)
            told = ngettext("%(count)d barcode diterima.", "%(count)d barcode diterima.", count)
            messages.success(request, told % {"count": count})
            return redirect("catalogue:stock_take", pk)
    return form_page(request, "catalogue/stock_take_list.html", form, take=shown)


@needs(COUNT)
def worker(_request: HttpRequest) -> HttpResponse:
    """The service worker of the scan pages. It must stand at this address to have power over them, and over nothing else."""
    response = HttpResponse(Path(finders.find(WORKER) or "").read_bytes(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


def _taken_of_each(stock_take: StockTake, read: list[tuple[str, Scanned]], device: str, sender: Any) -> list[Outcome]:
    """Each person's scans as theirs; the sender's where the device does not say whose."""
    known = users_named({by for by, _scan in read}, page=PAGE, within=OLDEST, permission=COUNT)
    hands = dict[Any, list[Scanned]]()
    for by, scan in read:
        hands.setdefault(known.get(by, sender), []).append(scan)
    facts = {"device": device, "sent_by": sender}
    return [outcome for by, scans in hands.items() for outcome in take_scans(stock_take, scans, by=by, **facts)]


def _take_list(stock_take: StockTake, told: dict[str, Any], by: Any) -> int:
    text = told["file"].read().decode("utf-8-sig", errors="replace") if told["file"] else told["codes"]
    codes = _first_column(text)
    device, now, place = _("daftar %(name)s") % {"name": secrets.token_hex(4)}, clock.now(), told["place"]
    for first in range(0, len(codes), MOST_AT_ONCE):
        some = codes[first : first + MOST_AT_ONCE]
        read = [Scanned(number, code, now, place.pk if place else None) for number, code in enumerate(some, start=first + 1)]
        take_scans(stock_take, read, device=device, by=by)
    return len(codes)


def _first_column(text: str) -> list[str]:
    separator = ";" if text.count(";") > text.count(",") else "\t" if "\t" in text else ","
    cells = (row[0].strip() for row in csv.reader(text.replace("\0", "").splitlines(), delimiter=separator) if row)
    return [cell[:200] for cell in cells if cell and cell.casefold() != "barcode"]


def _snapshot(stock_take: StockTake) -> Iterator[str]:
    places = {place.pk: str(place) for place in places_of(stock_take)}
    head = {"round": stock_take.round, "prefix": stock_take.code_prefix, "suffix": stock_take.code_suffix, "places": places}
    yield json.dumps(head)[:-1] + ', "lines": ['
    columns = queries.to_look_for(stock_take).values_list("barcode", "standing", "title", "call_number", "location")
    comma = ""
    for row in columns.iterator(chunk_size=2000):
        yield comma + json.dumps(row, ensure_ascii=False)
        comma = ",\n"
    yield "]}"


def _scanned(told: dict[str, Any], stock_take: StockTake, late: timedelta) -> Scanned:
    sequence, code, at = told["sequence"], told["code"], set_right(told["at"], late)
    if not isinstance(sequence, int) or not 0 < sequence < LARGEST_SEQUENCE or not isinstance(code, str):
        raise ValueError("a scan has a number and a code")
    return Scanned(sequence, readable(code), at or clock.now(), _place(told.get("place"), stock_take))


def _place(told: Any, stock_take: StockTake) -> int | None:
    known = {place.pk for place in places_of(stock_take)}
    return int(told) if str(told or "").isdecimal() and int(told) in known else None


def _device(told: Any) -> str:
    if not isinstance(told, str) or not (name := readable(told).strip()):
        raise ValueError("a device has a name")
    return name[:LONGEST_DEVICE]


def _page_device(request: HttpRequest) -> str:
    return f"web-{request.user.pk}"


def _told(outcome: Outcome) -> dict[str, Any]:
    line = outcome.line
    return {
        "sequence": outcome.sequence,
        "barcode": line.barcode,
        "finding": line.finding,
        "title": line.title,
        "call_number": line.call_number,
        "belongs": str(line.location or ""),
        "repeated": outcome.repeated,
    }
