"""Files as readers meet them: one page for each, and its bytes."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lumbung.digital import queries
from lumbung.digital.domain.marking import is_marked, write_marked
from lumbung.digital.domain.store import incoming
from lumbung.digital.models import File, FileUse
from lumbung.digital.queries.access import Access
from lumbung.digital.queries.files import titled
from lumbung.digital.queries.lending import lending_state
from lumbung.digital.refusals import READ_ONLY, TITLE_HIDDEN
from lumbung.digital.web.asking import asker_of
from lumbung.digital.web.counting import count
from lumbung.digital.web.serving import file_response, sandboxed
from lumbung.kernel import clock
from lumbung.kernel.ui.words import day
from lumbung.organization.queries import library


def decided(request: HttpRequest, pk: int) -> tuple[File, Access]:
    """The file of this key, and what this reader may do with it. A file of a hidden title is not there for strangers."""
    file = get_object_or_404(titled(), pk=pk)
    access = queries.access_to(file, asker_of(request))
    if TITLE_HIDDEN.code in [reason.code for reason in access.refusals]:
        raise Http404
    return file, access


@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """What the file is and how to have it; of one withdrawn, that it was there and why it left."""
    found, access = decided(request, pk)
    if found.replaced_by_id is not None and not access.may_read:
        return redirect("digital:file", found.replaced_by_id)
    count(request, found, FileUse.Kinds.VIEWED)
    status = 410 if found.withdrawn_at and not access.may_read else 200
    facts = {"file": found, "access": access, "record": found.record, "state": lending_state(found, asker_of(request).member)}
    return render(request, "digital/file.html", facts, status=status)


@require_safe
def content(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The bytes, for a page of ours to show."""
    return _given(request, pk, inline=True)


@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The bytes, to be kept by the reader."""
    return _given(request, pk, inline=False)


def _given(request: HttpRequest, pk: int, *, inline: bool) -> HttpResponseBase:
    found, access = decided(request, pk)
    if access.may_download:
        if not inline:
            count(request, found, FileUse.Kinds.REQUESTED)
        return _marked(request, found) if is_marked(found, asker_of(request)) else file_response(request, found, inline=inline)
    refusals = access.refusals or (READ_ONLY(),)
    count(request, found, FileUse.Kinds.DENIED, reason=refusals[0].code)
    facts = {"file": found, "access": access, "record": found.record, "refusals": refusals}
    return render(request, "digital/file.html", facts, status=410 if found.withdrawn_at else 403)


def _marked(request: HttpRequest, found: File) -> HttpResponseBase:
    """The PDF with the mark of this reader; made anew each time and kept nowhere."""
    reader = request.user.get_username() if request.user.is_authenticated else asker_of(request).address
    told = {"library": library().name, "reader": reader, "day": day(clock.now())}
    lines = [
        _("%(library)s · diunduh %(day)s oleh %(reader)s") % told,
        request.build_absolute_uri(f"/records/{found.record_id}"),
    ]
    with incoming() as path:
        write_marked(found, path, lines)
        return sandboxed(FileResponse(path.open("rb"), content_type=found.media_type, as_attachment=True, filename=found.name))
