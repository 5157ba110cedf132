"""What follows from a closed count: statuses set and taken back."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from lumbung.catalogue.domain.stock_takes.statuses import concerned, set_statuses, undo_statuses
from lumbung.catalogue.models import Item, StatusChange, StockTake, StockTakeLine
from lumbung.catalogue.permissions import STOCK_TAKES
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.submission import form_page, reasons_shown_on

Findings = StockTakeLine.Findings
OF_ITEMS = (Findings.MISSING, Findings.GONE, Findings.FOUND, Findings.MISPLACED)


class StatusesForm(forms.Form):
    finding = forms.ChoiceField(
        label=gettext_lazy("Eksemplar dengan hasil"), choices=[(each.value, each.label) for each in OF_ITEMS]
    )
    status = forms.ChoiceField(label=gettext_lazy("Jadikan berstatus"), choices=Item.Statuses.choices)


@needs(STOCK_TAKES)
def statuses(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows first whom it would concern; a POST carries it out."""
    shown = get_object_or_404(StockTake, pk=pk)
    first = {"finding": Findings.MISSING.value, "status": Item.Statuses.LOST.value}
    form = StatusesForm(request.POST or {**first, **request.GET.dict()})
    told = form.cleaned_data if form.is_valid() else first
    if request.method == "POST" and form.is_valid():
        with reasons_shown_on(form):
            made = set_statuses(shown, by=request.user, **form.cleaned_data)
            said = ngettext("Status %(count)d eksemplar diubah.", "Status %(count)d eksemplar diubah.", made.size)
            messages.success(request, said % {"count": made.size})
            return redirect("catalogue:stock_take", pk)
    page = page_of(concerned(shown, told["finding"], told["status"]), request)
    return form_page(request, "catalogue/stock_take_statuses.html", form, take=shown, page=page)


@needs(STOCK_TAKES)
@require_POST
def undo(request: HttpRequest, pk: int, change: int) -> HttpResponse:
    undo_statuses(get_object_or_404(StatusChange, pk=change, stock_take=pk), by=request.user)
    messages.success(request, _("Status eksemplar dikembalikan seperti semula."))
    return redirect("catalogue:stock_take", pk)
