"""Giving out the bytes of a file: whole or in ranges, as a stream, sandboxed so that no browser lets it act."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from lumbung.digital.domain import store
from lumbung.digital.models import File

SANDBOX = "default-src 'none'; sandbox"
_RANGE = re.compile(r"bytes=(\d*)-(\d*)$")


@dataclass(frozen=True)
class _Stretch:
    """Bytes from ``first`` to ``last``, both included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1


def file_response(request: HttpRequest, file: File, *, inline: bool = False) -> HttpResponseBase:
    """The file's bytes, or the one range that was asked for. Access has been decided. Refuses when the store does not have them."""
    return stretch_response(request, file.sha256, file.size, media_type=file.media_type, name=file.name, inline=inline)


def stretch_response(
    request: HttpRequest, sha256: str, size: int, *, media_type: str, name: str, inline: bool = False
) -> HttpResponseBase:
    """The content of this hash, as ``file_response`` tells."""
    tag = f'"{sha256}"'
    if request.headers.get("If-None-Match", "") in {tag, f"W/{tag}"}:
        return _labelled(HttpResponse(status=304), tag)
    stretch = _wanted(request, tag, size)
    if stretch is None:
        return _labelled(HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"}), tag)
    request.META.pop("HTTP_ACCEPT_ENCODING", None)  # a packed answer would have neither length nor ranges
    pieces: Iterable[bytes] = store.pieces_of(sha256, stretch.first, stretch.length) if request.method != "HEAD" else ()
    response = StreamingHttpResponse(pieces, status=200 if stretch.length == size else 206, content_type=media_type)
    response["Content-Length"] = str(stretch.length)
    response["Content-Disposition"] = content_disposition_header(not inline, name) or "inline"
    if response.status_code == 206:  # noqa: PLR2004 -- partial content
        response["Content-Range"] = f"bytes {stretch.first}-{stretch.last}/{size}"
    return _labelled(response, tag)


def _labelled(response: HttpResponseBase, tag: str) -> HttpResponseBase:
    response["ETag"] = tag
    response["Accept-Ranges"] = "bytes"
    return sandboxed(response)


def sandboxed(response: HttpResponseBase) -> HttpResponseBase:
    """The answer as one that no browser lets act, and no shared cache keeps."""
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    return response


def _wanted(request: HttpRequest, tag: str, size: int) -> _Stretch | None:
    """The bytes asked for; all of them without a range, with several, or when the range is of another content. None: there are none."""
    whole = _Stretch(0, size - 1)
    asked = _RANGE.match(request.headers.get("Range", "").replace(" ", ""))
    if asked is None or request.headers.get("If-Range", tag) != tag or not any(asked.groups()):
        return whole
    first, last = asked.groups()
    if not first:
        return _Stretch(max(size - int(last), 0), size - 1) if int(last) else None
    stretch = _Stretch(int(first), min(int(last or size - 1), size - 1))
    return stretch if stretch.first <= stretch.last else None
