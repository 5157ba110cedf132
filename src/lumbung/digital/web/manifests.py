"""Manifests of files, for readers of other makers."""

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest
from django.urls import reverse

from lumbung.digital.domain.documents import shape_of
from lumbung.digital.models import File
from lumbung.digital.queries.reading import reader_kind
from lumbung.formats.epub import Heading, Publication
from lumbung.formats.readium import AUDIOBOOK_PROFILE, DIVINA_PROFILE, EPUB_PROFILE, Link, manifest

DIRECTIONS = frozenset({"ltr", "rtl"})


def manifest_of(request: HttpRequest, file: File, publication: Publication | None) -> dict[str, Any]:
    """The Readium Web Publication Manifest: an EPUB by its parts, a PDF by the pictures of its pages, a recording by itself."""
    kind = reader_kind(file.media_type)
    address = request.build_absolute_uri(reverse("digital:manifest", args=[file.pk]))
    facts: dict[str, Any] = {"author": file.record.creator}
    if publication is not None:
        order = [Link(f"parts/{quote(part.href)}", part.media_type) for part in publication.parts]
        contents = list(_nested(publication.contents, "parts/"))
        facts |= {
            "language": publication.language,
            "readingProgression": publication.direction if publication.direction in DIRECTIONS else "",
        }
        return manifest(
            profile=EPUB_PROFILE, title=file.record.title, address=address, reading_order=order, contents=contents, facts=facts
        )
    if kind == "pdf":
        shape = shape_of(file)
        facts["numberOfPages"] = pages = file.pages or shape.pages
        order = [Link(f"pages/{number}.jpg", "image/jpeg") for number in range(1, pages + 1)]
        contents = list(_nested([Heading(each.text, f"{each.page}.jpg", each.depth) for each in shape.outline], "pages/"))
        return manifest(
            profile=DIVINA_PROFILE,
            title=file.record.title,
            address=address,
            reading_order=order,
            contents=contents,
            facts=facts,
        )
    profile = AUDIOBOOK_PROFILE if kind == "audio" else DIVINA_PROFILE
    return manifest(
        profile=profile, title=file.record.title, address=address, reading_order=[Link("play", file.media_type)], facts=facts
    )


def _nested(headings: Sequence[Heading], folder: str) -> Iterator[Link]:
    """The lines of the table of contents, those below a line inside it."""
    at = 0
    while at < len(headings):
        head, end = headings[at], at + 1
        while end < len(headings) and headings[end].depth > head.depth:
            end += 1
        yield Link(
            f"{folder}{quote(head.href, safe='/#')}", title=head.title, children=tuple(_nested(headings[at + 1 : end], folder))
        )
        at = end
