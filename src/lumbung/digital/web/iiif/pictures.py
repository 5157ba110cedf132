"""IIIF Image API 3.0, level 2: pictures, and pages of PDFs, in parts and sizes. Every answer asks for access."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt

from lumbung.accounts.domain.api_access import address_of
from lumbung.accounts.domain.rates import Allowance
from lumbung.digital.domain.images import has_images, is_made, limits_of, part_of_image, sizes_of
from lumbung.digital.domain.licences import licence_called
from lumbung.digital.models import File, Levels
from lumbung.digital.queries.access import Access
from lumbung.digital.web.files import decided
from lumbung.formats import iiif
from lumbung.formats.iiif.info import CONTEXT, PROFILE
from lumbung.kernel.refusals import Refused
from lumbung.kernel.ui.other_sites import may_read_elsewhere, told_to_other_sites

View = Callable[..., HttpResponse]
HOUR = 3_600
PIXELS_PER_MINUTE, SMALLEST = 2_000_000_000, 256 * 256
"""What one address may have made anew in a minute: some forty pages of twelve megapixels, each looked at in all its parts and scales.
The least that a part counts is a small tile."""
_pixels = Allowance(PIXELS_PER_MINUTE)


def open_to_viewers(view: View) -> View:
    """Viewers live on other sites: they may read every answer, errors too, but bring no session of ours."""

    @csrf_exempt  # nothing is changed here, and a browser asks by OPTIONS first
    @wraps(view)
    def allowed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = _answer(view, request, args, kwargs)
        except Http404:
            response = plain("Not Found", 404)
        except Refused as refused:
            response = plain(" ".join(str(each) for each in refused.reasons), 500 if _is_ours(refused) else 501)
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        return told_to_other_sites(request, response)

    return allowed


def _answer(view: View, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse:
    if request.method == "OPTIONS":
        return may_read_elsewhere()
    if request.method not in {"GET", "HEAD"}:
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD, OPTIONS"})
    return view(request, *args, **kwargs)


def plain(text: str, status: int) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")


@open_to_viewers
def base(request: HttpRequest, pk: int, page: int = 0) -> HttpResponse:
    """The address of a picture leads to what is known of it."""
    return HttpResponse(status=303, headers={"Location": f"{address_of_image(request, pk, page)}/info.json"})


@open_to_viewers
def information(request: HttpRequest, pk: int, page: int = 0) -> HttpResponse:
    """``info.json``, as JSON-LD to who asks for that."""
    file, access, size = picture_at(request, pk, page)
    told = iiif.info(
        address_of_image(request, pk, page),
        width=size[0],
        height=size[1],
        limits=limits_of(size, may_download=access.may_download),
        rights=rights_of(file),
    )
    response = linked_json(request, told, CONTEXT)
    response["Link"] = f'<{PROFILE}>;rel="profile"'
    return kept(response, file)


@open_to_viewers
def part(request: HttpRequest, pk: int, page: int = 0, **said: str) -> HttpResponse:
    """The pixels. 400 for what is no request, 501 for what is not done here, 429 for more than is made for one address."""
    file, access, whole = picture_at(request, pk, page)
    quality, _dot, form = said["last"].rpartition(".")
    limits = limits_of(whole, may_download=access.may_download)
    try:
        cut = iiif.asked(said["region"], said["size"], said["rotation"], quality, form, whole=whole, limits=limits)
    except iiif.Malformed as fault:
        return plain(f"Bad Request: {fault}", 400)
    except iiif.NotOffered as fault:
        return plain(f"Not Implemented: {fault}", 501)
    if wait := _seconds_to_wait(request, file, page or 1, cut):
        return _later(wait)
    response = HttpResponse(part_of_image(file, page or 1, cut), content_type=cut.media_type)
    canonical = f"{address_of_image(request, pk, page)}/{cut.canonical}"
    response["Link"] = f'<{canonical}>;rel="canonical", <{PROFILE}>;rel="profile"'
    return kept(response, file)


def _seconds_to_wait(request: HttpRequest, file: File, number: int, cut: iiif.Cut) -> int:
    """What is kept already costs nothing."""
    if is_made(file, number, cut):
        return 0
    return _pixels.seconds_to_wait(address_of(request), max(cut.pixels, SMALLEST))


def _later(wait: int) -> HttpResponse:
    response = plain("Too Many Requests", 429)
    response["Retry-After"] = str(wait)
    return response


def picture_at(request: HttpRequest, pk: int, page: int) -> tuple[File, Access, tuple[int, int]]:
    """The file, the access of whoever asks, and the size of the picture or page. Raises Http404 where there is none for them."""
    file, access = decided(request, pk)
    if not access.may_read or not has_images(file):
        raise Http404
    found = sizes_of(file)
    number = page or 1
    if not 1 <= number <= len(found):
        raise Http404
    return file, access, found[number - 1]


def address_of_image(request: HttpRequest, pk: int, page: int) -> str:
    name, args = ("digital:iiif_page", [pk, page]) if page else ("digital:iiif_image", [pk])
    return request.build_absolute_uri(reverse(name, args=args))


def linked_json(request: HttpRequest, told: dict[str, Any], context: str) -> HttpResponse:
    """The JSON, as JSON-LD of this context to who asks for it or says nothing of what they take."""
    accepted = request.headers.get("Accept", "")
    wants = not accepted or "application/ld+json" in accepted
    kind = f'application/ld+json;profile="{context}"' if wants else "application/json"
    response = HttpResponse(json.dumps(told, ensure_ascii=False), content_type=kind)
    patch_vary_headers(response, ["Accept"])
    return response


def kept(response: HttpResponse, file: File) -> HttpResponse:
    """Kept for an hour: by everybody what is open to all, by its reader alone what is not."""
    is_open = file.level == Levels.PUBLIC and getattr(file, "lending", None) is None
    response["Cache-Control"] = f"{'public' if is_open else 'private'}, max-age={HOUR}"
    return response


def rights_of(file: File) -> str:
    """The licence as a URI that IIIF knows: Creative Commons or RightsStatements.org, written with http."""
    licence = licence_called(file.licence)
    return licence.url.replace("https://", "http://", 1) if licence else ""


def _is_ours(refused: Refused) -> bool:
    return any(each.code in {"content_missing", "storage_out"} for each in refused.reasons)
