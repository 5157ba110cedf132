"""IIIF Presentation 3.0: the pages of a title as canvases; and Content Search 2.0 in their words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from lumbung.catalogue.models import Record
from lumbung.digital import queries
from lumbung.digital.domain.documents import lines_of
from lumbung.digital.domain.images import has_images, largest_of, sizes_of
from lumbung.digital.models import File, FileUse
from lumbung.digital.queries.inside import PageHit, find_in
from lumbung.digital.web.asking import asker_of
from lumbung.digital.web.counting import count
from lumbung.digital.web.iiif.pictures import address_of_image, linked_json, open_to_viewers, rights_of
from lumbung.kernel.refusals import Refused
from lumbung.organization.queries import library
from lumbung.search.engines import PAGES
from lumbung.search.queries import NotReady
from lumbung.search.unready import unanswered_in_words

PRESENTATION = "http://iiif.io/api/presentation/3/context.json"
SEARCH = "http://iiif.io/api/search/2/context.json"
LANGUAGES = ("id", "en")
THUMBNAIL = 200
MOST_BOXES = 40
UNANSWERED = ("motivation", "date", "user")


@dataclass(frozen=True)
class Page:
    """A picture or page of a file, with its place among all canvases of the title, its size in pixels, and the largest that is given."""

    file: File
    number: int
    place: int
    width: int
    height: int
    given: tuple[int, int]


@open_to_viewers
def manifest(request: HttpRequest, pk: int) -> HttpResponse:
    """The manifest of a title: every picture and page that whoever asks may read. 404 where there is none for them."""
    record, pages = shown_pages(request, pk)
    for file in {page.file.pk: page.file for page in pages}.values():
        count(request, file, FileUse.Kinds.OPENED)
    address = request.build_absolute_uri(reverse("digital:iiif_manifest", args=[pk]))
    response = linked_json(request, _manifest(request, record, pages, address), PRESENTATION)
    response["Cache-Control"] = "private, no-cache"
    return response


@open_to_viewers
def search(request: HttpRequest, pk: int) -> HttpResponse:
    """The lines that have the words, as annotations of the canvases they stand on."""
    _record, pages = shown_pages(request, pk)
    words = " ".join(request.GET.get("q", "").split())[:200]
    try:
        items = list(_found(request, pk, pages, words)) if words else []
    except NotReady:
        return unanswered_in_words(PAGES)
    told = {"@context": SEARCH, "id": request.build_absolute_uri(), "type": "AnnotationPage", "items": items}
    if ignored := [name for name in UNANSWERED if name in request.GET]:
        told["ignored"] = ignored
    response = linked_json(request, told, SEARCH)
    response["Cache-Control"] = "private, no-cache"
    return response


def shown_pages(request: HttpRequest, pk: int) -> tuple[Record, list[Page]]:
    """The title and its pages, as far as whoever asks may read them. A file that cannot be opened has none."""
    record = get_object_or_404(Record.objects.shown_to_public(), pk=pk)
    asker, pages = asker_of(request), list[Page]()
    for file in queries.files_of(record):
        access = queries.access_to(file, asker)
        if not has_images(file) or not access.may_read:
            continue
        try:
            found = [(size, largest_of(size, may_download=access.may_download)) for size in sizes_of(file)]
        except Refused:
            continue
        pages += [Page(file, number, len(pages) + number, *size, given) for number, (size, given) in enumerate(found, 1)]
    if not pages:
        raise Http404
    return record, pages


def _manifest(request: HttpRequest, record: Record, pages: Sequence[Page], address: str) -> dict[str, Any]:
    rights = {rights_of(page.file) for page in pages}
    home = request.build_absolute_uri(f"/records/{record.pk}")
    told: dict[str, Any] = {
        "@context": [SEARCH, PRESENTATION],
        "id": address,
        "type": "Manifest",
        "label": _said(record.title or str(record.pk)),
        "metadata": list(_metadata(record)),
        "requiredStatement": {"label": _label(_("Sumber")), "value": _said(library().name or request.get_host())},
        "provider": [_provider(request)],
        "homepage": [{"id": home, "type": "Text", "label": _said(record.title or home), "format": "text/html"}],
        "seeAlso": [
            {"id": f"{home}/citation.json", "type": "Dataset", "label": _said("CSL-JSON"), "format": "application/json"}
        ],
        "thumbnail": [_thumbnail(request, pages[0])],
        "behavior": ["paged"] if len(pages) > 2 else ["individuals"],  # noqa: PLR2004 -- a sheet has two sides
        "service": [
            {"id": request.build_absolute_uri(reverse("digital:iiif_search", args=[record.pk])), "type": "SearchService2"}
        ],
        "items": [_canvas(request, address, page) for page in pages],
        "structures": list(_ranges(address, pages)),
    }
    if len(rights) == 1 and (only := rights.pop()):
        told["rights"] = only
    return {name: value for name, value in told.items() if value}


def _canvas(request: HttpRequest, address: str, page: Page) -> dict[str, Any]:
    canvas = f"{address}/canvas/{page.place}"
    image = _image(request, page)
    body = {
        "id": f"{image}/full/max/0/default.jpg",
        "type": "Image",
        "format": "image/jpeg",
        "width": page.given[0],
        "height": page.given[1],
        "service": [{"id": image, "type": "ImageService3", "profile": "level2"}],
    }
    painting = {"id": f"{canvas}/painting/1", "type": "Annotation", "motivation": "painting", "body": body, "target": canvas}
    return {
        "id": canvas,
        "type": "Canvas",
        "label": _said(str(page.place)),
        "width": page.width,
        "height": page.height,
        "thumbnail": [_thumbnail(request, page)],
        "items": [{"id": f"{canvas}/painting", "type": "AnnotationPage", "items": [painting]}],
    }


def _thumbnail(request: HttpRequest, page: Page) -> dict[str, Any]:
    part = min(1.0, THUMBNAIL / max(page.width, page.height))
    wide, high = max(1, round(page.width * part)), max(1, round(page.height * part))
    address = f"{_image(request, page)}/full/{wide},{high}/0/default.jpg"
    return {"id": address, "type": "Image", "format": "image/jpeg", "width": wide, "height": high}


def _ranges(address: str, pages: Sequence[Page]) -> Iterator[dict[str, Any]]:
    """A range for each file, where there are several."""
    files = {page.file.pk: page.file for page in pages}
    if len(files) < 2:  # noqa: PLR2004 -- one file needs no table of contents
        return
    for number, (key, file) in enumerate(files.items(), 1):
        own = [{"id": f"{address}/canvas/{page.place}", "type": "Canvas"} for page in pages if page.file.pk == key]
        yield {"id": f"{address}/range/{number}", "type": "Range", "label": _said(str(file)), "items": own}


def _found(request: HttpRequest, pk: int, pages: Sequence[Page], words: str) -> Iterator[dict[str, Any]]:
    address = request.build_absolute_uri(reverse("digital:iiif_manifest", args=[pk]))
    where = {(page.file.pk, page.number): page for page in pages}
    number = boxes = 0
    for file in {page.file.pk: page.file for page in pages}.values():
        for hit in find_in(file, words):
            page = where.get((file.pk, hit.number))
            if page is None:
                continue
            marks = _marks(hit, page) if boxes < MOST_BOXES else []
            boxes += bool(marks)
            for text, box in marks or [("".join(piece.text for piece in hit.pieces), "")]:
                number += 1
                yield {
                    "id": f"{address}/hit/{quote(words)}/{number}",
                    "type": "Annotation",
                    "motivation": "highlighting",
                    "body": {"type": "TextualBody", "value": text, "format": "text/plain"},
                    "target": f"{address}/canvas/{page.place}{box}",
                }


def _marks(hit: PageHit, page: Page) -> list[tuple[str, str]]:
    """The lines of the page that have what was found, each with its box on the canvas."""
    asked = {piece.text.casefold() for piece in hit.pieces if piece.asked}
    try:
        lines = lines_of(page.file, page.number) if asked else []
    except Refused:
        return []
    marks = []
    for line in lines:
        if any(word in line.text.casefold() for word in asked):
            box = (line.left * page.width, line.top * page.height, line.width * page.width, line.height * page.height)
            marks.append((line.text, "#xywh=" + ",".join(str(max(0, round(side))) for side in box)))
    return marks


def _metadata(record: Record) -> Iterator[dict[str, Any]]:
    publication = ", ".join(filter(None, [record.place, record.publisher, str(record.year or "")]))
    for label, value in ((_("Pengarang"), record.creator), (_("Terbitan"), publication), (_("Edisi"), record.edition)):
        if value:
            yield {"label": _label(label), "value": _said(value)}


def _provider(request: HttpRequest) -> dict[str, Any]:
    home, name = request.build_absolute_uri("/"), library().name or request.get_host()
    page = {"id": home, "type": "Text", "label": _said(name), "format": "text/html"}
    return {"id": home, "type": "Agent", "label": _said(name), "homepage": [page]}


def _image(request: HttpRequest, page: Page) -> str:
    is_page = page.file.media_type == "application/pdf"
    return address_of_image(request, page.file.pk, page.number if is_page else 0)


def _said(text: str) -> dict[str, list[str]]:
    return {"none": [text]}


def _label(word: str | Promise) -> dict[str, list[str]]:
    """A word of ours in every language of the site."""
    told = {}
    for language in LANGUAGES:
        with override(language):
            told[language] = [str(word)]
    return told
