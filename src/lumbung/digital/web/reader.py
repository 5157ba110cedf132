"""The reader: a page that works without a script, and what the script asks for. Every answer asks for access anew."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from lumbung.digital import queries
from lumbung.digital.domain.books import part_of, publication_in
from lumbung.digital.domain.documents import WIDTHS, lines_of, picture_of, shape_of, type_of
from lumbung.digital.domain.first_pictures import first_picture
from lumbung.digital.domain.images import has_images
from lumbung.digital.models import File, FileUse, PageText, Parts
from lumbung.digital.queries.access import Access
from lumbung.digital.queries.inside import find_in, page_text
from lumbung.digital.queries.reading import latest_position, marks_of, reader_kind
from lumbung.digital.web.asking import asker_of
from lumbung.digital.web.counting import count
from lumbung.digital.web.files import decided
from lumbung.digital.web.manifests import manifest_of
from lumbung.digital.web.reader_policy import policed
from lumbung.digital.web.serving import SANDBOX, file_response
from lumbung.digital.web.sittings import refuse_who_waits, sitting_at, waiting_page, waits
from lumbung.digital.web.syncing import as_json, received
from lumbung.formats.citation.csl import ISO_639_1
from lumbung.search.engines import PAGES
from lumbung.search.queries import NotReady
from lumbung.search.unready import unanswered, unanswered_in_words

MOST_STOPS = 20
THEMES = [("auto", _("Seperti perangkat")), ("paper", _("Kertas")), ("sepia", _("Sepia")), ("night", _("Malam"))]
PRIVATE = "private, max-age=3600"
SIDE = 3000
"""Pixels of a picture that is had in one piece, at most, along its longer side."""


def entitled(request: HttpRequest, pk: int) -> tuple[File, Access]:
    """The file, which this reader may read; for anybody else it is not there, and how to have it is on its own page."""
    file, access = decided(request, pk)
    if not access.may_read or not reader_kind(file.media_type):
        raise Http404
    return file, access


def readable(request: HttpRequest, pk: int) -> tuple[File, Access]:
    """The file, which this reader may read and has a place at. Refuses while others read at all places."""
    file, access = entitled(request, pk)
    refuse_who_waits(request, file)
    return file, access


@require_safe
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """The reader at the page that is asked for, else where this person read last."""
    file, access = decided(request, pk)
    if not access.may_read or not reader_kind(file.media_type):
        count(request, file, FileUse.Kinds.DENIED, reason=access.refusals[0].code if access.refusals else "not_read_here")
        return redirect("digital:file", pk)
    sitting = sitting_at(request, file)
    if sitting is not None and waits(sitting):
        return waiting_page(request, file, sitting)
    if request.headers.get("HX-Request"):  # the waiting page asked, and the turn came
        return HttpResponse(headers={"HX-Redirect": request.get_full_path()})
    count(request, file, FileUse.Kinds.OPENED)
    return policed(request, render(request, "digital/reader.html", {**_facts(request, file, access), "sitting": sitting}))


def _facts(request: HttpRequest, file: File, access: Access) -> dict[str, Any]:
    kind, position = reader_kind(file.media_type), latest_position(file, request.user)
    if kind == "image":
        return {**_whole(request, file, access, kind), **_among_pictures(request, file)}
    total = pages_of(file, kind)
    number = _asked_page(request, total) or _page_of(position, total)
    return {
        **_whole(request, file, access, kind),
        "number": number,
        "total": total,
        "before": number - 1 if number > 1 else None,
        "after": number + 1 if number < total else None,
        "text": page_text(file, number) if kind in {"pdf", "epub"} else None,
        **(tracks_of(file, request) if kind in {"audio", "video"} else {}),
        "position": position,
        "outline": shape_of(file).outline if kind == "pdf" else (),
        "first": first_picture(file, number),
        "stops": range(1, total + 1, max(1, total // MOST_STOPS)),
        "widths": WIDTHS,
    }


def _whole(request: HttpRequest, file: File, access: Access, kind: str) -> dict[str, Any]:
    """What the page says of the file as a whole."""
    return {
        "file": file,
        "record": file.record,
        "access": access,
        "kind": kind,
        "spoken": ISO_639_1.get(file.record.language) or get_language() or "id",
        "themes": THEMES,
        "words": request.GET.get("q", "")[:200],
        "until": queries.reading_until(file, asker_of(request)),
    }


def _among_pictures(request: HttpRequest, file: File) -> dict[str, Any]:
    """The picture among those of its title that this reader may read, as the pages of one work; and where its tiles are."""
    asker = asker_of(request)
    held = [each for each in queries.files_of(file.record) if each.is_current and reader_kind(each.media_type) == "image"]
    pictures = [each for each in held if each.pk == file.pk or queries.access_to(each, asker).may_read]
    at = next((place for place, each in enumerate(pictures) if each.pk == file.pk), 0)
    return {
        "pictures": pictures,
        "number": at + 1,
        "total": max(1, len(pictures)),
        "before": pictures[at - 1].pk if at else None,
        "after": pictures[at + 1].pk if at + 1 < len(pictures) else None,
        "first": first_picture(file, 1),
        **({"tiles": reverse("digital:iiif_info", args=[file.pk]), "whole": whole_picture(file)} if has_images(file) else {}),
    }


def whole_picture(file: File) -> str:
    """Where the picture is had in one piece: of those with tiles as large as a telephone can hold."""
    return (
        f"/iiif/3/{file.pk}/full/!{SIDE},{SIDE}/0/default.jpg" if has_images(file) else reverse("digital:play", args=[file.pk])
    )


def pages_of(file: File, kind: str) -> int:
    if kind == "pdf":
        return file.pages or shape_of(file).pages
    return PageText.objects.filter(file=file).count() or 1


def _asked_page(request: HttpRequest, total: int) -> int | None:
    asked = request.GET.get("page", "")
    return min(max(1, int(asked)), total) if asked.isascii() and asked.isdigit() and len(asked) < 8 else None  # noqa: PLR2004 -- no page has more digits


def _page_of(position: Any, total: int) -> int:
    told = (position.locator.get("locations", {}).get("position") if position else None) or 1
    return min(max(1, told), total)


def tracks_of(file: File, request: HttpRequest) -> dict[str, Any]:
    """The captions and the chapters of a recording: files in WebVTT of the same title that this reader may read."""
    asker = asker_of(request)
    told = [each for each in queries.files_of(file.record) if each.media_type == "text/vtt" and each.is_current]
    open_ones = [each for each in told if queries.access_to(each, asker).may_read]
    chapters = next((each for each in open_ones if each.part == Parts.CONTENTS), None)
    return {"captions": [each for each in open_ones if each.part != Parts.CONTENTS], "marks_track": chapters}


@require_safe
def picture(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A page of a PDF as a picture: JPEG, or for browsers, which say that they show more, what takes the fewest bytes."""
    file, _access = readable(request, pk)
    width = request.GET.get("w", "")
    wide = int(width) if width.isascii() and width.isdigit() and len(width) < 6 else WIDTHS[1]  # noqa: PLR2004 -- pixels
    drawn = picture_of(file, number, wide, lightest="image/webp" in request.headers.get("Accept", ""))
    headers = {"Cache-Control": PRIVATE, "Content-Security-Policy": SANDBOX, "Vary": "Accept"}
    return HttpResponse(drawn, content_type=type_of(drawn), headers=headers)


