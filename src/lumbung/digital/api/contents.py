"""What is preserved and what happened to it, for other archives: ``/api/v1/contents``."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Router

from lumbung.accounts.domain.api_access import ApiRequest, Scoped
from lumbung.digital.models import KeptContent
from lumbung.digital.permissions import CONTENTS_READ, PRESERVE
from lumbung.digital.queries.preservation import names_of
from lumbung.digital.queries.preservation_events import premis_of

router = Router()
XML = "application/xml; charset=utf-8"


@router.get("/{sha256}/premis", auth=Scoped(CONTENTS_READ, PRESERVE))
def premis_of_content(request: ApiRequest, sha256: str) -> HttpResponse:
    """A kept content by its SHA-256, with everything that happened to it, as PREMIS 3.0 (XML)."""
    content = get_object_or_404(KeptContent.objects.select_related("format"), sha256=sha256)
    return HttpResponse(premis_of(content, name=names_of([content]).get(sha256, "")), content_type=XML)
