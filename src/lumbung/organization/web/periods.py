"""Periods of the year: the list, one by one, and the opening hours a branch has in one."""

from datetime import date

from django.contrib import messages
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lumbung.kernel import clock
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.organization import queries
from lumbung.organization.domain.calendar import set_opening_hours
from lumbung.organization.domain.periods import add_period, change_period, remove_period
from lumbung.organization.models import Branch, OpeningHours, Period
from lumbung.organization.permissions import CHANGE
from lumbung.organization.web.forms import PeriodForm
from lumbung.organization.web.hours_form import HoursForm
from lumbung.organization.web.week import Line, lines_of


@needs(CHANGE)
@require_safe
def periods(request: HttpRequest) -> HttpResponse:
    """Those that run or come, soonest first; then those that are over, last first."""
    own_hours = OpeningHours.objects.filter(period=OuterRef("pk"), until=None)
    every, today = Period.objects.select_related("branch").annotate(has_hours=Exists(own_hours)), _today(None)
    context = {
        "current": every.filter(last_day__gte=today),
        "page": page_of(every.filter(last_day__lt=today).order_by("-last_day", "-id"), request),
        "today": today,
    }
    return render(request, "organization/periods.html", context)


@needs(CHANGE)
@require_http_methods(["GET", "POST"])
@once
def add(request: HttpRequest) -> HttpResponse:
    form = PeriodForm(request.POST or None)
    if form.is_valid():
        with reasons_shown_on(form):
            added = add_period(by=request.user, **form.cleaned_data)
            messages.success(request, _("Masa “%(name)s” ditambahkan.") % {"name": added})
            return redirect("organization:period", added.pk)
    return form_page(request, "organization/period.html", form, period=None)


@needs(CHANGE)
@require_http_methods(["GET", "POST", "DELETE"])
def period(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a period; DELETE calls off one that has not begun."""
    shown = get_object_or_404(Period.objects.select_related("branch"), pk=pk)
    if request.method == "DELETE":
        remove_period(shown, by=request.user)
        messages.success(request, _("Masa “%(name)s” dihapus.") % {"name": shown})
        return redirect("organization:periods")
    today = _today(shown.branch)
    began = shown.first_day <= today
    form = PeriodForm(request.POST or None, instance=shown, began=began)
    if form.is_valid():
        with reasons_shown_on(form):
            change_period(shown, by=request.user, **form.cleaned_data)
            messages.success(request, _("Perubahan disimpan."))
            return redirect("organization:periods")
    context = {"period": shown, "began": began, "over": shown.last_day < today, "branches": _hours_by_branch(shown)}
    return form_page(request, "organization/period.html", form, **context)


@needs(CHANGE)
@require_http_methods(["GET", "POST"])
def hours(request: HttpRequest, pk: int, branch: int) -> HttpResponse:
    """The week of a branch in this period; one without hours of its own begins with the usual ones."""
    during = get_object_or_404(Period, pk=pk)
    place = get_object_or_404(Branch.objects.filter(_held_by(during)), pk=branch)
    week = queries.weeks_in(during).get(place.pk) or queries.calendar_of(place).week
    form, back = HoursForm(request.POST or None, week=week), reverse("organization:period", args=[pk])
    if form.is_valid():
        with reasons_shown_on(form):
            set_opening_hours(place, form.spells(), period=during, by=request.user)
            messages.success(request, _("Jam buka %(branch)s disimpan.") % {"branch": place})
            return redirect(back)
    return form_page(request, "organization/hours.html", form, branch=place, period=during, back=back)


def _held_by(period: Period) -> Q:
    """The branch of the period, or every branch."""
    return Q(pk=period.branch_id) if period.branch_id else Q()


def _hours_by_branch(period: Period) -> list[tuple[Branch, list[Line]]]:
    weeks = queries.weeks_in(period)
    return [
        (branch, list(lines_of(weeks[branch.pk])) if branch.pk in weeks else [])
        for branch in Branch.objects.filter(_held_by(period))
    ]


def _today(branch: Branch | None) -> date:
    return clock.today(branch.zone if branch else queries.library().zone)
