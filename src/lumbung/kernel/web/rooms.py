"""The rooms of the program: which the library uses. Opened and closed one by one, or begun with a few."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lumbung.kernel import opening
from lumbung.kernel import rooms as registry
from lumbung.kernel.ui.access import needs
from lumbung.kernel.web.access import ROOMS

FIRST = frozenset({"circulation"})
"""What a library that has just moved in is proposed to begin with, beside the catalogue, which is always there."""


@needs(ROOMS)
def rooms(request: HttpRequest) -> HttpResponse:
    """Every room; a POST opens or closes one."""
    if request.method == "POST":
        key, wanted = request.POST.get("room", ""), request.POST.get("open") == "1"
        (opening.open_room if wanted else opening.close_room)(key, by=request.user)
        room = registry.room_called(key)
        said = _("%(room)s dibuka.") if wanted else _("%(room)s ditutup. Datanya tetap ada, dan kembali begitu dibuka lagi.")
        messages.success(request, said % {"room": room.label if room else key})
        return redirect("kernel:rooms")
    told = registry.rooms()
    begun = {room.key for room, is_open in told if is_open} == FIRST
    return render(request, "kernel/rooms.html", {"rooms": told, "begun": begun, "all_open": all(each for _room, each in told)})


@needs(ROOMS)
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Begin with the catalogue and circulation alone, or (``all``) with everything."""
    everything = request.POST.get("all") == "1"
    opening.begin_with({room.key for room, _is_open in registry.rooms()} if everything else FIRST, by=request.user)
    messages.success(request, _("Semua bagian dibuka.") if everything else _("Anda mulai dari katalog dan sirkulasi saja."))
    return redirect("kernel:rooms")
