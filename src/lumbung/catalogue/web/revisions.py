"""The versions of a record side by side, and the way back to any of them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lumbung.catalogue import queries
from lumbung.catalogue.domain.comparison import compared
from lumbung.catalogue.domain.records import restore_version
from lumbung.catalogue.models import Record
from lumbung.catalogue.permissions import EDIT, SEE
from lumbung.kernel.journal import CHANNELS
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.pages import page_of


@needs(SEE)
def revisions(request: HttpRequest, pk: int) -> HttpResponse:
    """Every change, the latest first; ``?before=`` and ``?after=`` are the two versions shown (the last change, unless told)."""
    record = get_object_or_404(Record, pk=pk)
    page = page_of(queries.revisions_of(record), request)
    latest = page.object_list[0] if page.object_list else None
    before = _version(request, "before") or (latest.was if latest else record.version)
    after = _version(request, "after") or (latest.became if latest else record.version)
    old, new = queries.marc_at(record, before), queries.marc_at(record, after)
    if old is None or new is None:
        raise Http404
    rows = compared(old, new)
    context = {
        "record": record,
        "page": page,
        "changes": [(revision, CHANNELS.get(revision.channel, revision.channel)) for revision in page],
        "before": before,
        "after": after,
        "rows": rows if "all" in request.GET else [row for row in rows if not row.same],
        "kept": page.object_list and record.revisions.filter(was=before).exists(),
    }
    return render(request, "catalogue/revisions.html", context)


@needs(EDIT)
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(Record, pk=pk)
    wanted, version = (request.POST.get(name, "") for name in ("wanted", "version"))
    if not (wanted.isdigit() and version.isdigit()):
        raise Http404
    was = record.version
    restored = restore_version(record, int(wanted), version=int(version), by=request.user)
    told = (
        _("Versi %(version)s dipulihkan.")
        if restored.version != was
        else _("Cantuman ini sudah sama dengan versi %(version)s.")
    )
    messages.success(request, told % {"version": wanted})
    return redirect("catalogue:record_history", pk)


def _version(request: HttpRequest, name: str) -> int | None:
    told = request.GET.get(name, "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 10 else None  # noqa: PLR2004 -- fits the column
