"""The crosswalk between 2X and 297: the table, a line of it, the whole as CSV out and in, and taking a change back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from lumbung.catalogue import queries
from lumbung.catalogue.class_pairs import Pair
from lumbung.catalogue.domain.crosswalk.changes import (
    COLUMNS,
    bring_in_pairs,
    forget_pair,
    rows_of,
    set_pair,
    undo_crosswalk_change,
)
from lumbung.catalogue.domain.crosswalk.numbers import counterpart
from lumbung.catalogue.models import CrosswalkChange
from lumbung.catalogue.permissions import CALL_NUMBERS, SEE
from lumbung.catalogue.web.entry_form import OneLine
from lumbung.kernel.sheets import UnreadableTableError
from lumbung.kernel.sheets import rows_of as rows_in
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.spreadsheet import csv_response
from lumbung.kernel.ui.submission import form_page, reasons_shown_on

LARGEST = 1 << 20
CHANGES_SHOWN = 10


class PairForm(forms.Form):
    old = OneLine(label=gettext_lazy("Nomor 2X"), max_length=20, help_text=gettext_lazy("Contoh: 2X4 atau 2X4.2."))
    new = OneLine(
        label=gettext_lazy("Nomor 297"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("Contoh: 297.42. Kosongkan bila tidak ada padanannya."),
    )
    caption = OneLine(label=gettext_lazy("Isi kelas"), max_length=120, required=False)


class PairsFile(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Berkas CSV atau XLSX"),
        help_text=gettext_lazy("Kolom: 2X, 297, keterangan. Yang tidak disebut tetap; baris yang keliru membatalkan semuanya."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def clean_file(self) -> list[list[str]]:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("Berkas ini paling besar 1 MB."))
        try:
            rows = [row for row in rows_in(file.read()) if any(row)]
        except UnreadableTableError:
            raise forms.ValidationError(_("Berkas ini tidak terbaca sebagai teks, CSV, atau XLSX.")) from None
        return rows[1:] if rows and rows[0][:2] == list(COLUMNS[:2]) else rows


@needs(SEE)
@require_safe
def crosswalk(request: HttpRequest) -> HttpResponse:
    """The table, with what a number that was typed (``?q=``) is in the other scheme."""
    asked, pairs = request.GET.get("q", "").strip()[:60], queries.class_pairs()
    context = {
        "pairs": pairs,
        "asked": asked,
        "answer": counterpart(asked, pairs) if asked else "",
        "changes": queries.crosswalk_changes()[:CHANGES_SHOWN],
    }
    return render(request, "catalogue/crosswalk.html", context)


@needs(CALL_NUMBERS)
def pair(request: HttpRequest) -> HttpResponse:
    """One line: a new one, or that of ``?old=``."""
    held = _pair(request.GET.get("old", ""))
    begun: dict[str, Any] = {"old": held.old, "new": held.new, "caption": held.caption} if held else {}
    form = PairForm(request.POST or None, initial=begun)
    if form.is_valid():
        with reasons_shown_on(form):
            set_pair(**form.cleaned_data, by=request.user)
            messages.success(request, _("Padanan disimpan. Indeks pencarian menyusul dalam sekejap."))
            return redirect("catalogue:crosswalk")
    return form_page(request, "catalogue/crosswalk_pair.html", form, pair=held)


@needs(CALL_NUMBERS)
@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    forget_pair(request.POST.get("old", ""), by=request.user)
    messages.success(request, _("Padanan sendiri dihapus; yang umum berlaku lagi."))
    return redirect("catalogue:crosswalk")


@needs(SEE)
@require_safe
def table(_request: HttpRequest) -> HttpResponseBase:
    return csv_response("padanan-kelas.csv", COLUMNS, rows_of(queries.class_pairs()))


@needs(CALL_NUMBERS)
def bring(request: HttpRequest) -> HttpResponse:
    form = PairsFile(request.POST or None, request.FILES or None)
    if form.is_valid():
        with reasons_shown_on(form):
            made = bring_in_pairs(form.cleaned_data["file"], by=request.user)
            messages.success(
                request,
                ngettext("%(count)s padanan berubah.", "%(count)s padanan berubah.", len(made.lines) if made else 0)
                % {"count": len(made.lines) if made else 0},
            )
            return redirect("catalogue:crosswalk")
    return form_page(request, "catalogue/crosswalk_file.html", form)


@needs(CALL_NUMBERS)
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    undo_crosswalk_change(get_object_or_404(CrosswalkChange, pk=pk), by=request.user)
    messages.success(request, _("Perubahan padanan dibatalkan."))
    return redirect("catalogue:crosswalk")


@needs(SEE)
@require_safe
def other_number(request: HttpRequest) -> HttpResponse:
    """What the class number that is typed in the editor is in the other scheme: a part of the form."""
    answer = counterpart(request.GET.get("classification", ""), queries.class_pairs())
    return render(request, "catalogue/crosswalk_hint.html", {"other_class": answer})


def _pair(old: str) -> Pair | None:
    return next((each for each in queries.class_pairs() if each.old == old), None)
