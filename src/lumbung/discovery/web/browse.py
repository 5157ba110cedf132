"""Walking along the shelves and lists of the library, without a word to search for."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from lumbung.catalogue.domain.crosswalk.numbers import counterpart
from lumbung.catalogue.domain.shelf_order import shelf_key_from
from lumbung.catalogue.models import Record
from lumbung.catalogue.queries import class_pairs
from lumbung.discovery.models import Heading, Ranked
from lumbung.discovery.ordering import LAST, sort_key
from lumbung.discovery.queries import Facet, every_value, new_titles, with_297
from lumbung.discovery.queries.browse import LETTERS, around, headings, shelf, titles
from lumbung.discovery.queries.interest import ranked
from lumbung.discovery.web.of_a_title import of_a_title
from lumbung.organization.models import Branch
from lumbung.organization.queries import public_branches
from lumbung.search.documents import Query
from lumbung.search.queries import NotReady

NEW = 48
LISTS = {
    "creators": (Heading.Kinds.CREATOR, pgettext_lazy("many", "Pengarang")),
    "subjects": (Heading.Kinds.SUBJECT, pgettext_lazy("many", "Subjek")),
    "titles": (None, pgettext_lazy("many", "Judul")),
}
Spans = Mapping[str, tuple[Ranked.Lists, str | Promise]]
SPANS: Spans = {
    "30": (Ranked.Lists.BORROWED_MONTH, gettext_lazy("30 hari terakhir")),
    "365": (Ranked.Lists.BORROWED_YEAR, gettext_lazy("Setahun terakhir")),
}
TRENDING_SPANS: Spans = {
    "7": (Ranked.Lists.TRENDING_WEEK, gettext_lazy("7 hari terakhir")),
    "30": (Ranked.Lists.TRENDING_MONTH, gettext_lazy("30 hari terakhir")),
}


@require_safe
def browse(request: HttpRequest) -> HttpResponse:
    return render(request, "discovery/browse.html", {"classes": _classes()})


@require_safe
def alphabet(request: HttpRequest, name: str) -> HttpResponse:
    """Headings or titles from a letter, a word or a place on."""
    if name not in LISTS:
        raise Http404
    kind, label = LISTS[name]
    after, before = _places(request)
    begins = request.GET.get("at", "")[:100]
    at = (LAST if begins == "~" else sort_key(begins)) if begins else ""
    found = headings(kind, at=at, after=after, before=before) if kind else titles(at=at, after=after, before=before)
    facts = {"name": name, "label": label, "found": found, "begins": begins, "letters": ["0", *LETTERS, "~"]}
    return render(request, "discovery/browse_alphabet.html", facts)


@require_safe
def new(request: HttpRequest) -> HttpResponse:
    return render(request, "discovery/browse_new.html", {"rows": new_titles(NEW)})


@require_safe
def popular(request: HttpRequest) -> HttpResponse:
    return _counted(request, "discovery/browse_popular.html", SPANS, "30")


@require_safe
def trending(request: HttpRequest) -> HttpResponse:
    return _counted(request, "discovery/browse_trending.html", TRENDING_SPANS, "7")


@require_safe
def along_the_shelf(request: HttpRequest) -> HttpResponse:
    """A stretch of the shelf, from a call number or a place on."""
    after, before = _places(request)
    branch, begins = _branch(request), request.GET.get("at", "")[:60]
    found = shelf(branch=branch, at=shelf_key_from(begins), after=after, before=before)
    other = counterpart(begins, class_pairs())
    facts = {"found": found, "branch": branch, "branches": public_branches(), "begins": begins, "other": other}
    return render(request, "discovery/shelf.html", facts)


@require_safe
@of_a_title
def beside(request: HttpRequest, record: Record) -> HttpResponse:
    """The shelf left and right of one title."""
    branch = _branch(request)
    found = around(record, branch=branch)
    facts = {"record": record, "found": found, "branch": branch, "branches": public_branches()}
    return render(request, "discovery/shelf.html", facts)


def _counted(request: HttpRequest, template: str, lists: Spans, first: str) -> HttpResponse:
    """A list that is counted every night, over the days the address asks for."""
    span = request.GET.get("days", first)
    if span not in lists:
        raise Http404
    chosen, _label = lists[span]
    spans = [(key, label) for key, (_list, label) in lists.items()]
    return render(request, template, {"rows": ranked(chosen), "spans": spans, "span": span})


def _places(request: HttpRequest) -> tuple[str, str]:
    """The places to go on from, after and before."""
    return request.GET.get("after", "")[:400], request.GET.get("before", "")[:400]


def _branch(request: HttpRequest) -> Branch | None:
    asked = request.GET.get("branch", "")
    return next((branch for branch in public_branches() if str(branch.pk) == asked), None)


def _classes() -> list[Any] | None:
    """The class tree with its counts; None while there is no index to count in."""
    try:
        return with_297(every_value(Query(), "classification", None).tree)
    except NotReady:
        return None
    except KeyError:
        return Facet("classification", _("Bidang ilmu"), []).tree
