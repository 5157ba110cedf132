"""A member's fees at the desk: charge, take payment, give back, waive; and the receipt."""

from datetime import timedelta
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lumbung.accounts.models import User
from lumbung.circulation import permissions, queries
from lumbung.circulation.domain.fees import charge, correct, reverse, waive, write_off
from lumbung.circulation.domain.fines import lift_suspension, replace_lost, report_lost, withdraw_loss
from lumbung.circulation.domain.payments import cancel_payment, pay_out, reject_payment, take_payment, verify_payment
from lumbung.circulation.models import Fee, FeeEntry, Loan, Payment
from lumbung.circulation.web.working_branch import at_a_branch
from lumbung.kernel import clock
from lumbung.kernel.refusals import Refused
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.forms import Rupiah
from lumbung.kernel.ui.keys import key_in
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.submission import UNPROCESSABLE, form_page, reasons_shown_on, text_sent
from lumbung.members.domain.privacy.looks import note_look
from lumbung.members.models import Member
from lumbung.organization.models import Branch

TAKEN = [Payment.Methods.CASH, Payment.Methods.QRIS, Payment.Methods.TRANSFER]
LINES_SHOWN = 50


class PaymentForm(forms.Form):
    amount = Rupiah(label=gettext_lazy("Jumlah (Rp)"))
    method = forms.ChoiceField(label=gettext_lazy("Cara bayar"), choices=[(each.value, each.label) for each in TAKEN])
    reference = forms.CharField(label=gettext_lazy("Nomor rujukan"), required=False, max_length=80)
    once = forms.CharField(widget=forms.HiddenInput, max_length=60)


class ChargeForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("Jenis"), choices=Fee.Kinds)
    amount = Rupiah(label=gettext_lazy("Jumlah (Rp)"))
    note = forms.CharField(label=gettext_lazy("Keterangan"), required=False, max_length=200)
    once = forms.CharField(widget=forms.HiddenInput, max_length=60, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "charge_%s", **kwargs})  # beside a form with an amount of its own


class ChangeForm(forms.Form):
    amount = Rupiah(required=False)
    seen_left = forms.IntegerField(required=False)


@needs(permissions.FEES)
@require_http_methods(["GET", "POST"])
@at_a_branch
@once
def fees(request: HttpRequest, pk: int, branch: Branch) -> HttpResponse:
    """What the member owes, and everything that happened to it; POST takes a payment, for the fees ticked or the oldest first."""
    shown = _shown(request, pk)
    member = shown["member"]
    form = _payment_form(request, member)
    if form.is_valid():
        with reasons_shown_on(form):
            ticked = [key_in(key) for key in request.POST.getlist("fee")]
            chosen = Fee.objects.filter(account__member=member, pk__in=ticked)  # also what another desk settled meanwhile
            payment = take_payment(member, at=branch, by=request.user, fees=list(chosen), **form.cleaned_data)
            return redirect("circulation:payment_receipt", payment.pk)
    return form_page(request, "circulation/fees.html", form, charge_form=ChargeForm(initial={"once": _new_once()}), **shown)


@needs(permissions.WAIVE_FEES)
@require_POST
def suspension_end(request: HttpRequest, pk: int) -> HttpResponse:
    """The member may borrow again from now on."""
    lift_suspension(get_object_or_404(Member, pk=pk), by=request.user)
    messages.success(request, _("Skors dicabut; anggota dapat meminjam lagi."))
    return redirect("circulation:fees", pk)


@needs(permissions.FEES)
@require_POST
@at_a_branch
@once
def new_fee(request: HttpRequest, pk: int, branch: Branch) -> HttpResponse:
    """Charge the member by hand; what cannot be accepted comes back as it was typed."""
    member, form = get_object_or_404(Member.objects.select_related("category", "fee_account"), pk=pk), ChargeForm(request.POST)
    if form.is_valid():
        with reasons_shown_on(form):
            charge(member, branch=branch, by=request.user, **form.cleaned_data)
            messages.success(request, _("Biaya dikenakan."))
            return redirect("circulation:fees", pk)
    shown = {"form": _payment_form(request, member, fresh=True), "charge_form": form, **_shown(request, pk)}
    return render(request, "circulation/fees.html", shown, status=UNPROCESSABLE)


def _new_once() -> str:
    return f"form:{get_random_string(20)}"


def _payment_form(request: HttpRequest, member: Member, *, fresh: bool = False) -> PaymentForm:
    start = {"amount": queries.standing(member).owed, "method": Payment.Methods.CASH, "once": _new_once()}
    return PaymentForm(None if fresh else request.POST or None, initial=start)


def _shown(request: HttpRequest, pk: int) -> dict[str, Any]:
    """What the page tells of the member, who may know that somebody looked."""
    try:
        member, fees, settled = queries.fees_to_change(pk, since=clock.now() - timedelta(days=365))
    except Member.DoesNotExist:
        raise Http404 from None
    note_look(member, by=cast("User", request.user))
    return {
        "member": member,
        "account": queries.standing(member),
        "ways": queries.payment_ways() if fees else None,
        "fees": fees,
        "settled": settled,
        "lines": queries.entries_of(member)[:LINES_SHOWN],
    }


