"""Programs that run in pages of other sites, such as readers of books and viewers of pictures: what a browser lets them read of ours."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers

PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Authorization, Accept, Content-Type",
    "Access-Control-Max-Age": "86400",
}
READING = {"GET", "HEAD", "OPTIONS"}
Response = TypeVar("Response", bound=HttpResponseBase)


def open_to_other_sites(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The view answers other sites too, but for who comes with a session; and says so to a browser that asks by OPTIONS first."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return told_to_other_sites(request, may_read_elsewhere())
        return told_to_other_sites(request, view(request, *args, **kwargs))

    return opened


def may_read_elsewhere() -> HttpResponse:
    """The answer to a browser that asks first."""
    return HttpResponse(status=204, headers=PREFLIGHT)


def told_to_other_sites(request: HttpRequest, response: Response) -> Response:
    """The answer, which every site may read unless it depends on a session."""
    if request.method in READING and settings.SESSION_COOKIE_NAME not in request.COOKIES:
        response["Access-Control-Allow-Origin"] = "*"
    patch_vary_headers(response, ["Cookie"])
    return response
