"""The register of breaches, for the staff: entered, followed by its clock, told, closed; and the letter to write."""

from typing import Any, ClassVar, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lumbung.accounts.models import User
from lumbung.kernel import clock
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.submission import FormForVerb, form_page, reasons_shown_on
from lumbung.members import permissions
from lumbung.members.domain.privacy import breaches as verbs
from lumbung.members.models import Breach
from lumbung.members.refusals import BREACH_INCOMPLETE

MISSING: Any = {"required": BREACH_INCOMPLETE.sentence}


class BreachForm(FormForVerb):
    what = forms.CharField(
        label=gettext_lazy("Apa yang terjadi, kapan, dan bagaimana"),
        widget=forms.Textarea({"rows": 3}),
        error_messages=MISSING,
    )
    disclosed = forms.CharField(
        label=gettext_lazy("Data pribadi apa yang terungkap"),
        widget=forms.Textarea({"rows": 2}),
        error_messages=MISSING,
    )
    noticed_at = forms.DateTimeField(
        label=gettext_lazy("Diketahui pada"),
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=gettext_lazy("Waktu 72 jam berjalan sejak saat ini."),
    )

    class Meta:
        model = Breach
        fields = ("noticed_at", "what", "disclosed", "people", "measures")
        labels: ClassVar = {"people": gettext_lazy("Berapa orang terkena")}
        widgets: ClassVar = {"measures": forms.Textarea({"rows": 3})}
        help_texts: ClassVar = {"people": gettext_lazy("Boleh dikosongkan selama belum diketahui.")}


@needs(permissions.PRIVACY)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def breaches(request: HttpRequest) -> HttpResponse:
    """The register, and the form to enter one."""
    form = BreachForm(request.POST or None, initial={"noticed_at": clock.now()})
    if form.is_valid():
        with reasons_shown_on(form):
            entered = verbs.report(by=cast("User", request.user), **form.cleaned_data)
            messages.success(request, _("Tercatat. Beri tahu lembaga PDP dan pemilik data dalam 72 jam."))
            return redirect("members:breach", entered.pk)
    return form_page(request, "members/breaches.html", form, page=page_of(Breach.objects.all(), request), now=clock.now())


@needs(permissions.PRIVACY)
@require_http_methods(["GET", "HEAD", "POST"])
def breach(request: HttpRequest, pk: int) -> HttpResponse:
    """One breach: what is known of it, its clock, and what is left to do."""
    shown = get_object_or_404(Breach.objects.select_related("reported_by"), pk=pk)
    form = BreachForm(request.POST or None, instance=shown)
    if form.is_valid():
        with reasons_shown_on(form):
            verbs.change(shown, by=request.user, **form.cleaned_data)
            messages.success(request, _("Perubahan disimpan."))
            return redirect("members:breach", pk)
    return form_page(request, "members/breach.html", form, **_shown(pk))


@needs(permissions.PRIVACY)
@require_POST
def breach_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody was told, or it is done with."""
    shown = get_object_or_404(Breach, pk=pk)
    step = request.POST.get("step", "")
    if step in verbs.TOLD:
        verbs.note_told(shown, step, by=request.user)
        messages.success(request, _("Pemberitahuan dicatat dengan waktunya."))
    else:
        verbs.close(shown, untold_because=request.POST.get("because", ""), by=request.user)
        messages.success(request, _("Kebocoran ini ditutup dan tetap dalam daftar."))
    return redirect("members:breach", pk)


@needs(permissions.PRIVACY)
@require_safe
def breach_letter(request: HttpRequest, pk: int) -> HttpResponse:
    """What the law wants said to those concerned and to the authority, to print or copy."""
    return render(request, "members/breach_letter.html", {"breach": get_object_or_404(Breach, pk=pk), "today": clock.now()})


def _shown(pk: int) -> dict[str, Any]:
    return {"breach": Breach.objects.select_related("reported_by").get(pk=pk), "now": clock.now()}
