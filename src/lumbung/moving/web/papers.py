"""What a move gives to carry away: its proof on paper, every finding as a table, and the tables it kept."""

import json
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.spreadsheet import csv_response
from lumbung.moving import queries
from lumbung.moving.domain.keeping import forget_kept, note_taken
from lumbung.moving.models import KeptTable, Move
from lumbung.moving.permissions import MOVE
from lumbung.moving.web.figures import proof_rows
from lumbung.moving.words import BECAUSE, entity_name, field_name, sum_name

FINDINGS = "findings"


@needs(MOVE)
def proof(request: HttpRequest, pk: int) -> HttpResponse:
    """The reconciliation, for the screen and for paper."""
    move = get_object_or_404(queries.moves(), pk=pk, state=Move.States.MOVED)
    told: dict[str, Any] = move.proof
    context = {
        "move": move,
        "rows": proof_rows(told),
        "sums": [{**each, "label": sum_name(each["name"])} for each in told["sums"]],
        "spots": [{**each, "label": entity_name(each["entity"])} for each in told["spots"]],
        "differences": [
            {**each, "label": entity_name(each["entity"]), "field": field_name(each["entity"], each["field"])}
            for each in told["differences"]
        ],
        "kept": [(each, BECAUSE[each.because]) for each in move.kept_tables.all()],
        "whole": told["whole"],
    }
    return render(request, "moving/proof.html", context)


@needs(MOVE)
@require_safe
def findings(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Every finding as CSV, the rejected rows as they came."""
    move = get_object_or_404(Move, pk=pk)
    note_taken(move, FINDINGS, by=request.user)
    header = [_("Jenis data"), _("Nomor asal"), _("Akibat"), _("Kode"), _("Alasan"), _("Baris asal")]
    rows = (
        (
            entity_name(row.entity),
            row.source_id,
            _("ditolak") if row.refused else _("peringatan"),
            row.code,
            row.reason,
            json.dumps(row.row, ensure_ascii=False) if row.row else "",
        )
        for row in queries.findings_of(move).iterator(chunk_size=1000)
    )
    return csv_response(f"pindah-{pk}.csv", header, rows)


@needs(MOVE)
@require_safe
def kept(request: HttpRequest, pk: int, table: int) -> HttpResponseBase:
    """One kept table: JSON Lines, gzip."""
    found = get_object_or_404(KeptTable.objects.select_related("move"), pk=table, move=pk)
    note_taken(found.move, found.name, by=request.user)
    response = StreamingHttpResponse(_chunks(found.stored_file), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{PurePosixPath(found.stored_file).name}"'
    response["Cache-Control"] = "no-store"
    return response


def _chunks(stored: str) -> Iterator[bytes]:
    with default_storage.open(stored, "rb") as file:
        yield from file.chunks()


@needs(MOVE)
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete what was kept, after asking: it holds names and numbers of people."""
    move = get_object_or_404(Move, pk=pk)
    if request.method != "POST":
        return render(request, "moving/forget.html", {"move": move, "tables": move.kept_tables.all()})
    forget_kept(move, by=request.user)
    messages.success(request, _("Simpanan perpindahan ini sudah dihapus."))
    return redirect("moving:move", pk)
