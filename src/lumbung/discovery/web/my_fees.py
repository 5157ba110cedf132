"""What a member owes the library: what for, how to pay, and everything that happened to it."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from lumbung.circulation import queries as circulation
from lumbung.circulation.domain.proofs import LARGEST, send_proof
from lumbung.circulation.models import Payment
from lumbung.kernel.ui.access import signed_in
from lumbung.kernel.ui.forms import Rupiah
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.members.queries import member_of

LINES_SHOWN = 50


class TransferForm(forms.Form):
    """A member says that money was sent."""

    amount = Rupiah(label=gettext_lazy("Jumlah yang dikirim (Rp)"), min_value=1)
    method = forms.ChoiceField(
        label=gettext_lazy("Cara bayar"), choices=[("transfer", gettext_lazy("Transfer bank")), ("qris", "QRIS")]
    )
    reference = forms.CharField(label=gettext_lazy("Bank dan nomor rujukan"), max_length=80)
    proof = forms.FileField(
        label=gettext_lazy("Bukti kirim"),
        required=False,
        help_text=gettext_lazy("Foto, tangkapan layar, atau PDF, paling besar 8 MB. Dengan bukti, pemeriksaannya lebih cepat."),
    )


@require_http_methods(["GET", "POST"])
@signed_in
def fees(request: HttpRequest) -> HttpResponse:
    member = member_of(request.user)
    if member is None:
        raise Http404
    account = circulation.standing(member)
    payments = circulation.payments_visible_to(request.user).filter(member=member, receipt_number=None)[:5]
    unseen = account.owed - sum(each.amount for each in payments if each.state == Payment.States.WAITING)
    form = TransferForm(request.POST or None, request.FILES or None, initial={"amount": unseen if unseen > 0 else None})
    if form.is_valid():
        with reasons_shown_on(form):
            given = form.cleaned_data
            sent = given.pop("proof")
            content = sent.read(LARGEST + 1) if sent else b""
            send_proof(member, at=member.branch, by=request.user, content=content, **given)
            messages.success(request, _("Terima kasih. Petugas akan memeriksanya; kuitansinya tampil di sini."))
            return redirect("discovery:my-fees")
    shown = {
        "member": member,
        "account": account,
        "fees": circulation.open_fees(member),
        "ways": circulation.payment_ways() if account.owed else None,
        "lines": circulation.entries_of(member)[:LINES_SHOWN],
        "payments": payments,
        "all_sent": unseen <= 0,
    }
    return form_page(request, "discovery/my_fees.html", form, **shown)
