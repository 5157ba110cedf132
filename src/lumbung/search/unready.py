"""What is told to whoever searches while the index cannot be asked: why, and that it mends itself."""

from django.http import HttpRequest, HttpResponse
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from lumbung.search.engines import TITLES
from lumbung.search.queries import Condition, condition

RETRY_AFTER = 30
_BEING_MADE = {Condition.MISSING, Condition.OUTDATED, Condition.CORRUPT, Condition.LOST}


def is_to_be_made(of: str = TITLES) -> bool:
    """Whether there is no index fit for use, so that it is made anew; else it is the search engine that does not answer."""
    return condition(of) in _BEING_MADE


def why_unready(of: str = TITLES) -> str:
    """Why nothing can be found now and when again, in a sentence; asked where an answer failed."""
    if is_to_be_made(of):
        return _("Indeks pencarian sedang disusun. Cobalah beberapa menit lagi.")
    return _(
        "Mesin pencari sedang tidak dapat dihubungi. Ia pulih sendiri begitu tersambung lagi; cobalah beberapa menit lagi."
    )


unready_because = lazy(why_unready, str)
"""The same, for a reason that is read later: said in the language of whoever reads it."""


def unanswered(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The same page as no answer: 503, and when to ask again. A part put into a page by script keeps its 200, else nobody would see it."""
    response["Retry-After"] = str(RETRY_AFTER)
    if not request.headers.get("HX-Request"):
        response.status_code = 503
    return response


def unanswered_in_words(of: str = TITLES) -> HttpResponse:
    """For programs, and for people who follow a link to a feed: 503 and the sentence."""
    headers = {"Retry-After": str(RETRY_AFTER)}
    return HttpResponse(why_unready(of), status=503, content_type="text/plain; charset=utf-8", headers=headers)
