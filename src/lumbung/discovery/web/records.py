"""One title: what it is, where it stands, and how to have it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lumbung.catalogue.models import Item, Record
from lumbung.catalogue.models.volume import LONGEST
from lumbung.circulation.domain.holds import place_hold
from lumbung.circulation.queries import OwnVolumes, offered_visits, pickup_named, reader_of
from lumbung.circulation.queries.handover_places import Pickup
from lumbung.circulation.queries.personal_rules import is_lent_personally
from lumbung.circulation.refusals import HOLD_EXISTS
from lumbung.discovery.web.of_a_title import of_a_title, shown_record
from lumbung.discovery.web.reading_on import note_reader
from lumbung.discovery.web.record_page import facts_for
from lumbung.kernel.refusals import Refused
from lumbung.kernel.rooms import belongs_to, is_open
from lumbung.kernel.ui.access import signed_in
from lumbung.members.models import Member
from lumbung.members.queries import has_ended, member_of
from lumbung.organization.queries import public_branches


@require_safe
@of_a_title
def record(request: HttpRequest, found: Record) -> HttpResponse:
    facts = facts_for(request, found)
    facts["reader"] = reader = reader_of(found, request.user) if is_open("circulation") else None
    if reader is not None and not facts["lendable"]:
        facts["lendable"] = is_lent_personally(found, reader.member)
    facts["known"] = known = reader is not None and bool(reader.hold or reader.due_at)
    facts["own"] = own = OwnVolumes.read(found, reader.member) if known and reader and facts["copies"].volumes else None
    facts["has_ended"] = ended = reader is not None and has_ended(reader.member)
    may_ask = reader is not None and not ended and facts["lendable"]
    facts["asks"] = asks = may_ask and (not known or bool(own and own.left))
    facts["branches"] = public_branches() if asks else ()
    facts["visits"] = offered_visits() if asks else ()
    note_reader(request, found)
    response = render(request, "discovery/record.html", facts)
    response["Link"] = facts["signposts"]
    return response


@require_safe
@of_a_title
def marc(request: HttpRequest, found: Record) -> HttpResponse:
    return render(request, "discovery/marc.html", {"record": found, "marc": found.marc_record})


@belongs_to("circulation")
@require_POST
@signed_in
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    member = member_of(request.user)
    if member is None:
        messages.warning(request, _("Akun Anda belum terhubung dengan keanggotaan perpustakaan. Hubungi meja layanan."))
        return redirect("discovery:record", pk=pk)
    chosen = pickup_named(request.POST.get("branch", ""))
    if chosen is None:
        raise Http404
    _place(request, shown_record(pk), member, chosen)
    return redirect("discovery:my")


def _place(request: HttpRequest, record: Record, member: Member, chosen: Pickup) -> None:
    """Place the hold and say so; who pressed twice, or in two tabs, is told that it is placed already, and of nothing else."""
    where: dict[str, Any] = {"pickup_branch": chosen.branch, "place": chosen.place}
    try:
        placed = place_hold(record, member=member, by=request.user, **where, **_chosen_of(request, record))
    except Refused as refused:
        again = next((each for each in refused.reasons if each.code == HOLD_EXISTS.code), None)
        if again is None:
            raise
        messages.info(request, str(again))
        return
    told = _("Dipesan. Kami akan memberi tahu Anda bila sudah dapat diambil di %(branch)s.")
    messages.success(request, told % {"branch": placed.where})


def _chosen_of(request: HttpRequest, record: Record) -> dict[str, Any]:
    """The volume, or the copy and no other, that the member waits for; neither for any."""
    key = request.POST.get("item", "")
    if key.isdecimal():
        return {"item": get_object_or_404(Item.objects.holding([record.pk]), pk=key)}
    return {"volume": request.POST.get("volume", "")[:LONGEST]}
