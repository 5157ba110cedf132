"""Titles bound into one volume: told on the page of the copy, added and taken out there, or from the page of a title by a barcode."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lumbung.catalogue import queries
from lumbung.catalogue.domain.bound_titles import bind_title, unbind_title
from lumbung.catalogue.models import Item, Record
from lumbung.catalogue.permissions import ITEMS
from lumbung.kernel.ui.access import needs

LONGEST_KEY = 18


@needs(ITEMS)
@require_POST
def bind(request: HttpRequest, pk: int) -> HttpResponse:
    """The title with this number is in the copy ``pk`` too."""
    number = request.POST.get("record", "").strip()
    found = _title(number)
    if found is None:
        messages.warning(request, _("Tidak ada judul bernomor %(number)s.") % {"number": number or "–"})
    else:
        bind_title(get_object_or_404(Item, pk=pk), found, by=request.user)
        messages.success(request, _("“%(title)s” dicatat dijilid dalam eksemplar ini.") % {"title": found.title})
    return redirect("catalogue:item", pk)


@needs(ITEMS)
@require_POST
def bind_into(request: HttpRequest, pk: int) -> HttpResponse:
    """The title ``pk`` is in the copy with this barcode too."""
    barcode = request.POST.get("barcode", "").strip()
    item = queries.item_by_barcode(barcode)
    if item is None:
        messages.warning(request, _("Tidak ada eksemplar dengan barcode %(barcode)s.") % {"barcode": barcode or "–"})
    else:
        bind_title(item, get_object_or_404(Record.objects.listed(), pk=pk), by=request.user)
        messages.success(request, _("Judul ini dicatat dijilid dalam eksemplar %(barcode)s.") % {"barcode": item.barcode})
    return redirect("catalogue:record", pk)


@needs(ITEMS)
@require_POST
def unbind(request: HttpRequest, pk: int, record: int) -> HttpResponse:
    """Take the title out of the copy; the page of the copy offers to put it back."""
    item = get_object_or_404(Item, pk=pk)
    unbind_title(item, get_object_or_404(Record.objects.listed(), pk=record), by=request.user)
    return redirect(f"{reverse('catalogue:item', args=[pk])}?taken_out={record}")


def taken_out(request: HttpRequest) -> Record | None:
    """The title that was just taken out, to be put back with one press."""
    return _title(request.GET.get("taken_out", ""))


def _title(number: str) -> Record | None:
    """The title with this number as somebody typed it; None where there is none, or it is no number."""
    is_key = number.isascii() and number.isdigit() and len(number) <= LONGEST_KEY
    return Record.objects.listed().filter(pk=number).first() if is_key else None
