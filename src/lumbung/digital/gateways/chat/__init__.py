"""Digital lending in chat: *pinjam digital*, *pinjaman digital*, *perpanjang digital*, *kembalikan digital*."""

from lumbung.digital.gateways.chat import borrowing
from lumbung.messaging.chat import register


def register_commands() -> None:
    """Make these commands known."""
    for command in (borrowing.BORROW, borrowing.LOANS, borrowing.RENEW, borrowing.RETURN):
        register(command)
