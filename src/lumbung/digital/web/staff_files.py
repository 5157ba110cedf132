"""The files of a title, for those who keep them."""

from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryFile

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lumbung.catalogue.models import Record
from lumbung.digital import queries
from lumbung.digital.domain.bagging import bag_files
from lumbung.digital.domain.files import add_file, change_file, replace_file, restore_file, withdraw_file
from lumbung.digital.domain.receiving import keep_received
from lumbung.digital.domain.terms import change_terms
from lumbung.digital.models import File, Levels
from lumbung.digital.permissions import KEEP, TERMS
from lumbung.digital.queries.files import titled
from lumbung.digital.web.forms import FileForm, TermsForm, WithdrawalForm
from lumbung.kernel.pieces import inbox_of
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.pieces import received
from lumbung.kernel.ui.submission import form_page, reasons_shown_on


@needs(KEEP)
@require_safe
def record_files(request: HttpRequest, pk: int) -> HttpResponse:
    """The files of one title, and the way to add more."""
    record = get_object_or_404(Record.objects.listed(), pk=pk)
    facts = {"record": record, "files": queries.files_of(record), "terms": queries.terms()}
    return render(request, "digital/record_files.html", facts)


@needs(KEEP)
@require_POST
def bag(request: HttpRequest, pk: int) -> FileResponse:
    """All files of one title as a bag; it is written whole before the first byte leaves."""
    record = get_object_or_404(Record.objects.listed(), pk=pk)
    address = request.build_absolute_uri(reverse("catalogue:record", args=[pk]))
    with ExitStack() as unless_sent:
        target = unless_sent.enter_context(TemporaryFile(dir=settings.DATA))
        name = bag_files(record, target, address=address, by=request.user)
        unless_sent.pop_all()
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=f"{name}.zip", content_type="application/zip")


@needs(KEEP)
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """A file for a title, in pieces or whole. Until somebody says who may read it, the staff alone does."""
    record = get_object_or_404(Record.objects.listed(), pk=pk)

    def finished(path: Path, name: str) -> None:
        added = add_file(record, keep_received(path, name=name), name=name, level=Levels.STAFF, by=request.user)
        told = _("%(file)s ditambahkan, sementara hanya untuk petugas. Atur siapa yang boleh membacanya.")
        messages.success(request, told % {"file": added.name})

    back = redirect("digital:record_files", pk)
    return received(request, inbox_of(request.user, f"record-{pk}"), finished, back, largest=queries.terms().largest)


@needs(KEEP)
def file_change(request: HttpRequest, pk: int) -> HttpResponse:
    """One file: what is said of it, who reads it, its versions."""
    shown = get_object_or_404(titled(), pk=pk)
    form = FileForm(request.POST or None, instance=shown)
    if form.is_valid():
        with reasons_shown_on(form):
            change_file(File(pk=pk), by=request.user, **form.cleaned_data)
            messages.success(request, _("Perubahan disimpan."))
            return redirect("digital:record_files", shown.record_id)
    facts = {"file": shown, "record": shown.record, "terms": queries.terms(), "withdrawal": WithdrawalForm()}
    facts["versions"] = queries.versions_of(shown)
    return form_page(request, "digital/file_change.html", form, **facts)


@needs(KEEP)
def replacement(request: HttpRequest, pk: int) -> HttpResponse:
    """A newer version of a file, in pieces or whole."""
    old = get_object_or_404(titled(), pk=pk)

    def finished(path: Path, name: str) -> None:
        replace_file(old, keep_received(path, name=name), name=name, by=request.user)
        messages.success(request, _("Versi baru tersimpan; versi lama tetap ada bagi pengelola."))

    back = redirect("digital:record_files", old.record_id)
    return received(request, inbox_of(request.user, f"file-{pk}"), finished, back, largest=queries.terms().largest)


@needs(KEEP)
@require_POST
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(File, pk=pk)
    withdraw_file(found, because=request.POST.get("because", ""), by=request.user)
    messages.success(request, _("Berkas ditarik. Alamatnya menyampaikan alasannya."))
    return redirect("digital:record_files", found.record_id)


@needs(KEEP)
@require_POST
def restoration(request: HttpRequest, pk: int) -> HttpResponse:
    found = restore_file(get_object_or_404(File, pk=pk), by=request.user)
    messages.success(request, _("Berkas dapat dibaca lagi sesuai aturannya."))
    return redirect("digital:record_files", found.record_id)


@needs(TERMS)
def terms(request: HttpRequest) -> HttpResponse:
    """The networks of the campus and the limits of files."""
    form = TermsForm(request.POST or None, instance=queries.terms())
    if form.is_valid():
        with reasons_shown_on(form):
            change_terms(**form.cleaned_data, by=request.user)
            messages.success(request, _("Perubahan disimpan."))
            return redirect("digital:terms")
    return form_page(request, "digital/terms.html", form)
