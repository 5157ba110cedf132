"""Results, narrowed down and in order."""

import logging
import re
import time
from collections.abc import Callable, Sequence
from functools import partial
from hashlib import blake2b

from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from lumbung.accounts.domain.api_access import address_of
from lumbung.digital.domain.uses import note_search
from lumbung.discovery import permissions
from lumbung.discovery.addresses import LONGEST, Question, asked, chips, parameters, without_filters
from lumbung.discovery.domain.unmet_needs import count_unmet_need
from lumbung.discovery.ordering import sort_key
from lumbung.discovery.queries import Facet, Results, every_value, histogram_of, search_records
from lumbung.discovery.queries.beside import groups_beside
from lumbung.discovery.queries.facets import FACET_LABELS
from lumbung.discovery.queries.searching import is_narrowed
from lumbung.discovery.web.budget import budgeted
from lumbung.discovery.web.near import near_branch
from lumbung.discovery.web.reading import (
    as_typed,
    hint_chips,
    notices_in_words,
    one_of_them,
    only_published,
    other_ways_to_spell,
    spelt,
)
from lumbung.kernel.permissions import may
from lumbung.kernel.sources import Group
from lumbung.kernel.ui.programs import is_program
from lumbung.organization.queries import public_branches
from lumbung.search.documents import Sort
from lumbung.search.queries import NotReady
from lumbung.search.unready import unanswered

logger = logging.getLogger(__name__)

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
    query, near, began = asked(request.GET), near_branch(request), time.perf_counter()
    if len(request.GET.get("q", "")) > LONGEST or (query.is_cut and "cut" not in request.GET):
        return redirect(f"/search{parameters(query, cut=1 if query.is_cut else None)}")
    results = search_records(query, request.user, plain=query.plain, near=near)
    if query.words and results.ready and query.page == 1:
        _count(partial(note_search, query.words, who=_visitor(request), is_robot=is_program(request)))
    narrowed = is_narrowed(query)  # of what is not found so, the library may have much
    groups = groups_beside(query.words, results.asked.words, request) if query.page == 1 else []
    missed = falls_short(query, results, groups)
    if missed and not narrowed and not is_program(request):
        _count(partial(count_unmet_need, query.words))
    titles = render_to_string("discovery/titles.html", {"results": results, "query": query})  # while facets are being counted
    labels = {(facet.name, value.value): value.label for facet in results.facets for value in facet.values}
    facts = {
        "query": query,
        "here": parameters(query, page=None, sort=None),
        "q": query.words,
        "results": results,
        "titles": titles,
        "seconds": time.perf_counter() - began,
        "chips": chips(query, labels),
        "sorts": SORTS if results.asked.words else SORTS[1:],  # of all titles none answers better
        "open_facets": OPEN_FACETS,
        "histogram": histogram_of(results.facets),
        "groups": groups,
        "falls_short": missed,
        "is_narrowed": narrowed,
        "spellings": other_ways_to_spell(query, results) if missed else [],
        "notices": notices_in_words(query, results),
        "hints": hint_chips(query, results),
        "as_typed": as_typed(query),
        "one_of_them": one_of_them(query, results),
        "published": only_published(query, results),
        "did_you_mean": spelt(query, results.did_you_mean) if results.did_you_mean else None,
        "whole_works": parameters(query, editions=None if not query.by_work else "all", page=None),
        "may_explain": bool(query.words) and may(request.user, permissions.SEARCHES),
        "explain_query": parameters(query, page=None, editions=None),
        "near": near,
        "branches": public_branches(),
        "page_links": {number: parameters(query, page=number) for number in (results.page - 1, results.page + 1)},
        "plain": parameters(query, page=None) if not query.chosen and not query.year_from and not query.year_to else "",
        "without_filters": without_filters(query),
    }
    response = render(request, "discovery/search.html", facts)
    response["ETag"] = _weak_etag(response.content)
    if request.headers.get("HX-Request"):  # the form sends every field; the address says what was asked, once and in one order
        response["HX-Push-Url"] = f"/search{parameters(query)}"
    return response if results.ready else unanswered(request, response)


@require_safe
@budgeted
def values(request: HttpRequest, name: str) -> HttpResponse:
    """Every value of one facet, to search in and to choose several of."""
    if name not in FACET_LABELS:
        raise Http404
    query, find, alphabetic = asked(request.GET), request.GET.get("find", "").strip()[:100], "a-z" in request.GET
    try:
        facet, is_ready = every_value(query, name, request.user), True
    except NotReady:
        facet, is_ready = Facet(name, str(FACET_LABELS[name]), []), False
    key = sort_key(find) if find else ""
    shown = [value for value in facet.values if key in sort_key(value.label) or value.chosen]
    shown.sort(key=(lambda value: sort_key(value.label)) if alphabetic else (lambda value: -value.count))
    others = [(each, value) for each, chosen in query.chosen.items() if each != name for value in chosen]
    facts = {"query": query, "facet": facet, "values": shown, "find": find, "alphabetic": alphabetic, "others": others}
    facts["is_ready"] = is_ready
    page = render(request, "discovery/values.html", facts)
    return page if is_ready else unanswered(request, page)


def falls_short(question: Question, results: Results, groups: Sequence[Group]) -> bool:
    """Whether ways on are to be offered: words were asked for, and neither a title nor anything else has all of them."""
    missed = results.ready and (results.relaxed or not results.rows)
    return bool(question.words) and question.page == 1 and missed and not groups


def _count(one_more: Callable[[], None]) -> None:
    """Count what was looked for; where that cannot be written, as on a full disk, what was found is shown all the same."""
    try:
        one_more()
    except DatabaseError as error:
        logger.warning("a search could not be counted: %s", error)


def _visitor(request: HttpRequest) -> str:
    """What tells visitors apart: the account, else the session, else address and program."""
    user = getattr(request.user, "pk", None)
    agent = request.headers.get("User-Agent", "")
    return f"user {user}" if user else request.session.session_key or f"{address_of(request)} {agent}"


def _weak_etag(page: bytes) -> str:
    """The same for pages that differ in nothing but how long the search took: a thin line need not carry them twice."""
    return f'W/"{blake2b(_TOOK.sub(b"", page), digest_size=16).hexdigest()}"'
