"""MARC 21 over HTTP: which form is asked for, which was sent."""

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from ninja.errors import HttpError

from lumbung.catalogue.refusals import import_refusal
from lumbung.formats import dublin_core, marc, mods
from lumbung.kernel.refusals import Refused

JSON, XML, ISO_2709 = "application/marc-in-json", "application/marcxml+xml", "application/marc"
MODS, DUBLIN_CORE = "application/mods+xml", "application/xml; profile=oai_dc"
FORMS = {"json": JSON, "xml": XML, "iso2709": ISO_2709, "mods": MODS, "dc": DUBLIN_CORE}
"""The values of ``?format=`` with their media types (RFC 2220, RFC 6207); Dublin Core has none of its own."""
BY_ACCEPT = [JSON, XML, ISO_2709, MODS, "application/json", "application/xml"]
READERS = {
    JSON: marc.read_marcjson,
    "application/json": marc.read_marcjson,
    XML: marc.read_marcxml,
    "application/xml": marc.read_marcxml,
    "text/xml": marc.read_marcxml,
    ISO_2709: marc.read_iso2709,
}
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
WRITERS: dict[str, Callable[[marc.Record], bytes]] = {
    JSON: lambda record: json.dumps(marc.to_json(record), ensure_ascii=False).encode(),
    XML: lambda record: (_HEAD + marc.to_marcxml(record, namespace=True)).encode(),
    ISO_2709: marc.to_iso2709,
    MODS: lambda record: (_HEAD + mods.to_mods(record, namespace=True)).encode(),
    DUBLIN_CORE: lambda record: (_HEAD + dublin_core.to_dublin_core(record)).encode(),
}
IN_ANY_FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            JSON: {"schema": {"type": "object"}},
            XML: {"schema": {"type": "string"}},
            ISO_2709: {"schema": {"type": "string", "format": "binary"}},
        },
    }
}
"""For the description of an operation that takes one record."""


def answer(request: HttpRequest, record: marc.Record, form: str) -> HttpResponse:
    """The record in ``form`` (a key of FORMS), else in the one ``Accept`` likes best. 406 when it likes none we have."""
    chosen = FORMS.get(form) if form else request.get_preferred_type(BY_ACCEPT)
    media_type = {"application/json": JSON, "application/xml": XML}.get(chosen or "", chosen)
    if media_type is None:
        raise HttpError(422 if form else 406, ", ".join(FORMS if form else FORMS.values()))
    try:
        written = WRITERS[media_type](record)
    except marc.RecordTooLong as error:
        raise HttpError(406, f"ISO 2709: {error}") from error
    return HttpResponse(written, content_type=media_type, headers={"Vary": "Accept"})


def sent(request: HttpRequest) -> marc.Record:
    """The one record of the request's body. Refuses it with everything that is wrong with it."""
    reader = READERS.get(request.content_type or "")
    if reader is None:
        raise HttpError(415, ", ".join(READERS))
    entries = list(reader(BytesIO(request.body)))
    if len(entries) != 1:
        raise HttpError(422, gettext("Kirimkan satu cantuman, tidak lebih dan tidak kurang."))
    [entry] = entries
    refused = [defect for defect in entry.defects if defect.refused]
    if refused:
        raise Refused([import_refusal(defect.kind.value)(place=defect.place) for defect in refused])
    if entry.record is None:
        raise HttpError(422, gettext("Kirimkan satu cantuman, tidak lebih dan tidak kurang."))
    return entry.record
