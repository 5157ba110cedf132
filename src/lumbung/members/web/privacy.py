"""Personal data, for the staff: requests with their deadline, texts of consents, how long what is kept."""

from typing import cast

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
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.members import permissions
from lumbung.members.domain.privacy import consents, requests
from lumbung.members.domain.privacy.holdings import registered
from lumbung.members.models import Breach, ConsentPurpose, PrivacyRequest


class ConsentTextForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Untuk apa"), max_length=80)
    text = forms.CharField(label=gettext_lazy("Bunyi persetujuan"), widget=forms.Textarea({"rows": 4}), required=False)


@needs(permissions.PRIVACY)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    rows = PrivacyRequest.objects.select_related("member", "closed_by").order_by("closed_at", "due_at", "pk")
    purposes = ConsentPurpose.objects.all()
    context = {"page": page_of(rows, request), "purposes": purposes, "holdings": registered(), "now": clock.now()}
    context["breaches"] = Breach.objects.filter(closed_at=None)
    return render(request, "members/privacy.html", context)


@needs(permissions.PRIVACY)
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Carry a request out, or refuse it and say why."""
    asked = get_object_or_404(PrivacyRequest, pk=pk)
    done = request.POST.get("verdict") == "done"
    requests.close(asked, done=done, answer=request.POST.get("answer", ""), by=cast("User", request.user))
    messages.success(request, _("Permintaan dilaksanakan.") if done else _("Permintaan ditolak dengan alasan."))
    return redirect("members:privacy")


@needs(permissions.PRIVACY)
@require_http_methods(["GET", "POST"])
def consent_text(request: HttpRequest, pk: int) -> HttpResponse:
    """Say a consent in other words; everybody is asked anew."""
    shown = get_object_or_404(ConsentPurpose, pk=pk)
    form = ConsentTextForm(request.POST or None, initial={"name": shown.name, "text": shown.text})
    if form.is_valid():
        with reasons_shown_on(form):
            consents.change_text(shown, by=request.user, **form.cleaned_data)
            messages.success(request, _("Perubahan disimpan."))
            return redirect("members:privacy")
    return form_page(request, "members/consent_text.html", form, purpose=shown)
