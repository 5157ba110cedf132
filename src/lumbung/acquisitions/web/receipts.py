"""Receipt of what was ordered, line by line, and the way of a line from request to shelf."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lumbung.acquisitions.domain.describing import brief_marc
from lumbung.acquisitions.domain.receiving import receive, return_receipt
from lumbung.acquisitions.models import NewCopy, OrderLine, Receipt
from lumbung.acquisitions.permissions import FUNDS, RECEIVE, SEE
from lumbung.acquisitions.queries.trace import trace_of_line
from lumbung.acquisitions.web.forms import ReceiveForm
from lumbung.catalogue.domain.call_numbers import suggested_call_number
from lumbung.catalogue.domain.duplicates import Candidate, candidates_for
from lumbung.catalogue.domain.simple_entry import entry_of
from lumbung.catalogue.models import ItemType
from lumbung.kernel import clock
from lumbung.kernel.permissions import may
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.submission import form_page, reasons_shown_on, text_sent
from lumbung.organization.queries import library


@needs(SEE)
@require_safe
def line(request: HttpRequest, pk: int) -> HttpResponse:
    """The way of one line: who asked, selected, ordered, received and processed it, and when."""
    shown = get_object_or_404(
        OrderLine.objects.select_related("order__vendor", "record").defer("record__marc", "record__findable"), pk=pk
    )
    context = {"line": shown, "trace": trace_of_line(shown), "today": clock.today(library().zone)}
    return render(request, "acquisitions/line.html", context)


@needs(RECEIVE)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def receipt_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Take in copies of a line; each is an item of the catalogue at once."""
    shown = get_object_or_404(OrderLine.objects.select_related("order__vendor", "order__branch", "record", "fund"), pk=pk)
    alike = [] if shown.record else candidates_for(brief_marc(shown.facts))
    form = ReceiveForm(shown, [each.record for each in alike], request.POST or None, initial=_usual(shown, alike))
    if form.is_valid():
        told = form.cleaned_data
        told["over_because"] = told["over_because"] if may(request.user, FUNDS) else ""
        with reasons_shown_on(form):
            came = receive(shown, by=request.user, **told)
            said = ngettext("%(n)d eksemplar diterima.", "%(n)d eksemplar diterima.", came.copies)
            messages.success(request, said % {"n": came.copies})
            return redirect("acquisitions:order", shown.order_id)
    return form_page(request, "acquisitions/receive.html", form, line=shown)


@needs(RECEIVE)
@require_POST
def receipt_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a wrong receipt. Who may not permit more than a fund has cannot give a reason for it either."""
    wrong = get_object_or_404(Receipt.objects.select_related("line__order"), pk=pk)
    because = text_sent(request, "over_because", 300) if may(request.user, FUNDS) else ""
    return_receipt(wrong, over_because=because, by=request.user)
    messages.success(request, _("Penerimaan dibatalkan: eksemplarnya dihapus dan ditunggu lagi."))
    return redirect("acquisitions:order", wrong.line.order_id)


def _usual(line: OrderLine, alike: Sequence[Candidate]) -> dict[str, object]:
    """What is likely: all that is awaited, at its price, of the kind that came last, for the record with the same ISBN."""
    suggested = suggested_call_number(entry_of(line.record.marc_record)) if line.record else ""
    latest = NewCopy.objects.select_related("item__item_type").order_by("-pk").first()
    kind = latest.item.item_type if latest else ItemType.objects.filter(code="textbook").first()
    same = next((each.record.pk for each in alike if each.is_sure), "")
    return {"price_each": line.price_each, "count": line.left, "call_number": suggested, "item_type": kind, "record": same}
