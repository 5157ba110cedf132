"""Permanent addresses of works."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from lumbung.digital.queries.deposits import identifier_called


@require_safe
def handle(request: HttpRequest, prefix: str, number: str, rest: str = "") -> HttpResponse:
    """An address of DSpace, of a work or of one of its files (``rest``), leads to the title that came from there."""
    return resolve(request, f"{prefix}/{number}")


@require_safe
def eprint(request: HttpRequest, number: int, rest: str = "") -> HttpResponse:
    """An address of EPrints does so too."""
    return resolve(request, f"eprint/{number}")


@require_safe
def resolve(request: HttpRequest, code: str) -> HttpResponse:
    """To the title, wherever it is now; of one that was removed, that it was there."""
    found = identifier_called(code)
    if found is None:
        raise Http404
    if found.record is None or found.record.suppressed:
        return render(request, "digital/gone.html", {"identifier": found}, status=410)
    response = redirect(f"/records/{found.record_id}")
    response["Cache-Control"] = "no-cache"
    return response
