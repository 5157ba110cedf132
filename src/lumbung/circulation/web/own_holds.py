"""What members do about their own holds: let others go before for a while, fetch the copy elsewhere, ask one back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lumbung.circulation import queries
from lumbung.circulation.domain.queue import change_pickup, resume_hold, suspend_hold
from lumbung.circulation.domain.recalls import recall_for
from lumbung.circulation.models import Hold
from lumbung.circulation.web.forms import SuspensionForm
from lumbung.circulation.web.handover_place_forms import PickupForm
from lumbung.kernel.ui.access import signed_in
from lumbung.kernel.ui.words import day
from lumbung.members.queries import member_of

MY_PAGE = "/my"


@require_http_methods(["POST", "DELETE"])
@signed_in
def suspension(request: HttpRequest, pk: int) -> HttpResponse:
    """POST suspends the hold, DELETE resumes it."""
    mine = _own(request, pk)
    if request.method == "DELETE":
        resume_hold(mine, by=request.user)
        messages.success(request, _("Pesanan dilanjutkan. Urutan Anda seperti semula."))
    else:
        suspend_hold(mine, until=SuspensionForm(request.POST).day_said(), by=request.user)
        messages.success(request, _("Pesanan ditangguhkan. Urutan Anda tetap disimpan."))
    return redirect(MY_PAGE)


@require_POST
@signed_in
def pickup(request: HttpRequest, pk: int) -> HttpResponse:
    """The copy will be fetched at another branch or place."""
    mine, form = _own(request, pk), PickupForm(request.POST)
    if form.is_valid():
        chosen = form.cleaned_data["branch"]
        moved = change_pickup(mine, chosen.branch, place=chosen.place, by=request.user)
        messages.success(request, _("Diambil di %(branch)s.") % {"branch": moved.where})
    else:
        messages.error(request, _("Tempat itu tidak ada dalam daftar tempat mengambil. Pesanan tidak diubah; pilih yang lain."))
    return redirect(MY_PAGE)


@require_POST
@signed_in
def recall(request: HttpRequest, pk: int) -> HttpResponse:
    """A borrower is asked to bring back sooner what the member waits for."""
    recalled = recall_for(_own(request, pk), by=request.user)
    told = _("Peminjamnya diminta mengembalikan paling lambat %(day)s. Bukunya untuk yang urutannya pertama.")
    messages.success(request, told % {"day": day(recalled.due)})
    return redirect(MY_PAGE)


def _own(request: HttpRequest, pk: int) -> Hold:
    member = member_of(request.user)
    if member is None:
        raise Http404
    return get_object_or_404(queries.open_holds(member), pk=pk)
