"""Suggestions while typing, as JSON for the search box. Without scripts nobody asks."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lumbung.catalogue.models import Record
from lumbung.search.documents import Suggestions
from lumbung.search.queries import NotReady, suggest

LONGEST = 100


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """Titles, creators and subjects that begin like ``q``: ``{"suggestions": [{"kind", "label", "note", "address"}]}``."""
    try:
        found, kept = suggest(request.GET.get("q", "").replace("\0", "")[:LONGEST]), "private, max-age=60"
    except NotReady:
        found, kept = Suggestions(), "no-store"
    response = JsonResponse({"suggestions": [*_titles(found), *_names(found)]})
    response["Cache-Control"] = kept
    return response


def _titles(found: Suggestions) -> Iterator[dict[str, str]]:
    records = Record.objects.shown_to_public().only("title", "creator").in_bulk(list(found.keys)) if found.keys else {}
    for key in found.keys:
        if record := records.get(key):
            address = reverse("discovery:record", args=[key])
            yield {"kind": "title", "label": record.title_told, "note": record.creator, "address": address}


def _names(found: Suggestions) -> Iterator[dict[str, str]]:
    for kind, note, names in (("creator", _("Pengarang"), found.creators), ("subject", _("Subjek"), found.subjects)):
        for name in names:
            yield {"kind": kind, "label": name, "note": note, "address": "/search?" + urlencode({kind: name})}
