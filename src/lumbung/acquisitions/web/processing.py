"""From the parcel to the shelf: what waits for each step, ticked by scanning; and how long each step takes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lumbung.acquisitions.domain.processing import tick_by_barcode, untick
from lumbung.acquisitions.models import NewCopy, Steps
from lumbung.acquisitions.permissions import PROCESS, SEE
from lumbung.acquisitions.queries.copies import copies_waiting_for, waiting_counts
from lumbung.acquisitions.queries.flow import steps
from lumbung.acquisitions.web.charts import bars
from lumbung.kernel.refusals import Refused
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.submission import text_sent

LONGEST_CODE = 200


@needs(SEE)
@require_http_methods(["GET", "HEAD"])
def worklist(request: HttpRequest) -> HttpResponse:
    """The copies that wait for a step (``?step=``; the first that has any), the longest waiting first."""
    return _page(request)


@needs(PROCESS)
@require_POST
def scan(request: HttpRequest) -> HttpResponse:
    """Tick the step for the copy with this barcode, and go on scanning."""
    step, code = request.POST.get("step", ""), text_sent(request, "code", LONGEST_CODE).strip(" *\t\r\n")
    said: dict[str, object] = {"code": code}
    if code:
        try:
            said["ticked"] = tick_by_barcode(code, step, by=request.user)
        except Refused as refused:
            said["reasons"] = [str(reason) for reason in refused.reasons]
    return _page(request, wanted=step, **said)


@needs(PROCESS)
@require_POST
def step_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the last step of a copy back."""
    copy = untick(get_object_or_404(NewCopy, pk=pk), by=request.user)
    messages.success(request, _("%(barcode)s: langkah terakhir diambil kembali.") % {"barcode": copy.item.barcode})
    return redirect("acquisitions:processing")


@needs(SEE)
@require_safe
def flow(request: HttpRequest) -> HttpResponse:
    """Days per step over the last year, as a chart with its table, and what waits where."""
    found = steps()
    return render(request, "acquisitions/flow.html", {"steps": found, "bars": bars(found), "tab": "flow"})


def _page(request: HttpRequest, *, wanted: str = "", **said: object) -> HttpResponse:
    counts = waiting_counts()
    asked = wanted or request.GET.get("step", "")
    step = Steps(asked) if asked in Steps.values else next((each for each in Steps if counts[each]), Steps.CATALOGUED)
    page = page_of(copies_waiting_for(step), request)
    context = {"page": page, "step": step, "counts": [(each, counts[each]) for each in Steps], "tab": "processing", **said}
    is_fragment = bool(request.headers.get("HX-Request"))
    return render(request, "acquisitions/processing_list.html" if is_fragment else "acquisitions/processing.html", context)
