"""The chat is wired: which edges answer in it, in the order in which its help tells them, and the desk behind it."""

from django.http import HttpRequest

from lumbung.accounts.domain.api_access import address_of
from lumbung.accounts.domain.rates import Allowance
from lumbung.accounts.gateways import chat as accounts
from lumbung.circulation.gateways import chat as circulation
from lumbung.desk.gateways import chat as desk
from lumbung.digital.gateways import chat as digital
from lumbung.discovery.gateways import chat as discovery
from lumbung.knowledge.gateways import chat as knowledge
from lumbung.members.gateways import chat as members
from lumbung.messaging.chat.own import register_own
from lumbung.messaging.web import visitors

NEW_VISITORS = Allowance(60)
"""Whoever drops their cookie with every message is not sixty people a minute, not even behind the router of a campus."""


def open_chat() -> None:
    """Make every command known, who stands behind a chat, and who answers where no command does."""
    for edge in (discovery, circulation, digital, members, accounts):
        edge.register_commands()
    register_own()
    desk.register_desk()
    knowledge.register_articles()
    visitors.register_door(_lets_in)


def _lets_in(request: HttpRequest) -> bool:
    return not NEW_VISITORS.seconds_to_wait(address_of(request))
