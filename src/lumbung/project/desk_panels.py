"""What the desk shows on pages of parts it does not know, and what they show beside a conversation."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from lumbung.catalogue.models import Record
from lumbung.circulation.web import panels
from lumbung.desk import queries
from lumbung.desk.models import Need
from lumbung.desk.permissions import ANSWER
from lumbung.kernel.permissions import may
from lumbung.kernel.ui import slots
from lumbung.members.models import Member
from lumbung.organization.models import Offering

WAYS_ON = (
    (Need.Ways.ALTERNATIVE, _("Carikan gantinya")),
    (Need.Ways.PURCHASE, _("Usulkan dibeli")),
    (Need.Ways.INTERLIBRARY, _("Pinjamkan dari perpustakaan lain")),
    (Need.Ways.NOTIFY, _("Kabari bila ada")),
)


def fill_slots() -> None:
    """Called once, at start-up."""
    slots.fill("desk.member", "circulation.loans", panels.loans_panel, order=10)
    slots.fill("desk.member", "circulation.fees", panels.fees_panel, order=15)
    slots.fill("desk.member", "circulation.holds", panels.holds_panel, order=20)
    slots.fill("member.side", "desk.questions", questions_panel)
    slots.fill("service.ask", "desk.request", request_link)
    slots.fill("search.nothing.ask", "desk.ask", ask_link)
    slots.fill("record.ask", "desk.about", about_link)


def questions_panel(request: HttpRequest, *, member: Member) -> SafeString:
    """On a member's page: the open conversations with them, as far as the reader may see them."""
    if not may(request.user, ANSWER):
        return SafeString("")
    return render_to_string("desk/panel.html", {"conversations": queries.open_of(member, request.user)[:5]}, request)


def request_link(_request: HttpRequest, *, service: Offering) -> SafeString:
    """On the page of services: the way to ask for this one."""
    return render_to_string("desk/request_link.html", {"service": service})


def ask_link(_request: HttpRequest, *, words: str) -> SafeString:
    """Where a search found nothing: the four ways on, each followed by a librarian until the reader is told."""
    return render_to_string("desk/ask_link.html", {"words": words, "ways": WAYS_ON})


def about_link(_request: HttpRequest, *, record: Record) -> SafeString:
    """On the page of a title: the way to ask a librarian about it."""
    return render_to_string("desk/about_link.html", {"record": record})
