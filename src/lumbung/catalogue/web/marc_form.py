"""The page of the MARC view: a record as lines of text, which the island turns into a grid."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from lumbung.catalogue import queries
from lumbung.catalogue.domain.marc_check import Remark, remarks_on
from lumbung.catalogue.models import Record
from lumbung.formats.marc import Record as Marc
from lumbung.formats.marc.checking import Level
from lumbung.formats.marc.lines import Unreadable, from_lines

UNPROCESSABLE = 422


def marc_page(
    request: HttpRequest,
    record: Record | None,
    lines: str,
    *,
    version: int | None = None,
    draft: int | None = None,
    **context: Any,
) -> HttpResponse:
    """The MARC view of these lines, with what there is to say about them. 422 when ``refused`` tells why they were not saved."""
    told = context.get("remarks") or remarks_of(lines, record)
    offered = queries.draft_for(request.user, record) if request.method == "GET" and "draft" not in request.GET else None
    page = {
        "saves": queries.draft_saves(request.user, draft),
        "record": record,
        "lines": lines,
        "version": version,
        "draft": draft,
        "offered": offered,
        **context,
        "remarks": told,
    }
    return render(request, "catalogue/marc_form.html", page, status=UNPROCESSABLE if context.get("refused") else 200)


def remarks_of(lines: str, record: Record | None) -> list[Remark]:
    """What there is to say about these lines; unreadable ones first and alone."""
    try:
        given = from_lines(lines)
    except Unreadable as unreadable:
        return unreadable_remarks(unreadable)
    return remarks_on(given, before=record.marc_record if record else None)


def unreadable_remarks(unreadable: Unreadable) -> list[Remark]:
    sentence = _("Baris %(number)s tidak terbaca: “%(text)s”. Bentuknya: tanda ruas, indikator, lalu subruas ($a…).")
    return [
        Remark(Level.ERROR, "", None, "unreadable", sentence % {"number": number, "text": text[:60]})
        for number, text in unreadable.lines
    ]


def read(lines: str) -> Marc | None:
    """The record these lines say; None when some cannot be read."""
    try:
        return from_lines(lines)
    except Unreadable:
        return None
