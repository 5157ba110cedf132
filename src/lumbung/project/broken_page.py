"""The pages for what went wrong here: a fault of the program, a database that does not answer just now, a disk that is
full, a form that cannot be read."""

import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.defaults import bad_request, server_error

from lumbung.kernel.away import RETRY_AFTER, database_is_away
from lumbung.kernel.no_room import there_is_no_room
from lumbung.kernel.ui.own_pages import own_page

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def broken_page(request: HttpRequest) -> HttpResponse:
    """Robots, harvesters and proxies come back after a 503; a 500 tells them that the page itself is broken."""
    error = sys.exc_info()[1]
    if there_is_no_room(error):
        return HttpResponse(render_to_string("507.html"), status=507)
    if database_is_away(error):
        return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": RETRY_AFTER})
    return server_error(request)


def unreadable_page(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A form that is too large is whole, and its sender can do something about it; any other that cannot be read is damaged."""
    if isinstance(exception, TOO_LARGE):
        return render(request, "413.html", {"back": own_page(request, request.headers.get("Referer", ""))}, status=413)
    return bad_request(request, exception)
