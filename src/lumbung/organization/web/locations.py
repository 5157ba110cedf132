"""Shelving locations in a branch: add, change, remove."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.organization.domain.branches import add_location, change_location, remove_location
from lumbung.organization.models import Branch, Location
from lumbung.organization.permissions import CHANGE
from lumbung.organization.web.forms import LocationForm


@needs(CHANGE)
@once
def add(request: HttpRequest, pk: int) -> HttpResponse:
    branch = get_object_or_404(Branch, pk=pk)
    form = LocationForm(request.POST or None)
    if form.is_valid():
        with reasons_shown_on(form):
            location = add_location(branch, by=request.user, **form.cleaned_data)
            messages.success(request, _("Lokasi %(location)s ditambahkan.") % {"location": location})
            return redirect("organization:branch", pk)
    return form_page(request, "organization/location.html", form, branch=branch)


@needs(CHANGE)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    location = get_object_or_404(Location.objects.select_related("branch"), pk=pk)
    form = LocationForm(request.POST or None, instance=location)
    if form.is_valid():
        with reasons_shown_on(form):
            change_location(location, by=request.user, **form.cleaned_data)
            messages.success(request, _("Lokasi %(location)s disimpan.") % {"location": form.cleaned_data["name"]})
            return redirect("organization:branch", location.branch_id)
    return form_page(request, "organization/location.html", form, branch=location.branch, location=location)


@needs(CHANGE)
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    location = get_object_or_404(Location, pk=pk)
    remove_location(location, by=request.user)
    messages.success(request, _("Lokasi %(location)s dihapus.") % {"location": location})
    return redirect("organization:branch", location.branch_id)
