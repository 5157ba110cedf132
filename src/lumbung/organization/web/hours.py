"""The week's opening hours of a branch, all in one form that needs no script."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.organization.domain.calendar import set_opening_hours
from lumbung.organization.models import Branch
from lumbung.organization.permissions import CHANGE
from lumbung.organization.queries import calendar_of
from lumbung.organization.web.hours_form import HoursForm


@needs(CHANGE)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    branch = get_object_or_404(Branch, pk=pk)
    form = HoursForm(request.POST or None, week=calendar_of(branch).week)
    if form.is_valid():
        with reasons_shown_on(form):
            set_opening_hours(branch, form.spells(), by=request.user)
            messages.success(request, _("Jam buka %(branch)s disimpan.") % {"branch": branch})
            return redirect("organization:branch", pk)
    return form_page(request, "organization/hours.html", form, branch=branch, back=reverse("organization:branch", args=[pk]))
