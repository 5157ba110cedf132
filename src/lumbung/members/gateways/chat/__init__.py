"""Members in chat: *kartu*, *bebas pustaka*, and linking this chat to an account, or taking the link away."""

from lumbung.members.gateways.chat import card, clearance, linking
from lumbung.members.queries.channel_links import member_writing
from lumbung.messaging.chat import register, register_person


def register_commands() -> None:
    """Make these commands known, and who wrote a message."""
    for command in (card.CARD, clearance.CLEARANCE, linking.LINK, linking.UNLINK):
        register(command)
    register_person(member_writing)
