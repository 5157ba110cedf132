"""Pages that have the words, in all files this reader may read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from lumbung.digital.queries.inside import find_inside, there_are_pages
from lumbung.digital.web.asking import asker_of
from lumbung.search.engines import PAGES
from lumbung.search.queries import NotReady
from lumbung.search.unready import unanswered

FEW, MANY = 3, 60


@require_safe
def inside(request: HttpRequest) -> HttpResponse:
    """A page of its own, or for the page of titles the first few."""
    words = request.GET.get("q", "").strip()[:200]
    is_part = bool(request.headers.get("HX-Request"))
    template = "digital/panels/inside.html" if is_part else "digital/inside.html"
    try:
        hits = find_inside(words, asker_of(request), limit=FEW if is_part else MANY)
    except NotReady:
        return unanswered(request, render(request, template, {"words": words, "unready": True, "pages": PAGES}))
    return render(request, template, {"words": words, "hits": hits})


def on_search_page(request: HttpRequest, *, words: str) -> SafeString:
    """Where the pages are asked for, once the titles are there. Nothing where no words are known."""
    if not words.strip() or not there_are_pages():
        return SafeString("")
    return render_to_string("digital/panels/ask_inside.html", {"words": words}, request)
