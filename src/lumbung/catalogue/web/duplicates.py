"""Records that may be duplicates, shown to whoever adds or changes one."""

from dataclasses import fields
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from lumbung.catalogue.domain.duplicates import Candidate, candidates_for
from lumbung.catalogue.domain.revision import new_marc
from lumbung.catalogue.domain.simple_entry import SimpleEntry
from lumbung.catalogue.models import Material
from lumbung.catalogue.permissions import EDIT
from lumbung.catalogue.web.entry_form import EntryForm
from lumbung.catalogue.web.marc_form import read
from lumbung.formats.marc import Record as Marc
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.keys import key_in


@needs(EDIT)
@require_POST
def duplicates(request: HttpRequest) -> HttpResponse:
    """What the catalogue has like the record that is being typed, in either view: a quiet part of the page."""
    typed = _typed(request)
    found = candidates_for(typed, besides=key_in(request.POST.get("record")) or None) if typed else []
    return render(request, "catalogue/duplicates.html", {"candidates": found})


def sure_ones(candidates: list[Candidate]) -> list[Candidate]:
    """Those a number stands for: the ones worth stopping somebody who saves."""
    return [each for each in candidates if each.is_sure]


def _typed(request: HttpRequest) -> Marc | None:
    """The record as far as it can be read; what is wrong in it yet is passed over."""
    if request.POST.get("view") == "marc":
        return read(request.POST.get("lines", ""))
    form = EntryForm(request.POST)
    form.full_clean()
    told: dict[str, Any] = {
        each.name: form.cleaned_data[each.name]
        for each in fields(SimpleEntry)
        if each.name in form.cleaned_data and each.name != "material"
    }
    told["isbn"] = request.POST.get("isbn", "").splitlines()  # those that are whole count, though another is still wrong
    kind = form.cleaned_data.get("material")
    return new_marc(SimpleEntry(material=Material(kind) if kind else Material.BOOK, **told))
