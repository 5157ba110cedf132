"""The tabs of a reader's own pages, for pages of other parts among them."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from lumbung.kernel.ui import slots


def fill_slots() -> None:
    slots.fill("my.tabs", "discovery.tabs", tabs)


def tabs(request: HttpRequest, *, here: str) -> SafeString:
    return render_to_string("discovery/my_tabs.html", {"here": here}, request=request)
