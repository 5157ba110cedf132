"""Asking that a file be withdrawn, and answering."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from lumbung.digital.domain.takedowns import answer_takedown, ask_takedown
from lumbung.digital.models import TakedownRequest
from lumbung.digital.permissions import KEEP
from lumbung.digital.web.files import decided
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.submission import form_page, reasons_shown_on


class TakedownForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Nama Anda"), max_length=120)
    contact = forms.CharField(label=gettext_lazy("Surel atau telepon"), max_length=200)
    reason = forms.CharField(
        label=gettext_lazy("Mengapa berkas ini perlu ditarik?"), widget=forms.Textarea(attrs={"rows": 5}), max_length=4000
    )


@once
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Open to everybody: whoever a file wrongs need not be a member."""
    file, _access = decided(request, pk)
    form = TakedownForm(request.POST or None)
    if form.is_valid():
        with reasons_shown_on(form):
            ask_takedown(file, **form.cleaned_data, by=request.user if request.user.is_authenticated else None)
            messages.success(request, _("Permintaan Anda kami terima. Jawabannya kami kirim ke alamat yang Anda tuliskan."))
            return redirect("digital:file", pk)
    return form_page(request, "digital/takedown.html", form, file=file, record=file.record)


@needs(KEEP)
@require_safe
def takedowns(request: HttpRequest) -> HttpResponse:
    """What was asked, those waiting first."""
    rows = TakedownRequest.objects.select_related("file__record", "answered_by").defer(
        "file__record__marc", "file__record__findable"
    )
    return render(request, "digital/takedowns.html", {"page": page_of(rows.order_by("answered_at", "-pk"), request)})


@needs(KEEP)
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(TakedownRequest, pk=pk)
    answer_takedown(found, grant=request.POST.get("verdict") == "grant", answer=request.POST.get("answer", ""), by=request.user)
    messages.success(request, _("Jawaban tersimpan. Sampaikan kepada pemohon."))
    return redirect("digital:takedowns")
