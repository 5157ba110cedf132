"""Photos, and cards on paper for one member or for all of a list."""

from typing import cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from lumbung.accounts.models import User
from lumbung.kernel import uploads
from lumbung.kernel.refusals import Refused
from lumbung.kernel.ui.access import needs, signed_in
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.members import permissions, queries
from lumbung.members.domain import cards as sheets
from lumbung.members.domain.photos import remove_photo, set_photo
from lumbung.members.domain.privacy.looks import note_look
from lumbung.members.models import Member
from lumbung.members.refusals import CARDS_TOO_MANY, NO_CARDS_CHOSEN
from lumbung.members.web.forms import ListForm
from lumbung.members.web.people import chosen


class SheetForm(forms.Form):
    """How a list is set on paper."""

    start = forms.IntegerField(
        label=gettext_lazy("Mulai dari tempat ke-"),
        min_value=1,
        max_value=sheets.A_SHEET,
        initial=1,
        help_text=gettext_lazy("Sepuluh kartu selembar A4; 3 bila dua tempat pertama sudah terpakai."),
    )
    single = forms.BooleanField(label=gettext_lazy("Satu kartu tiap halaman, seukuran kartu (pencetak kartu)"), required=False)
    outlines = forms.BooleanField(label=gettext_lazy("Garis potong"), required=False, initial=True)


@needs(permissions.SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest) -> HttpResponse:
    """Cards for the list of the address; a POST gives the PDF."""
    wanted = ListForm(request.GET)
    members = chosen(request, wanted).select_related("category", "programme")
    form = SheetForm(request.POST or None, initial={"start": 1, "outlines": True})
    count = members.count()
    if form.is_valid():
        with reasons_shown_on(form):
            if not 0 < count <= sheets.MOST:
                raise Refused(CARDS_TOO_MANY(most=sheets.MOST) if count else NO_CARDS_CHOSEN())
            return _pdf(sheets.cards(list(members), **form.cleaned_data), "kartu-anggota.pdf")
    return form_page(request, "members/card_sheet.html", form, count=count, most=sheets.MOST)


@needs(permissions.SEE)
@require_safe
def card_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """One member's card, of its own size."""
    member = _seen(request, pk)
    note_look(member, by=cast("User", request.user))
    return _pdf(sheets.cards([member], single=True), f"kartu-{member.barcode}.pdf")


@require_http_methods(["GET", "HEAD", "POST", "DELETE"])
def photo(request: HttpRequest, pk: int) -> HttpResponseBase:
    """GET gives the photo to whoever may see members; POST and DELETE are for those who may change them."""
    if request.method in {"POST", "DELETE"}:
        return _photo_changed(request, pk)
    return _photo_shown(request, pk)


@needs(permissions.SEE)
def _photo_shown(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _as_picture(_seen(request, pk))


@needs(permissions.CHANGE)
def _photo_changed(request: HttpRequest, pk: int) -> HttpResponse:
    member = _seen(request, pk)
    if request.method == "DELETE":
        remove_photo(member, by=request.user)
        messages.success(request, _("Foto dihapus."))
    else:
        set_photo(member, _sent(request), by=request.user)
        messages.success(request, _("Foto disimpan."))
    return redirect("members:member", pk)


@require_http_methods(["GET", "HEAD", "POST", "DELETE"])
@signed_in
def my_photo(request: HttpRequest) -> HttpResponseBase:
    """The member's own photo: looked at, given where there is none, removed."""
    member = queries.member_of(request.user)
    if member is None:
        raise Http404
    if request.method == "POST":
        set_photo(member, _sent(request), by=request.user, own=True)
        messages.success(request, _("Foto disimpan."))
    elif request.method == "DELETE":
        remove_photo(member, by=request.user)
        messages.success(request, _("Foto dihapus."))
    else:
        return _as_picture(member)
    return redirect("membership:privacy")


def _as_picture(member: Member) -> HttpResponseBase:
    if not member.photo:
        raise Http404
    return uploads.shown(member.photo, kind="jpeg", name=f"{member.barcode}.jpg", inline=True)


def _sent(request: HttpRequest) -> bytes:
    file = request.FILES.get("photo")
    return file.read() if file else b""


def _seen(request: HttpRequest, pk: int) -> Member:
    return get_object_or_404(queries.members_visible_to(request.user).select_related("category", "programme"), pk=pk)


def _pdf(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