@require_safe
def page(request: HttpRequest, pk: int, number: int) -> JsonResponse:
    """The lines of a page of a PDF with their places: to be selected, searched and read aloud over its picture."""
    file, _access = readable(request, pk)
    lines = [[each.text, each.left, each.top, each.width, each.height] for each in lines_of(file, number)]
    return JsonResponse({"number": number, "lines": lines}, headers={"Cache-Control": PRIVATE})


@require_safe
def part(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """An entry of an EPUB, typed by us and sandboxed: opened by itself it can do nothing."""
    file, _access = readable(request, pk)
    found = part_of(file, name)
    return HttpResponse(
        found.content,
        content_type=found.media_type,
        headers={"Cache-Control": PRIVATE, "Content-Security-Policy": SANDBOX, "X-Content-Type-Options": "nosniff"},
    )


@require_safe
def sizes(request: HttpRequest, pk: int) -> JsonResponse:
    """How many bytes each part of an EPUB has, by its name: so that the way through the book is counted truly."""
    file, _access = readable(request, pk)
    return JsonResponse({part.href: part.size for part in publication_in(file).parts}, headers={"Cache-Control": PRIVATE})


@require_safe
def play(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The bytes of a recording, a picture, or captions, for the reader to play: in ranges, and never as a download."""
    file, access = decided(request, pk)
    if not access.may_read or not file.media_type.startswith(("audio/", "video/", "image/", "text/vtt")):
        raise Http404
    refuse_who_waits(request, file)
    return file_response(request, file, inline=True)


@require_safe
def manifest(request: HttpRequest, pk: int) -> JsonResponse:
    """The Readium Web Publication Manifest of the file."""
    file, _access = entitled(request, pk)
    publication = publication_in(file) if reader_kind(file.media_type) == "epub" else None
    told = manifest_of(request, file, publication)
    return JsonResponse(told, content_type="application/webpub+json")


@require_safe
def find(request: HttpRequest, pk: int) -> HttpResponse:
    """The pages of this file that have the words, as JSON for the reader, else as a page."""
    file, _access = readable(request, pk)
    words = request.GET.get("q", "")[:200]
    by_program = "application/json" in request.headers.get("Accept", "")
    facts: dict[str, Any] = {"file": file, "record": file.record, "words": words}
    try:
        hits = find_in(file, words)
    except NotReady:
        page = render(request, "digital/find_in.html", facts | {"unready": True, "pages": PAGES})
        return unanswered_in_words(PAGES) if by_program else unanswered(request, page)
    if by_program:
        return JsonResponse({"hits": [_told(hit) for hit in hits]})
    return render(request, "digital/find_in.html", facts | {"hits": hits})


def _told(hit: queries.PageHit) -> dict[str, Any]:
    return {
        "number": hit.number,
        "label": hit.shown_number,
        "href": hit.href,
        "progression": hit.progression,
        "pieces": [[piece.text, piece.asked] for piece in hit.pieces],
    }


@require_http_methods(["GET", "POST"])
def sync(request: HttpRequest, pk: int) -> JsonResponse:
    """What is kept of this person's reading; POST brings what a device knows, and answers with all there is."""
    file, _access = entitled(request, pk)
    if not request.user.is_authenticated or request.headers.get("X-Reader", str(request.user.pk)) != str(request.user.pk):
        return JsonResponse({"error": "signed out"}, status=401)
    if request.method == "POST" and (fault := received(request, file)):
        return JsonResponse({"error": fault}, status=400)
    told = as_json(latest_position(file, request.user), marks_of(file, request.user))
    return JsonResponse({**told, "waits": True} if waits(sitting_at(request, file)) else told)
