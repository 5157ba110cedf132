"""What the pages about bookings share: the calendar of the copies of a title."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest

from lumbung.catalogue.models import Record
from lumbung.circulation.queries.booking_calendar import FARTHEST, WEEKS, DayStates, calendar, first_shown
from lumbung.circulation.queries.bookings import copies_to_book
from lumbung.kernel import clock
from lumbung.kernel.ui.keys import key_in
from lumbung.members.models import Member
from lumbung.organization.models import Branch

MOST_COPIES = 40
"""Copies a calendar shows; of a title with more, those that stand first on the shelf."""


def calendar_of_title(
    request: HttpRequest, record: Record, places: list[Branch], *, reader: Member | None = None
) -> dict[str, Any]:
    """For ``circulation/booking_calendar.html``: the weeks of the copies at the branch that ``?at=`` names, from ``?from=`` on. Who is
    the ``reader`` finds their own bookings told apart."""
    if not places:
        return {"weeks": [], "places": []}
    asked = key_in(request.GET.get("at"))
    at = next((each for each in places if each.pk == asked), places[0])
    today = clock.today(at.zone)
    first = first_shown(request.GET.get("from", ""), today)
    copies = copies_to_book(record, at=at)
    step = timedelta(weeks=WEEKS)
    return {
        "weeks": calendar(copies[:MOST_COPIES], at, first, reader),
        "hidden_copies": max(0, len(copies) - MOST_COPIES),
        "at": at,
        "places": places,
        "today": today,
        "earlier": max(first - step, today) if first > today else None,
        "later": first + step if first + step <= today + timedelta(weeks=FARTHEST) else None,
        "states": [each for each in DayStates if each not in ({DayStates.PAST} if reader else {DayStates.PAST, DayStates.OWN})],
    }
