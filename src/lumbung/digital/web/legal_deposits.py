"""Legal deposit, for those who see to it: what is due, what went, what came back."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from lumbung.catalogue.models import Record
from lumbung.digital.domain import legal_deposits as verbs
from lumbung.digital.domain.legal_deposit_letter import legal_deposit_letter
from lumbung.digital.models import LegalDeposit, LegalDepositCopy, LegalDepositKinds, LegalDepositStates
from lumbung.digital.permissions import LEGAL_DEPOSIT
from lumbung.digital.queries import legal_deposits as asked
from lumbung.kernel import clock, uploads
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.forms import Day
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.spreadsheet import csv_response
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.organization.queries import library

LARGEST_PROOF = 10 << 20


def _day(label: Any) -> Day:
    return Day(label=label)


class NewForm(forms.Form):
    record = forms.ModelChoiceField(
        label=gettext_lazy("Nomor judul"),
        queryset=Record.objects.listed(),
        widget=forms.NumberInput,
        help_text=gettext_lazy("Angka di alamat halaman judulnya, misalnya 123 pada /records/123."),
        error_messages={"invalid_choice": gettext_lazy("Tidak ada judul dengan nomor itu.")},
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Jenis karya"),
        choices=LegalDepositKinds.choices,
        help_text=gettext_lazy(
            "Karya cetak: dalam 3 bulan, 2 eksemplar ke Perpusnas dan 1 ke provinsi. Karya rekam: dalam 1 tahun, 1 dan 1."
        ),
    )
    published_on = _day(gettext_lazy("Tanggal terbit"))


class SentForm(forms.Form):
    sent_on = _day(gettext_lazy("Dikirim pada"))
    how = forms.CharField(
        label=gettext_lazy("Dikirim dengan"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Misalnya nomor resi, atau e-Deposit."),
    )


class ReceiptForm(forms.Form):
    received_on = _day(gettext_lazy("Diterima pada"))
    number = forms.CharField(label=gettext_lazy("Nomor tanda terima"), max_length=100)
    proof = forms.FileField(label=gettext_lazy("Bukti (PDF atau foto)"), required=False)


@needs(LEGAL_DEPOSIT)
@once
def legal_deposits(request: HttpRequest) -> HttpResponse:
    """What must be handed over, with the report by year, and the form to note another work."""
    chosen = request.GET.get("state", "")
    chosen = chosen if chosen in {*LegalDepositStates.values, asked.LATE} else ""
    form = NewForm(
        request.POST or None, initial={"record": request.GET.get("record"), "published_on": request.GET.get("published")}
    )
    if form.is_valid():
        with reasons_shown_on(form):
            work = verbs.note_legal_deposit(**form.cleaned_data, by=request.user)
            messages.success(request, _("Dicatat; diserahkan paling lambat %(day)s.") % {"day": f"{work.due_on:%d-%m-%Y}"})
            return redirect("digital:legal_deposit", work.pk)
    facts = {"page": page_of(asked.legal_deposits(chosen), request), "chosen": chosen, "counts": asked.counts()}
    facts |= {"states": [(asked.LATE, _("Terlambat")), *LegalDepositStates.choices], "years": asked.by_year()}
    facts["proposed"] = asked.proposed()[:5]
    return form_page(request, "digital/legal_deposits.html", form, **facts, today=_today())


@needs(LEGAL_DEPOSIT)
@require_safe
def legal_deposits_table(_request: HttpRequest) -> HttpResponseBase:
    """Everything as a table to take away, a library a row."""
    heads = [_("Judul"), _("Jenis karya"), _("Tanggal terbit"), _("Jatuh tempo"), _("Status"), _("Penerima"), _("Jumlah")]
    heads += [_("Dikirim pada"), _("Dikirim dengan"), _("Diterima pada"), _("Nomor tanda terima"), _("Alasan")]
    rows = (
        [
            *[work.record.title, work.get_kind_display(), work.published_on, work.due_on, work.get_state_display()],
            *[each.get_recipient_display(), each.count, each.sent_on, each.sent_how, each.received_on, each.receipt_number],
            work.excused_because,
        ]
        for work in asked.legal_deposits().iterator(chunk_size=500)
        for each in work.copies.all()
    )
    return csv_response("serah-simpan.csv", heads, rows)


@needs(LEGAL_DEPOSIT)
@require_safe
def legal_deposit(request: HttpRequest, pk: int) -> HttpResponse:
    """One work: what each library gets, and the next step for it."""
    work = get_object_or_404(asked.legal_deposits(), pk=pk)
    today = {"sent_on": _today(), "received_on": _today()}
    lines = [(each, _form_for(each)(initial=today, auto_id=f"c{each.pk}_%s")) for each in work.copies.all()]
    return render(request, "digital/legal_deposit.html", {"work": work, "lines": lines, "today": _today()})


@needs(LEGAL_DEPOSIT)
@require_POST
def legal_deposit_step(request: HttpRequest, pk: int) -> HttpResponse:
    """The next step of a library's copies, or the last one back."""
    copy = get_object_or_404(LegalDepositCopy, pk=pk)
    if request.POST.get("verb") == "back":
        verbs.take_step_back(copy, by=request.user)
        messages.success(request, _("Langkah terakhir dibatalkan."))
        return redirect("digital:legal_deposit", copy.legal_deposit_id)
    form = _form_for(copy)(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("Isi tanggal, dan untuk tanda terima juga nomornya."))
    elif copy.sent_on is None:
        verbs.send_copy(copy, **form.cleaned_data, by=request.user)
        messages.success(request, _("Pengiriman dicatat."))
    else:
        told, proof = form.cleaned_data, form.cleaned_data["proof"]
        verbs.receive_receipt(
            copy,
            received_on=told["received_on"],
            number=told["number"],
            proof=proof.read(LARGEST_PROOF) if proof else b"",
            by=request.user,
        )
        messages.success(request, _("Tanda terima dicatat."))
    return redirect("digital:legal_deposit", copy.legal_deposit_id)


@needs(LEGAL_DEPOSIT)
@require_POST
def legal_deposit_excuse(request: HttpRequest, pk: int) -> HttpResponse:
    verbs.excuse_legal_deposit(get_object_or_404(LegalDeposit, pk=pk), because=request.POST.get("because", ""), by=request.user)
    messages.success(request, _("Keputusan disimpan."))
    return redirect("digital:legal_deposit", pk)


@needs(LEGAL_DEPOSIT)
@require_safe
def legal_letter(_request: HttpRequest, pk: int) -> HttpResponse:
    """The letter that goes along, to be printed and signed."""
    copies = LegalDepositCopy.objects.select_related("legal_deposit__record").defer(
        "legal_deposit__record__marc", "legal_deposit__record__findable"
    )
    copy = get_object_or_404(copies, pk=pk)
    head = {"Content-Disposition": f'inline; filename="serah-simpan-{copy.legal_deposit_id}-{copy.recipient}.pdf"'}
    return HttpResponse(legal_deposit_letter(copy), content_type="application/pdf", headers=head)


@needs(LEGAL_DEPOSIT)
@require_safe
def legal_proof(_request: HttpRequest, pk: int) -> FileResponse:
    copy = get_object_or_404(LegalDepositCopy, pk=pk)
    if not copy.proof_file:
        raise Http404
    return uploads.shown(copy.proof_file, kind=copy.proof_kind, name=f"tanda-terima-{pk}.{copy.proof_kind}")


def _form_for(copy: LegalDepositCopy) -> type[SentForm] | type[ReceiptForm]:
    return SentForm if copy.sent_on is None else ReceiptForm


def _today() -> date:
    return clock.today(library().zone)
