"""The groups of words as a table, out and in."""

from collections import Counter

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from lumbung.discovery.web.word_forms import TableForm
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.spreadsheet import csv_response
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.search.domain.word_tables import COLUMNS, Outcome, bring_in, rows_of
from lumbung.search.permissions import WORDS
from lumbung.search.queries import word_groups


@needs(WORDS)
@require_safe
def table(_request: HttpRequest) -> HttpResponseBase:
    return csv_response("kata.csv", COLUMNS, rows_of(list(word_groups())))


@needs(WORDS)
@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Try a table or bring it in. What was refused is shown row by row, whichever it was."""
    form, outcomes = TableForm(request.POST or None, request.FILES or None), None
    if form.is_valid():
        dry_run = form.cleaned_data["way"] == "rehearsal"
        with reasons_shown_on(form):
            outcomes = bring_in(form.cleaned_data["file"].read(), dry_run=dry_run, by=request.user)
            if not dry_run and not any(each.became == "refused" for each in outcomes):
                messages.success(request, _summary(outcomes))
                return redirect("discovery:words")
    counts = Counter(each.became for each in outcomes or ())
    return form_page(request, "discovery/word_import.html", form, outcomes=outcomes, counts=counts)


def _summary(outcomes: list[Outcome]) -> str:
    changed = sum(each.became in {"added", "changed"} for each in outcomes)
    return ngettext("%(count)s kelompok kata disimpan.", "%(count)s kelompok kata disimpan.", changed) % {"count": changed}
