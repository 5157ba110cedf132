"""The catalogue of services: a page for everybody, and its upkeep by staff."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.organization import queries
from lumbung.organization.domain.services import add_service, change_service, create_default_services, remove_service, set_state
from lumbung.organization.models import Offering
from lumbung.organization.permissions import CHANGE
from lumbung.organization.web.forms import ServiceForm, ServiceStateForm


@require_safe
def services(request: HttpRequest) -> HttpResponse:
    """What there is for people, by kind, each with its way in and whether it is to be had now."""
    return render(request, "organization/services.html", {"groups": _grouped(queries.services())})


@needs(CHANGE)
@require_safe
def upkeep(request: HttpRequest) -> HttpResponse:
    return render(request, "organization/services_upkeep.html", {"groups": _grouped(list(Offering.objects.all()))})


@needs(CHANGE)
@require_POST
def usual(request: HttpRequest) -> HttpResponse:
    """The services a library begins with, where there is none."""
    create_default_services(by=request.user)
    return redirect("organization:services_upkeep")


@needs(CHANGE)
@once
def add(request: HttpRequest) -> HttpResponse:
    form = ServiceForm(request.POST or None, initial={"is_published": True})
    if form.is_valid():
        with reasons_shown_on(form):
            service = add_service(by=request.user, **form.cleaned_data)
            messages.success(request, _("Layanan “%(name)s” ditambahkan.") % {"name": service})
            return redirect("organization:services_upkeep")
    return form_page(request, "organization/service.html", form)


@needs(CHANGE)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    service = get_object_or_404(Offering, pk=pk)
    form = ServiceForm(request.POST or None, instance=service)
    if form.is_valid():
        with reasons_shown_on(form):
            change_service(service, by=request.user, **form.cleaned_data)
            messages.success(request, _("Layanan “%(name)s” disimpan.") % {"name": form.cleaned_data["name"]})
            return redirect("organization:services_upkeep")
    return form_page(request, "organization/service.html", form, service=service)


@needs(CHANGE)
def state(request: HttpRequest, pk: int) -> HttpResponse:
    """Open, limited or closed, with a word for the public."""
    service = get_object_or_404(Offering, pk=pk)
    form = ServiceStateForm(request.POST or None, initial={"state": service.state, "note": service.state_note})
    if form.is_valid():
        with reasons_shown_on(form):
            set_state(service, form.cleaned_data["state"], note=form.cleaned_data["note"], by=request.user)
            messages.success(request, _("Keadaan “%(name)s” disimpan.") % {"name": service})
            return redirect("organization:services_upkeep")
    return form_page(request, "organization/service_state.html", form, service=service)


@needs(CHANGE)
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    service = get_object_or_404(Offering, pk=pk)
    remove_service(service, by=request.user)
    messages.success(request, _("Layanan “%(name)s” dihapus.") % {"name": service})
    return redirect("organization:services_upkeep")


def _grouped(rows: Sequence[Offering]) -> list[tuple[str, list[Offering]]]:
    groups = ((str(kind.label), [row for row in rows if row.kind == kind]) for kind in Offering.Kinds)
    return [(label, found) for label, found in groups if found]
