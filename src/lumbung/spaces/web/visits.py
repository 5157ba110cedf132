"""Visits for staff: who came today, one noted by hand, one taken back, and the figures of any period."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lumbung.kernel import clock
from lumbung.kernel.days import iso_day
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.spreadsheet import csv_response
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.organization.queries import library
from lumbung.spaces import queries
from lumbung.spaces.charts import columns, heat_map
from lumbung.spaces.domain.visits import Arrival, arrive, arrive_as_group, arrive_as_guest, remove_visit
from lumbung.spaces.models import Visit
from lumbung.spaces.permissions import RECORD, SEE
from lumbung.spaces.queries import Period
from lumbung.spaces.web.forms import PeriodForm, VisitForm

LONGEST = 366


@needs(SEE)
@require_safe
def visits(request: HttpRequest) -> HttpResponse:
    """The visits of a day, newest first."""
    return _day_page(request, VisitForm())


@needs(RECORD)
@require_POST
@once
def note(request: HttpRequest) -> HttpResponse:
    """A visit noted at the desk."""
    form = VisitForm(request.POST)
    if form.is_valid():
        with reasons_shown_on(form):
            arrival = _noted(form.cleaned_data, request)
            messages.success(request, _("Sudah tercatat tadi.") if arrival.repeated else _("Kunjungan dicatat."))
            return redirect("spaces:visits")
    return _day_page(request, form)


@needs(RECORD)
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    remove_visit(get_object_or_404(Visit, pk=pk), by=request.user)
    messages.success(request, _("Kunjungan dihapus dari hitungan."))
    return redirect("spaces:visits")


@needs(SEE)
@require_safe
def figures(request: HttpRequest) -> HttpResponseBase:
    """The figures of a period, this month unless another is asked; ``?form=csv`` takes the visits away, without names."""
    form = PeriodForm(request.GET or None)
    told = form.cleaned_data if form.is_valid() else {}
    period, branch = _period(told), told.get("branch")
    if request.GET.get("form") == "csv":
        return csv_response(f"kunjungan-{period.first}-{period.last}.csv", _header(), _lines(period, branch))
    found = queries.figures(period, branch)
    context = {
        "form": form,
        "period": period,
        "found": found,
        "heat": heat_map(found.heat),
        "days": columns(found.by_day),
        "months": queries.by_month(period.last, branch=branch),
        "too_long": bool(told) and _too_long(told),
    }
    return render(request, "spaces/figures.html", context)


def _day_page(request: HttpRequest, form: VisitForm) -> HttpResponse:
    day = iso_day(request.GET.get("day")) or clock.today(library().zone)
    rows = queries.visits_visible_to(request.user).filter(day=day)
    people = rows.aggregate(n=Sum("people"))["n"] or 0
    page = page_of(rows.select_related("gate", "branch", "member", "category", "purpose"), request)
    return form_page(request, "spaces/visits.html", form, page=page, day=day, people=people)


def _noted(told: dict[str, Any], request: HttpRequest) -> Arrival:
    common = {"gate": told["gate"], "purpose": told["purpose"], "by": request.user, "is_let_in": True}
    if told["code"] or not told["name"]:
        return arrive(told["code"], **common)
    if told["people"] > 1:
        return arrive_as_group(name=told["name"], institution=told["institution"], people=told["people"], **common)
    return arrive_as_guest(name=told["name"], institution=told["institution"], consents=told["consents"], **common)


def _period(told: dict[str, Any]) -> Period:
    today = clock.today(library().zone)
    last = told.get("last") or today
    first = told.get("first") or last.replace(day=1)
    return Period(max(min(first, last), date.fromordinal(last.toordinal() - LONGEST + 1)), last)


def _too_long(told: dict[str, Any]) -> bool:
    first, last = told.get("first"), told.get("last") or clock.today(library().zone)
    return first is not None and (last - first).days >= LONGEST


def _header() -> list[str]:
    return [
        _("Hari"),
        _("Jam"),
        _("Cabang"),
        _("Pintu"),
        _("Jenis"),
        _("Kategori"),
        _("Unit"),
        _("Lembaga"),
        _("Tujuan"),
        _("Orang"),
    ]


def _lines(period: Period, branch: Any) -> Iterator[list[Any]]:
    rows = (
        queries.visits_in(period, branch).select_related("branch", "gate", "category", "purpose").order_by("day", "hour", "pk")
    )
    for row in rows.iterator(chunk_size=1000):
        told = [row.day, row.hour, row.branch, row.gate, row.get_kind_display(), row.category or "", row.unit]
        yield [*told, row.institution, row.purpose or "", row.people]
