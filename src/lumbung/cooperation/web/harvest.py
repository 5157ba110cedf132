"""How we let ourselves be harvested, who did, what they asked, and which records could not be told whole."""

from typing import ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from lumbung.cooperation.domain.identifiers import keep_identifiers
from lumbung.cooperation.domain.rules import FIELDS, change_sharing_rules
from lumbung.cooperation.jobs import share_all_anew
from lumbung.cooperation.models import SharingRules
from lumbung.cooperation.permissions import SHARE
from lumbung.cooperation.queries import harvesting, standing
from lumbung.cooperation.queries.forms import FORMS
from lumbung.cooperation.queries.rules import LEGACY, repository_identifier, sharing_rules
from lumbung.kernel.refusals import Refused
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.submission import FormForVerb, form_page, reasons_shown_on

FAULTY_SHOWN = 20


class RulesForm(FormForVerb):
    class Meta:
        model = SharingRules
        fields: ClassVar = ["is_open", "repository", "emails", "page_size"]
        widgets: ClassVar = {"emails": forms.Textarea(attrs={"rows": 2})}
        help_texts: ClassVar = {
            "repository": gettext_lazy(
                "Nama domain yang menjadi bagian setiap pengenal cantuman. Tetapkan sebelum dipanen pertama kali: "
                "bila diubah, pemanen menganggap semua cantuman baru."
            ),
            "emails": gettext_lazy("Satu per baris. Bila kosong dipakai surel perpustakaan."),
            "page_size": gettext_lazy("10 sampai 1.000."),
        }


@needs(SHARE)
def harvest(request: HttpRequest) -> HttpResponse:
    kept = sharing_rules()
    form = RulesForm(request.POST or None, instance=SharingRules(pk=1, **{name: getattr(kept, name) for name in FIELDS}))
    if form.is_valid():
        with reasons_shown_on(form):
            change_sharing_rules(by=request.user, **form.cleaned_data)
            messages.success(request, _("Aturan panen disimpan."))
            return redirect("cooperation:harvest")
    faulty = list(harvesting.faulty()[: FAULTY_SHOWN + 1])
    context = {
        "rules": kept,
        "address": request.build_absolute_uri("/oai"),
        "legacy": [request.build_absolute_uri(f"/{each}") for each in LEGACY],
        "repository": repository_identifier(),
        "counts": standing.counts(),
        "formats": FORMS,
        "page": page_of(harvesting.visits(), request, size=20),
        "faulty": faulty[:FAULTY_SHOWN],
        "more_faulty": len(faulty) > FAULTY_SHOWN,
    }
    return form_page(request, "cooperation/harvest.html", form, **context)


@needs(SHARE)
@require_POST
def identifiers(request: HttpRequest) -> HttpResponse:
    file = request.FILES.get("file")
    text = file.read().decode("utf-8-sig", "replace") if file else request.POST.get("lines", "")
    try:
        kept, refused = keep_identifiers(text, by=request.user)
    except Refused as refusal:
        messages.error(request, " ".join(str(each) for each in refusal.reasons))
        return redirect("cooperation:harvest")
    messages.success(
        request, ngettext("%(count)d pengenal lama disimpan.", "%(count)d pengenal lama disimpan.", kept) % {"count": kept}
    )
    if refused:
        told = {"count": len(refused), "lines": " · ".join(refused[:5])}
        messages.warning(
            request,
            ngettext(
                "%(count)d baris tidak diambil, misalnya: %(lines)s",
                "%(count)d baris tidak diambil, misalnya: %(lines)s",
                len(refused),
            )
            % told,
        )
    return redirect("cooperation:harvest")


@needs(SHARE)
@require_POST
def anew(request: HttpRequest) -> HttpResponse:
    share_all_anew.enqueue()
    messages.success(request, _("Semua cantuman dibandingkan dengan katalog di belakang layar."))
    return redirect("cooperation:harvest")
