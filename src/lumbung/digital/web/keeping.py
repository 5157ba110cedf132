"""Keeping a file on a reader's own device, to be read without a connection: what it consists of, for who may take it along."""

from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lumbung.digital.domain.books import kept_names
from lumbung.digital.models import File, Levels, PageText
from lumbung.digital.queries.access import Access
from lumbung.digital.queries.reading import reader_kind
from lumbung.digital.refusals import FOR_CAMPUS, FOR_GROUP, FOR_MEMBERS, MEMBERSHIP_BLOCKED, MEMBERSHIP_ENDED, SUPERSEDED
from lumbung.digital.templatetags.digital import file_title
from lumbung.digital.web.files import decided
from lumbung.digital.web.reader import PRIVATE, pages_of, readable, tracks_of, whole_picture

WIDTH = 1080
"""Pixels of a kept page: enough for a telephone turned sideways."""
AS_BROWSERS = "/!'()*"
"""What stands in an address as it is, for the reader's script as for us: kept parts are known by it."""
OF_THE_ASKER = {each.code for each in (FOR_MEMBERS, FOR_GROUP, FOR_CAMPUS, MEMBERSHIP_ENDED, MEMBERSHIP_BLOCKED, SUPERSEDED)}
"""What is refused to this person, in this place, now: what they kept while they might stays theirs, like what was downloaded."""


@require_safe
def kept(request: HttpRequest) -> HttpResponse:
    """What this device keeps: the device alone knows, so the page is the same for all."""
    response = render(request, "digital/kept.html")
    response["Cache-Control"] = "private, no-cache"
    return response


@require_safe
def keepable(request: HttpRequest, pk: int) -> JsonResponse:
    """What the file consists of, for who may keep it. 410 where it was taken from all, so that devices let it go; else 403."""
    file, access = decided(request, pk)
    if not access.may_download or not reader_kind(file.media_type):
        return JsonResponse({"error": "not kept"}, status=403 if _is_of_the_asker(access) else 410)
    return JsonResponse(
        {
            "title": file.record.title,
            "name": file_title(file),
            "isOpen": file.level == Levels.PUBLIC,
            "files": _parts(request, file),
        },
        headers={"Cache-Control": "no-store"},
    )


def _is_of_the_asker(access: Access) -> bool:
    return bool(access.refusals) and OF_THE_ASKER.issuperset(reason.code for reason in access.refusals)


def _parts(request: HttpRequest, file: File) -> list[str]:
    """Addresses below the file's own, or, with a slash at the beginning, below the site's."""
    match kind := reader_kind(file.media_type):
        case "pdf":
            pages = range(1, pages_of(file, kind) + 1)
            return ["words.json", *(part for n in pages for part in (f"pages/{n}.jpg?w={WIDTH}", f"pages/{n}.json"))]
        case "epub":
            return ["words.json", "sizes.json", *(f"parts/{quote(name, safe=AS_BROWSERS)}" for name in kept_names(file))]
        case "image":
            return [whole_picture(file)]
    return ["play", *(reverse("digital:play", args=[each.pk]) for each in _all_tracks(request, file))]


def _all_tracks(request: HttpRequest, file: File) -> list[File]:
    found: dict[str, Any] = tracks_of(file, request)
    return [*found["captions"], *([found["marks_track"]] if found["marks_track"] else [])]


@require_safe
def words(request: HttpRequest, pk: int) -> JsonResponse:
    """The words of all pages, for who may keep them: to be found in without a connection."""
    file, access = readable(request, pk)
    if not access.may_download:
        raise Http404
    fields = ("number", "label", "href", "progression", "text")
    pages = list(PageText.objects.filter(file=file).order_by("number").values(*fields))
    return JsonResponse({"pages": pages}, headers={"Cache-Control": PRIVATE})


@require_safe
def worker(_request: HttpRequest) -> HttpResponse:
    """The service worker of the reader. It rules over pages of files, and, once something is kept, steps in for those of the site that
    cannot be reached."""
    content = Path(finders.find("lumbung/reader-worker.js") or "").read_bytes()
    headers = {"Cache-Control": "no-cache", "Service-Worker-Allowed": "/"}
    return HttpResponse(content, content_type="text/javascript; charset=utf-8", headers=headers)
