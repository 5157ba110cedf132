"""Kinds of items: what is lent, and what stays in the house."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lumbung.catalogue import queries
from lumbung.catalogue.domain.item_types import add_item_type, change_item_type, remove_item_type
from lumbung.catalogue.models import ItemType
from lumbung.catalogue.permissions import ITEM_TYPES
from lumbung.catalogue.web.item_forms import ItemTypeForm
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.submission import form_page, reasons_shown_on


@needs(ITEM_TYPES)
@once
def item_types(request: HttpRequest) -> HttpResponse:
    form = ItemTypeForm(request.POST or None, initial={"lendable": True})
    if form.is_valid():
        with reasons_shown_on(form):
            added = add_item_type(by=request.user, **form.cleaned_data)
            messages.success(request, _("Jenis “%(name)s” ditambahkan.") % {"name": added})
            return redirect("catalogue:item_types")
    return form_page(request, "catalogue/item_types.html", form, rows=queries.item_types().annotate(copies=Count("items")))


@needs(ITEM_TYPES)
def item_type(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(ItemType, pk=pk)
    form = ItemTypeForm(request.POST or None, instance=shown)
    if form.is_valid():
        with reasons_shown_on(form):
            change_item_type(shown, by=request.user, **form.cleaned_data)
            messages.success(request, _("Jenis “%(name)s” disimpan.") % {"name": form.cleaned_data["name"]})
            return redirect("catalogue:item_types")
    return form_page(request, "catalogue/item_type.html", form, item_type=shown)


@needs(ITEM_TYPES)
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    gone = get_object_or_404(ItemType, pk=pk)
    remove_item_type(gone, by=request.user)
    messages.success(request, _("Jenis “%(name)s” dihapus.") % {"name": gone})
    return redirect("catalogue:item_types")