@needs(permissions.WAIVE_FEES)
@require_POST
def waiver(request: HttpRequest, pk: int) -> HttpResponse:
    """``deed``: waive, write off or correct what is left of the fee, or take all of it back; always with the reason."""
    fee = get_object_or_404(Fee.objects.select_related("account"), pk=pk)
    form, reason, by = ChangeForm(request.POST), text_sent(request, "reason", 200), request.user
    amount = form.cleaned_data["amount"] if form.is_valid() else -1
    seen = {"seen_left": form.cleaned_data.get("seen_left")}
    match request.POST.get("deed", "waive"):
        case "waive":
            _said(request, lambda: waive(fee, amount, reason=reason, by=by, **seen), _("Biaya dibebaskan."))
        case "correct":
            off = fee.left if amount is None else amount
            _said(request, lambda: correct(fee, off, reason=reason, by=by, **seen), _("Dikoreksi."))
        case "write_off":
            _said(request, lambda: write_off(fee, reason=reason, by=by), _("Biaya dihapusbukukan."))
        case "take_back":
            _said(request, lambda: reverse(fee, reason=reason, by=by), _("Ditarik kembali; yang sudah dibayar menjadi saldo."))
    return redirect("circulation:fees", fee.account.member_id)


@needs(permissions.FEES)
@require_POST
@at_a_branch
def credit(request: HttpRequest, pk: int, branch: Branch) -> HttpResponse:
    """Give the member's credit back in cash, and show the receipt for it."""
    member = get_object_or_404(Member.objects.select_related("fee_account"), pk=pk)
    back, once = queries.standing(member).credit, request.POST.get("once", "")[:60]
    try:
        paid = pay_out(member, back, method="cash", at=branch, by=request.user, once=once)
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, str(reason))
        return redirect("circulation:fees", pk)
    messages.success(request, _("Saldo dikembalikan."))
    return redirect("circulation:payment_receipt", paid.pk)


@needs(permissions.FEES)
@require_safe
def payment_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt of a payment, to print on a roll or on A4."""
    payments = queries.payments_visible_to(request.user).filter(receipt_number__isnull=False)
    payment = get_object_or_404(payments, pk=pk)
    lines = (
        payment.entries.filter(kind=FeeEntry.Kinds.PAYMENT, fee__isnull=False)
        .select_related("fee__item__record")
        .defer("fee__item__record__marc", "fee__item__record__findable")
    )
    paper = "a4" if request.GET.get("paper") == "a4" else "roll"
    shown = {"payment": payment, "lines": lines, "paper": paper, "masked": f"••••{payment.member.barcode[-4:]}"}
    return render(request, "circulation/payment_receipt.html", shown)


@needs(permissions.CASH)
@require_POST
def payment_state(request: HttpRequest, pk: int) -> HttpResponse:
    """``deed``: verify or reject what a member told of, or cancel a slip; the last two with a reason."""
    payment = get_object_or_404(Payment.objects.select_related("branch"), pk=pk)
    reason = text_sent(request, "reason", 200)
    match request.POST.get("deed"):
        case "verify":
            _said(request, lambda: verify_payment(payment, by=request.user), _("Pembayaran diterima."))
        case "reject":
            _said(request, lambda: reject_payment(payment, reason=reason, by=request.user), _("Pembayaran ditolak."))
        case "cancel":
            _said(request, lambda: cancel_payment(payment, reason=reason, by=request.user), _("Pembayaran dibatalkan."))
    return redirect("circulation:cash")


@needs(permissions.LEND)
@require_http_methods(["POST", "DELETE"])
def loss(request: HttpRequest, pk: int) -> HttpResponse:
    """POST: the member says that the item of the loan is lost. DELETE: the member has it after all."""
    loan = get_object_or_404(Loan, pk=pk)
    if request.method == "DELETE":
        on_the_shelf = loan.claimed_returned_at is not None
        done = _("Laporan hilang dicabut; eksemplarnya dicari di rak lagi.") if on_the_shelf else ""
        done = done or _("Laporan hilang dicabut; pinjaman berjalan lagi.")
        _said(request, lambda: withdraw_loss(loan, by=request.user), done)
        return redirect("circulation:loan", pk)
    _said(request, lambda: report_lost(loan, by=request.user), _("Dicatat hilang. Denda berhenti; penggantiannya dikenakan."))
    return redirect("circulation:loan", pk)


@needs(permissions.LEND)
@require_POST
@at_a_branch
def replacement(request: HttpRequest, pk: int, branch: Branch) -> HttpResponse:
    """Copies came in place of the lost one."""
    loan, barcodes = get_object_or_404(Loan, pk=pk), text_sent(request, "barcodes", 1000).split()
    done = _("Eksemplar penggantinya tercatat, masih diolah. Pinjaman ini selesai.")
    _said(request, lambda: replace_lost(loan, barcodes, at=branch, by=request.user), done)
    return redirect("circulation:loan", pk)


def _said(request: HttpRequest, deed: Any, done: str) -> None:
    """Carry it out and say so, or say every reason why not."""
    try:
        deed()
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, str(reason))
    else:
        messages.success(request, done)
