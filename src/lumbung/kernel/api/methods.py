"""What HTTP asks of every address besides the operations it has."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase

View = Callable[..., HttpResponseBase]


def as_http_asks(view: View) -> View:
    """The view answers HEAD as it answers GET, without the body; OPTIONS is told what may be asked here, and so is who asks for what
    may not."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        asked = request.method
        if asked == "HEAD":
            request.method = "GET"
        try:
            response = view(request, *args, **kwargs)
        finally:
            request.method = asked
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            response["Allow"] = _all_of(response["Allow"])
            if asked == "OPTIONS":
                return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"Allow": response["Allow"]})
        return _without_body(response) if asked == "HEAD" else response

    return answered


def _all_of(allowed: str) -> str:
    methods = {*allowed.split(", "), "OPTIONS"}
    return ", ".join(sorted(methods | {"HEAD"} if "GET" in methods else methods))


def _without_body(response: HttpResponseBase) -> HttpResponse:
    """The same head; what would be streamed is not begun."""
    told = HttpResponse(status=response.status_code, headers=dict(response.headers))
    told.cookies = response.cookies
    if isinstance(response, HttpResponse):
        told.setdefault("Content-Length", str(len(response.content)))
    response.close()
    return told
