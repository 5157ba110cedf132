"""A title to pass on: as a QR code on paper, as a picture in a chat."""

import io

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from lumbung.catalogue.models import Record
from lumbung.discovery.pictures import picture_of
from lumbung.discovery.web.budget import budgeted
from lumbung.discovery.web.of_a_title import of_a_title
from lumbung.kernel.ui.qr_codes import qr_code
from lumbung.organization.queries import library

DAY = 86_400


@require_safe
@of_a_title
def qr(request: HttpRequest, record: Record) -> HttpResponse:
    """The address of the title as a QR code, to print on a shelf or a poster."""
    drawn = io.BytesIO()
    address = request.build_absolute_uri(reverse("discovery:record", args=[record.pk]))
    qr_code(address).save(drawn, kind="svg", border=4, scale=8, light="#fff", xmldecl=True)
    response = _kept(HttpResponse(drawn.getvalue(), content_type="image/svg+xml"))
    response["Content-Disposition"] = f'attachment; filename="{record.pk}.svg"'
    return response


@require_safe
@budgeted
@of_a_title
def picture(request: HttpRequest, record: Record) -> HttpResponse:
    """The picture of the title for Open Graph: PNG, 1200 × 630."""
    line = " · ".join(filter(None, [record.get_material_display(), str(record.year or "")]))
    drawn = picture_of(
        title=record.title,
        creator=record.creator,
        line=line,
        classification=record.classification,
        library=library().name,
    )
    return _kept(HttpResponse(drawn, content_type="image/png"))


def _kept(response: HttpResponse) -> HttpResponse:
    response["Cross-Origin-Resource-Policy"] = "cross-origin"  # other sites show it
    response["Cache-Control"] = f"public, max-age={DAY}"
    return response
