"""Answers about money that a machine received."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

from lumbung.circulation.domain.payments import take_payment
from lumbung.circulation.gateways.sip2.desk import Desk, attempted, lines, yes
from lumbung.circulation.models import Fee, Payment
from lumbung.circulation.queries import open_fees
from lumbung.formats.sip2 import Message
from lumbung.kernel.refusals import Reason
from lumbung.members.models import Member

CURRENCIES = {"IDR", "RP ", "   "}
_AMOUNT = re.compile(r"(\d{1,12})(?:[.,]0{1,2})?")
"""Whole rupiah; machines that know no better add zero cents."""


def paid(desk: Desk, asked: Message) -> Message:
    """37 → 38: the member paid at the machine. The money stays there, so it is none of the drawer's cash.

    CG names one fee by its number (as AV tells it), else the oldest are settled first. Told of twice with the same transaction (BK),
    or without one in the same second, it is received once.
    """
    member, amount = desk.member(asked), _AMOUNT.fullmatch(asked["BV"].strip())
    said: Sequence[Reason | str] = _not_to_be(desk, asked, member, is_amount=amount is not None)
    if not said and member is not None and amount is not None:
        transaction = asked["BK"] or asked["date"].strip()
        _payment, said = attempted(
            lambda: take_payment(
                member,
                int(amount[1]),
                method=Payment.Methods.OTHER,
                at=desk.branch,
                by=desk.by,
                fees=_named(member, asked["CG"]),
                reference=f"{desk.terminal} {asked['BK']}".strip(),
                once=f"sip2:{desk.terminal.pk}:{member.pk}:{transaction}"[:120],
            )
        )
    fields = [("AO", desk.institution(asked)), ("AA", asked["AA"]), ("BK", asked["BK"] or None), ("AF", lines(said))]
    return Message.of("38", fields, accepted=yes(not said), date=desk.moment())


def _not_to_be(desk: Desk, asked: Message, member: Member | None, *, is_amount: bool) -> list[str]:
    if not desk.terminal.takes_fees:
        return [_("Mesin ini tidak melayani itu. Tanyakan di meja layanan.")]
    said = [] if member else [_("Kartu ini tidak dikenal.")]
    if not is_amount or asked["currency"] not in CURRENCIES:
        said.append(_("Jumlahnya harus dalam rupiah utuh."))
    return said


def _named(member: Member, number: str) -> list[Fee]:
    return list(open_fees(member).filter(pk=int(number))) if number.isdecimal() else []
