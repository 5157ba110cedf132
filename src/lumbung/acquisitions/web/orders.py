"""Orders: the list, one begun, filled, sent, claimed, cancelled; its letter; and the table to take along."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lumbung.acquisitions.domain import orders as verbs
from lumbung.acquisitions.domain.letter import order_letter
from lumbung.acquisitions.models import Order, OrderLine
from lumbung.acquisitions.permissions import FUNDS, ORDER, SEE
from lumbung.acquisitions.queries.orders import funds, late_orders, lines_of, orders_visible_to, with_sums
from lumbung.acquisitions.queries.requests import to_order
from lumbung.acquisitions.web.forms import OrderForm, RequestLineForm, SendForm, TitleLineForm
from lumbung.kernel import clock
from lumbung.kernel.permissions import may
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.spreadsheet import table_response
from lumbung.kernel.ui.submission import form_page, reasons_shown_on, text_sent
from lumbung.organization.queries import library

LATE = "late"
STATES = [*Order.States.choices, (LATE, gettext_lazy("Terlambat"))]
COLUMNS = [
    gettext_lazy("nomor surat"), gettext_lazy("rekanan"), gettext_lazy("keadaan"), gettext_lazy("tanggal pesan"),
    gettext_lazy("diharapkan datang"), gettext_lazy("judul"), gettext_lazy("ISBN"), gettext_lazy("eksemplar"),
    gettext_lazy("datang"), gettext_lazy("harga satuan"), gettext_lazy("potongan %"), gettext_lazy("harga bersih"),
    gettext_lazy("dana"),
]  # fmt: skip


@needs(SEE)
@require_safe
def orders(request: HttpRequest) -> HttpResponse:
    """Orders in one state (``?state=``, also ``late``), else all, newest first."""
    rows, state = _asked_for(request)
    today = clock.today(library().zone)
    context = {"page": page_of(with_sums(rows), request), "state": state, "states": STATES, "today": today, "tab": "orders"}
    return form_page(request, "acquisitions/orders.html", OrderForm(), **context)


@needs(SEE)
@require_safe
def table(request: HttpRequest, form: str) -> HttpResponseBase:
    """Every line of these orders as CSV or XLSX."""
    rows, _state = _asked_for(request)
    return table_response(f"pesanan.{form}", COLUMNS, _lines(rows))


@needs(ORDER)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def order_add(request: HttpRequest) -> HttpResponse:
    form = OrderForm(request.POST or None)
    if form.is_valid():
        with reasons_shown_on(form):
            begun = verbs.begin_order(by=request.user, **form.cleaned_data)
            messages.success(request, _("Pesanan dimulai. Isilah dengan judul, lalu kirim."))
            return redirect("acquisitions:order", begun.pk)
    return form_page(request, "acquisitions/order_form.html", form)


@needs(SEE)
@require_safe
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """One order: its lines, what came of them, and what may be done with it now."""
    return _page(request, pk)


@needs(ORDER)
@require_POST
@once
def line_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A line for an accepted request (``request``), or for a title told by its facts."""
    shown = get_object_or_404(Order, pk=pk)
    form = RequestLineForm(request.POST) if "request" in request.POST else TitleLineForm(request.POST)
    if form.is_valid():
        with reasons_shown_on(form):
            added = _added(shown, form, request)
            messages.success(request, _("“%(title)s” masuk ke pesanan.") % {"title": added.title})
            return redirect("acquisitions:order", pk)
    return _page(request, pk, form)


@needs(ORDER)
@require_POST
def line_remove(request: HttpRequest, pk: int) -> HttpResponse:
    line = get_object_or_404(OrderLine.objects.select_related("order"), pk=pk)
    verbs.remove_line(line, by=request.user)
    messages.success(request, _("“%(title)s” dikeluarkan dari pesanan.") % {"title": line.title})
    return redirect("acquisitions:order", line.order_id)


@needs(ORDER)
@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the order. Who may not permit more than a fund has cannot give a reason for it either."""
    form = SendForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        because = told["over_because"] if may(request.user, FUNDS) else ""
        with reasons_shown_on(form):
            sent = verbs.place_order(
                get_object_or_404(Order, pk=pk), due_on=told["due_on"], over_because=because, by=request.user
            )
            messages.success(request, _("Pesanan %(number)s dikirim. Cetak suratnya.") % {"number": sent.number})
            return redirect("acquisitions:order", pk)
    return _page(request, pk, form)


@needs(ORDER)
@require_POST
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    verbs.claim_order(get_object_or_404(Order, pk=pk), by=request.user)
    messages.success(request, _("Penagihan dicatat."))
    return redirect("acquisitions:order", pk)


@needs(ORDER)
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    verbs.cancel_order(get_object_or_404(Order, pk=pk), why=text_sent(request, "why", 300), by=request.user)
    messages.success(request, _("Yang belum datang dibatalkan; dananya bebas lagi."))
    return redirect("acquisitions:order", pk)


@needs(SEE)
@require_safe
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter to the vendor as PDF."""
    shown = get_object_or_404(orders_visible_to(request.user).select_related("vendor", "branch", "ordered_by"), pk=pk)
    response = HttpResponse(order_letter(shown), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="surat-pesanan-{pk}.pdf"'
    return response


def _page(request: HttpRequest, pk: int, wrong: Any = None) -> HttpResponse:
    shown = get_object_or_404(with_sums(orders_visible_to(request.user)), pk=pk)
    is_draft = shown.state == Order.States.DRAFT and may(request.user, ORDER)
    context = {
        "order": shown,
        "lines": list(lines_of(shown)),
        "today": clock.today(shown.branch.zone),
        "waiting": list(to_order()[:50]) if is_draft else [],
        "funds": [fund for fund in funds() if fund.is_active] if is_draft else [],
        "request_form": wrong if isinstance(wrong, RequestLineForm) else None,
        "title_form": wrong if isinstance(wrong, TitleLineForm) else TitleLineForm(),
        "send_form": wrong if isinstance(wrong, SendForm) else SendForm(auto_id="kirim-%s"),
    }
    return form_page(request, "acquisitions/order.html", wrong or SendForm(), **context)


def _added(order: Order, form: RequestLineForm | TitleLineForm, request: HttpRequest) -> OrderLine:
    told = form.cleaned_data
    costs = {name: told[name] for name in ("fund", "unit_price", "discount", "copies", "again")}
    meant = {"facts": form.facts()} if isinstance(form, TitleLineForm) else {"request": told["request"]}
    return verbs.add_line(order, by=request.user, **meant, **costs)


def _asked_for(request: HttpRequest) -> "tuple[Any, str]":
    rows, state = orders_visible_to(request.user).order_by("-begun_at", "-pk"), request.GET.get("state", "")
    if state == LATE:
        return rows.filter(late_orders(clock.today(library().zone))).order_by("due_on", "pk"), state
    return (rows.filter(state=state), state) if state in Order.States.values else (rows, "")


def _lines(orders: Any) -> Iterator[list[Any]]:
    rows = OrderLine.objects.filter(order__in=orders.order_by()).select_related("order__vendor", "fund").order_by("order", "pk")
    for row in rows.iterator(chunk_size=500):
        of = row.order
        sent = localtime(of.ordered_at).date().isoformat() if of.ordered_at else ""
        head = [of.number or "", of.vendor, of.get_state_display(), sent, of.due_on or "", row.title, row.isbn]
        yield [*head, row.copies, row.received, row.unit_price, row.discount, row.price_each, row.fund]
