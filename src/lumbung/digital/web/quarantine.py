"""What the virus scanner found, and what waits for it, for those who look after the contents."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lumbung.digital.domain import quarantine as verbs
from lumbung.digital.domain.scanning import scanner
from lumbung.digital.models import ScanRound, ScanStates, VirusScan
from lumbung.digital.permissions import PRESERVE
from lumbung.digital.queries.conditions import terms
from lumbung.formats import clamd
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.pages import page_of

VERBS = {"release": verbs.release, "remove": verbs.remove, "hold": verbs.hold_again}
TROUBLED = [ScanStates.INFECTED, ScanStates.WAITING, ScanStates.RELEASED, ScanStates.REMOVED]


@needs(PRESERVE)
@require_safe
def quarantine(request: HttpRequest) -> HttpResponse:
    """The state of the scanner, and every content that is not simply clean: also one that it could not judge when it was asked again."""
    chosen = request.GET.get("state", "")
    wanted = Q(state=chosen) if chosen in TROUBLED else ~Q(state=ScanStates.CLEAN) | ~Q(said="")
    rows = VirusScan.objects.filter(wanted).select_related("answered_by")
    asked, version, wrong = scanner(), "", ""
    try:
        version = asked.version() if asked is not None else ""
    except clamd.Away as error:
        wrong = str(error)
    facts = {
        "page": page_of(rows, request),
        "is_set_up": asked is not None,
        "version": version,
        "wrong": wrong,
        "chosen": chosen,
        "round": ScanRound.objects.first() if asked is not None else None,
    }
    facts["states"] = [(each.value, each.label) for each in TROUBLED]
    return render(request, "digital/quarantine.html", {**facts, "terms": terms()})


@needs(PRESERVE)
@require_POST
def quarantine_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Release a content, hold it again, or throw it away; each with its reason."""
    found = get_object_or_404(VirusScan, pk=pk)
    verb = VERBS.get(request.POST.get("verb", ""))
    if verb is None:
        messages.error(request, _("Pilihan itu tidak dikenal. Muat ulang halaman, lalu pilih lagi."))
    else:
        verb(found, because=request.POST.get("because", ""), by=request.user)
        messages.success(request, _("Keputusan disimpan."))
    return redirect("digital:quarantine")
