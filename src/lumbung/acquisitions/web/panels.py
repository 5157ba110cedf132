"""What acquisitions show on the pages of a copy, a title and a reader."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from lumbung.acquisitions.permissions import SEE
from lumbung.acquisitions.queries.trace import trace_of_item
from lumbung.catalogue.models import Item, Record
from lumbung.kernel import clock
from lumbung.kernel.permissions import may
from lumbung.kernel.ui import slots
from lumbung.organization.queries import library

NOTHING = SafeString("")


def fill_slots() -> None:
    """Called once, at start-up."""
    slots.fill("item.page", "acquisitions.trace", trace_panel, order=50)
    slots.fill("record.actions", "acquisitions.ask", more_copies_link, order=90)
    slots.fill("my.more_tabs", "acquisitions.requests", own_tab, order=110)


def trace_panel(request: HttpRequest, *, item: Item) -> SafeString:
    """On the page of a copy that was bought: its way from the request to the shelf."""
    trace = trace_of_item(item) if item.source == Item.Sources.PURCHASE and may(request.user, SEE) else None
    if trace is None:
        return NOTHING
    return render_to_string("acquisitions/panel.html", {"trace": trace, "today": clock.today(library().zone)}, request)


def more_copies_link(request: HttpRequest, *, record: Record) -> SafeString:
    """On the page of a title, for whoever is signed in: the way to ask for more copies."""
    if not request.user.is_authenticated:
        return NOTHING
    return render_to_string("acquisitions/more_copies_link.html", {"record": record}, request)


def own_tab(request: HttpRequest, *, here: str) -> SafeString:
    return render_to_string("acquisitions/own_tab.html", {"here": here}, request)
