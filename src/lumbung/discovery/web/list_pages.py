"""What the pages and files of a list hold, for its owner and for who has the link."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from lumbung.catalogue.models import Record
from lumbung.discovery import citing
from lumbung.discovery.models import PersonalList
from lumbung.discovery.queries.lists import kept_on, records_on
from lumbung.discovery.web.citations import chosen_style, file_of, remembering_style
from lumbung.kernel.ui.keys import key_in
from lumbung.kernel.ui.spreadsheet import csv_response

COLUMNS = ("title", "creator", "publication", "year", "call_number")


def drawn(request: HttpRequest, kept: PersonalList, template: str) -> HttpResponse:
    titles = kept_on(kept, request.user)
    share_url = request.build_absolute_uri(f"/lists/{kept.share_key}") if kept.share_key else ""
    facts = {"list": kept, "list_key": str(kept.pk), "titles": titles, "share_url": share_url}
    facts["taken"] = key_in(request.GET.get("taken"))
    facts |= cited(request, records_on(kept) if "style" in request.GET else [])
    return remembering_style(request, render(request, template, facts))


def cited(request: HttpRequest, records: Sequence[Record]) -> dict[str, Any]:
    """The bibliography, where the address asks for one, and what there is to choose."""
    asked = "style" in request.GET
    works = citing.works_of(records, request.build_absolute_uri("/records/")) if asked else []
    style = chosen_style(request)
    return {
        "styles": citing.choices(),
        "style": style if asked else "",
        "forms": citing.FORMS,
        "bibliography": citing.entries(works, style, language=request.LANGUAGE_CODE) if works else [],
    }


def file(request: HttpRequest, kept: PersonalList, form: str) -> HttpResponseBase:
    """The list as CSV, RIS, BibTeX or CSL-JSON. Raises Http404 for another form."""
    name = f"daftar-{kept.pk}"
    if form == "csv":
        head = [_("judul"), _("pengarang"), _("terbitan"), _("tahun"), _("nomor panggil"), _("catatan")]
        rows = (
            [*(getattr(each.row, column) for column in COLUMNS), each.title.note]
            if each.row
            else [each.title.title, "", "", "", "", each.title.note]
            for each in kept_on(kept, request.user)
        )
        return csv_response(f"{name}.csv", head, rows)
    return file_of(citing.works_of(records_on(kept), request.build_absolute_uri("/records/")), form, name)
