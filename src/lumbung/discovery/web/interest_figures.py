"""What readers want, for the staff: figures without names, never of fewer people than ``LEAST_GROUP``, and what they wrote they need."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lumbung.discovery import permissions
from lumbung.discovery.queries.interests import LEAST_GROUP, figures, in_words, said_needs
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.spreadsheet import csv_response

COLUMNS = [gettext_lazy("kategori"), gettext_lazy("program studi"), gettext_lazy("minat"), gettext_lazy("orang")]


@needs(permissions.SEARCHES)
@require_safe
def interest_figures(request: HttpRequest) -> HttpResponse:
    page = page_of(figures(), request)
    facts = {"page": page, "rows": in_words(list(page.object_list)), "needs": said_needs(), "least": LEAST_GROUP}
    return render(request, "discovery/interest_figures.html", facts)


@needs(permissions.SEARCHES)
@require_safe
def as_csv(request: HttpRequest) -> StreamingHttpResponse:
    rows = ([each.category, each.programme, each.interest, each.people] for each in in_words(list(figures())))
    return csv_response("minat-pembaca.csv", COLUMNS, rows)
