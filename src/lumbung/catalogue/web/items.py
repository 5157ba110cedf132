"""Items: add copies of a title, change, set the status, remove."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from lumbung.catalogue.domain import items as verbs
from lumbung.catalogue.domain.call_numbers import suggested_call_number
from lumbung.catalogue.domain.copies import add_copies
from lumbung.catalogue.domain.simple_entry import entry_of
from lumbung.catalogue.models import Item, Record
from lumbung.catalogue.models.titles_of_copies import bound_titles
from lumbung.catalogue.permissions import ITEMS, SEE
from lumbung.catalogue.web.bound_titles import taken_out
from lumbung.catalogue.web.history import MOST_STATUSES, STATUSES_SHOWN, history_for, status_history
from lumbung.catalogue.web.item_forms import CopiesForm, ItemForm, StatusForm
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.submission import form_page, reasons_shown_on

WITH_PLACES = ("record", "branch", "held_at", "location", "item_type")


@needs(ITEMS)
@once
def add(request: HttpRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(Record, pk=pk)
    form = CopiesForm(request.POST or None, initial={"call_number": suggested_call_number(entry_of(record.marc_record))})
    if form.is_valid():
        with reasons_shown_on(form):
            added = add_copies(record, by=request.user, **form.cleaned_data)
            told = ngettext("%(count)d eksemplar ditambahkan.", "%(count)d eksemplar ditambahkan.", len(added))
            messages.success(request, told % {"count": len(added)})
            return redirect("catalogue:record", pk)
    return form_page(request, "catalogue/item_add.html", form, record=record)


@needs(SEE)
def item(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(Item.objects.select_related(*WITH_PLACES).defer("record__marc", "record__findable"), pk=pk)
    status_form = StatusForm(initial={"status": shown.status})
    context = {
        "item": shown,
        "status_form": status_form,
        "history": history_for(request, item=pk),
        "bound": bound_titles([pk]) if shown.is_bound else (),
        "taken_out": taken_out(request),
    }
    return render(request, "catalogue/item.html", context)


@needs(ITEMS)
def statuses(request: HttpRequest, pk: int) -> HttpResponse:
    """Every change of the status of the copy; within the page of the copy as soon as it comes into view."""
    within = bool(request.headers.get("HX-Request"))
    shown = get_object_or_404(Item.objects.select_related("record").defer("record__marc", "record__findable"), pk=pk)
    history = status_history(pk, size=STATUSES_SHOWN if within else MOST_STATUSES)
    template = "catalogue/status_history.html" if within else "catalogue/item_statuses.html"
    response = render(request, template, {"item": shown, "statuses": history})
    patch_vary_headers(response, ["HX-Request"])
    return response


@needs(ITEMS)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(Item.objects.select_related(*WITH_PLACES).defer("record__marc", "record__findable"), pk=pk)
    form = ItemForm(request.POST or None, instance=shown)
    if form.is_valid():
        with reasons_shown_on(form):
            verbs.change_item(shown, by=request.user, **form.cleaned_data)
            messages.success(request, _("Eksemplar %(barcode)s disimpan.") % {"barcode": form.cleaned_data["barcode"]})
            return redirect("catalogue:item", pk)
    return form_page(request, "catalogue/item_edit.html", form, item=shown)


@needs(ITEMS)
@require_POST
def status(request: HttpRequest, pk: int) -> HttpResponse:
    changed = verbs.set_status(
        get_object_or_404(Item, pk=pk), request.POST.get("status", ""), why=request.POST.get("why", ""), by=request.user
    )
    messages.success(request, _("Status sekarang: %(status)s.") % {"status": changed.get_status_display()})
    return redirect("catalogue:item", pk)


@needs(ITEMS)
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    gone = get_object_or_404(Item, pk=pk)
    verbs.remove_item(gone, by=request.user)
    messages.success(request, _("Eksemplar %(barcode)s dihapus.") % {"barcode": gone.barcode})
    return redirect("catalogue:record", gone.record_id)
