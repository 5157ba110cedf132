"""The desk: one scan box decides. A card opens its member; an item is lent to the open member, or taken back."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lumbung.accounts.models import User
from lumbung.catalogue.models import Item
from lumbung.circulation import permissions, queries
from lumbung.circulation.domain.holds import place_hold
from lumbung.circulation.domain.loans import check_in, check_out, count_in_house_use
from lumbung.circulation.web import visit
from lumbung.circulation.web.addresses import RETURNING, open_member, to_desk
from lumbung.circulation.web.back_dating import earlier_day
from lumbung.circulation.web.desk_page import desk_page, receipt_page
from lumbung.circulation.web.refusing import told_at_the_desk
from lumbung.circulation.web.scan import clean, look_up
from lumbung.circulation.web.working_branch import at_a_branch
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.keys import key_in
from lumbung.members.domain.privacy.looks import note_look
from lumbung.members.models import Member
from lumbung.organization.models import Branch


@needs(permissions.LEND)
@require_http_methods(["GET", "HEAD", "POST"])
@at_a_branch
@told_at_the_desk
def desk(request: HttpRequest, branch: Branch) -> HttpResponse:
    """GET shows what is open; POST takes what was scanned."""
    if request.method == "POST":
        return _scan(request, branch)
    template = "circulation/desk/region.html" if request.headers.get("HX-Request") else "circulation/desk.html"
    response = render(request, template, desk_page(request, branch))
    add_never_cache_headers(response)
    return response


@needs(permissions.LEND)
@require_POST
def finish(request: HttpRequest) -> HttpResponse:
    """Done with the open member: the next begins with an empty desk, and another tab keeps what it did for somebody else."""
    visit.finish(request, key_in(request.POST.get("member")))
    return to_desk()


@needs(permissions.LEND)
@require_safe
@at_a_branch
def receipt(request: HttpRequest, branch: Branch) -> HttpResponse:
    """What was done for the open member (with nobody open: what was taken back) since the clerk last finished, to print."""
    return render(request, "circulation/receipt.html", receipt_page(request, branch))


@needs(permissions.LEND)
@require_POST
@at_a_branch
@told_at_the_desk
def in_house_use(request: HttpRequest, barcode: str, branch: Branch) -> HttpResponse:
    """The item in hand was read in the library."""
    item, member = get_object_or_404(Item, barcode=barcode), open_member(request.POST)
    count_in_house_use(item, at=branch, by=request.user)
    return to_desk(member=member, done="read", item=barcode)


@needs(permissions.LEND)
@require_POST
@at_a_branch
@told_at_the_desk
def item_hold(request: HttpRequest, barcode: str, branch: Branch) -> HttpResponse:
    """The open member waits for the title of the item in hand, or for the same volume of a title in several, and will fetch a copy here."""
    item, member = get_object_or_404(Item.objects.select_related("record"), barcode=barcode), open_member(request.POST)
    if member is None:
        return to_desk(item=barcode)
    volume = queries.volume_in_hand(item, member)
    place_hold(item.record, member=member, pickup_branch=branch, volume=volume, by=request.user)
    return to_desk(member=member, done="held", item=barcode)


def _scan(request: HttpRequest, branch: Branch) -> HttpResponse:
    code, member, mode = clean(request.POST.get("code", "")), open_member(request.POST), request.POST.get("mode")
    found = look_up(code)
    if found.is_ambiguous or (found.member is None and found.item is None):
        return to_desk(member=member, mode=mode, q=code)
    if found.item is None:
        note_look(cast("Member", found.member), by=cast("User", request.user))
        return to_desk(member=found.member)
    return _take_in_hand(request, found.item, member, branch, returning=mode == RETURNING)


def _take_in_hand(request: HttpRequest, item: Item, member: Member | None, branch: Branch, *, returning: bool) -> HttpResponse:
    if member is None or returning:
        return taken_back(request, item, member, branch)
    if queries.loan_of(item) is not None:
        return to_desk(member=member, item=item.barcode)
    loan = check_out(item, to=member, at=branch, by=request.user)
    visit.add(request, "lent", loan)
    return to_desk(member=member, done="lent", loan=loan.pk)


def taken_back(request: HttpRequest, item: Item, member: Member | None, branch: Branch) -> HttpResponse:
    """Take the item back, and show at the desk where it goes next."""
    result = check_in(item, at=branch, by=request.user, **earlier_day(request))
    outcome = {"mode": request.POST.get("mode"), "found": "yes" if result.was_lost else None}
    if result.loan is None:
        return to_desk(member=member, done="seen", item=item.barcode, **outcome)
    visit.add(request, "returned", result.loan)
    return to_desk(member=member, done="returned", loan=result.loan.pk, **outcome)
