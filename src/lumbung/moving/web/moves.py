"""Moves: begin one, watch it, read its report, say go, go on, undo. The work is done in the background; every page can be left."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.moving import queries
from lumbung.moving.domain import course, discarding, inbox
from lumbung.moving.domain.registry import SOURCES
from lumbung.moving.domain.undoing import begin_undoing, reasons_against_undoing
from lumbung.moving.jobs import carry_on
from lumbung.moving.jobs import undo as undo_move
from lumbung.moving.models import Move
from lumbung.moving.permissions import MOVE
from lumbung.moving.web.figures import brings_nothing, figures_of, minutes_left, steps_of
from lumbung.moving.web.forms import MoveForm


@needs(MOVE)
def moves(request: HttpRequest) -> HttpResponse:
    return render(request, "moving/moves.html", {"page": page_of(queries.moves(), request)})


@needs(MOVE)
def start(request: HttpRequest) -> HttpResponse:
    form = MoveForm(request.POST or None, initial=request.GET.dict())
    if form.is_valid() and SOURCES[form.cleaned_data["source"]].asks:
        return redirect(f"{reverse('moving:columns')}?{form.address()}")
    if form.is_valid():
        with reasons_shown_on(form):
            path = inbox.path_of(form.cleaned_data["file"])
            begun = course.start(form.cleaned_data["source"], path, options=form.options(), by=request.user)
            carry_on.enqueue(move=begun.pk)
            return redirect("moving:move", begun.pk)
    return form_page(
        request, "moving/start.html", form, inbox=inbox.folder(), has_files=any(each.is_file() for each in inbox.listed())
    )


@needs(MOVE)
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of one move; for htmx only the part that changes."""
    shown = get_object_or_404(queries.moves(), pk=pk)
    template = "moving/move_state.html" if request.headers.get("HX-Request") else "moving/move.html"
    context: dict[str, Any] = {
        "move": shown,
        "left": minutes_left(shown),
        "steps": steps_of(shown),
        "figures": figures_of(shown),
        "told": queries.findings_counted(shown),
        "has_copies": shown.counts.get("move", {}).get("copy", {}).get("added", 0) > 0,
        "is_discardable": discarding.is_discardable(shown),
        "is_useless": queries.is_useless(shown),
        "brings_nothing": brings_nothing(figures_of(shown)),
        "page": page_of(queries.findings_of(shown, code=request.GET.get("code", "")), request),
    }
    return render(request, template, context)


@needs(MOVE)
@require_POST
def go(request: HttpRequest, pk: int) -> HttpResponse:
    course.go(get_object_or_404(Move, pk=pk), by=request.user)
    carry_on.enqueue(move=pk)
    return redirect("moving:move", pk)


@needs(MOVE)
@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    carry_on.enqueue(move=course.wait_again(get_object_or_404(Move, pk=pk)).pk)
    messages.success(request, _("Perpindahan dilanjutkan dari baris terakhir yang tersimpan."))
    return redirect("moving:move", pk)


@needs(MOVE)
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first; a POST carries it out. For htmx, what the move's page may offer: whether it can be done takes a while to find out."""
    shown = get_object_or_404(Move, pk=pk)
    if request.method != "POST":
        template = "moving/undo_offer.html" if request.headers.get("HX-Request") else "moving/undo.html"
        context = {"move": shown, "reasons": reasons_against_undoing(shown), "figures": figures_of(shown)}
        return render(request, template, context)
    begin_undoing(shown)
    undo_move.enqueue(move=pk, by=request.user.pk)
    messages.success(request, _("Perpindahan sedang dibatalkan. Halaman ini boleh ditinggalkan."))
    return redirect("moving:move", pk)


@needs(MOVE)
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first; a POST puts the rehearsal away. What is gone already, as at a second press, leads to the list."""
    shown = Move.objects.filter(pk=pk).first()
    if shown is not None and request.method != "POST":
        return render(request, "moving/discard.html", {"move": shown, "is_discardable": discarding.is_discardable(shown)})
    if shown is not None:
        discarding.discard(shown, by=request.user)
        messages.success(request, _("Uji coba %(file)s sudah dibuang beserta laporannya.") % {"file": shown.file_name})
    return redirect("moving:moves")
