"""Days of closure: announce, end early, call off. Past ones are only shown."""

from datetime import date, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lumbung.kernel import clock
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.organization import queries
from lumbung.organization.domain.calendar import announce_closure, shorten_closure, withdraw_closure
from lumbung.organization.models import Closure
from lumbung.organization.permissions import CHANGE
from lumbung.organization.web.forms import ClosureForm, ShortenForm


@needs(CHANGE)
@once
def closures(request: HttpRequest) -> HttpResponse:
    form = ClosureForm(request.POST or None)
    if form.is_valid():
        with reasons_shown_on(form):
            closure = announce_closure(by=request.user, **form.cleaned_data)
            messages.success(request, _("Penutupan “%(reason)s” diumumkan.") % {"reason": closure.reason})
            return redirect(f"{reverse('organization:closures')}?announced=1")
    page = page_of(Closure.objects.select_related("branch").order_by("-first_day", "-id"), request)
    today = clock.today(ZoneInfo(queries.library().time_zone))
    return form_page(request, "organization/closures.html", form, page=page, today=today)


@needs(CHANGE)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    closure = get_object_or_404(Closure, pk=pk)
    withdraw_closure(closure, by=request.user)
    messages.success(request, _("Penutupan “%(reason)s” dibatalkan.") % {"reason": closure.reason})
    return _opened_again(closure, closure.first_day)


@needs(CHANGE)
def shorten(request: HttpRequest, pk: int) -> HttpResponse:
    closure = get_object_or_404(Closure.objects.select_related("branch"), pk=pk)
    form = ShortenForm(request.POST or None)
    if form.is_valid():
        with reasons_shown_on(form):
            shorter = shorten_closure(closure, last_day=form.cleaned_data["last_day"], by=request.user)
            messages.success(request, _("Penutupan “%(reason)s” dipersingkat.") % {"reason": closure.reason})
            return _opened_again(closure, shorter.last_day + timedelta(days=1))
    return form_page(request, "organization/closure_shorten.html", form, closure=closure)


def _opened_again(was: Closure, since: date) -> HttpResponse:
    """To the list, which is told the days from ``since`` on that the closure no longer takes, and its branch."""
    told = {"lifted": since.isoformat(), "until": was.last_day.isoformat(), "at": was.branch_id or ""}
    return redirect(f"{reverse('organization:closures')}?{urlencode(told)}")
