"""Results, narrowed down and in order."""

import re
import time
from hashlib import blake2b
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from lumbung.discovery.addresses import asked, chips, parameters
from lumbung.discovery.ordering import sort_key
from lumbung.discovery.queries import Facet, every_value, histogram_of, search_records
from lumbung.discovery.queries.facets import FACET_LABELS
from lumbung.discovery.web.budget import budgeted
from lumbung.search.documents import Sort
from lumbung.search.queries import NotReady

SORTS = [
    (Sort.RELEVANCE, _("Paling sesuai")),
    (Sort.NEWEST, _("Baru di rak")),
    (Sort.YEAR_DOWN, _("Terbitan terbaru")),
    (Sort.YEAR_UP, _("Terbitan terlama")),
]
OPEN_FACETS = {"material", "availability", "access", "branch"}
_TOOK = re.compile(rb"<span data-took>[^<]*</span>")


@require_safe
@budgeted
def search(request: HttpRequest) -> HttpResponse:
    query, began = asked(request.GET), time.perf_counter()
    results = search_records(query, request.user)
    labels = {(facet.name, value.value): value.label for facet in results.facets for value in facet.values}
    facts = {
        "query": query,
        "q": query.words,
        "results": results,
        "seconds": time.perf_counter() - began,
        "chips": chips(query, labels),
        "sorts": SORTS,
        "open_facets": OPEN_FACETS,
        "histogram": histogram_of(results.facets),
        "page_links": {number: parameters(query, page=number) for number in (results.page - 1, results.page + 1)},
        "plain": parameters(query, page=None) if not query.chosen and not query.year_from and not query.year_to else "",
        "without_filters": "?" + urlencode({"q": query.words}),
    }
    response = render(request, "discovery/search.html", facts)
    response["ETag"] = _weak_etag(response.content)
    return response


@require_safe
@budgeted
def values(request: HttpRequest, name: str) -> HttpResponse:
    """Every value of one facet, to search in and to choose several of."""
    if name not in FACET_LABELS:
        raise Http404
    query, find, alphabetic = asked(request.GET), request.GET.get("find", "").strip()[:100], "a-z" in request.GET
    try:
        facet = every_value(query, name, request.user)
    except NotReady:
        facet = Facet(name, str(FACET_LABELS[name]), [])
    key = sort_key(find) if find else ""
    shown = [value for value in facet.values if key in sort_key(value.label) or value.chosen]
    shown.sort(key=(lambda value: sort_key(value.label)) if alphabetic else (lambda value: -value.count))
    others = [(each, value) for each, chosen in query.chosen.items() if each != name for value in chosen]
    facts = {"query": query, "facet": facet, "values": shown, "find": find, "alphabetic": alphabetic, "others": others}
    return render(request, "discovery/values.html", facts)


def _weak_etag(page: bytes) -> str:
    """The same for pages that differ in nothing but how long the search took: a thin line need not carry them twice."""
    return f'W/"{blake2b(_TOOK.sub(b"", page), digest_size=16).hexdigest()}"'
