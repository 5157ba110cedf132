"""The door of OAI-PMH, by GET and POST, at its own address and at those of the systems libraries come from."""

import gzip
from urllib.parse import parse_qsl

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from lumbung.accounts.domain.api_access import address_of
from lumbung.accounts.domain.rates import Allowance
from lumbung.cooperation.gateways.oai.answering import answered
from lumbung.cooperation.gateways.oai.told import Caller
from lumbung.cooperation.queries.rules import sharing_rules
from lumbung.kernel.ui.addresses import root

LATER = 24 * 60 * 60
FORM = "application/x-www-form-urlencoded"
SMALL, QUICKLY = 500, 1
PER_MINUTE = 6_000
"""Requests of one address: a harvester that takes a hundred records with each gets ten thousand a second, and no more."""
_harvesters = Allowance(PER_MINUTE)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def oai(request: HttpRequest) -> HttpResponse:
    if not sharing_rules().is_open:
        return HttpResponse("Closed", status=503, headers={"Retry-After": str(LATER)}, content_type="text/plain")
    caller = _caller(request)
    if wait := _harvesters.seconds_to_wait(caller.address or ""):
        return HttpResponse("Too many requests", status=503, headers={"Retry-After": str(wait)}, content_type="text/plain")
    response = HttpResponse(answered(_arguments(request), caller), content_type="text/xml; charset=utf-8")
    response["Cache-Control"] = "no-store"  # each answer tells its own moment: there is nothing to compare it with
    response["Access-Control-Allow-Origin"] = "*"
    return _packed(request, response)


def _packed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Packed quickly where the harvester can unpack: of pages of records that costs less than half of what packing well does."""
    patch_vary_headers(response, ["Accept-Encoding"])
    if "gzip" in request.headers.get("Accept-Encoding", "") and len(response.content) > SMALL:
        response.content = gzip.compress(response.content, QUICKLY, mtime=0)
        response["Content-Encoding"] = "gzip"
    return response


def _arguments(request: HttpRequest) -> list[tuple[str, str]]:
    """All arguments in their order, also those given twice."""
    told = parse_qsl(request.META.get("QUERY_STRING", ""), keep_blank_values=True, errors="replace")
    if request.method == "POST" and request.content_type == FORM:
        told += parse_qsl(request.body.decode("utf-8", "replace"), keep_blank_values=True, errors="replace")
    return told


def _caller(request: HttpRequest) -> Caller:
    return Caller(
        base=request.build_absolute_uri(request.path),
        site=root(request),
        agent=request.headers.get("User-Agent", ""),
        address=address_of(request) or None,
    )
