"""The switch between languages. It changes nothing but a cookie, so the form needs no token and pages stay cacheable."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from lumbung.kernel.ui.own_pages import own_page


@csrf_exempt
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Remember the language for a year and go back to the page."""
    back = request.POST.get("next") or request.headers.get("Referer", "")
    response = redirect(own_page(request, back) or "/")
    remember(response, request.POST.get("language", ""))
    return response


def remember(response: HttpResponse, language: str) -> None:
    """Keep the language on the reader's device; an unknown one changes nothing."""
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=31_536_000,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
