"""Funds and vendors, and how orders are numbered."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lumbung.acquisitions.domain.funds import add_fund, change_fund
from lumbung.acquisitions.domain.numbering import set_numbering
from lumbung.acquisitions.domain.vendors import add_vendor, change_vendor
from lumbung.acquisitions.models import Fund, Vendor
from lumbung.acquisitions.permissions import FUNDS, ORDER, SEE
from lumbung.acquisitions.queries import orders as queries
from lumbung.acquisitions.web.forms import FundForm, NumberingForm, VendorForm
from lumbung.kernel import clock
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.organization.queries import library


@needs(SEE)
@require_safe
def money(request: HttpRequest) -> HttpResponse:
    """Funds with what is bound, spent and left; vendors; the pattern of order numbers."""
    return _money_page(request, NumberingForm(initial={"pattern": queries.numbering().pattern}))


@needs(FUNDS)
@once
def fund_add(request: HttpRequest) -> HttpResponse:
    form = FundForm(request.POST or None, initial={"is_active": True, "year": clock.today(library().zone).year})
    if form.is_valid():
        with reasons_shown_on(form):
            added = add_fund(by=request.user, **form.cleaned_data)
            messages.success(request, _("Dana %(fund)s ditambahkan.") % {"fund": added})
            return redirect("acquisitions:money")
    return form_page(request, "acquisitions/fund.html", form)


@needs(FUNDS)
def fund(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(Fund, pk=pk)
    form = FundForm(request.POST or None, instance=shown)
    if form.is_valid():
        with reasons_shown_on(form):
            change_fund(shown, by=request.user, **form.cleaned_data)
            messages.success(request, _("Perubahan disimpan."))
            return redirect("acquisitions:money")
    return form_page(request, "acquisitions/fund.html", form, fund=Fund.objects.get(pk=pk))


@needs(ORDER)
@once
def vendor_add(request: HttpRequest) -> HttpResponse:
    form = VendorForm(request.POST or None, initial={"is_active": True, "delivery_days": 30})
    if form.is_valid():
        with reasons_shown_on(form):
            added = add_vendor(by=request.user, **form.cleaned_data)
            messages.success(request, _("Rekanan %(name)s ditambahkan.") % {"name": added})
            return redirect("acquisitions:money")
    return form_page(request, "acquisitions/vendor.html", form)


@needs(ORDER)
def vendor(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(Vendor, pk=pk)
    form = VendorForm(request.POST or None, instance=shown)
    if form.is_valid():
        with reasons_shown_on(form):
            change_vendor(shown, by=request.user, **form.cleaned_data)
            messages.success(request, _("Perubahan disimpan."))
            return redirect("acquisitions:money")
    return form_page(request, "acquisitions/vendor.html", form, vendor=Vendor.objects.get(pk=pk))


@needs(FUNDS)
@require_POST
def numbering(request: HttpRequest) -> HttpResponse:
    """Say how orders are numbered from now on; what is wrong with the pattern is said beside it."""
    form = NumberingForm(request.POST)
    if form.is_valid():
        with reasons_shown_on(form):
            set_numbering(form.cleaned_data["pattern"], by=request.user)
            messages.success(request, _("Perubahan disimpan."))
            return redirect("acquisitions:money")
    return _money_page(request, form)


def _money_page(request: HttpRequest, form: NumberingForm) -> HttpResponse:
    return form_page(request, "acquisitions/money.html", form, funds=queries.funds(), vendors=queries.vendors(), tab="money")
