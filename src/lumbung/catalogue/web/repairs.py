"""The queue of repairs: send a copy by its barcode, see what is due back, say how it came back."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from lumbung.catalogue import queries
from lumbung.catalogue.domain.repairs import finish_repair, send_to_repair
from lumbung.catalogue.models import Repair
from lumbung.catalogue.permissions import ITEMS
from lumbung.kernel import clock
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.forms import Day
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.organization.queries import library


class RepairForm(forms.Form):
    barcode = forms.CharField(label=gettext_lazy("Barcode"), max_length=60, widget=forms.TextInput(attrs={"autofocus": True}))
    problem = forms.CharField(label=gettext_lazy("Kerusakan"), max_length=200)
    place = forms.CharField(label=gettext_lazy("Dikerjakan di"), max_length=120, required=False)
    expected_on = Day(label=gettext_lazy("Perkiraan kembali"), required=False)


@needs(ITEMS)
@once
def repairs(request: HttpRequest) -> HttpResponse:
    """What is being repaired (``?done=1``: what came back); a POST sends one more copy."""
    form = RepairForm(request.POST or None, initial=request.GET.dict())
    if form.is_valid():
        told = form.cleaned_data
        item = queries.item_by_barcode(told["barcode"])
        if item is None:
            form.add_error("barcode", _("Tidak ada eksemplar dengan barcode ini. Pindai sekali lagi sampai lengkap."))
        else:
            with reasons_shown_on(form):
                send_to_repair(
                    item, problem=told["problem"], place=told["place"], expected_on=told["expected_on"], by=request.user
                )
                messages.success(request, _("%(barcode)s masuk antrean perbaikan.") % {"barcode": item.barcode})
                return redirect("catalogue:repairs")
    done = request.GET.get("done") == "1"
    context = {
        "page": page_of(queries.repairs(done=done), request),
        "done": done,
        "today": clock.today(library().zone),
        "outcomes": Repair.Outcomes.choices,
    }
    return form_page(request, "catalogue/repairs.html", form, **context)


@needs(ITEMS)
@require_POST
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    repair = get_object_or_404(Repair, pk=pk)
    finish_repair(repair, outcome=request.POST.get("outcome", ""), note=request.POST.get("note", "")[:200], by=request.user)
    messages.success(request, _("Perbaikan dicatat selesai."))
    return redirect("catalogue:repairs")
