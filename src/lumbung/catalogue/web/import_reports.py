"""What an import could not take, to carry away: the report as a table, and the bytes as they came."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lumbung.catalogue import queries
from lumbung.catalogue.models import ImportRejection, ImportRun
from lumbung.catalogue.permissions import IMPORT
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.spreadsheet import csv_response


@needs(IMPORT)
def report(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Every row of the report as CSV."""
    run = get_object_or_404(ImportRun, pk=pk)
    places = [_("Baris")] if run.is_table else [pgettext("catalogue", "Urutan"), _("Letak bita")]
    header = [*places, _("Akibat"), _("Jenis"), _("Alasan"), _("Nomor kendali")]
    rows = (
        (*_place(run, row), _("ditolak") if row.refused else _("peringatan"), row.kind, row.reason, row.control_number)
        for row in queries.rejections_of(run).iterator(chunk_size=1000)
    )
    return csv_response(f"impor-{pk}.csv", header, rows)


def _place(run: ImportRun, row: ImportRejection) -> tuple[int, ...]:
    return (row.position + 1,) if run.is_table else (row.position, row.offset)


@needs(IMPORT)
def rejected(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The refused records, byte by byte as they stood in the file, one after the other."""
    run = get_object_or_404(ImportRun, pk=pk)
    response = StreamingHttpResponse(_bytes(run), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="impor-{pk}-ditolak.mrc"'
    return response


def _bytes(run: ImportRun) -> Iterator[bytes]:
    """Each refused stretch once, though several reasons may stand against it."""
    last = None
    for position, raw in run.rejections.filter(refused=True).values_list("position", "raw").iterator(chunk_size=100):
        if position != last and raw:
            yield bytes(raw)
        last = position
