"""Bringing a large file into the inbox: in pieces that can be resumed, or, without scripts, whole."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from lumbung.kernel.pieces import safe_name
from lumbung.kernel.refusals import Refused
from lumbung.kernel.ui.access import needs
from lumbung.moving.domain import inbox
from lumbung.moving.permissions import MOVE

CONFLICT = 409


@needs(MOVE)
def upload(request: HttpRequest) -> HttpResponse:
    """GET tells how much of the file called ``name`` is here; POST adds a piece ``at`` a byte, or without one the whole file."""
    if request.method != "POST":
        return JsonResponse({"received": inbox.received(request.GET.get("name", ""), request.GET.get("mark", ""))})
    piece = request.FILES.get("piece")
    if piece is None or not piece.name:
        messages.error(request, _("Pilih berkasnya dahulu."))
    elif "at" in request.POST:
        return _piece(request.POST.get("name") or piece.name, piece.read(), request)
    else:
        inbox.take_whole(piece.name, piece.chunks())
        messages.success(request, _("%(file)s sudah ada di kotak masuk.") % {"file": safe_name(piece.name)})
    return redirect("moving:start")


def _piece(name: str, piece: bytes, request: HttpRequest) -> JsonResponse:
    mark = request.POST.get("mark", "")
    try:
        received = inbox.take_piece(name, piece, at=int(request.POST["at"]), size=int(request.POST["size"]), mark=mark)
    except (Refused, ValueError, KeyError) as error:
        return JsonResponse({"received": inbox.received(name, mark), "reason": str(error)}, status=CONFLICT)
    return JsonResponse({"received": received, "name": safe_name(name)})
