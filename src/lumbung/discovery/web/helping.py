"""The help for readers: one page for each thing they do, in both languages."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lumbung.discovery.queries.help import PAGES

LANGUAGES, WRITTEN_FIRST = {"id", "en"}, "id"


@require_safe
def contents(request: HttpRequest) -> HttpResponse:
    return render(request, "discovery/help_contents.html", {"pages": PAGES.values()})


@require_safe
def page(request: HttpRequest, name: str) -> HttpResponse:
    if name not in PAGES:
        raise Http404
    language = request.LANGUAGE_CODE if request.LANGUAGE_CODE in LANGUAGES else WRITTEN_FIRST
    facts = {"topic": PAGES[name], "text": f"discovery/help/{name}.{language}.html", "pages": PAGES.values()}
    return render(request, "discovery/help.html", facts)
