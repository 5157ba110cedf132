"""The staff's queue of clearance: what waits, one application, verdicts, letters."""

from typing import Any, cast

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lumbung.accounts.models import User
from lumbung.kernel import uploads
from lumbung.kernel.permissions import may
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.pages import page_of
from lumbung.members import permissions
from lumbung.members.domain.clearance import letters
from lumbung.members.domain.clearance.answering import decide, may_verify
from lumbung.members.domain.clearance.doubts import letters_in_doubt
from lumbung.members.domain.clearance.standing import standings_of
from lumbung.members.domain.privacy.looks import note_look
from lumbung.members.models import ClearanceAnswer, ClearanceApplication, ClearanceCondition, ClearanceLetter, Member
from lumbung.members.queries import clearance as reads
from lumbung.members.queries import narrowed
from lumbung.members.web.addresses import verification

States = ClearanceApplication.States


@needs(permissions.CLEARANCE_VERIFY)
@require_safe
def clearances(request: HttpRequest) -> HttpResponse:
    """Applications by what waits: for me, ready to issue, under way, issued."""
    tabs = _tabs(request)
    tab = request.GET.get("tab", "")
    tab = tab if tab in tabs else next(iter(tabs))
    rows = _found(tabs[tab][1], request.GET.get("q", ""))
    page = page_of(rows.prefetch_related("member__identifiers"), request)
    counts = [(name, label, some.count()) for name, (label, some) in tabs.items()]
    doubts = len(letters_in_doubt()) if may(request.user, permissions.CLEARANCE_ISSUE) else 0
    return render(request, "members/clearances.html", {"tabs": counts, "tab": tab, "page": page, "doubts": doubts})


@needs(permissions.CLEARANCE_VERIFY)
@require_safe
def clearance(request: HttpRequest, pk: int) -> HttpResponse:
    """One application with every condition and, for whoever may, verdict, letter and revocation."""
    shown = _seen(request, pk)
    user = cast("User", request.user)
    note_look(shown.member, by=user)
    standing = [(each, may_verify(user, each.condition)) for each in standings_of(shown)]
    met = sum(each.met for each, _mine in standing)
    all_files = may(user, permissions.CLEARANCE_SEE)
    letters_of = list(shown.letters.all())
    context = {"application": shown, "standing": standing, "met": met, "letters": letters_of, "all_files": all_files}
    return render(request, "members/clearance.html", context)


@needs(permissions.CLEARANCE_VERIFY)
@require_POST
def answer(request: HttpRequest, pk: int, condition: int) -> HttpResponse:
    """Accept or refuse a condition."""
    shown = _seen(request, pk)
    asked = get_object_or_404(ClearanceCondition, pk=condition, purpose=shown.purpose_id)
    accepted = request.POST.get("verdict") == "accept"
    reason, seen = request.POST.get("reason", ""), request.POST.get("seen")
    decide(shown, asked, accepted=accepted, reason=reason, seen=seen, by=cast("User", request.user))
    messages.success(request, _("Syarat dinyatakan terpenuhi.") if accepted else _("Ditolak; pemohon diberi tahu alasannya."))
    return redirect("members:clearance", pk)


@needs(permissions.CLEARANCE_VERIFY)
@require_safe
def file(request: HttpRequest, pk: int, condition: int) -> HttpResponseBase:
    """The file an applicant sent, for those who verify this condition, and for staff who see every application."""
    shown = _seen(request, pk)
    files = ClearanceAnswer.objects.exclude(stored_file="").select_related("condition")
    sent = get_object_or_404(files, application=shown, condition=condition)
    if not (may(request.user, permissions.CLEARANCE_SEE) or may_verify(cast("User", request.user), sent.condition)):
        raise Http404
    note_look(shown.member, by=cast("User", request.user))
    name = f"{shown.member.barcode}-{condition}.{uploads.ENDINGS[sent.file_kind]}"
    return uploads.shown(sent.stored_file, kind=sent.file_kind, name=name)


@needs(permissions.CLEARANCE_ISSUE)
@require_POST
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue the letter."""
    letter = letters.issue(_seen(request, pk), address=verification(request), by=request.user)
    messages.success(request, _("Surat nomor %(number)s terbit.") % {"number": letter.number})
    return redirect("members:clearance", pk)


@needs(permissions.CLEARANCE_SEE)
@require_safe
def letter(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A letter as it was issued."""
    fetched = get_object_or_404(ClearanceLetter.objects.select_related("application__member"), pk=pk)
    note_look(fetched.application.member, by=cast("User", request.user))
    return uploads.shown(fetched.stored_file, kind="pdf", name=f"bebas-pustaka-{fetched.code}.pdf")


@needs(permissions.CLEARANCE_ISSUE)
@require_POST
def revocation(request: HttpRequest, pk: int) -> HttpResponse:
    """Revoke a letter."""
    revoked = letters.revoke(get_object_or_404(ClearanceLetter, pk=pk), reason=request.POST.get("reason", ""), by=request.user)
    messages.success(request, _("Surat nomor %(number)s dicabut; pemeriksanya diberi tahu.") % {"number": revoked.number})
    return redirect("members:clearance", revoked.application_id)


@needs(permissions.CLEARANCE_ISSUE)
@require_safe
def doubts(request: HttpRequest) -> HttpResponse:
    """Letters that are valid though something stands against their holder since."""
    return render(request, "members/clearance_doubts.html", {"doubts": letters_in_doubt()})


def _tabs(request: HttpRequest) -> dict[str, tuple[str, "QuerySet[ClearanceApplication]"]]:
    rows = reads.applications_visible_to(request.user).order_by("applied_at", "pk")
    tabs: dict[str, Any] = {"mine": (_("Menunggu saya"), reads.to_verify(rows, request.user))}
    if may(request.user, permissions.CLEARANCE_ISSUE):
        tabs["ready"] = (_("Siap terbit"), reads.ready(rows))
    tabs["open"] = (_("Berjalan"), rows.filter(state=States.OPEN))
    if may(request.user, permissions.CLEARANCE_SEE):
        tabs["issued"] = (_("Surat terbit"), rows.filter(state=States.ISSUED).order_by("-closed_at", "-pk"))
    return tabs


def _found(rows: "QuerySet[ClearanceApplication]", words: str) -> "QuerySet[ClearanceApplication]":
    if not words.strip():
        return rows
    return rows.filter(member__in=narrowed(Member.objects.all(), words).values("pk"))


def _seen(request: HttpRequest, pk: int) -> ClearanceApplication:
    return get_object_or_404(reads.applications_visible_to(request.user).prefetch_related("letters"), pk=pk)
