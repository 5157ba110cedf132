"""Bebas pustaka as the applicant sees it, on a phone: apply, see what is missing and how to meet it, send files, fetch the letter."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lumbung.kernel import clock, uploads
from lumbung.kernel.ui.access import signed_in
from lumbung.kernel.ui.keys import key_in
from lumbung.members import queries
from lumbung.members.domain.clearance import applying
from lumbung.members.domain.clearance.standing import standings_of
from lumbung.members.models import ClearanceApplication, ClearanceCondition, ClearanceLetter, Member
from lumbung.members.queries import clearance as reads
from lumbung.organization.queries import library


@require_http_methods(["GET", "POST"])
@signed_in
def clearances(request: HttpRequest) -> HttpResponse:
    """The member's applications, and the purposes there are; a POST applies for one."""
    member = queries.member_of(request.user)
    if member is None:
        return render(request, "members/my_clearances.html", {"member": None})
    if request.method == "POST":
        return _apply(request, member)
    today = clock.today(library().zone)
    mine = list(reads.clearances_of(member))
    busy = {each.purpose_id for each in mine if each.state == ClearanceApplication.States.OPEN}
    offers = [(each, list(reads.open_periods(each, today))) for each in reads.open_for_members() if each.pk not in busy]
    return render(request, "members/my_clearances.html", {"member": member, "mine": mine, "offers": offers})


@require_http_methods(["GET", "DELETE"])
@signed_in
def clearance(request: HttpRequest, pk: int) -> HttpResponse:
    """One application, condition by condition; DELETE withdraws it."""
    shown = _own(request, pk)
    if request.method == "DELETE":
        applying.withdraw(shown, by=request.user)
        messages.success(request, _("Pengajuan ditarik. Anda dapat mengajukan lagi kapan saja."))
        return redirect("membership:clearances")
    standing = standings_of(shown)
    letters = list(shown.letters.all())
    context = {"application": shown, "standing": standing, "letters": letters, "met": sum(each.met for each in standing)}
    return render(request, "members/my_clearance.html", context)


@require_POST
@signed_in
def give_file(request: HttpRequest, pk: int, condition: int) -> HttpResponse:
    """Send the file that a condition asks for."""
    shown = _own(request, pk)
    asked = get_object_or_404(ClearanceCondition, pk=condition, purpose=shown.purpose_id)
    sent = request.FILES.get("file")
    content = sent.read(applying.LARGEST_FILE + 1) if sent else b""
    applying.give_file(shown, asked, name=sent.name or "" if sent else "", content=content, by=request.user)
    messages.success(request, _("Berkas diterima. Petugas akan memeriksanya."))
    return redirect("membership:clearance", pk)


@require_safe
@signed_in
def letter(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The member's own letter as it was issued."""
    mine = ClearanceLetter.objects.filter(application__member__user=request.user.pk)
    fetched = get_object_or_404(mine, pk=pk)
    return uploads.shown(fetched.stored_file, kind="pdf", name=f"bebas-pustaka-{fetched.code}.pdf")


def _apply(request: HttpRequest, member: Member) -> HttpResponse:
    purpose = get_object_or_404(reads.open_for_members(), pk=key_in(request.POST.get("purpose")))
    period = purpose.periods.filter(pk=key_in(request.POST.get("period"))).first()
    applied = applying.apply(purpose, member, period=period, by=request.user)
    return redirect("membership:clearance", applied.pk)


def _own(request: HttpRequest, pk: int) -> ClearanceApplication:
    member = queries.member_of(request.user)
    if member is None:
        raise Http404
    rows = ClearanceApplication.objects.select_related("purpose", "period", "member__programme", "member__category")
    return get_object_or_404(rows, pk=pk, member=member)
