"""An upload as the browser sends it: in pieces by the island, or whole by a plain form. Both end alike."""

from collections.abc import Callable
from pathlib import Path

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from lumbung.kernel.pieces import STORAGE_OUT, Inbox, safe_name, shown_name
from lumbung.kernel.refusals import Refused

CONFLICT, NO_ROOM = 409, 507
Finished = Callable[[Path, str], None]


def received(request: HttpRequest, inbox: Inbox, finished: Finished, back: HttpResponse, *, largest: int) -> HttpResponse:
    """GET tells how much of the file with this ``name`` and ``mark`` is here; POST adds a piece ``at`` a byte, or else the whole file.

    When a file is whole, ``finished(path, name)`` takes it; why it refuses is told on the page that ``back`` leads to.
    """
    if request.method != "POST":
        return JsonResponse({"received": inbox.received(request.GET.get("name", ""), request.GET.get("mark", ""))})
    piece = _sent(request)
    if piece is None or not piece.name:
        messages.error(request, _("Pilih berkasnya dahulu."))
    elif "at" in request.POST:
        return _piece(request, piece, inbox, finished, largest)
    else:
        _whole(request, piece, inbox, finished)
    return back


def _sent(request: HttpRequest) -> "UploadedFile[bytes] | None":
    piece = request.FILES.get("piece")
    return piece if isinstance(piece, UploadedFile) else None


def _whole(request: HttpRequest, sent: "UploadedFile[bytes]", inbox: Inbox, finished: Finished) -> None:
    name = sent.name or ""
    try:
        path = inbox.take_whole(name, sent.chunks())
    except OSError:
        messages.error(request, str(STORAGE_OUT()))
    else:
        _finish(request, finished, path, name)


def _piece(request: HttpRequest, sent: "UploadedFile[bytes]", inbox: Inbox, finished: Finished, largest: int) -> JsonResponse:
    name, mark = request.POST.get("name") or sent.name or "", request.POST.get("mark", "")
    try:
        at, size = int(request.POST["at"]), int(request.POST["size"])
        if size > largest:
            messages.error(request, _("Berkas melebihi batas %(most)s MB.") % {"most": largest >> 20})
            return JsonResponse({"received": size, "name": safe_name(name)})
        there = inbox.take_piece(name, sent.read(), at=at, size=size, mark=mark)
    except (Refused, ValueError, KeyError) as error:
        return JsonResponse({"received": inbox.received(name, mark), "reason": str(error)}, status=CONFLICT)
    except OSError:  # the disk is full or gone; what came before stays, and the browser goes on from there
        return JsonResponse({"reason": str(STORAGE_OUT())}, status=NO_ROOM)
    if there == size and (path := inbox.whole(name)):
        try:
            _finish(request, finished, path, name)
        except Exception:
            inbox.forget_sending(name, mark)
            raise
    return JsonResponse({"received": there, "name": safe_name(name)})


def _finish(request: HttpRequest, finished: Finished, path: Path, name: str) -> None:
    """Refusals are told on the next page: the browser that sent pieces goes there too."""
    try:
        finished(path, shown_name(name))
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, str(reason))
