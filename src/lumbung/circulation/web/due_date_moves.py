"""Every move of due dates there was: searched, page by page, and as a table to take along."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from lumbung.circulation.permissions import CLOSE_DOORS
from lumbung.circulation.queries.due_dates import moves_found
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.spreadsheet import table_response

LONGEST_WORDS = 100
COLUMNS = [
    _("dipindah"), _("alasan"), _("petugas"), _("pinjaman"), _("jatuh tempo semula, pertama"), _("jatuh tempo semula, terakhir"),
    _("dibatalkan"),
]  # fmt: skip


@needs(CLOSE_DOORS)
@require_safe
def moves(request: HttpRequest) -> HttpResponse:
    """All moves, the latest first; with ``?q=`` those that match."""
    words = _words(request)
    return render(request, "circulation/due_date_moves.html", {"page": page_of(moves_found(words), request), "q": words})


@needs(CLOSE_DOORS)
@require_safe
def table(request: HttpRequest, form: str) -> HttpResponseBase:
    """The list of the address as CSV or XLSX; it names no borrower."""
    rows = _rows(moves_found(_words(request)).iterator(chunk_size=500))
    return table_response(f"pemindahan-jatuh-tempo.{form}", COLUMNS, rows)


def _words(request: HttpRequest) -> str:
    return request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_WORDS]


def _rows(found: Iterator[Any]) -> Iterator[tuple[Any, ...]]:
    for each in found:
        yield (
            _day(each.moved_at),
            each.reason,
            each.moved_by or "",
            each.count,
            *map(_day, (each.first, each.last, each.undone_at)),
        )


def _day(moment: Any) -> str:
    return localtime(moment).strftime("%Y-%m-%d") if moment else ""
