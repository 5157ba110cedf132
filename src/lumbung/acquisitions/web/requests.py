"""Requests for staff: the list, one noted by hand, one looked at and decided, and the table to take along."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lumbung.acquisitions.domain.doubles import doubles_of
from lumbung.acquisitions.domain.requests import ask_for
from lumbung.acquisitions.domain.selection import accept_request, decline_request, reopen_request
from lumbung.acquisitions.models import PurchaseRequest
from lumbung.acquisitions.permissions import ASK, SEE, SELECT
from lumbung.acquisitions.queries.requests import requests_visible_to, to_order, with_course
from lumbung.acquisitions.queries.trace import trace_of_request
from lumbung.acquisitions.web.forms import AcceptForm, RequestForm
from lumbung.kernel import clock
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.spreadsheet import table_response
from lumbung.kernel.ui.submission import form_page, reasons_shown_on, text_sent
from lumbung.members.queries import member_by_barcode
from lumbung.organization.queries import library

TO_ORDER = "to_order"
STATES = [*PurchaseRequest.States.choices, (TO_ORDER, gettext_lazy("Siap dipesan"))]
COLUMNS = [
    gettext_lazy("judul"), gettext_lazy("pengarang"), gettext_lazy("penerbit"), gettext_lazy("tahun"), gettext_lazy("ISBN"),
    gettext_lazy("eksemplar"), gettext_lazy("perkiraan harga"), gettext_lazy("diusulkan oleh"), gettext_lazy("diusulkan"),
    gettext_lazy("keadaan"), gettext_lazy("alasan"), gettext_lazy("prioritas"), gettext_lazy("dana"),
]  # fmt: skip


@needs(SEE)
@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """Requests in one state (``?state=``), else all, newest first."""
    rows, state = _asked_for(request)
    context = {"page": page_of(with_course(rows), request), "state": state, "states": STATES, "tab": "requests"}
    return form_page(request, "acquisitions/requests.html", RequestForm(), **context)


@needs(SEE)
@require_safe
def table(request: HttpRequest, form: str) -> HttpResponseBase:
    """The same list as CSV or XLSX, without names of people."""
    rows, _state = _asked_for(request)
    return table_response(f"usulan.{form}", COLUMNS, _lines(rows))


@needs(ASK)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def request_add(request: HttpRequest) -> HttpResponse:
    """A request noted by a colleague. What the library has or was asked for already is shown first, once."""
    form = RequestForm(request.POST or None, initial=request.GET.dict())
    doubles = None
    if form.is_valid():
        doubles = doubles_of(form.facts())
        if not doubles or "anyway" in request.POST:
            with reasons_shown_on(form):
                if (noted := _noted(form, request)) is not None:
                    messages.success(request, _("Usulan dicatat."))
                    return redirect("acquisitions:request", noted.pk)
    return form_page(request, "acquisitions/request_form.html", form, doubles=doubles)


@needs(SEE)
@require_safe
def request_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: what is known of the title, what there is of it already, the decision, and how far it went."""
    return _page(request, pk, None)


@needs(SELECT)
@require_http_methods(["POST", "DELETE"])
def acceptance(request: HttpRequest, pk: int) -> HttpResponse:
    """POST accepts the request; DELETE takes the decision back, whichever it was."""
    shown = get_object_or_404(PurchaseRequest, pk=pk)
    if request.method == "DELETE":
        reopen_request(shown, by=request.user)
        messages.success(request, _("Keputusan diambil kembali."))
        return redirect("acquisitions:request", pk)
    form = AcceptForm(request.POST)
    if form.is_valid():
        with reasons_shown_on(form):
            accept_request(shown, by=request.user, **form.cleaned_data)
            messages.success(request, _("Usulan disetujui. Pengusulnya dikabari."))
            return redirect("acquisitions:request", pk)
    return _page(request, pk, form)


@needs(SELECT)
@require_POST
def refusal(request: HttpRequest, pk: int) -> HttpResponse:
    decline_request(get_object_or_404(PurchaseRequest, pk=pk), reason=text_sent(request, "reason", 300), by=request.user)
    messages.success(request, _("Usulan tidak disetujui. Pengusulnya dikabari beserta alasannya."))
    return redirect("acquisitions:request", pk)


def _page(request: HttpRequest, pk: int, form: AcceptForm | None) -> HttpResponse:
    shown = get_object_or_404(with_course(requests_visible_to(request.user)), pk=pk)
    form = form or AcceptForm(initial={"copies": shown.copies, "priority": PurchaseRequest.Priorities.NORMAL})
    doubles = None if shown.latest_line else doubles_of(shown.facts, record=shown.record, besides=pk)
    context = {"asked": shown, "doubles": doubles, "trace": trace_of_request(shown), "today": clock.today(library().zone)}
    return form_page(request, "acquisitions/request.html", form, **context)


def _noted(form: RequestForm, request: HttpRequest) -> PurchaseRequest | None:
    told = form.cleaned_data
    member = member_by_barcode(told["code"]) if told["code"] else None
    if told["code"] and member is None:
        form.add_error("code", _("Nomor ini tidak dikenal."))
        return None
    more = {name: told[name] for name in ("copies", "price_guess", "why", "pickup_branch")}
    return ask_for(form.facts(), member=member, by=request.user, **more)


def _asked_for(request: HttpRequest) -> "tuple[Any, str]":
    state = request.GET.get("state", "")
    if state == TO_ORDER:
        return to_order(), state
    rows = requests_visible_to(request.user)
    return (rows.filter(state=state), state) if state in PurchaseRequest.States.values else (rows, "")


def _lines(rows: Any) -> Iterator[list[Any]]:
    for row in rows.select_related("fund").iterator(chunk_size=500):
        who = _("anggota") if row.member_id else _("petugas")
        asked = [row.copies, row.price_guess, who, localtime(row.asked_at).date().isoformat(), row.get_state_display()]
        decided = [row.reason, row.get_priority_display() if row.priority else "", row.fund or ""]
        yield [row.title, row.creator, row.publisher, row.year, row.isbn, *asked, *decided]
