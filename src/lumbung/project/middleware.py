"""What holds for every request and needs more than one part to know."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.utils import timezone, translation

from lumbung.kernel import channel
from lumbung.organization import queries as organization

GetResponse = Callable[[HttpRequest], HttpResponse]
DOORS = {"/api/": "api", "/staff/": "desk", "/gate/": "gate"}


class Doors:
    """Tells the journal through which door the work came in, and turns away an address with a NUL, which no database holds."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return HttpResponseBadRequest("NUL", content_type="text/plain")
        door = next((door for start, door in DOORS.items() if request.path_info.startswith(start)), "web")
        with channel.through(door):
            return self.get_response(request)


class Reader:
    """Pages speak the language and tell the time of their reader.

    The time zone is the one in the user's preferences, else the library's. The language is the one chosen on this device, else in
    the user's preferences, else the library's; a program says its own in ``Accept-Language``.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        zone = getattr(request.user, "time_zone", "") or organization.library().time_zone
        with translation.override(_language(request)), timezone.override(ZoneInfo(zone)):
            request.LANGUAGE_CODE = translation.get_language()
            return self.get_response(request)


def _language(request: HttpRequest) -> str | None:
    if settings.LANGUAGE_COOKIE_NAME in request.COOKIES:
        return translation.get_language()
    if "Authorization" in request.headers:
        return translation.get_language_from_request(request)
    return getattr(request.user, "language", "") or translation.get_language()
