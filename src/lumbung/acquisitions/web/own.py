"""A member's own requests: how far each is, one more, also from a title or from a search that found nothing, and one taken back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lumbung.acquisitions.domain.describing import facts_of
from lumbung.acquisitions.domain.doubles import doubles_shown_to_public
from lumbung.acquisitions.domain.requests import ask_for, withdraw
from lumbung.acquisitions.models import PurchaseRequest
from lumbung.acquisitions.queries.requests import requests_of
from lumbung.acquisitions.web.forms import OwnRequestForm
from lumbung.catalogue.models import Record
from lumbung.kernel.ui.access import signed_in
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.members.models import Member
from lumbung.members.queries import member_of


@signed_in
@require_safe
def own_requests(request: HttpRequest) -> HttpResponse:
    """What the member asked for, newest first."""
    member = member_of(request.user)
    page = page_of(requests_of(member), request) if member else None
    return render(request, "acquisitions/own_requests.html", {"member": member, "page": page})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@once
def own_request_add(request: HttpRequest) -> HttpResponse:
    """Ask for a title; ``?title=`` fills it in, ``?record=`` asks for more copies of a title. What there is of it is shown first, once."""
    member, record = member_of(request.user), _record(request)
    if member is None and request.method == "POST":
        raise PermissionDenied
    if member is None:
        return redirect("acquisitions:own_requests")
    form = OwnRequestForm(request.POST or None, initial=_begun(request, member, record))
    doubles = None
    if form.is_valid():
        doubles = doubles_shown_to_public(form.facts())
        if record or not doubles or "anyway" in request.POST:
            with reasons_shown_on(form):
                _ask(form, member, record, request)
                messages.success(request, _("Terima kasih. Usulan Anda dicatat; Anda dikabari bila sudah diputuskan."))
                return redirect("acquisitions:own_requests")
    return form_page(request, "acquisitions/own_request.html", form, doubles=doubles, record=record)


@signed_in
@require_http_methods(["DELETE"])
def own_request(request: HttpRequest, pk: int) -> HttpResponse:
    """A member takes their own request back, until it is decided."""
    withdraw(get_object_or_404(PurchaseRequest, pk=pk, member__user=request.user.pk), by=request.user)
    messages.success(request, _("Usulan ditarik."))
    return redirect("acquisitions:own_requests")


def _ask(form: OwnRequestForm, member: Member, record: Record | None, request: HttpRequest) -> None:
    more = {name: form.cleaned_data[name] for name in ("copies", "why", "pickup_branch")}
    ask_for(form.facts(), record=record, member=member, by=request.user, **more)


def _begun(request: HttpRequest, member: Member, record: Record | None) -> dict[str, Any]:
    told = facts_of(record) if record else {"title": request.GET.get("title", "")[:300]}
    return {**told, "copies": 1, "pickup_branch": member.branch_id}


def _record(request: HttpRequest) -> Record | None:
    key = request.POST.get("record") or request.GET.get("record") or ""
    if not (key.isascii() and key.isdigit() and len(key) < 19):  # noqa: PLR2004 -- what a key holds
        return None
    return Record.objects.listed().shown_to_public().filter(pk=key).first()
