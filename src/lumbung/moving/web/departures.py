"""Carrying the whole library out: ask for a package, watch it being made, fetch it."""

from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.pages import page_of
from lumbung.moving import queries
from lumbung.moving.domain.departures import ask_for_package, note_package_taken
from lumbung.moving.jobs import pack
from lumbung.moving.permissions import LEAVE


@needs(LEAVE)
def departures(request: HttpRequest) -> HttpResponse:
    """What a package is, and those there are; a POST asks for one."""
    if request.method == "POST":
        asked = ask_for_package(by=request.user)
        pack.enqueue(departure=asked.pk)
        return redirect("moving:departure", asked.pk)
    return render(request, "moving/departures.html", {"page": page_of(queries.departures(), request)})


@needs(LEAVE)
def departure(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of one package; for htmx only the part that moves."""
    shown = get_object_or_404(queries.departures(), pk=pk)
    template = "moving/departure_state.html" if request.headers.get("HX-Request") else "moving/departure.html"
    return render(request, template, {"departure": shown})


@needs(LEAVE)
@require_safe
def package(request: HttpRequest, pk: int) -> FileResponse:
    shown = get_object_or_404(queries.departures(), pk=pk)
    if not shown.stored_file or not default_storage.exists(shown.stored_file):
        raise Http404
    note_package_taken(shown, by=request.user)
    file = default_storage.open(shown.stored_file, "rb")
    response = FileResponse(
        file, as_attachment=True, filename=PurePosixPath(shown.stored_file).name, content_type="application/zip"
    )
    response["Cache-Control"] = "no-store"
    return response
