"""The members' own tabs among those of the page of a reader."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from lumbung.kernel.ui import slots


def fill_slots() -> None:
    slots.fill("my.more_tabs", "members.clearance", clearance_tab)


def clearance_tab(_request: HttpRequest, *, here: str) -> SafeString:
    return render_to_string("members/my_clearance_tab.html", {"here": here})
