"""What discovery shows on the pages of other parts."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from lumbung.discovery.models import Ranked
from lumbung.discovery.queries.interest import ranked
from lumbung.discovery.queries.rows import rows_of
from lumbung.kernel.ui import slots

AT_THE_DESK = 5


def fill_slots() -> None:
    """Called once, at start-up."""
    slots.fill("desk.start", "discovery.in_demand", in_demand)


def in_demand(request: HttpRequest) -> SafeString:
    """The titles most in demand this week and whether they can be had, for who is asked for them at the desk; nothing without any."""
    wanted = [title.pk for title in ranked(Ranked.Lists.TRENDING_WEEK, AT_THE_DESK)]
    rows = rows_of(wanted, request.user)
    return render_to_string("discovery/in_demand.html", {"rows": rows}) if rows else SafeString("")
