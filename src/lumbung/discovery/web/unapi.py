"""unAPI (version 1): a reference manager takes the titles of a page, each whole, in a form that it reads."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_safe

from lumbung.discovery import citing
from lumbung.discovery.web.of_a_title import shown_record
from lumbung.kernel.ui.keys import key_in

FORMS = {"ris": "ris", "bibtex": "bib"}
"""By the name that reference managers know each by."""
MULTIPLE_CHOICES, NOT_ACCEPTABLE = 300, 406


@require_safe
def unapi(request: HttpRequest) -> HttpResponse:
    """The forms there are; of one title, which it may be had in; in a form, the way to it."""
    if "id" not in request.GET:
        return _forms("")
    key = shown_record(key_in(request.GET["id"]) or 0).pk
    if "format" not in request.GET:
        return _forms(f"{key}", status=MULTIPLE_CHOICES)
    if (form := FORMS.get(request.GET["format"])) is None:
        return HttpResponse(status=NOT_ACCEPTABLE)
    return redirect("discovery:citation-file", pk=key, form=form)


def _forms(key: str, *, status: int = 200) -> HttpResponse:
    told = ((name, citing.FORMS[form].content_type) for name, form in FORMS.items())
    lines = format_html_join("", '<format name="{}" type="{}"/>', told)
    named = format_html(' id="{}"', key) if key else ""
    listed = format_html('<?xml version="1.0" encoding="UTF-8"?><formats{}>{}</formats>', named, lines)
    return HttpResponse(listed, content_type="application/xml", status=status)
