"""Taking a borrowed book along into a reading program, and the passphrase for it: pages of the member who borrowed it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lumbung.digital.domain.reading_apps.licences import issue
from lumbung.digital.domain.reading_apps.locking import locked, locked_file
from lumbung.digital.domain.reading_apps.passphrases import set_passphrase
from lumbung.digital.domain.store import incoming
from lumbung.digital.models import Licence, Passphrase
from lumbung.digital.queries.files import titled
from lumbung.digital.queries.lending import open_e_loans
from lumbung.digital.queries.licences import licence_with
from lumbung.digital.refusals import PASSPHRASE_MISSING
from lumbung.digital.web.asking import asker_of
from lumbung.digital.web.forms import PassphraseForm
from lumbung.digital.web.licences import document_of
from lumbung.digital.web.serving import sandboxed
from lumbung.formats.lcp import LICENCE_TYPE, with_licence
from lumbung.kernel.refusals import Refused
from lumbung.kernel.ui.access import signed_in
from lumbung.kernel.ui.own_pages import own_page
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.members.models import Member


@signed_in
def reading_apps(request: HttpRequest) -> HttpResponse:
    """The passphrase of a member, and what they have open in which program."""
    member = _member(request)
    passphrase = Passphrase.objects.filter(member=member).first()
    form = PassphraseForm(request.POST or None, initial={"hint": passphrase.hint if passphrase else ""})
    if form.is_valid():
        with reasons_shown_on(form):
            set_passphrase(member, **form.cleaned_data, by=request.user)
            messages.success(request, _("Frasa sandi baca disimpan."))
            return redirect(own_page(request, request.GET.get("next", "")) or "digital:reading_apps")
    loans = [each for each in open_e_loans(member).prefetch_related("licence__devices") if hasattr(each, "licence")]
    return form_page(request, "digital/reading_apps.html", form, passphrase=passphrase, loans=loans)


@signed_in
@require_safe
def licence(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The licence of the member's loan, for a reading program; who has no passphrase yet chooses one first."""
    try:
        issued = _issued(request, pk)
    except Refused as refused:
        if PASSPHRASE_MISSING.code not in refused.codes:
            raise
        messages.info(request, _("Tentukan dahulu frasa sandi baca Anda; lisensinya dibuka dengan itu."))
        return redirect(f"/my/reading-apps?next=/files/{pk}")
    response = HttpResponse(document_of(request, issued), content_type=LICENCE_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{pk}.lcpl"'
    return sandboxed(response)


@signed_in
@require_safe
def book(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The book under lock with its licence in it: one file that a reading program opens with the passphrase."""
    issued = _issued(request, pk)
    file = issued.loan.lending.file
    protected = locked_file(file, locked(file))
    with incoming() as path:
        with_licence(protected, path, document_of(request, issued))
        name = f"{file.name.removesuffix('.epub')}.lcp.epub"
        return sandboxed(FileResponse(path.open("rb"), content_type=file.media_type, as_attachment=True, filename=name))


def _issued(request: HttpRequest, pk: int) -> Licence:
    member = _member(request)
    made = issue(get_object_or_404(titled(), pk=pk), to=member, by=request.user)
    found = licence_with(made.pk)
    assert found is not None  # noqa: S101 -- it was issued just now
    return found


def _member(request: HttpRequest) -> Member:
    if (member := asker_of(request).member) is None:
        raise PermissionDenied
    return member
