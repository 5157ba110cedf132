"""Answers about holds."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from lumbung.catalogue.models import Item
from lumbung.catalogue.models.titles_of_copies import titles_in
from lumbung.circulation.domain.holds import cancel_hold, place_hold
from lumbung.circulation.domain.queue import change_pickup
from lumbung.circulation.gateways.sip2.desk import Desk, attempted, lines, yes
from lumbung.circulation.gateways.sip2.items import title
from lumbung.circulation.models import Hold
from lumbung.circulation.queries import open_holds, volume_in_hand
from lumbung.formats.sip2 import Message
from lumbung.kernel.refusals import Reason
from lumbung.kernel.ui.words import rupiah
from lumbung.members.models import Member
from lumbung.organization.models import Branch
from lumbung.organization.queries import public_branches

ADD, DELETE, CHANGE = "+", "-", "*"
THIS_COPY = "3"
"""Of the kinds of hold (BY)."""


def hold(desk: Desk, asked: Message) -> Message:
    """15 → 16: a hold on the title of the item (AB), or on its volume of a title in several, fetched at the branch BS names, else where
    the machine stands. ``+`` places it (BY=3: on this copy and no other), ``-`` cancels it, ``*`` has it fetched elsewhere."""
    member, item = desk.member(asked), desk.item(asked)
    said = _not_to_be(desk, asked, member, item)
    if said or member is None or item is None:
        return _answer(desk, asked, item, None, said)
    held = list(open_holds(member).filter(record__in=titles_in(item)))
    own = next((each for each in held if each.fits(item)), None)
    if asked["mode"] == ADD:
        where = _branch(asked["BS"]) or desk.branch
        only = item if asked["BY"] == THIS_COPY else None
        wanted: dict[str, Any] = {"item": only, "volume": "" if only else volume_in_hand(item, member)}
        placed, reasons = attempted(lambda: place_hold(item.record, member=member, pickup_branch=where, by=desk.by, **wanted))
        shown = open_holds(member).get(pk=placed.pk) if placed else None
        return _answer(desk, asked, item, shown, [*reasons, *_cost_of(placed)])
    if own is None:
        return _answer(desk, asked, item, None, [_("Judul ini tidak sedang dipesan dengan kartu ini.")])
    if asked["mode"] == CHANGE:
        moved, reasons = attempted(lambda: change_pickup(own, _branch(asked["BS"]) or desk.branch, by=desk.by))
        return _answer(desk, asked, item, moved, reasons)
    _nothing, reasons = attempted(lambda: cancel_hold(own, by=desk.by, of_member=True))
    return _answer(desk, asked, item, None if reasons else own, reasons)


def _cost_of(placed: Hold | None) -> list[str]:
    """What it costs not to fetch what was asked for; nothing where it costs nothing."""
    if placed is None or not placed.unfetched_fee:
        return []
    told = {"amount": rupiah(placed.unfetched_fee)}
    return [_("Bila sudah siap dan tidak diambil sampai batasnya, dikenakan %(amount)s.") % told]


def _not_to_be(desk: Desk, asked: Message, member: Member | None, item: Item | None) -> Sequence[Reason | str]:
    """Why the machine gets no further than this."""
    if not desk.terminal.places_holds or asked["mode"] not in {ADD, DELETE, CHANGE}:
        return [_("Mesin ini tidak melayani itu. Tanyakan di meja layanan.")]
    said = [] if member else [_("Kartu ini tidak dikenal.")]
    if item is None:
        said.append(_("Eksemplar ini tidak dikenal."))
    return said or (desk.pin_reasons(member, asked) if member else [])


def _branch(named: str) -> Branch | None:
    return next(
        (
            branch
            for branch in public_branches()
            if named.strip().casefold() in {branch.code.casefold(), branch.name.casefold()}
        ),
        None,
    )


def _answer(desk: Desk, asked: Message, item: Item | None, shown: Hold | None, said: Sequence[object]) -> Message:
    is_placed = shown is not None and asked["mode"] == ADD
    return Message.of(
        "16",
        [
            ("BR", str(getattr(shown, "position", "")) if is_placed else None),
            ("BS", shown.pickup_branch.code if shown else None),
            ("AO", desk.institution(asked)),
            ("AA", asked["AA"]),
            ("AB", asked["AB"]),
            ("AJ", title(item) if item else None),
            ("AF", lines(said)),
        ],
        ok=str(int(shown is not None)),
        available=yes(shown is not None and shown.state == Hold.States.READY),
        date=desk.moment(),
    )
