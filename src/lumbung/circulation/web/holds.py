"""Holds: the queue, what to fetch from the shelves, and the pick-up shelf."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lumbung.catalogue.queries import item_by_barcode
from lumbung.circulation import permissions, queries
from lumbung.circulation.domain.holds import cancel_hold, set_aside
from lumbung.circulation.domain.queue import change_pickup, put_back, put_first, resume_hold, suspend_hold
from lumbung.circulation.domain.recalls import change_urgency, recall_loan
from lumbung.circulation.models import Hold, Loan
from lumbung.circulation.models.hold import QUEUE
from lumbung.circulation.web.forms import HoldsForm, PriorityForm, SuspensionForm, UrgencyForm
from lumbung.circulation.web.handover_place_forms import PickupForm
from lumbung.circulation.web.working_branch import at_a_branch
from lumbung.kernel import clock
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.own_pages import own_page
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.submission import form_page, reasons_shown_on, text_sent
from lumbung.kernel.ui.words import day
from lumbung.organization.models import Branch

MOST_LISTED = 200


@needs(permissions.SEE)
@require_safe
def holds(request: HttpRequest) -> HttpResponse:
    """Everybody who waits, title by title in the order in which they asked."""
    form = HoldsForm(request.GET)
    rows = queries.with_position(form.narrowed(queries.holds_visible_to(request.user).open())).order_by(*QUEUE)
    return render(request, "circulation/holds.html", {"form": form, "page": page_of(rows, request)})


@needs(permissions.SEE)
@require_safe
@at_a_branch
def pull_list(request: HttpRequest, branch: Branch) -> HttpResponse:
    """What to fetch from the shelves of the working branch."""
    facts = {"branch": branch, "today": clock.today(branch.zone), "pulls": queries.pull_list(branch)}
    return render(request, "circulation/pull_list.html", facts)


@needs(permissions.SEE)
@require_safe
@at_a_branch
def shelf(request: HttpRequest, branch: Branch) -> HttpResponse:
    """The pick-up shelf of the working branch: ready to be fetched, no longer wanted, to be sent on."""
    lists = {
        "expired": queries.expired_holds(branch),
        "to_send": queries.holds_to_send(branch),
        "to_send_home": queries.items_to_send_home(branch)[:MOST_LISTED],
        "to_come": queries.holds_to_come(branch),
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


@needs(permissions.SEE)
@require_http_methods(["GET", "HEAD", "DELETE"])
def hold(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One hold: its place, how long it may take, and all that can be done about it; DELETE cancels it."""
    if request.method == "DELETE":
        return _cancelled(request, pk=pk)
    rows = queries.with_position(queries.holds_visible_to(request.user)).select_related("wanted_item")
    shown = get_object_or_404(rows, pk=pk)
    loans = queries.loans_that_would_do(shown)
    forms = {
        "suspension": SuspensionForm(),
        "priority": PriorityForm(),
        "pickup": PickupForm(initial={"branch": f"p{shown.place_id}" if shown.place_id else shown.pickup_branch_id}),
    }
    expected = queries.expected_on(shown) if shown.state == Hold.States.WAITING else None
    return render(request, "circulation/hold.html", {"hold": shown, "loans": loans, "expected": expected, **forms})


@needs(permissions.LEND)
def _cancelled(request: HttpRequest, pk: int) -> HttpResponse:
    cancel_hold(get_object_or_404(Hold, pk=pk), by=request.user)
    messages.success(request, _("Pesanan dibatalkan."))
    return redirect(own_page(request, request.POST.get("next", "")) or "circulation:holds")


@needs(permissions.LEND)
@require_http_methods(["POST", "DELETE"])
def suspension(request: HttpRequest, pk: int) -> HttpResponse:
    """POST suspends the hold, DELETE resumes it."""
    shown = get_object_or_404(Hold, pk=pk)
    if request.method == "DELETE":
        resume_hold(shown, by=request.user)
        messages.success(request, _("Pesanan dilanjutkan dengan urutan semula."))
    else:
        suspend_hold(shown, until=SuspensionForm(request.POST).day_said(), by=request.user)
        messages.success(request, _("Pesanan ditangguhkan. Urutannya tetap disimpan."))
    return redirect("circulation:hold", pk)


@needs(permissions.WAIVE)
@require_http_methods(["POST", "DELETE"])
def priority(request: HttpRequest, pk: int) -> HttpResponse:
    """POST puts the hold before all others of its title, DELETE back where it was."""
    shown = get_object_or_404(Hold, pk=pk)
    if request.method == "DELETE":
        put_back(shown, by=request.user)
    else:
        put_first(shown, reason=text_sent(request, "reason", 200), by=request.user)
    return redirect("circulation:hold", pk)


@needs(permissions.LEND)
@require_POST
def pickup(request: HttpRequest, pk: int) -> HttpResponse:
    """The copy will be fetched at another branch."""
    shown, form = get_object_or_404(Hold, pk=pk), PickupForm(request.POST)
    if form.is_valid():
        chosen = form.cleaned_data["branch"]
        moved = change_pickup(shown, chosen.branch, place=chosen.place, by=request.user)
        messages.success(request, _("Diambil di %(branch)s.") % {"branch": moved.where})
    else:
        messages.error(request, _("Tempat itu tidak ada dalam daftar tempat mengambil. Pesanan tidak diubah; pilih yang lain."))
    return redirect("circulation:hold", pk)


@needs(permissions.LEND)
@require_POST
def recall(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the borrower of this loan to bring the item back sooner."""
    recalled = recall_loan(get_object_or_404(Loan, pk=pk), by=request.user)
    messages.success(request, _("Diminta kembali: jatuh temponya sekarang %(day)s.") % {"day": day(recalled.due)})
    return redirect(own_page(request, request.POST.get("next", "")) or "circulation:holds")


@needs(permissions.RULES)
@require_http_methods(["GET", "POST"])
def urgency(request: HttpRequest) -> HttpResponse:
    """What the library does when many wait for few copies."""
    form = UrgencyForm(request.POST or None, instance=queries.urgency())
    if form.is_valid():
        with reasons_shown_on(form):
            change_urgency(by=request.user, **form.cleaned_data)
            messages.success(request, _("Perubahan disimpan."))
            return redirect("circulation:urgency")
    return form_page(request, "circulation/urgency.html", form)


@needs(permissions.SEE)
@require_safe
def slip(request: HttpRequest, pk: int) -> HttpResponse:
    """The slip that goes into the copy: for whom, where, until when."""
    shown = get_object_or_404(queries.holds_visible_to(request.user).filter(state__in=Hold.SET_ASIDE), pk=pk)
    return render(request, "circulation/slip.html", {"hold": shown, "now": clock.now()})
