"""The members' own tabs among those of the page of a reader."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from lumbung.kernel.ui import slots
from lumbung.members.models import Member
from lumbung.members.web.joining import join_panel


def fill_slots() -> None:
    slots.fill("my.more_tabs", "members.clearance", clearance_tab)
    slots.fill("my.settings", "members.privacy", privacy_panel)
    slots.fill("sign_in.below", "members.join", join_panel)
    slots.fill("my.settings", "members.channels", channels_panel, order=90)


def clearance_tab(_request: HttpRequest, *, here: str) -> SafeString:
    return render_to_string("members/my_clearance_tab.html", {"here": here})


def privacy_panel(_request: HttpRequest, *, member: Member | None) -> SafeString:
    return render_to_string("members/my_privacy_panel.html", {"member": member})


def channels_panel(_request: HttpRequest, *, member: Member | None) -> SafeString:
    return render_to_string("members/my_channels_panel.html", {"member": member})
