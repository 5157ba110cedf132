"""What came in and could not be understood: kept raw for a person to see, to try again, or to let be."""

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.pages import page_of
from lumbung.messaging import queries
from lumbung.messaging.domain import arrivals
from lumbung.messaging.models import Inbound
from lumbung.messaging.permissions import SEE_DELIVERIES

LONGEST = 4000
MOST_AGAIN = 1000


@needs(SEE_DELIVERIES)
@require_safe
def unread(request: HttpRequest) -> HttpResponse:
    return render(request, "messaging/unread.html", {"page": page_of(queries.unread_arrivals(), request, 30)})


@needs(SEE_DELIVERIES)
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """The event as it came."""
    found = get_object_or_404(Inbound.objects.select_related("account"), pk=pk)
    raw = json.dumps(found.payload, ensure_ascii=False, indent=1, sort_keys=True)[:LONGEST]
    return render(request, "messaging/arrival.html", {"arrival": found, "raw": raw})


@needs(SEE_DELIVERIES)
@require_POST
def again(request: HttpRequest) -> HttpResponse:
    """Try all of them again, or the one called ``arrival``."""
    chosen = queries.unread_arrivals()
    if key := request.POST.get("arrival", ""):
        chosen = chosen.filter(pk=int(key) if key.isdecimal() and len(key) < 19 else 0)  # noqa: PLR2004 -- a key's length
    count = arrivals.take_again(*chosen[:MOST_AGAIN], by=request.user)
    messages.success(
        request,
        ngettext("%(count)s kiriman dicoba lagi sekarang.", "%(count)s kiriman dicoba lagi sekarang.", count)
        % {"count": count},
    )
    return redirect("messaging:unread")


@needs(SEE_DELIVERIES)
@require_POST
def let_be(request: HttpRequest, pk: int) -> HttpResponse:
    arrivals.let_be(get_object_or_404(Inbound, pk=pk), by=request.user)
    messages.success(request, _("Kiriman itu diabaikan."))
    return redirect("messaging:unread")
