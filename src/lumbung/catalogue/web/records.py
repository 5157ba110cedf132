"""The staff list of records, and the page of one."""

from django.contrib import messages
from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lumbung.catalogue import queries
from lumbung.catalogue.domain import records as verbs
from lumbung.catalogue.domain.holdings import statements_of
from lumbung.catalogue.domain.simple_entry import entry_of
from lumbung.catalogue.models import Material, Record
from lumbung.catalogue.models.titles_of_copies import copies_counted
from lumbung.catalogue.permissions import EDIT, SEE
from lumbung.catalogue.web.entry_form import said
from lumbung.catalogue.web.history import history_for
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.keys import key_in
from lumbung.kernel.ui.pages import nearest_page, page_of
from lumbung.search.documents import Query
from lumbung.search.queries import NotReady, find
from lumbung.search.unready import unanswered

SIZE = 20
NEWEST = 30
FIELDS = 200
"""So many fields of the MARC stand on the page of a title: one with thousands of copies has a field for each."""


@needs(SEE)
def records(request: HttpRequest) -> HttpResponse:
    """With ``?q=`` what the index finds, hidden titles too; a barcode leads straight to its item. Without: the newest titles."""
    words = request.GET.get("q", "").strip()
    if words and (item := queries.item_by_barcode(words)):
        return redirect("catalogue:item", item.pk)
    page, rows, ready = _found(words, request.GET.get("page", "1")) if words else (None, _newest(), True)
    context = {"words": words, "page": page, "rows": _with_copies(rows), "ready": ready}
    shown = render(request, "catalogue/records.html", context)
    return shown if ready else unanswered(request, shown)


@needs(SEE)
def record(request: HttpRequest, pk: int) -> HttpResponse:
    rows = queries.records_with_mergers().select_related("import_run").defer("import_run__waiting", "import_run__unbound")
    shown = rows.filter(pk=pk).first()
    if shown is None:
        return _gone_into_another(pk)
    marc = shown.marc_record
    statements = statements_of(marc)
    context = {
        "record": shown,
        "said": said(entry_of(marc)),
        "marc": marc,
        "fields": marc.fields[:FIELDS],
        "more_fields": max(0, len(marc.fields) - FIELDS),
        "statements": statements,
        "is_stated": bool(statements) or shown.material == Material.SERIAL,
        "page": page_of(queries.items_of(shown), request),
        "history": history_for(request, record=pk),
        "mergers": queries.mergers_into(shown) if shown.took_others else (),
    }
    return render(request, "catalogue/record.html", context)


@needs(EDIT)
@require_POST
def set_visibility(request: HttpRequest, pk: int) -> HttpResponse:
    hide = request.POST.get("suppressed") == "1"
    verbs.set_suppressed(get_object_or_404(Record, pk=pk), hide, by=request.user)
    messages.success(request, _("Judul ini disembunyikan dari umum.") if hide else _("Judul ini tampil kepada umum."))
    return redirect("catalogue:record", pk)


@needs(EDIT)
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    gone = get_object_or_404(Record, pk=pk)
    verbs.remove_record(gone, by=request.user)
    messages.success(request, _("“%(title)s” dihapus.") % {"title": gone.title})
    return redirect("catalogue:records")


def _gone_into_another(pk: int) -> HttpResponse:
    """To the title that this one went into. Raises Http404 when it went into none."""
    into = queries.merged_into(pk)
    if into is None:
        raise Http404
    return redirect("catalogue:record", into)


def _found(words: str, page: str) -> tuple[Page[int] | None, list[Record], bool]:
    number = key_in(page) or 1
    try:
        found = find(Query(words=words, page=number, size=SIZE, facets=(), hidden=True))
    except NotReady:
        return None, [], False
    return nearest_page(range(found.total), found.page, SIZE), queries.records_in_order(found.keys), True


def _newest() -> list[Record]:
    return list(Record.objects.listed().order_by("-created_at", "-pk")[:NEWEST])


def _with_copies(rows: list[Record]) -> list[tuple[Record, int]]:
    """Each record with the number of its copies, in one statement."""
    copies = copies_counted([row.pk for row in rows])
    return [(row, copies.get(row.pk, 0)) for row in rows]
