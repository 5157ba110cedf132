"""A member's interests and needs, chosen or found likely with their consent; each member sees their own alone."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lumbung.discovery.domain import interests as verbs
from lumbung.discovery.domain.likely_interests import agrees, likely_interests
from lumbung.discovery.models import SavedSearch
from lumbung.discovery.models.reader_needs import LONGEST_NEEDS
from lumbung.discovery.queries.interests import interests_of, needs_of, offered_classes, offered_subjects
from lumbung.discovery.queries.saved_searches import CONSENT
from lumbung.discovery.web.readers import reader
from lumbung.kernel.ui.access import signed_in
from lumbung.kernel.ui.keys import key_in
from lumbung.members.domain.privacy import consents
from lumbung.members.models import ConsentPurpose, Member
from lumbung.members.queries import member_of

WEEKLY = SavedSearch.Frequencies.WEEKLY


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def interests(request: HttpRequest) -> HttpResponse:
    """What interests the member; a POST adds a subject or class. ``?find=`` narrows the subjects offered."""
    member = _own(request)
    if request.method == "POST":
        kind, _colon, value = request.POST.get("interest", "").partition(":")
        chosen = verbs.choose_interest(kind, value, frequency=_news(member), by=reader(request))
        messages.success(request, _("“%(name)s” menjadi minat Anda.") % {"name": chosen})
        return redirect("discovery:interests")
    return render(request, "discovery/interests.html", _facts(request, member))


@require_http_methods(["POST", "DELETE"])
@signed_in
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """DELETE drops the interest, POST brings it back."""
    member = _own(request)
    if request.method == "DELETE":
        verbs.drop_interest(member, get_object_or_404(interests_of(member), pk=pk), by=reader(request))
        return redirect(f"/my/interests?removed={pk}")
    verbs.restore_interest(member, get_object_or_404(_removed(member), pk=pk), by=reader(request))
    return redirect("discovery:interests")


@require_POST
@signed_in
def needs(request: HttpRequest) -> HttpResponse:
    """Keep what the member says they need."""
    member = _own(request)
    verbs.say_needs(member, request.POST.get("text", ""), by=reader(request))
    messages.success(request, _("Disimpan."))
    return redirect("discovery:interests")


@require_POST
@signed_in
def news(request: HttpRequest) -> HttpResponse:
    frequency = request.POST.get("frequency", "")
    if frequency not in SavedSearch.Frequencies.values:
        raise Http404
    verbs.choose_news(_own(request), frequency, by=reader(request))
    messages.success(request, _("Disimpan."))
    return redirect("discovery:interests")


@require_POST
@signed_in
def proposal(request: HttpRequest) -> HttpResponse:
    """Take what is proposed, or have it never proposed again."""
    member, address = _own(request), request.POST.get("address", "")
    if request.POST.get("verdict") == "take":
        taken = verbs.take_likely(member, address, frequency=_news(member), by=reader(request))
        messages.success(request, _("“%(name)s” menjadi minat Anda.") % {"name": taken})
    else:
        verbs.decline_likely(member, address, by=reader(request))
        messages.success(request, _("Tidak akan diusulkan lagi."))
    return redirect("discovery:interests")


@require_POST
@signed_in
def consent(request: HttpRequest) -> HttpResponse:
    """Agree that interests are proposed from loans and searches, or take it back."""
    member, wanted = _own(request), request.POST.get("agrees") == "yes"
    consents.choose(member, get_object_or_404(ConsentPurpose, code=CONSENT), agrees=wanted, by=request.user)
    messages.success(
        request, _("Persetujuan dicatat.") if wanted else _("Persetujuan dicabut; minat yang disimpulkan dihapus.")
    )
    return redirect("discovery:interests")


def _facts(request: HttpRequest, member: Member) -> dict[str, Any]:
    find, purpose = request.GET.get("find", "")[:100], ConsentPurpose.objects.filter(code=CONSENT).first()
    removed = key_in(request.GET.get("removed", ""))
    standing = list(interests_of(member))
    return {
        "interests": standing,
        "needs": needs_of(member),
        "longest": LONGEST_NEEDS,
        "find": find,
        "subjects": offered_subjects(find),
        "classes": [] if find.strip() else offered_classes(),
        "frequencies": SavedSearch.Frequencies.choices,
        "frequency": standing[0].frequency if standing else WEEKLY,
        "purpose": purpose,
        "agrees": purpose is not None and agrees(member),
        "likely": likely_interests(member),
        "removed": _removed(member).filter(pk=removed).first() if removed else None,
    }


def _news(member: Member) -> str:
    """How often the member hears of their interests now; weekly for who has none yet."""
    first = interests_of(member).first()
    return first.frequency if first else WEEKLY


def _removed(member: Member) -> Any:
    return SavedSearch.objects.filter(owner=member.user_id, removed_at__isnull=False).exclude(source=SavedSearch.Sources.ASKED)


def _own(request: HttpRequest) -> Member:
    member = member_of(request.user)
    if member is None:
        raise Http404
    return member
