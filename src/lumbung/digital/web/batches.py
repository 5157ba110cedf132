"""Many works at once: bring an archive, read the report, publish, take back."""

from pathlib import Path

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from lumbung.digital import jobs, queries
from lumbung.digital.domain.batches.course import read_batch, undo_batch
from lumbung.digital.domain.receiving import keep_received
from lumbung.digital.models import DepositBatch
from lumbung.digital.permissions import REVIEW
from lumbung.kernel.pieces import inbox_of
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.addresses import root
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.pieces import received


@needs(REVIEW)
@require_safe
def batches(request: HttpRequest) -> HttpResponse:
    """What was brought, and the way to bring more."""
    rows = DepositBatch.objects.select_related("created_by")
    return render(request, "digital/deposits/batches.html", {"page": page_of(rows, request), "terms": queries.terms()})


@needs(REVIEW)
def upload(request: HttpRequest) -> HttpResponse:
    """An archive, in pieces or whole; it is tried dry at once."""

    def finished(path: Path, name: str) -> None:
        batch = read_batch(keep_received(path, name=name), name=name, by=request.user)
        told = {"good": batch.good, "works": len(batch.report)}
        messages.success(
            request,
            ngettext(
                "%(good)s dari %(works)s karya dapat diterbitkan. Buka laporannya.",
                "%(good)s dari %(works)s karya dapat diterbitkan. Buka laporannya.",
                len(batch.report),
            )
            % told,
        )

    back = redirect("digital:batches")
    return received(request, inbox_of(request.user, "batch"), finished, back, largest=queries.terms().largest)


@needs(REVIEW)
@require_safe
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """The report, work by work."""
    shown = get_object_or_404(DepositBatch.objects.select_related("created_by"), pk=pk)
    return render(request, "digital/deposits/batch.html", {"batch": shown, "page": page_of(shown.report, request)})


@needs(REVIEW)
@require_POST
def store(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish in the background what is without fault."""
    shown = get_object_or_404(DepositBatch, pk=pk)
    jobs.store_batch.enqueue(batch=shown.pk, site=root(request), by=request.user.pk or 0)
    messages.success(request, _("Penerbitan dimulai. Muat ulang halaman ini untuk melihat kemajuannya."))
    return redirect("digital:batch", pk)


@needs(REVIEW)
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    count = undo_batch(get_object_or_404(DepositBatch, pk=pk), by=request.user)
    messages.success(
        request, ngettext("%(count)s karya ditarik kembali.", "%(count)s karya ditarik kembali.", count) % {"count": count}
    )
    return redirect("digital:batch", pk)
