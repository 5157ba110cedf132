"""What went out and what became of it: for staff, with a way to send again and to decide."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.pages import page_of
from lumbung.messaging import queries
from lumbung.messaging.domain import outbox
from lumbung.messaging.models import Delivery
from lumbung.messaging.permissions import SEE_DELIVERIES
from lumbung.messaging.web.forms import DeliveriesForm


@needs(SEE_DELIVERIES)
@require_safe
def deliveries(request: HttpRequest) -> HttpResponse:
    """Newest first, by state, channel, purpose and address."""
    form = DeliveriesForm(request.GET)
    found = queries.deliveries_like(**form.cleaned_data) if form.is_valid() else Delivery.objects.none()
    context = {"form": form, "page": page_of(found, request, 30), "counts": queries.deliveries_to_look_at()}
    return render(request, "messaging/deliveries.html", context)


@needs(SEE_DELIVERIES)
@require_safe
def delivery(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Delivery.objects.select_related("account", "identity"), pk=pk)
    return render(request, "messaging/delivery.html", {"delivery": found})


@needs(SEE_DELIVERIES)
@require_POST
def resend(request: HttpRequest, pk: int) -> HttpResponse:
    outbox.resend(get_object_or_404(Delivery, pk=pk), by=request.user)
    messages.success(request, _("Pesan itu dikirim lagi."))
    return redirect("messaging:delivery", pk)


@needs(SEE_DELIVERIES)
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether a message of unknown fate had gone: ``gone`` is "yes" or "no"."""
    had_gone = request.POST.get("gone") == "yes"
    outbox.decide(get_object_or_404(Delivery, pk=pk), had_gone=had_gone, by=request.user)
    messages.success(request, _("Dicatat sebagai terkirim.") if had_gone else _("Pesan itu dikirim lagi."))
    return redirect("messaging:delivery", pk)
