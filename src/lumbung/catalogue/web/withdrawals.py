"""Weeding: propose, look through, approve with minutes, take back."""

import hashlib
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from lumbung.catalogue import queries
from lumbung.catalogue.domain import withdrawals as verbs
from lumbung.catalogue.jobs import go_on_with_withdrawal
from lumbung.catalogue.models import Withdrawal
from lumbung.catalogue.permissions import ITEMS, WITHDRAW
from lumbung.catalogue.web.item_selection_form import SelectionForm
from lumbung.catalogue.web.stock_take_minutes import LARGEST_COPY, MinutesForm
from lumbung.kernel import clock
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.forms import Day
from lumbung.kernel.ui.keys import key_in
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
    here_before = Day(label=gettext_lazy("Masuk koleksi sebelum"), required=False)
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
    return render(request, "catalogue/withdrawals.html", {"page": page_of(queries.withdrawals(counted=True), request)})


@needs(ITEMS)
def propose(request: HttpRequest) -> HttpResponse:
    form = ProposalForm(request.POST or None, request.FILES or None, initial=request.GET.dict())
    if form.is_valid():
        with reasons_shown_on(form), transaction.atomic():
            told = form.cleaned_data
            made = verbs.propose_withdrawal(
                form.selection(), form.criteria(), name=told["name"], reason=told["reason"], by=request.user
            )
            return _set_going(request, made)
    return form_page(request, "catalogue/withdrawal_propose.html", form)


@needs(ITEMS)
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """The copies of one weeding; a POST says which of those shown stay. For htmx only the part that moves."""
    shown = get_object_or_404(queries.withdrawals(), pk=pk)
    page = page_of(queries.withdrawal_lines(shown), request)
    if request.method == "POST":
        kept = set(map(key_in, request.POST.getlist("keep")))
        verbs.keep_lines(shown, kept, {line.pk for line in page})
        messages.success(request, _("Pilihan disimpan."))
        return redirect(request.get_full_path())
    going = shown.lines.filter(kept=False).count() if shown.state == Withdrawal.States.PROPOSED else 0
    template = "catalogue/withdrawal_state.html" if request.headers.get("HX-Request") else "catalogue/withdrawal.html"
    return render(request, template, {"withdrawal": shown, "page": page, "going": going})


@needs(WITHDRAW)
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(Withdrawal, pk=pk)
    form = ApprovalForm(request.POST or None, initial={"dated": clock.today(library().zone), "hide_titles": True})
    if form.is_valid():
        with reasons_shown_on(form), transaction.atomic():
            approved = verbs.approve_withdrawal(shown, address_of=_check_address(request), by=request.user, **form.told())
            return _set_going(request, approved, _("Penyiangan disetujui, dan berita acaranya diterbitkan."))
    going = shown.lines.filter(kept=False).count()
    return form_page(request, "catalogue/withdrawal_approve.html", form, withdrawal=shown, going=going)


@needs(ITEMS)
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    verbs.drop_withdrawal(get_object_or_404(Withdrawal, pk=pk), by=request.user)
    return redirect("catalogue:withdrawals")


@needs(WITHDRAW)
@require_POST
@transaction.atomic
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    undone = verbs.undo_withdrawal(get_object_or_404(Withdrawal, pk=pk), by=request.user)
    return _set_going(request, undone, _("Penyiangan dibatalkan; statusnya kembali seperti semula."))


@needs(ITEMS)
def minutes(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The minutes as they were issued."""
    shown = get_object_or_404(Withdrawal, pk=pk)
    return _file(shown.stored_file, f"berita-acara-penyiangan-{pk}.pdf")


@needs(ITEMS)
def annex(request: HttpRequest, pk: int, part: int) -> HttpResponseBase:
    """A piece of the list of copies that belongs to the minutes."""
    annexes = get_object_or_404(Withdrawal, pk=pk).annexes
    stored = annexes[part - 1]["stored_file"] if 0 < part <= len(annexes) else ""
    return _file(stored, f"berita-acara-penyiangan-{pk}-lampiran-{part}.pdf")


def check(request: HttpRequest, token: str) -> HttpResponse:
    """What was issued under this code, for anybody; with a file, whether it is the minutes or an annex of them."""
    issued = get_object_or_404(queries.withdrawals().exclude(digest=""), token=token)
    context: dict[str, Any] = {"withdrawal": issued, "copies": queries.copies_gone(issued), "is_same": None}
    if request.method == "POST" and (copy := request.FILES.get("copy")):
        digest = hashlib.sha256(copy.read()).hexdigest() if (copy.size or 0) <= LARGEST_COPY else ""
        known = [issued.digest, *(each["digest"] for each in issued.annexes)]
        context |= {"is_same": digest in known, "part": known.index(digest) if digest in known else 0}
    return render(request, "catalogue/withdrawal_check.html", context)


def _file(stored: str, name: str) -> HttpResponseBase:
    if not stored:
        raise Http404
    return FileResponse(default_storage.open(stored), content_type="application/pdf", filename=name)


def _set_going(request: HttpRequest, now: Withdrawal, done: str = "") -> HttpResponse:
    """To the page of the weeding; what is left of the work is given to the background. In the transaction of the verb."""
    if now.is_under_way:
        go_on_with_withdrawal.enqueue(withdrawal=now.pk, by=request.user.pk)
        messages.success(request, _("Dikerjakan di belakang layar. Halaman ini boleh ditinggalkan."))
    elif done:
        messages.success(request, done)
    return redirect("catalogue:withdrawal", now.pk)


def _check_address(request: HttpRequest) -> Callable[[str], str]:
    return lambda token: request.build_absolute_uri(reverse("catalogue:withdrawal_check", args=[token]))
