"""A member's own data: what is agreed to, what is kept, who looked, what is to be put right or forgotten."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lumbung.kernel.ui.access import signed_in
from lumbung.kernel.ui.once import once
from lumbung.members import queries
from lumbung.members.domain.privacy import consents, looks, requests
from lumbung.members.domain.privacy.holdings import registered
from lumbung.members.domain.privacy.reading import readable
from lumbung.members.models import ConsentPurpose, Member, PrivacyRequest

LOOKS_SHOWN = 30


@require_safe
@signed_in
def privacy(request: HttpRequest) -> HttpResponse:
    """Everything about the member's data on one page."""
    member = _own(request)
    standing = {each.purpose_id: each for each in member.consents.filter(withdrawn_at__isnull=True)}
    context = {
        "member": member,
        "purposes": [(each, standing.get(each.pk)) for each in ConsentPurpose.objects.all()],
        "holdings": registered(),
        "looks": looks.looks_at(member)[:LOOKS_SHOWN],
        "requests": member.privacy_requests.order_by("-asked_at"),
        "against": requests.reasons_against_erasing(member),
    }
    return render(request, "members/my_privacy.html", context)


@require_safe
@signed_in
def data(request: HttpRequest) -> HttpResponse:
    """A copy of everything, as JSON to take away, or to read with ``?read``."""
    told = requests.data_of(_own(request), by=request.user)
    if "read" in request.GET:
        named = [(each.name, readable(each, told[each.code])) for each in registered()]
        return render(request, "members/my_data.html", {"named": named})
    answer = JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = 'attachment; filename="data-saya.json"'
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
@signed_in
def consent(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree, or withdraw."""
    agrees = request.POST.get("agrees") == "yes"
    consents.choose(_own(request), get_object_or_404(ConsentPurpose, pk=pk), agrees=agrees, by=request.user)
    messages.success(request, _("Persetujuan dicatat.") if agrees else _("Persetujuan dicabut; berlaku mulai sekarang."))
    return redirect("membership:privacy")


@require_POST
@signed_in
@once
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a correction or for erasure."""
    kind = request.POST.get("kind", "")
    if kind not in PrivacyRequest.Kinds.values:
        raise Http404
    asked = requests.ask(_own(request), kind=kind, text=request.POST.get("text", "")[:2000], by=request.user)
    messages.success(request, _("Permintaan diterima: %(kind)s. Dijawab dalam tiga hari.") % {"kind": asked.get_kind_display()})
    return redirect("membership:privacy")


def _own(request: HttpRequest) -> Member:
    member = queries.member_of(request.user)
    if member is None:
        raise Http404
    return member
