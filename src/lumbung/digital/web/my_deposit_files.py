"""The files of one's own deposit: sent in pieces, cut into parts, each with its access."""

from pathlib import Path

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lumbung.digital.domain.deposits import looking
from lumbung.digital.domain.deposits.cutting import Cut
from lumbung.digital.domain.deposits.files import (
    add_deposit_file,
    change_deposit_file,
    cut_deposit_file,
    proposed_cuts,
    remove_deposit_file,
)
from lumbung.digital.domain.receiving import keep_received
from lumbung.digital.domain.scanning import is_held
from lumbung.digital.models import DepositFile, Parts
from lumbung.digital.queries.deposits import deposits_visible_to, rule_for
from lumbung.digital.refusals import HELD
from lumbung.digital.web.deposit_forms import CutForms, DepositFileForm
from lumbung.digital.web.my_deposits import STEP_NAMES, own
from lumbung.digital.web.serving import stretch_response
from lumbung.kernel.pieces import inbox_of
from lumbung.kernel.refusals import Refused
from lumbung.kernel.ui.access import signed_in
from lumbung.kernel.ui.pieces import received
from lumbung.kernel.ui.submission import form_page, reasons_shown_on


def own_file(request: HttpRequest, pk: int, file: int) -> DepositFile:
    """A file of this reader's deposit. Raises Http404 for anybody else's."""
    return get_object_or_404(DepositFile.objects.filter(deposit=own(request, pk)).select_related("deposit__programme"), pk=file)


@require_safe
@signed_in
def files(request: HttpRequest, pk: int) -> HttpResponse:
    """What was sent, what was found in it, and the way to send more."""
    shown = own(request, pk)
    rows = [
        (file, looking.said_of(file.findings), DepositFileForm(instance=file, prefix=str(file.pk), auto_id=f"f{file.pk}_%s"))
        for file in shown.files.exclude(use=DepositFile.Uses.SIMILARITY)
    ]
    facts = {"deposit": shown, "rows": rows, "rule": rule_for(shown), "step": "files", "step_name": STEP_NAMES["files"]}
    return render(request, "digital/deposits/files.html", facts)


@signed_in
def upload(request: HttpRequest, pk: int, use: str) -> HttpResponse:
    """A file of the work, or a certificate, in pieces or whole."""
    shown = own(request, pk)
    if use not in DepositFile.Uses.values:
        raise Http404

    def finished(path: Path, name: str) -> None:
        content = keep_received(path, name=name, largest=largest)
        add_deposit_file(shown, content, name=name, use=DepositFile.Uses(use), by=request.user)
        messages.success(request, _("%(file)s tersimpan.") % {"file": name})

    largest = rule_for(shown).largest_mb << 20
    back = redirect("digital:deposit_statements" if use == DepositFile.Uses.SIMILARITY else "digital:deposit_files", pk)
    return received(request, inbox_of(request.user, f"deposit-{pk}-{use}"), finished, back, largest=largest)


@require_POST
@signed_in
def change(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """What part of the work a file is, and who may read it."""
    found = own_file(request, pk, file)
    form = DepositFileForm(request.POST, instance=found, prefix=str(file))
    if form.is_valid():
        change_deposit_file(found, by=request.user, **form.cleaned_data)
        messages.success(request, _("Tersimpan."))
    else:
        messages.error(request, _("Pilihan itu tidak dikenal. Muat ulang halaman, lalu pilih lagi."))
    return redirect("digital:deposit_files", pk)


@require_POST
@signed_in
def removal(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    found = own_file(request, pk, file)
    back = "digital:deposit_statements" if found.use == DepositFile.Uses.SIMILARITY else "digital:deposit_files"
    remove_deposit_file(found, by=request.user)
    messages.success(request, _("Berkas dikeluarkan."))
    return redirect(back, pk)


@signed_in
def cuts(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """Cut one PDF into the parts the campus asks for: what was recognised, to be mended and confirmed."""
    found = own_file(request, pk, file)
    proposed = [] if request.method == "POST" else [vars(each) for each in proposed_cuts(found)]
    form = CutForms(request.POST or None, initial=proposed)
    if form.is_valid():
        wanted = [each.cleaned_data for each in form if each.cleaned_data.get("first")]
        with reasons_shown_on(form.management_form):
            cut_deposit_file(found, [_cut(each) for each in wanted], by=request.user)
            messages.success(request, _("Naskah dibagi. Periksa siapa yang boleh membaca tiap bagian."))
            return redirect("digital:deposit_files", pk)
    facts = {"deposit": found.deposit, "file": found, "forms": form, "proposed": proposed}
    facts["step_name"] = _("Bagi naskah")
    return form_page(request, "digital/deposits/cuts.html", form.management_form, **facts)


def _cut(said: dict[str, int | str]) -> Cut:
    part = Parts(str(said["part"]))
    first = int(said["first"])
    return Cut(part, str(said["label"] or part.label), first, int(said.get("last") or first))


@require_safe
@signed_in
def content(request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
    """The bytes of a file, for its author and for those who review."""
    deposit = get_object_or_404(deposits_visible_to(request.user), pk=pk)
    found = get_object_or_404(DepositFile, deposit=deposit, pk=file)
    if is_held(found.sha256):
        raise Refused(HELD())
    return stretch_response(request, found.sha256, found.size, media_type=found.media_type, name=found.name)
