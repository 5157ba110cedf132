"""Circulation in chat: *pinjaman*, *perpanjang*, *denda*, *pesan*, *pesanan*, *batal*, *minta kembali*, *permintaan*,
*minta salinan*."""

from lumbung.circulation.gateways.chat import borrowing, copying, holding, recalling
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
        recalling.RECALL,
        copying.REQUESTS,
        copying.ASK,
    ):
        register(command)
