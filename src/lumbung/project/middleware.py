"""What holds for every page and needs more than one part to know."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from lumbung.organization import queries as organization


class LocalTime:
    """Pages tell the time of their reader: the zone chosen in the settings, else the library's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        name = getattr(request.user, "time_zone", "") or organization.library().time_zone
        with timezone.override(ZoneInfo(name)):
            return self.get_response(request)
