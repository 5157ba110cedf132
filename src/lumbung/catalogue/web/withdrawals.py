"""Weeding: propose, look through, approve with minutes, take back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from lumbung.catalogue import queries
from lumbung.catalogue.domain import withdrawals as verbs
from lumbung.catalogue.models import Withdrawal
from lumbung.catalogue.permissions import ITEMS, WITHDRAW
from lumbung.catalogue.web.item_selection_form import SelectionForm
from lumbung.catalogue.web.stock_take_minutes import MinutesForm
from lumbung.kernel import clock
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.forms import DayInput
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.organization.queries import library


class ProposalForm(SelectionForm):
    name = forms.CharField(
        label=gettext_lazy("Nama usulan"), max_length=120, help_text=gettext_lazy("Misalnya: Buku komputer lama, lantai 2.")
    )
    reason = forms.CharField(
        label=gettext_lazy("Alasan"),
        max_length=200,
        help_text=gettext_lazy("Ditulis dalam berita acara: usang, rusak, rangkap, tidak dipakai."),
    )
    published_before = forms.IntegerField(
        label=gettext_lazy("Terbit sebelum tahun"), required=False, min_value=1000, max_value=2100
    )
    here_before = forms.DateField(label=gettext_lazy("Masuk koleksi sebelum"), required=False, widget=DayInput())
    idle_years = forms.IntegerField(
        label=gettext_lazy("Tidak dipinjam selama (tahun)"), required=False, min_value=1, max_value=100
    )
    copies_to_keep = forms.IntegerField(
        label=gettext_lazy("Sisakan eksemplar tiap judul"), required=False, min_value=0, max_value=100,
        help_text=gettext_lazy("Yang terlama disiangi lebih dahulu."),
    )  # fmt: skip

    def criteria(self) -> verbs.Criteria:
        return verbs.Criteria(**{name: self.cleaned_data[name] for name in verbs.Criteria.__dataclass_fields__})


class ApprovalForm(MinutesForm):
    hide_titles = forms.BooleanField(
        label=gettext_lazy("Sembunyikan dari umum judul yang tidak bereksemplar lagi"), required=False, initial=True
    )

    def told(self) -> dict[str, Any]:
        return {**super().told(), "hide_titles": self.cleaned_data["hide_titles"]}


@needs(ITEMS)
def withdrawals(request: HttpRequest) -> HttpResponse:
    return render(request, "catalogue/withdrawals.html", {"page": page_of(queries.withdrawals(), request)})


@needs(ITEMS)
def propose(request: HttpRequest) -> HttpResponse:
    form = ProposalForm(request.POST or None, request.FILES or None, initial=request.GET.dict())
    if form.is_valid():
        with reasons_shown_on(form):
            told = form.cleaned_data
            made = verbs.propose_withdrawal(
                form.selection(), form.criteria(), name=told["name"], reason=told["reason"], by=request.user
            )
            return redirect("catalogue:withdrawal", made.pk)
    return form_page(request, "catalogue/withdrawal_propose.html", form)


@needs(ITEMS)
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """The copies of one weeding; a POST says which of those shown stay."""
    shown = get_object_or_404(queries.withdrawals(), pk=pk)
    page = page_of(queries.withdrawal_lines(shown), request)
    if request.method == "POST":
        kept = {int(key) for key in request.POST.getlist("keep") if key.isascii() and key.isdigit()}
        verbs.keep_lines(shown, kept, {line.pk for line in page})
        messages.success(request, _("Pilihan disimpan."))
        return redirect(request.get_full_path())
    going = shown.lines.filter(kept=False).count()
    return render(request, "catalogue/withdrawal.html", {"withdrawal": shown, "page": page, "going": going})


@needs(WITHDRAW)
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(Withdrawal, pk=pk)
    form = ApprovalForm(request.POST or None, initial={"dated": clock.today(library().zone), "hide_titles": True})
    if form.is_valid():
        with reasons_shown_on(form):
            verbs.approve_withdrawal(shown, by=request.user, **form.told())
            messages.success(request, _("Penyiangan disetujui, dan berita acaranya diterbitkan."))
            return redirect("catalogue:withdrawal", pk)
    going = shown.lines.filter(kept=False).count()
    return form_page(request, "catalogue/withdrawal_approve.html", form, withdrawal=shown, going=going)


@needs(ITEMS)
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    verbs.drop_withdrawal(get_object_or_404(Withdrawal, pk=pk), by=request.user)
    return redirect("catalogue:withdrawals")


@needs(WITHDRAW)
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    verbs.undo_withdrawal(get_object_or_404(Withdrawal, pk=pk), by=request.user)
    messages.success(request, _("Penyiangan dibatalkan; statusnya kembali seperti semula."))
    return redirect("catalogue:withdrawal", pk)


@needs(ITEMS)
def minutes(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The minutes as they were issued."""
    shown = get_object_or_404(Withdrawal, pk=pk)
    if not shown.stored_file:
        raise Http404
    name = f"berita-acara-penyiangan-{pk}.pdf"
    return FileResponse(default_storage.open(shown.stored_file), content_type="application/pdf", filename=name)
