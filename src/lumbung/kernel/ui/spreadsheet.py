"""Tables for a spreadsheet program: XLSX, or CSV (RFC 4180) that opens rightly in Excel and cannot bring a formula with it."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse

from lumbung.kernel.sheets import XLSX, xlsx

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_BYTE_ORDER_MARK = "\ufeff"
Response = TypeVar("Response", bound=HttpResponseBase)


class _Echo:
    """A file that gives back what is written to it, so that rows stream."""

    def write(self, line: str) -> str:
        return line


def table_response(name: str, header: Sequence[Any], rows: Iterable[Sequence[Any]]) -> HttpResponseBase:
    """The table as the download ``name``: XLSX where that ends so, else CSV."""
    if not name.endswith(".xlsx"):
        return csv_response(name, header, rows)
    return _as_download(HttpResponse(xlsx(header, rows), content_type=XLSX), name)


def csv_response(name: str, header: Sequence[Any], rows: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    """The table as the download ``name``, row by row, UTF-8 with a byte order mark."""
    return _as_download(StreamingHttpResponse(csv_lines(header, rows), content_type="text/csv; charset=utf-8"), name)


def _as_download(response: Response, name: str) -> Response:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


def harmless(value: Any) -> str:
    """The value as text no spreadsheet takes for a formula: one that would begin a formula gets an apostrophe in front."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def csv_lines(header: Sequence[Any], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The table line by line, the byte order mark first."""
    writer = csv.writer(_Echo())
    yield _BYTE_ORDER_MARK + writer.writerow([harmless(cell) for cell in header])
    for row in rows:
        yield writer.writerow([harmless(cell) for cell in row])
