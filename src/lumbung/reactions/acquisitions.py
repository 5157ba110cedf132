"""Acquisitions: who asked is told and comes first on the waiting list; what a question at the desk asks to be bought becomes a request."""

import contextlib
from typing import Any

from lumbung.acquisitions.domain.requests import ask_for
from lumbung.acquisitions.models import PurchaseRequest
from lumbung.acquisitions.queries.requests import requests_served_by
from lumbung.catalogue.models import Item
from lumbung.circulation.domain.holds import place_hold
from lumbung.circulation.models import Hold
from lumbung.desk.models import Need
from lumbung.kernel import rooms
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.messaging.queries import unspoken
from lumbung.reactions.letters import write_to


def decided_letter(entry: JournalEntry) -> None:
    """Once for each decision, unless it was taken back before its turn came."""
    code = "purchase_request_accepted" if entry.name == "PurchaseRequestAccepted" else "purchase_request_declined"
    asked = PurchaseRequest.objects.select_related("member__user").filter(pk=entry.data["purchase_request"]).first()
    if asked is not None and code == f"purchase_request_{asked.state}":
        _write(asked, code, f"{code}:{entry.pk}", {"reason": asked.reason})


def hold_for_asker(entry: JournalEntry) -> None:
    """A copy came: a hold for who asked, if they wished it. Once for a request; where a rule stands against it none is placed, and the
    letter about the shelf still goes."""
    for asked in requests_served_by(entry.data["items"]):
        if asked.member is None or asked.pickup_branch is None or asked.record is None:
            continue
        if not _holds_since(asked).exists():
            with contextlib.suppress(Refused):
                place_hold(asked.record, member=asked.member, pickup_branch=asked.pickup_branch, by=None)


def shelved_letter(entry: JournalEntry) -> None:
    """The first copy that stands on its shelf and may be lent; the others are not told of, nor one that is damaged or lost by now."""
    lendable = Item.objects.filter(status=Item.Statuses.AVAILABLE)
    item = lendable.select_related("branch").filter(pk=entry.data["item"]).first()
    for asked in requests_served_by([entry.data["item"]]):
        if item is not None:
            hold = _holds_since(asked).open().first() if asked.member_id else None
            facts = {"branch": item.branch.name, "held_at": hold.where if hold else ""}
            _write(asked, "purchase_request_shelved", f"purchase-request-shelved:{asked.pk}", facts)


def need_becomes_request(entry: JournalEntry) -> None:
    """Somebody's need at the desk is to be met by buying: it is a request, of the member who asked or of nobody; once for each need."""
    if entry.data["need_way"] != Need.Ways.PURCHASE or not rooms.is_open("acquisitions"):
        return
    needs = Need.objects.select_related("conversation__member").filter(way=Need.Ways.PURCHASE)
    need = needs.filter(conversation=entry.data["conversation"]).last()
    if need is not None:
        with contextlib.suppress(
            Refused
        ):  # asked for already, or by somebody with too many open requests: the desk goes on with it
            ask_for({"title": need.wanted}, member=need.conversation.member, by=None, origin=f"need:{need.pk}")


def _holds_since(asked: PurchaseRequest) -> Any:
    return Hold.objects.filter(record=asked.record_id, member=asked.member_id, placed_at__gte=asked.asked_at)


def _write(asked: PurchaseRequest, code: str, occasion: str, facts: dict[str, Any]) -> None:
    if asked.member is not None and unspoken([occasion]):
        write_to(asked.member, code, {**facts, "title": asked.title}, occasions=[occasion])
