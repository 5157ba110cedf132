"""A budget for what costs much: filters combine without end, pictures are drawn one by one, and a program that asks for them all would
stand in everybody's way.

Readers bring the cookie that an ordinary search page gave them, and have a budget each, however many share one address (a campus
behind one router does). Whoever brings none shares the small budget of the address.
"""

from collections.abc import Callable
from functools import cache, wraps

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import get_random_string

from lumbung.accounts.domain.api_access import address_of
from lumbung.accounts.domain.rates import Allowance
from lumbung.search.documents import FACET_FIELDS

COOKIE = "reader"
NARROWING = {*FACET_FIELDS, "year_from", "year_to", "sort", "find"}
TOGETHER = 20
"""The readers of one address together may do so many times what one of them may."""

View = Callable[..., HttpResponse]


def budgeted(view: View) -> View:
    """Answer 429 with a kind page when the budget of this minute is used up; staff and members who signed in are not counted."""

    @wraps(view)
    def counted(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        counts = settings.FILTERED_SEARCHES and not request.user.is_authenticated and _is_narrowed(request)
        if counts and (wait := _seconds_to_wait(request)):
            return _too_many(request, wait)
        response = view(request, *args, **kwargs)
        if COOKIE not in request.COOKIES and "Cache-Control" not in response:  # what others may keep names no reader
            known = Signer(salt=COOKIE).sign(get_random_string(16))
            response.set_cookie(COOKIE, known, httponly=True, samesite="Lax", secure=request.is_secure())
        return response

    return counted


def _is_narrowed(request: HttpRequest) -> bool:
    return any(name in NARROWING for name in request.GET) or request.path != "/search"


def _seconds_to_wait(request: HttpRequest) -> int:
    each_process = max(1, settings.FILTERED_SEARCHES // settings.PROCESSES)  # each counts for itself, and any may answer
    readers, strangers, addresses = _allowances(each_process)
    address = address_of(request)
    if _is_known(request):
        return readers.seconds_to_wait(request.COOKIES[COOKIE]) or addresses.seconds_to_wait(address)
    return strangers.seconds_to_wait(address)


def _is_known(request: HttpRequest) -> bool:
    try:
        Signer(salt=COOKIE).unsign(request.COOKIES.get(COOKIE, ""))
    except BadSignature:
        return False
    return True


@cache
def _allowances(per_minute: int) -> tuple[Allowance, Allowance, Allowance]:
    """For a reader, for all without a cookie at one address, for all readers of one address."""
    return Allowance(per_minute), Allowance(per_minute), Allowance(per_minute * TOGETHER)


def _too_many(request: HttpRequest, wait: int) -> HttpResponse:
    response = render(request, "discovery/too_many.html", {"wait": wait}, status=429)
    response["Retry-After"] = str(wait)
    return response
