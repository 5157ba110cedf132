"""The page for what went wrong here: a fault of the program, or a database that does not answer just now."""

import sys

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import server_error

from lumbung.kernel.away import RETRY_AFTER, database_is_away


def broken_page(request: HttpRequest) -> HttpResponse:
    """Robots, harvesters and proxies come back after a 503; a 500 tells them that the page itself is broken."""
    if database_is_away(sys.exc_info()[1]):
        return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": RETRY_AFTER})
    return server_error(request)
