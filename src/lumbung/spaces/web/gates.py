"""Gates and purposes: the staff set up what the screens beside the doors ask."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.spaces import queries
from lumbung.spaces.domain.gates import add_gate, change_gate, renew_address
from lumbung.spaces.domain.purposes import add_purpose, change_purpose, create_default_purposes
from lumbung.spaces.models import Gate, VisitPurpose
from lumbung.spaces.permissions import GATES
from lumbung.spaces.web.forms import GateForm, NewGateForm, PurposeForm


@needs(GATES)
@require_safe
def gates(request: HttpRequest) -> HttpResponse:
    return render(request, "spaces/gates.html", {"gates": queries.gates(), "purposes": VisitPurpose.objects.all()})


@needs(GATES)
@once
def gate_add(request: HttpRequest) -> HttpResponse:
    """Another gate; the first brings the purposes a library begins with."""
    form = NewGateForm(
        request.POST or None, initial={"is_active": True, "greets_by_name": True, "repeat_minutes": 30, "stay_minutes": 120}
    )
    if form.is_valid():
        with reasons_shown_on(form):
            added = add_gate(**form.cleaned_data, by=request.user)
            create_default_purposes(by=request.user)
            messages.success(
                request, _("Pintu %(name)s ditambahkan. Buka layarnya di perangkat dekat pintu.") % {"name": added}
            )
            return redirect("spaces:gate", added.pk)
    return form_page(request, "spaces/gate_form.html", form)


@needs(GATES)
def gate(request: HttpRequest, pk: int) -> HttpResponse:
    """One gate: its settings, and the address of its screen."""
    shown = get_object_or_404(queries.gates(), pk=pk)
    form = GateForm(request.POST or None, instance=shown)
    if form.is_valid():
        with reasons_shown_on(form):
            change_gate(shown, **form.cleaned_data, by=request.user)
            messages.success(request, _("Perubahan disimpan."))
            return redirect("spaces:gate", pk)
    screen = request.build_absolute_uri(reverse("spaces:screen", args=[shown.address]))
    return form_page(request, "spaces/gate.html", form, gate=shown, screen=screen)


@needs(GATES)
@require_POST
def gate_renew(request: HttpRequest, pk: int) -> HttpResponse:
    renew_address(get_object_or_404(Gate, pk=pk), by=request.user)
    messages.success(request, _("Alamat layar diganti. Alamat lama tidak dapat dibuka lagi."))
    return redirect("spaces:gate", pk)


@needs(GATES)
@once
def purpose_add(request: HttpRequest) -> HttpResponse:
    form = PurposeForm(request.POST or None, initial={"is_active": True})
    if form.is_valid():
        with reasons_shown_on(form):
            add_purpose(**form.cleaned_data, by=request.user)
            messages.success(request, _("Tujuan kunjungan ditambahkan."))
            return redirect("spaces:gates")
    return form_page(request, "spaces/purpose.html", form)


@needs(GATES)
def purpose(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(VisitPurpose, pk=pk)
    form = PurposeForm(request.POST or None, instance=shown)
    if form.is_valid():
        with reasons_shown_on(form):
            change_purpose(shown, **form.cleaned_data, by=request.user)
            messages.success(request, _("Perubahan disimpan."))
            return redirect("spaces:gates")
    return form_page(request, "spaces/purpose.html", form, purpose=shown)
