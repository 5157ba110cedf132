"""The calendar of a branch for everybody's own calendar program (RFC 5545): when it opens, and when it does not and why."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lumbung.formats.icalendar import Entry, calendar
from lumbung.kernel import clock
from lumbung.organization.models import Branch
from lumbung.organization.queries import Calendar, calendar_of

BACK, AHEAD = timedelta(days=7), timedelta(days=180)


@require_safe
def feed(request: HttpRequest, pk: int) -> HttpResponse:
    """The week gone by and half a year to come."""
    branch = get_object_or_404(Branch, pk=pk)
    first = clock.today(branch.zone) - BACK
    known, last, host = calendar_of(branch), first + BACK + AHEAD, request.get_host()
    entries = [*_openings(branch, known, first, last, host), *_closures(branch, known, first, last, host)]
    told = calendar(branch.name, entries, stamp=clock.now(), producer="-//Lumbung//Lumbung//ID")
    response = HttpResponse(told, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{branch.pk}.ics"'
    response["Cache-Control"] = "public, max-age=3600"
    return response


def _openings(branch: Branch, known: Calendar, first: date, last: date, host: str) -> Iterator[Entry]:
    for day in (first + timedelta(days=each) for each in range((last - first).days + 1)):
        for spell in known.hours_on(day):
            opens, closes = (datetime.combine(day, each, branch.zone) for each in (spell.opens, spell.closes))
            uid = f"open-{branch.pk}-{opens:%Y%m%dT%H%M}@{host}"
            yield Entry(uid, _("%(branch)s buka") % {"branch": branch.name}, opens, closes, branch.address)


def _closures(branch: Branch, known: Calendar, first: date, last: date, host: str) -> Iterator[Entry]:
    for closure in known.closures:
        if closure.first_day <= last and closure.last_day >= first:
            uid = f"closed-{branch.pk}-{closure.key}@{host}"
            summary = _("%(branch)s tutup: %(reason)s") % {"branch": branch.name, "reason": closure.reason}
            yield Entry(uid, summary, closure.first_day, closure.last_day)
