"""Until the library is set up, every address leads to the first-run page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from lumbung.project.first_run import code

OPEN = ("/static/", "/language")


class FirstRun:
    """Sends visitors of an empty installation to the page that sets it up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if code.is_awaited() and not request.path.startswith((*OPEN, page := reverse("first_run"))):
            return redirect(page)
        return self.get_response(request)
