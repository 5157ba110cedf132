"""How a title is cited: in words, in the style the reader chooses, and as a file."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lumbung.catalogue.models import Record
from lumbung.discovery import citing
from lumbung.discovery.web.of_a_title import of_a_title
from lumbung.discovery.web.record_page import work_at

COOKIE, ONE_YEAR = "citation-style", 31_536_000


@require_safe
@of_a_title
def citation(request: HttpRequest, found: Record) -> HttpResponse:
    """The citation in one style; htmx puts it in place, without it it is a page."""
    word = chosen_style(request)
    _said, work = work_at(request, found)
    [entry] = citing.entries([work], word, language=request.LANGUAGE_CODE)
    facts = {"record": found, "entry": entry, "style": word, "styles": citing.choices(), "forms": citing.FORMS}
    template = "discovery/citation.html" if request.headers.get("HX-Request") else "discovery/citation_page.html"
    return remembering_style(request, render(request, template, facts))


@require_safe
@of_a_title
def citation_file(request: HttpRequest, found: Record, form: str) -> HttpResponse:
    _said, work = work_at(request, found)
    return file_of([work], form, str(found.pk))


def file_of(works: list[Any], form: str, name: str) -> HttpResponse:
    """The works as a download. Raises Http404 for a form there is not."""
    if form not in citing.FORMS:
        raise Http404
    written = citing.FORMS[form]
    response = HttpResponse(written.written(works), content_type=f"{written.content_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


def chosen_style(request: HttpRequest) -> str:
    """The style the address asks for, else the one chosen last on this device, else APA."""
    return citing.known(request.GET.get("style") or request.COOKIES.get(COOKIE, ""))


def remembering_style(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The response, with the chosen style kept on the reader's device."""
    if request.GET.get("style"):
        response.set_cookie(
            COOKIE, chosen_style(request), max_age=ONE_YEAR, samesite="Lax", httponly=True, secure=request.is_secure()
        )
    response["Vary"] = ", ".join(filter(None, [response.get("Vary", ""), "HX-Request"]))
    return response
