"""The repositories whose records come in: how far each is, what went wrong, and the way back."""

from typing import ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from lumbung.cooperation.domain.sources import keeping
from lumbung.cooperation.jobs import harvest_source
from lumbung.cooperation.models import Source
from lumbung.cooperation.permissions import GATHER
from lumbung.cooperation.queries import gathering
from lumbung.kernel.refusals import Refused
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.submission import FormForVerb, form_page, reasons_shown_on


class SourceForm(FormForVerb):
    class Meta:
        model = Source
        fields: ClassVar = ["name", "address", "prefix", "set_name", "switched_on"]
        field_classes: ClassVar = {"address": forms.CharField}
        help_texts: ClassVar = {
            "address": gettext_lazy("Misalnya https://repo.kampus.ac.id/oai atau https://eprints.kampus.ac.id/cgi/oai2"),
            "prefix": gettext_lazy("marc21 membawa paling banyak; hampir semua repositori punya oai_dc."),
            "set_name": gettext_lazy("Kosongkan untuk semuanya."),
        }


@needs(GATHER)
def sources(request: HttpRequest) -> HttpResponse:
    return render(request, "cooperation/sources.html", {"rows": gathering.sources()})


@needs(GATHER)
@once
def add(request: HttpRequest) -> HttpResponse:
    form = SourceForm(request.POST or None)
    if form.is_valid():
        with reasons_shown_on(form):
            added = keeping.add_source(by=request.user, **form.cleaned_data)
            messages.success(request, _("%(name)s ditambahkan.") % {"name": added})
            return redirect("cooperation:source", added.pk)
    return form_page(request, "cooperation/source.html", form, source=None)


@needs(GATHER)
def source(request: HttpRequest, pk: int) -> HttpResponse:
    """One source: to change it, and to see what could not come in."""
    shown = get_object_or_404(gathering.sources(), pk=pk)
    form = SourceForm(request.POST or None, instance=shown)
    if form.is_valid():
        with reasons_shown_on(form):
            keeping.change_source(shown, by=request.user, **form.cleaned_data)
            messages.success(request, _("%(name)s disimpan.") % {"name": form.cleaned_data["name"]})
            return redirect("cooperation:source", pk)
    troubles = page_of(gathering.troubles_of(shown), request)
    kept = get_object_or_404(gathering.sources(), pk=pk)
    return form_page(request, "cooperation/source.html", form, source=kept, page=troubles)


@needs(GATHER)
@require_POST
def harvest(request: HttpRequest, pk: int) -> HttpResponse:
    harvest_source.enqueue(source=get_object_or_404(Source, pk=pk).pk)
    messages.success(request, _("Panen dimulai di belakang layar. Halaman ini boleh ditinggalkan."))
    return redirect("cooperation:source", pk)


@needs(GATHER)
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    gone, stayed = keeping.undo_source(get_object_or_404(Source, pk=pk), by=request.user)
    told = {"gone": gone, "stayed": stayed}
    messages.success(request, _("%(gone)d cantuman dikeluarkan; %(stayed)d tetap karena diubah atau dipakai di sini.") % told)
    return redirect("cooperation:source", pk)


@needs(GATHER)
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        keeping.remove_source(get_object_or_404(Source, pk=pk), by=request.user)
    except Refused as refused:
        messages.error(request, " ".join(str(each) for each in refused.reasons))
        return redirect("cooperation:source", pk)
    messages.success(request, _("Sumber dihapus."))
    return redirect("cooperation:sources")
