"""Answers about the service itself: what it can do, and what each machine may."""

from lumbung.circulation.gateways.sip2.desk import Desk, yes
from lumbung.formats.sip2 import Message
from lumbung.kernel import clock
from lumbung.organization import queries as organization

TIMEOUT, RETRIES = "100", "003"
"""How long a machine should wait for an answer, in tenths of a second, and how often it should ask again."""
VERSION = "2.00"


def status(desk: Desk | None, asked: Message) -> Message:
    """99 → 98. Before a login a machine is told that somebody is there and nothing may be done yet."""
    terminal = desk.terminal if desk else None
    lends, takes_back = bool(terminal and terminal.lends), bool(terminal and terminal.takes_back)
    holds, blocks = bool(terminal and terminal.places_holds), bool(terminal and terminal.blocks_cards)
    known, fees = desk is not None, bool(terminal and terminal.takes_fees)
    # patron status, checkout, checkin, block patron, status, resend, login, patron information
    supported = [known, lends, takes_back, blocks, True, True, True, known]
    # end of session, fee paid, item information, item status update, patron enable, hold, renew, renew all
    supported += [known, fees, known, False, known, holds, lends, lends]
    zone = desk.branch.zone if desk else organization.library().zone
    return Message.of(
        "98",
        [
            ("AO", desk.institution(asked) if desk else ""),
            ("AM", organization.library().name),
            ("BX", "".join(yes(each) for each in supported)),
            ("AN", terminal.name if terminal else None),
        ],
        online="Y",
        checkin_ok=yes(takes_back),
        checkout_ok=yes(lends),
        renewal_policy=yes(lends),
        status_update_ok="N",
        offline_ok="N",
        timeout=TIMEOUT,
        retries=RETRIES,
        date=clock.now().astimezone(zone).strftime("%Y%m%d    %H%M%S"),
        version=VERSION,
    )
