"""Borrowing lent files: at once, by oneself, at any hour."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lumbung.digital.domain.lending import borrow, renew_e_loan, return_early, stop_waiting, wait_for
from lumbung.digital.models import File, FileUse
from lumbung.digital.refusals import FOR_MEMBERS, NEEDS_LOAN
from lumbung.digital.web.asking import asker_of
from lumbung.digital.web.counting import count
from lumbung.digital.web.files import decided
from lumbung.kernel.refusals import Refused
from lumbung.kernel.ui.access import signed_in
from lumbung.kernel.ui.own_pages import own_page
from lumbung.kernel.ui.words import day
from lumbung.members.models import Member


@require_http_methods(["POST", "DELETE"])
@signed_in
def loan(request: HttpRequest, pk: int) -> HttpResponse:
    """POST borrows the file and opens it; DELETE gives it back before its time."""
    file, member = _lent(request, pk)
    if request.method == "DELETE":
        return_early(file, of=member, by=request.user)
        messages.success(request, _("Dikembalikan: %(title)s.") % {"title": file.record.title_told})
        return _back(request, pk)
    try:
        lent = borrow(file, to=member, by=request.user)
    except Refused as refused:
        count(request, file, FileUse.Kinds.DENIED, reason=refused.codes[0])
        raise
    messages.success(request, _("Dipinjam sampai %(day)s. Selamat membaca.") % {"day": day(lent.due)})
    return redirect("digital:read", pk)


@require_POST
@signed_in
def renewal(request: HttpRequest, pk: int) -> HttpResponse:
    file, member = _lent(request, pk)
    renewed = renew_e_loan(file, of=member, by=request.user)
    messages.success(request, _("Diperpanjang sampai %(day)s.") % {"day": day(renewed.due)})
    return _back(request, pk)


@require_http_methods(["POST", "DELETE"])
@signed_in
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """POST puts the reader on the waiting list; DELETE takes them off."""
    file, member = _lent(request, pk)
    if request.method == "DELETE":
        stop_waiting(file, member=member, by=request.user)
        messages.success(request, _("Anda keluar dari daftar tunggu."))
    else:
        wait_for(file, member=member, by=request.user)
        messages.success(request, _("Anda masuk daftar tunggu. Kami kabari bila giliran Anda tiba."))
    return _back(request, pk)


def _lent(request: HttpRequest, pk: int) -> tuple[File, Member]:
    """The file, when nothing but a missing loan keeps this member from it. Refuses with whatever else does."""
    file, access = decided(request, pk)
    member = asker_of(request).member
    others = [reason for reason in access.refusals if reason.code != NEEDS_LOAN.code]
    if member is None:
        others = others or [FOR_MEMBERS()]
    if others or member is None:
        raise Refused(others)
    return file, member


def _back(request: HttpRequest, pk: int) -> HttpResponse:
    came_from = own_page(request, request.headers.get("Referer", ""))
    return redirect(came_from or "digital:file", *([] if came_from else [pk]))
