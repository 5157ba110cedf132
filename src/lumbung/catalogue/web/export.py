"""Letting records out: streamed at once, or made in the background and fetched when ready."""

from django import forms
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lumbung.catalogue.domain.exports import FORMS, Told, start_export
from lumbung.catalogue.jobs import run_export
from lumbung.catalogue.permissions import EXPORT
from lumbung.catalogue.queries.files import export_runs
from lumbung.catalogue.web.record_selection_form import RecordSelectionForm
from lumbung.kernel import clock
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.submission import form_page, reasons_shown_on


class ExportForm(RecordSelectionForm):
    form = forms.ChoiceField(
        label=_("Format"),
        choices=[(word, form.name) for word, form in FORMS.items()],
        initial="iso2709",
        help_text=_(
            "ISO 2709 tidak dapat memuat cantuman di atas 99.999 bita; yang sebesar itu dilewati. MARCXML memuat semuanya. "
            "Untuk Excel pilih XLSX: nol di depan dan ISBN tetap utuh."
        ),
    )
    without_copies = forms.BooleanField(
        label=_("Tanpa eksemplar"),
        required=False,
        help_text=_(
            "Cantuman keluar persis seperti tersimpan. Bila tidak dicentang, eksemplar yang ada sekarang ikut dalam ruas 952."
        ),
    )


@needs(EXPORT)
def export(request: HttpRequest) -> HttpResponseBase:
    """The form; with a form chosen, the file as a stream, or with ``later`` an export that is made in the background."""
    form = ExportForm(request.POST or request.GET or None, request.FILES or None)
    if request.GET and "form" not in request.GET:
        form = ExportForm(initial=request.GET.dict())
    if form.is_valid():
        with reasons_shown_on(form):
            if "later" in request.POST:
                return _started(request, form)
            return _streamed(request, form)
    return form_page(request, "catalogue/export.html", form, page=page_of(export_runs(), request, size=20))


def _started(request: HttpRequest, form: ExportForm) -> HttpResponse:
    told = form.cleaned_data
    run = start_export(told["form"], form.selection(), copies=not told["without_copies"], by=request.user)
    run_export.enqueue(run=run.pk, pages=request.build_absolute_uri("/records/"))
    return redirect("catalogue:export_run", run.pk)


def _streamed(request: HttpRequest, form: ExportForm) -> StreamingHttpResponse:
    told = form.cleaned_data
    chosen = FORMS[told["form"]]
    selection = form.selection()
    selection.count()  # what cannot be chosen is refused here, while it can still be told
    said = Told(copies=not told["without_copies"], pages=request.build_absolute_uri("/records/"))
    response = StreamingHttpResponse(chosen.write(selection.records(), said), content_type=chosen.content_type)
    response["Content-Disposition"] = (
        f'attachment; filename="katalog-{timezone.localdate(clock.now()):%Y-%m-%d}.{chosen.ending}"'
    )
    response["Cache-Control"] = "no-store"
    return response


@needs(EXPORT)
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of one export; for htmx only the part that moves."""
    shown = get_object_or_404(export_runs(), pk=pk)
    template = "catalogue/export_state.html" if request.headers.get("HX-Request") else "catalogue/export_run.html"
    return render(request, template, {"run": shown, "name": FORMS[shown.form].name})


@needs(EXPORT)
def fetch(request: HttpRequest, pk: int) -> FileResponse:
    shown = get_object_or_404(export_runs(), pk=pk)
    if not shown.stored_file or not default_storage.exists(shown.stored_file):
        raise Http404
    form = FORMS[shown.form]
    name = f"katalog-{timezone.localdate(shown.created_at):%Y-%m-%d}-{shown.pk}.{form.ending}"
    file = default_storage.open(shown.stored_file, "rb")
    return FileResponse(file, as_attachment=True, filename=name, content_type=form.content_type)
