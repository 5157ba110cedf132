"""The one place where an error under ``/api/`` becomes problem details (RFC 9457)."""

import lumbung.kernel.api.without_tests  # isort: skip # noqa: F401 -- before Ninja

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import RawPostDataException
from django.utils.translation import gettext
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from lumbung.accounts.domain.api_access import TooOften, Unauthenticated
from lumbung.kernel.api.problems import MEDIA_TYPE, UnknownName, problem
from lumbung.kernel.away import RETRY_AFTER, database_is_away
from lumbung.kernel.no_room import there_is_no_room
from lumbung.kernel.refusals import Reason, Refused
from lumbung.project.field_words import words_of

logger = logging.getLogger(__name__)


def refused(_: HttpRequest, error: Refused) -> HttpResponse:
    """Every reason, not only the first; ``waivable`` ones may be named in ``waive`` by whoever may."""
    sentences = [str(reason) for reason in error.reasons]
    return problem(409, " ".join(sentences), reasons=[_told(*each) for each in zip(error.reasons, sentences, strict=True)])


def _told(reason: Reason, sentence: str) -> dict[str, Any]:
    return {"code": reason.code, "detail": sentence, "waivable": reason.waivable}


def invalid(_: HttpRequest, error: ValidationError) -> HttpResponse:
    """Which parts of the request are wrong: ``pointer`` is the way there in what was sent, after ``body``, ``query`` or ``path``."""
    errors = [
        {"pointer": "/".join(str(step) for step in each["loc"]), "detail": words_of(each), "code": each["type"]}
        for each in error.errors
    ]
    return problem(422, gettext("Ada isian yang tidak dapat diterima."), errors=errors)


def unknown(request: HttpRequest, error: UnknownName) -> HttpResponse:
    """The address is right, so it is no 404: what is wrong is in the body, or in the query of what is only asked."""
    place = "query" if request.method == "GET" else "body"
    told = {"pointer": f"{place}/{error.field}", "detail": gettext("Tidak ada yang bernama demikian."), "code": "unknown"}
    return problem(422, str(error), errors=[told])


def unauthenticated(_: HttpRequest, error: Unauthenticated) -> HttpResponse:
    return problem(
        401,
        gettext("Sertakan token yang berlaku: Authorization: Bearer lmb_…"),
        headers={"WWW-Authenticate": 'Bearer realm="lumbung"'},
    )


def denied(_: HttpRequest, error: PermissionDenied) -> HttpResponse:
    return problem(403, gettext("Lingkup token atau peran penggunanya tidak mencakup ini."), needs=str(error) or None)


def missing(_: HttpRequest, error: Http404) -> HttpResponse:
    return problem(404)


def too_often(_: HttpRequest, error: TooOften) -> HttpResponse:
    return problem(429, headers={"Retry-After": str(error.wait)})


def malformed(_: HttpRequest, error: HttpError) -> HttpResponse:
    no_json = error.message.startswith("Cannot parse request body")  # ninja's own words
    return problem(error.status_code, gettext("Isi permintaan bukan JSON yang utuh.") if no_json else error.message)


def not_json(_: HttpRequest, error: RawPostDataException) -> HttpResponse:
    """A form with files was read as such on its way in; the API takes JSON."""
    return problem(415, gettext("Kirimkan application/json."))


def too_large(_: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return problem(413)


def broken(request: HttpRequest, error: Exception) -> HttpResponse:
    if database_is_away(error):
        return problem(
            503, gettext("Basis data sedang tidak menjawab. Coba lagi sebentar lagi."), headers={"Retry-After": RETRY_AFTER}
        )
    if there_is_no_room(error):
        return problem(507, gettext("Tidak ada yang dicatat. Kosongkan ruang penyimpanan, lalu coba lagi."))
    logger.error("the API failed at %s %s", request.method, request.path, exc_info=error)
    return problem(500, gettext("Galat ini tercatat. Sebutkan X-Request-ID jawaban ini bila melapor."))


HANDLERS: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
    Refused: refused,
    ValidationError: invalid,
    UnknownName: unknown,
    Unauthenticated: unauthenticated,
    PermissionDenied: denied,
    Http404: missing,
    TooOften: too_often,
    HttpError: malformed,
    RawPostDataException: not_json,
    RequestDataTooBig: too_large,
    Exception: broken,
}


def tell_problems(api: NinjaAPI) -> None:
    """Let ``api`` tell its errors as problems."""
    for kind, tell in HANDLERS.items():
        api.add_exception_handler(kind, tell)


class Problems:
    """What never reached an operation (an unknown address, a method nobody offers) is told as a problem too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.path_info.startswith("/api/") or response.status_code < HTTPStatus.BAD_REQUEST:
            return response
        if response.headers.get("Content-Type", "").startswith(MEDIA_TYPE):
            return response
        kept = {name: response.headers[name] for name in ("Allow", "Retry-After") if name in response.headers}
        return problem(response.status_code, headers=kept)
