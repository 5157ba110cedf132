"""What messaging shows on pages of others: the way to ask, on every public page."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from lumbung.kernel.ui import slots
from lumbung.messaging import queries


def fill_slots() -> None:
    """Called once, at start-up."""
    slots.fill("public.corner", "messaging.ask", ask)


def ask(request: HttpRequest) -> SafeString:
    """A link to the chat, which opens in a box where there is JavaScript. Not on the chat's own page, nor while it is switched off."""
    if request.path == "/chat" or not queries.web_chat_is_open():
        return SafeString()
    return render_to_string("messaging/ask.html", request=request)
