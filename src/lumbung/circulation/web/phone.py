"""Borrowing with one's own telephone: be there, scan the book, show the ticket on the way out. And the site as an app."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lumbung.accounts.domain.api_access import address_of
from lumbung.catalogue.queries import item_by_barcode
from lumbung.circulation import queries
from lumbung.circulation.domain.phone_lending import borrow_by_phone, is_here, ticket_for, ticket_of
from lumbung.circulation.models import Loan
from lumbung.circulation.refusals import ITEM_UNKNOWN
from lumbung.circulation.web.scan import clean
from lumbung.kernel import channel
from lumbung.kernel.refusals import Reason, Refused
from lumbung.kernel.rooms import belongs_to
from lumbung.kernel.ui.access import signed_in
from lumbung.members.models import Member
from lumbung.members.queries import member_of
from lumbung.organization import queries as organization
from lumbung.organization.models import Branch

CHANNEL = "phone"
_SEEN, _LENT = "phone_code", "phone_loans"
MOST_ON_TICKET = 20


@signed_in
@require_safe
def here(request: HttpRequest, code: str, seen: str) -> HttpResponse:
    """The code of the day was scanned in the branch; that of another day, or from a picture somebody sent on, is said to be one."""
    branch = next((each for each in organization.branches() if each.code == code), None)
    if branch is None:
        raise Http404
    request.session[_SEEN] = [code, seen]
    if not is_here(branch, address=address_of(request), code=seen):
        messages.warning(request, _("Kode itu tidak berlaku hari ini. Pindai kode yang sekarang terpasang di perpustakaan."))
    return redirect("self_service:borrow")


@never_cache
@signed_in
@require_http_methods(["GET", "POST"])
def borrow(request: HttpRequest) -> HttpResponse:
    """Where am I, what may I do; POST takes the code of the book in hand."""
    member = member_of(request.user)
    if member is None:
        return render(request, "discovery/no_member.html")
    code = clean(request.POST.get("code", ""))
    reasons = _tried(request, member, code) if code else ()
    if code and not reasons:
        return redirect("self_service:borrow")
    facts: dict[str, Any] = {"at": _place(request), "branches": queries.lending_by_phone(), "reasons": reasons, "code": code}
    lent = _lent(request)
    facts |= {"loans": lent, "member": member, "fee": queries.lending_fee_words(lent[0]) if lent else ""}
    return render(request, "circulation/borrow.html", facts, status=409 if reasons else 200)


def _tried(request: HttpRequest, member: Member, code: str) -> tuple[Reason, ...]:
    """Borrow the item of this code; why not, if it was refused."""
    at, item = _place(request), item_by_barcode(code)
    branch = at or member.branch
    if item is None:
        return (ITEM_UNKNOWN(code=code),)
    if any(loan.item_id == item.pk for loan in _lent(request)):
        return ()  # sent again because its answer was lost
    try:
        with channel.through(CHANNEL):
            loan = borrow_by_phone(
                item, to=member, at=branch, address=address_of(request), code=_seen(request), by=request.user
            )
    except Refused as refused:
        return refused.reasons
    request.session[_LENT] = [*request.session.get(_LENT, []), loan.pk][-MOST_ON_TICKET:]
    return ()


@never_cache
@signed_in
@require_safe
def ticket(request: HttpRequest) -> HttpResponse:
    """What to show at the exit: a code whose page says what may be carried out."""
    loans = _lent(request)
    if not loans:
        return redirect("self_service:borrow")
    written = ticket_for([loan.pk for loan in loans])
    address = request.build_absolute_uri(reverse("self_service:shown_ticket", args=[written]))
    return render(request, "circulation/ticket.html", {"address": address, "ticket": ticket_of(written)})


@never_cache
@require_safe
def shown_ticket(request: HttpRequest, written: str) -> HttpResponse:
    """What whoever stands at the exit sees who scans a ticket: what may go out, and no name."""
    found = ticket_of(written)
    return render(request, "circulation/shown_ticket.html", {"ticket": found}, status=200 if found else 410)


@belongs_to("discovery")  # of the whole site, whatever can be done in it
@cache_control(max_age=86_400)
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """The site can be put on the first screen of a telephone as an app of its own."""
    name = organization.library().name or "Lumbung"
    icon = {"src": static("lumbung/mark.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}
    shortcuts = [{"name": "Pinjam", "url": reverse("self_service:borrow")}, {"name": "Cari", "url": "/search"}]
    facts = {"name": name, "short_name": name[:12], "id": "/", "start_url": "/my", "scope": "/", "display": "standalone"}
    colours = {"background_color": "#FBF8F1", "theme_color": "#123d2f", "lang": "id", "icons": [icon], "shortcuts": shortcuts}
    return JsonResponse({**facts, **colours}, content_type="application/manifest+json")


def _place(request: HttpRequest) -> Branch | None:
    """The branch the telephone is in: that of today's code, else one whose network it is in."""
    address, seen = address_of(request), request.session.get(_SEEN, ["", ""])
    known = [terms.branch for terms in queries.lending_by_phone()]
    by_code = next((branch for branch in known if branch.code == seen[0] and is_here(branch, address="", code=seen[1])), None)
    return by_code or next((branch for branch in known if is_here(branch, address=address)), None)


def _seen(request: HttpRequest) -> str:
    return str(request.session.get(_SEEN, ["", ""])[1])


def _lent(request: HttpRequest) -> list[Loan]:
    """What was borrowed with this telephone and is on loan still, latest first."""
    keys = request.session.get(_LENT, [])
    loans = queries.loans_visible_to(request.user).open().filter(pk__in=keys, member__user=request.user.pk) if keys else []
    return sorted(loans, key=lambda loan: -loan.pk)
