"""Circulation in chat: *pinjaman*, *perpanjang*, *denda*, *pesan*, *pesanan*, *batal*."""

from lumbung.circulation.gateways.chat import borrowing, holding
from lumbung.messaging.chat import register


def register_commands() -> None:
    """Make these commands known."""
    for command in (
        borrowing.LOANS,
        borrowing.RENEW,
        borrowing.FEES,
        holding.HOLD,
        holding.HOLDS,
        holding.CANCEL,
    ):
        register(command)
