"""Pictures of covers: shown to whoever sees the title; set and removed by those who may change it."""

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lumbung.catalogue.domain.covers import remove_cover, set_cover
from lumbung.catalogue.models import Record
from lumbung.catalogue.permissions import EDIT, SEE
from lumbung.kernel import permissions, uploads
from lumbung.kernel.ui.access import needs

FOR_EVER = "public, max-age=31536000, immutable"
"""Another picture has another name."""
FOR_STAFF = "private, no-store"


@require_safe
def picture(request: HttpRequest, pk: int, name: str) -> FileResponse:
    """The picture of a title; of one hidden from the public only to staff."""
    record = get_object_or_404(Record.objects.only("cover", "suppressed"), pk=pk)
    seen = not record.suppressed or permissions.may(request.user, SEE)
    if not seen or record.cover.rpartition("/")[2] != name or not default_storage.exists(record.cover):
        raise Http404
    response = uploads.shown(record.cover, kind="webp", name=name, inline=True)
    response["Cache-Control"] = FOR_STAFF if record.suppressed else FOR_EVER
    return response


@needs(EDIT)
@require_http_methods(["POST", "DELETE"])
def cover(request: HttpRequest, pk: int) -> HttpResponse:
    """POST puts a picture in place of the drawn cover, DELETE takes it away."""
    record = get_object_or_404(Record.objects.listed(), pk=pk)
    if request.method == "DELETE":
        remove_cover(record, by=request.user)
        messages.success(request, _("Gambar sampul dihapus; sampulnya digambar lagi."))
    else:
        sent = request.FILES.get("cover")
        set_cover(record, sent.read() if sent else b"", by=request.user)
        messages.success(request, _("Gambar sampul disimpan."))
    return redirect("catalogue:record", pk)
