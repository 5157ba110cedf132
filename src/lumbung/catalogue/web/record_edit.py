"""Adding and changing a record on the simple form."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from lumbung.catalogue.domain.duplicates import duplicates_of
from lumbung.catalogue.domain.records import add_record, change_record
from lumbung.catalogue.domain.revision import new_marc, revised
from lumbung.catalogue.domain.simple_entry import entry_of
from lumbung.catalogue.models import Record
from lumbung.catalogue.permissions import EDIT
from lumbung.catalogue.web.entry_form import EntryForm, differences
from lumbung.formats import marc
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.submission import form_page, reasons_shown_on


@needs(EDIT)
def add(request: HttpRequest) -> HttpResponse:
    form = EntryForm(request.POST or None)
    twins: list[Record] = []
    if form.is_valid():
        made = new_marc(form.entry())
        twins = _twins(form, made)
        with reasons_shown_on(form):
            if not twins:
                added = add_record(made, by=request.user)
                messages.success(request, _("“%(title)s” ditambahkan.") % {"title": added.title})
                return _next_page(request, added)
    return form_page(request, "catalogue/record_form.html", form, twins=twins)


@needs(EDIT)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(Record, pk=pk)
    held = record.marc_record
    form = EntryForm(request.POST or None, entry=entry_of(held), version=record.version)
    conflict, twins = None, []
    if form.is_valid():
        if form.cleaned_data["version"] != record.version:
            conflict = differences(form.entry(), entry_of(held))
            form.start_again_from(record.version)
        else:
            made = revised(held, form.entry())
            twins = [] if "isbn" not in form.changed_data else _twins(form, made, besides=pk)
            with reasons_shown_on(form):
                if not twins:
                    change_record(record, made, version=record.version, by=request.user)
                    messages.success(request, _("Perubahan disimpan."))
                    return _next_page(request, record)
    context = {"record": record, "twins": twins, "conflict": conflict}
    return form_page(request, "catalogue/record_form.html", form, **context)


def _twins(form: EntryForm, made: marc.Record, besides: int | None = None) -> list[Record]:
    """Records with the same ISBN or ISSN that the cataloguer has not yet looked at."""
    if form.cleaned_data["confirmed"]:
        return []
    return [twin for twin in duplicates_of(made) if twin.pk != besides]


def _next_page(request: HttpRequest, record: Record) -> HttpResponse:
    return redirect("catalogue:item_add" if "add_item" in request.POST else "catalogue:record", record.pk)
