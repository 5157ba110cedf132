"""The formats of what is kept and their risks, for those who look after it."""

from typing import ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from lumbung.digital.domain.kept_formats.identifying import identify_again
from lumbung.digital.domain.kept_formats.judging import judge_format, take_judgement_back
from lumbung.digital.domain.kept_formats.proposals import proposal_for
from lumbung.digital.models import KeptFormat, Risks
from lumbung.digital.permissions import PRESERVE
from lumbung.digital.queries import kept_formats as asked
from lumbung.digital.queries.preservation import names_of
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.spreadsheet import csv_response
from lumbung.kernel.ui.submission import FormForVerb, form_page, reasons_shown_on


class FormatForm(FormForVerb):
    reason = forms.CharField(label=gettext_lazy("Alasan"), max_length=300)

    class Meta:
        model = KeptFormat
        fields: ClassVar = ["risk", "reason", "plan"]
        widgets: ClassVar = {"plan": forms.Textarea(attrs={"rows": 4})}
        help_texts: ClassVar = {
            "risk": gettext_lazy("Seberapa mungkin format ini suatu hari tidak dapat dibuka lagi."),
            "plan": gettext_lazy("Misalnya: ubah ke PDF/A sebelum akhir 2028, atau coba buka tiap tahun."),
        }


@needs(PRESERVE)
@require_safe
def formats(request: HttpRequest) -> HttpResponse:
    """Each format that is kept, how many files are of it, and its risk."""
    chosen = request.GET.get("risk", "")
    chosen = chosen if chosen in Risks.values else ""
    page = page_of(asked.kept_formats(chosen), request)
    rows = [(each, each.reason or proposal_for(each.puid)[1]) for each in page]
    facts = {"page": page, "rows": rows, "chosen": chosen, "risks": Risks.choices, "progress": asked.progress()}
    return render(request, "digital/kept_formats.html", facts)


@needs(PRESERVE)
@require_safe
def formats_table(_request: HttpRequest) -> HttpResponseBase:
    """The register of risks as a table to take away."""
    heads = ["PUID", _("Format"), _("Versi"), _("Berkas"), _("Bita"), _("Risiko"), _("Alasan"), _("Rencana"), _("Dinilai pada")]
    rows = (
        [puid, *facts, Risks(risk).label, reason or proposal_for(puid)[1], plan, at.date().isoformat() if at else ""]
        for puid, *facts, risk, reason, plan, at in asked.register()
    )
    return csv_response("format.csv", heads, rows)


@needs(PRESERVE)
def kept_format(request: HttpRequest, pk: int) -> HttpResponse:
    """One format: its risk, the plan, and the files that are of it."""
    shown = get_object_or_404(KeptFormat.objects.select_related("judged_by"), pk=pk)
    reason = proposal_for(shown.puid)[1]
    first = None if shown.judged_at else {"reason": reason}
    form = FormatForm(request.POST or None, instance=shown, initial=first)
    if form.is_valid():
        with reasons_shown_on(form):
            judge_format(KeptFormat(pk=pk), **form.cleaned_data, by=request.user)
            messages.success(request, _("Penilaian disimpan."))
            return redirect("digital:kept_formats")
    page = page_of(shown.contents.order_by("pk"), request)
    names = names_of(list(page))
    rows = [(each, names.get(each.sha256, each.sha256[:12])) for each in page]
    return form_page(request, "digital/kept_format.html", form, format=shown, page=page, rows=rows)


@needs(PRESERVE)
@require_POST
def judgement_back(request: HttpRequest, pk: int) -> HttpResponse:
    take_judgement_back(get_object_or_404(KeptFormat, pk=pk), by=request.user)
    messages.success(request, _("Usulan berlaku lagi."))
    return redirect("digital:kept_format", pk)


@needs(PRESERVE)
@require_POST
def again(request: HttpRequest) -> HttpResponse:
    count = identify_again(by=request.user)
    messages.success(
        request,
        ngettext("%(count)s berkas akan dikenali ulang di latar.", "%(count)s berkas akan dikenali ulang di latar.", count)
        % {"count": count},
    )
    return redirect("digital:kept_formats")
