"""Searches without results: what readers wanted, for librarians to buy, to name otherwise, or to set aside."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from lumbung.discovery import permissions
from lumbung.discovery.domain.unmet_needs import dismiss_unmet_need
from lumbung.discovery.queries.unmet_needs import in_full, unmet_needs
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.own_pages import own_page
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.spreadsheet import csv_response

COLUMNS = [gettext_lazy("pencarian"), gettext_lazy("berapa kali"), gettext_lazy("terakhir")]
TALLEST = 20


@needs(permissions.SEARCHES)
@require_safe
def unmet(request: HttpRequest) -> HttpResponse:
    page = page_of(unmet_needs(latest_first=_latest_first(request)), request)
    needs_shown = in_full(list(page.object_list))
    rows = [(need, _bars(need.weeks)) for need in needs_shown]
    facts = {"page": page, "rows": rows, "latest_first": _latest_first(request)}
    return render(request, "discovery/unmet.html", facts)


@needs(permissions.SEARCHES)
@require_safe
def as_csv(request: HttpRequest) -> StreamingHttpResponse:
    needs_shown = in_full(list(unmet_needs(latest_first=_latest_first(request))))
    rows = ([need.words, need.count, localtime(need.last_at).date().isoformat()] for need in needs_shown)
    return csv_response("pencarian-tanpa-hasil.csv", COLUMNS, rows)


@needs(permissions.SEARCHES)
@require_POST
def dismiss(request: HttpRequest) -> HttpResponse:
    dismiss_unmet_need(request.POST.get("key", ""), by=request.user)
    messages.success(request, _("Dikesampingkan. Pencarian ini muncul lagi bila ada yang mencarinya."))
    return redirect(own_page(request, request.POST.get("next", "")) or "discovery:unmet")


def _latest_first(request: HttpRequest) -> bool:
    return request.GET.get("sort") == "latest"


def _bars(weeks: Sequence[int]) -> list[tuple[int, int, int, int]]:
    """For each week its place from the left, the top and height of its bar, and its count."""
    most = max(weeks, default=0) or 1
    heights = [round(TALLEST * count / most) for count in weeks]
    return [(at * 6, TALLEST - tall, tall, count) for at, (tall, count) in enumerate(zip(heights, weeks, strict=True))]
