"""What holds for every request and needs more than one part to know."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.defaults import bad_request

from lumbung.kernel import channel, rooms
from lumbung.kernel.api.problems import problem
from lumbung.organization import queries as organization
from lumbung.project.api import api, operations

GetResponse = Callable[[HttpRequest], HttpResponse]
DOORS = {"/api/": "api", "/staff/": "desk", "/gate/": "gate", "/opds/": "opds", "/lcp/": "lcp"}


class Doors:
    """Tells the journal through which door the work came in, and lets no NUL in, which no database holds: asked for by people it is a
    blank, as other signs without a shape are; a program is told."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.META.get("QUERY_STRING", "")
        if "\0" in request.path_info or ("%00" in asked and request.path_info.startswith("/api/")):
            return bad_request(request, SuspiciousOperation("NUL"))
        request.META["QUERY_STRING"] = asked.replace("%00", "%20")
        door = next((door for start, door in DOORS.items() if request.path_info.startswith(start)), "web")
        with channel.through(door):
            return self.get_response(request)


class Rooms:
    """What belongs to a room that the library has not opened is not there: pages say so in words, programs get a problem."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: Any, places: Any) -> HttpResponse | None:
        match = request.resolver_match
        answering = operations().get(match.url_name or "", view) if match and match.namespace == api.urls_namespace else view
        room = rooms.room_called(rooms.room_of(answering))
        if room is None or rooms.is_open(room.key):
            return None
        if answering is not view:
            return problem(404, str(rooms.ROOM_CLOSED(room=room.label)))
        return render(request, "kernel/room_closed.html", {"room": room}, status=404)


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
