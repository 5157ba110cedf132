"""The cash book of the working branch, a day at a time, and its drawer, which is counted as a shift begins and as it ends."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from lumbung.circulation import permissions, queries
from lumbung.circulation.domain.cash import close_cash, open_cash
from lumbung.circulation.web.working_branch import at_a_branch
from lumbung.kernel import clock
from lumbung.kernel.days import iso_day
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.forms import Rupiah
from lumbung.kernel.ui.submission import UNPROCESSABLE, reasons_shown_on
from lumbung.kernel.ui.words import rupiah
from lumbung.organization.models import Branch


class ShiftForm(forms.Form):
    counted = Rupiah(label=gettext_lazy("Uang di laci setelah dihitung (Rp)"))
    note = forms.CharField(label=gettext_lazy("Keterangan bila ada selisih"), required=False, max_length=200)


class CashForm(ShiftForm):
    left = Rupiah(label=gettext_lazy("Ditinggal untuk besok (Rp)"), initial=0)
    field_order = ("counted", "left", "note")


@needs(permissions.CASH)
@require_http_methods(["GET", "POST"])
@at_a_branch
def cash(request: HttpRequest, branch: Branch) -> HttpResponse:
    """The cash book of a day at the working branch; POST counts the drawer and closes it."""
    form = CashForm(request.POST or None)
    if form.is_valid():
        with reasons_shown_on(form):
            closing = close_cash(branch, by=request.user, **form.cleaned_data)
            messages.success(request, _("Kas ditutup; %(sum)s disetor.") % {"sum": rupiah(closing.handed_over)})
            return redirect("circulation:cash")
    return _page(request, branch, form, ShiftForm(prefix="shift"))


@needs(permissions.CASH)
@require_POST
@at_a_branch
def shift(request: HttpRequest, branch: Branch) -> HttpResponse:
    """A shift begins at the working branch with the drawer counted."""
    form = ShiftForm(request.POST, prefix="shift")
    if form.is_valid():
        with reasons_shown_on(form):
            open_cash(branch, by=request.user, **form.cleaned_data)
            messages.success(request, _("Kas dibuka."))
            return redirect("circulation:cash")
    return _page(request, branch, CashForm(), form)


def _page(request: HttpRequest, branch: Branch, form: CashForm, shift_form: ShiftForm) -> HttpResponse:
    """The book of the day that the address names; the drawer is counted on the page of today alone."""
    today = clock.today(branch.zone)
    day = iso_day(request.GET.get("day")) or today
    shown = {
        "form": form,
        "shift_form": shift_form,
        "branch": branch,
        "book": queries.cash_book(branch, day),
        "day": day,
        "is_today": day == today,
        "drawer": queries.cash_in_drawer(branch),
        "shift": queries.open_shift(branch),
        "to_verify": queries.payments_to_verify(),
    }
    status = UNPROCESSABLE if form.errors or shift_form.errors else 200
    return render(request, "circulation/cash.html", shown, status=status)
