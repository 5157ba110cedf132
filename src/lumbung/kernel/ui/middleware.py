"""What holds for every page: security headers, the reader's language, DELETE from plain forms, and refusals told kindly."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.cache import patch_vary_headers

from lumbung.kernel.refusals import Gone, Refused
from lumbung.kernel.ui.own_pages import own_page

GetResponse = Callable[[HttpRequest], HttpResponse]

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}
OVERRIDES = frozenset({"DELETE", "PUT", "PATCH"})


class SecurityHeaders:
    """No script or style but our own files; a view that needs another policy sets its own header first."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in SECURITY_HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class Language:
    """The language the reader chose, else the library's own: what a browser was set up with says little here."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Cookie",))
        return response


class MethodOverride:
    """A plain form can only POST: ``_method=DELETE`` in it says what is meant. Runs after the CSRF check, which reads POST."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        if request.method == "POST" and (method := request.POST.get("_method", "").upper()) in OVERRIDES:
            request.method = method


class WrongMethodPage:
    """Who opens the address of an act in a browser gets a page with a way on instead of an empty one; programs get what they got."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or response.content or not _reads_pages(request):
            return response
        back = own_page(request, request.headers.get("Referer", ""))
        page = render(
            request, "405.html", {"back": back if back != request.get_full_path() else ""}, status=response.status_code
        )
        page.headers["Allow"] = response.headers["Allow"]
        return page


def _reads_pages(request: HttpRequest) -> bool:
    """Whether a person looks at the answer: they ask for HTML by name, and want a whole page."""
    return "text/html" in request.headers.get("Accept", "") and not request.headers.get("HX-Request")


class RefusalPage:
    """The one place where a refusal becomes a page: back to where the form stood with every reason, or a page of its own.

    An htmx request gets the reasons alone, status 409, to put where the page says.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        if request.headers.get("HX-Request"):
            return render(request, "kernel/reasons.html", {"reasons": exception.reasons}, status=409)
        back = own_page(request, request.headers.get("Referer", ""))
        if request.method != "GET" and back and not isinstance(exception, Gone):
            for reason in exception.reasons:
                messages.error(request, str(reason))
            return redirect(back)
        return render(request, "kernel/refused.html", {"reasons": exception.reasons}, status=409)
