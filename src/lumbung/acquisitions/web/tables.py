"""Lists as tables to take along, CSV or XLSX by the name of the file."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse, HttpResponseBase

from lumbung.kernel.sheets import xlsx
from lumbung.kernel.ui.spreadsheet import csv_response

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def table_response(name: str, header: Sequence[Any], rows: Iterable[Sequence[Any]]) -> HttpResponseBase:
    """The table as a download; XLSX when the name ends so, else CSV."""
    if not name.endswith(".xlsx"):
        return csv_response(name, header, rows)
    response = HttpResponse(xlsx(header, rows), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
