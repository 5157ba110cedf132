"""How members may pay besides cash, and the QRIS itself: for the page of the member who owes, and to hold out at the desk."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from lumbung.circulation import permissions, queries
from lumbung.circulation.domain.payment_ways import LARGEST, change_payment_ways
from lumbung.circulation.domain.proofs import kind_of_proof
from lumbung.circulation.models import PaymentWays
from lumbung.kernel import uploads
from lumbung.kernel.ui.access import needs, signed_in
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.members.models import Member


class PaymentWaysForm(forms.Form):
    bank = forms.CharField(
        label=gettext_lazy("Rekening bank"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Bank, nomor rekening, dan atas nama siapa; tampil kepada anggota yang harus membayar."),
    )
    qris_name = forms.CharField(
        label=gettext_lazy("Nama pada QRIS"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("Nama yang muncul di aplikasi pembayar, agar ia yakin membayar ke perpustakaan."),
    )
    picture = forms.FileField(
        label=gettext_lazy("Gambar QRIS"),
        required=False,
        help_text=gettext_lazy("QRIS statis dari penyedia Anda: JPEG, PNG, atau WebP, paling besar 4 MB."),
    )
    gateway_address = forms.URLField(
        label=gettext_lazy("Penyedia QRIS dinamis (Midtrans)"),
        required=False,
        assume_scheme="https",
        help_text=gettext_lazy(
            "https://api.midtrans.com, atau https://api.sandbox.midtrans.com untuk mencoba. Kosong: tanpa penyedia."
        ),
    )
    gateway_key = forms.CharField(
        label=gettext_lazy("Kunci server"),
        required=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("Disimpan terenkripsi dan tidak pernah ditampilkan. Kosong: tetap yang ada."),
    )
    drop_picture = forms.BooleanField(label=gettext_lazy("Hapus gambar QRIS yang ada"), required=False)


@needs(permissions.PAYMENT_WAYS)
@require_http_methods(["GET", "POST"])
def ways(request: HttpRequest) -> HttpResponse:
    """Say how members may pay."""
    now = queries.payment_ways()
    form = PaymentWaysForm(request.POST or None, request.FILES or None, initial=_initial(now))
    if form.is_valid():
        with reasons_shown_on(form):
            change_payment_ways(**_told(form.cleaned_data), by=request.user)
            messages.success(request, _("Perubahan disimpan."))
            return redirect("circulation:payment_ways")
    return form_page(
        request, "circulation/payment_ways.html", form, ways=now, notify=request.build_absolute_uri("/payments/midtrans")
    )


@needs(permissions.FEES)
@require_safe
def shown_at_desk(request: HttpRequest, pk: int) -> HttpResponse:
    """The QRIS as large as the screen, with what the member owes, to hold out to whoever pays."""
    member = get_object_or_404(Member.objects.select_related("fee_account"), pk=pk)
    shown = {"ways": queries.payment_ways(), "member": member, "account": queries.standing(member)}
    return render(request, "circulation/qris.html", shown)


@signed_in
@require_safe
def qris(request: HttpRequest) -> HttpResponseBase:
    """The picture of the library's QRIS."""
    now = queries.payment_ways()
    if not now.qris_file:
        raise Http404
    return uploads.shown(now.qris_file, kind=now.qris_kind, name="qris", inline=True)


@signed_in
@require_safe
def proof(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What a member sent to show a transfer: for that member, and for staff who may see fees."""
    payment = get_object_or_404(queries.payments_visible_to(request.user).exclude(proof=""), pk=pk)
    kind = kind_of_proof(payment)
    if not kind:
        raise Http404
    return uploads.shown(payment.proof, kind=kind, name=f"bukti-{payment.pk}.{uploads.ENDINGS[kind]}", inline=True)


def _initial(ways: PaymentWays) -> dict[str, str]:
    return {"bank": ways.bank, "qris_name": ways.qris_name, "gateway_address": ways.gateway_address}


def _told(given: dict[str, Any]) -> dict[str, Any]:
    sent = given.pop("picture")
    return {**given, "picture": sent.read(LARGEST + 1) if sent else b""}
