"""Discovery in chat: *cari*, *jam*, *usul*, *ruang*, where the library is, and what to read."""

from lumbung.discovery.gateways.chat import opening, places, recommending, searching, suggesting
from lumbung.messaging.chat import register, register_promise


def register_commands() -> None:
    """Make these commands known, and by when a person answers."""
    own = (searching.SEARCH, searching.RECORD, opening.HOURS, places.CONTACT, places.ROOM, suggesting.SUGGEST)
    for command in (*own, *recommending.COMMANDS):
        register(command)
    register_promise(opening.promise)
