"""Imports: bring a file in, watch it, go on with it, undo it. The work is done in the background; every page can be left."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lumbung.catalogue import queries
from lumbung.catalogue.domain.comparison import compared
from lumbung.catalogue.domain.imports import (
    begin_undoing,
    follow_up,
    note_abandoned,
    preview_of,
    reasons_against_undoing,
    start_import,
    undoings_left,
)
from lumbung.catalogue.domain.imports.previews import SHOWN
from lumbung.catalogue.jobs import run_import, undo_import
from lumbung.catalogue.models import ImportRejection, ImportRun
from lumbung.catalogue.permissions import IMPORT, UNDO_IMPORT
from lumbung.catalogue.web.import_forms import ImportForm
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.submission import form_page, reasons_shown_on

States = ImportRun.States
UNDER_WAY = {States.WAITING, States.RUNNING, States.UNDOING}


@needs(IMPORT)
def imports(request: HttpRequest) -> HttpResponse:
    note_abandoned()
    return render(request, "catalogue/imports.html", {"page": page_of(queries.import_runs(), request)})


@needs(IMPORT)
def start(request: HttpRequest) -> HttpResponse:
    form = ImportForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file, is_rehearsal = form.cleaned_data["file"], form.cleaned_data["way"] == "rehearsal"
        with reasons_shown_on(form):
            begun = start_import(file, name=file.name, dry_run=is_rehearsal, options=form.options(), by=request.user)
            run_import.enqueue(run=begun.pk)
            return redirect("catalogue:import", begun.pk)
    return form_page(request, "catalogue/import_start.html", form)


@needs(IMPORT)
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of one import; for htmx only the part that moves."""
    note_abandoned()
    shown = get_object_or_404(queries.import_runs(), pk=pk)
    template = "catalogue/import_state.html" if request.headers.get("HX-Request") else "catalogue/import.html"
    is_left = shown.state == States.UNDOING and shown in undoings_left()
    context = {
        "run": shown,
        "is_left": is_left,
        "is_under_way": shown.state in UNDER_WAY and not is_left,
        "page": page_of(queries.rejections_of(shown), request),
        "shown": SHOWN,
    }
    return render(request, template, context)


@needs(IMPORT)
def preview(request: HttpRequest, pk: int, report: int) -> HttpResponse:
    """What a dry run would do to one record that is there already."""
    rows_of_runs = ImportRejection.objects.select_related("import_run").defer("import_run__waiting", "import_run__unbound")
    row = get_object_or_404(rows_of_runs, pk=report, import_run=pk, kind__in=SHOWN)
    record, made = preview_of(row)
    rows = [each for each in compared(record.marc_record, made) if not each.same]
    return render(request, "catalogue/import_preview.html", {"run": row.import_run, "row": row, "record": record, "rows": rows})


@needs(IMPORT)
@require_POST
def go(request: HttpRequest, pk: int) -> HttpResponse:
    begun = follow_up(get_object_or_404(queries.import_runs(), pk=pk, dry_run=True), by=request.user)
    run_import.enqueue(run=begun.pk)
    return redirect("catalogue:import", begun.pk)


@needs(IMPORT)
@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    stopped = get_object_or_404(queries.import_runs(), pk=pk)
    run_import.enqueue(run=stopped.pk)
    messages.success(request, _("Impor dilanjutkan dari cantuman terakhir yang tersimpan."))
    return redirect("catalogue:import", pk)


@needs(UNDO_IMPORT)
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first; a POST carries it out."""
    shown = get_object_or_404(queries.import_runs(), pk=pk, dry_run=False)
    if request.method != "POST":
        return render(request, "catalogue/import_undo.html", {"run": shown, "reasons": reasons_against_undoing(shown)})
    begin_undoing(shown)
    undo_import.enqueue(run=pk, by=request.user.pk)
    messages.success(request, _("Impor sedang dibatalkan. Halaman ini boleh ditinggalkan."))
    return redirect("catalogue:import", pk)
