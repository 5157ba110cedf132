"""Holds: the queue, what to fetch from the shelves, and the pick-up shelf."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lumbung.catalogue.queries import item_by_barcode
from lumbung.circulation import permissions, queries
from lumbung.circulation.domain.holds import cancel_hold, set_aside
from lumbung.circulation.models import Hold
from lumbung.circulation.web.forms import HoldsForm
from lumbung.circulation.web.working_branch import at_a_branch
from lumbung.kernel import clock
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.own_pages import own_page
from lumbung.kernel.ui.pages import page_of
from lumbung.organization.models import Branch


@needs(permissions.SEE)
@require_safe
def holds(request: HttpRequest) -> HttpResponse:
    """Everybody who waits, title by title in the order in which they asked."""
    form = HoldsForm(request.GET)
    rows = form.narrowed(queries.holds_visible_to(request.user).open()).with_position().order_by("placed_at", "id")
    return render(request, "circulation/holds.html", {"form": form, "page": page_of(rows, request)})


@needs(permissions.SEE)
@require_safe
@at_a_branch
def pull_list(request: HttpRequest, branch: Branch) -> HttpResponse:
    """What to fetch from the shelves of the working branch."""
    return render(request, "circulation/pull_list.html", {"branch": branch, "pulls": queries.pull_list(branch)})


@needs(permissions.SEE)
@require_safe
@at_a_branch
def shelf(request: HttpRequest, branch: Branch) -> HttpResponse:
    """The pick-up shelf of the working branch: ready to be fetched, no longer wanted, to be sent on."""
    lists = {
        "expired": queries.expired_holds(branch),
        "to_send": queries.holds_to_send(branch),
        "page": page_of(queries.holds_on_shelf(branch), request),
    }
    return render(request, "circulation/shelf.html", {"branch": branch, "today": clock.today(branch.zone), **lists})


@needs(permissions.LEND)
@require_POST
@at_a_branch
def copy(request: HttpRequest, pk: int, branch: Branch) -> HttpResponse:
    """A copy was fetched for the hold."""
    item = item_by_barcode(request.POST.get("item", ""))
    if item is None:
        raise Http404
    hold = set_aside(get_object_or_404(Hold, pk=pk), item, at=branch, by=request.user)
    messages.success(request, _("%(barcode)s disisihkan. Cetak slipnya dan selipkan di buku.") % {"barcode": item.barcode})
    return redirect("circulation:slip", hold.pk)


@needs(permissions.LEND)
@require_http_methods(["DELETE"])
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """DELETE cancels the hold."""
    cancel_hold(get_object_or_404(Hold, pk=pk), by=request.user)
    messages.success(request, _("Pesanan dibatalkan."))
    return redirect(own_page(request, request.POST.get("next", "")) or "circulation:holds")


@needs(permissions.SEE)
@require_safe
def slip(request: HttpRequest, pk: int) -> HttpResponse:
    """The slip that goes into the copy: for whom, where, until when."""
    shown = get_object_or_404(queries.holds_visible_to(request.user).filter(state__in=Hold.SET_ASIDE), pk=pk)
    return render(request, "circulation/slip.html", {"hold": shown, "now": clock.now()})
