"""The register of a channel's templates: read from the channel, and which notice goes by which."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from lumbung.kernel.refusals import Refused
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.messaging.channels import channel_called, offers
from lumbung.messaging.domain import templates, texts
from lumbung.messaging.models import Account, Template
from lumbung.messaging.permissions import SET_CHANNELS


class ChoiceForm(forms.Form):
    """Which notice goes by the template, and the words for its places, a line each."""

    code = forms.ChoiceField(label=gettext_lazy("Pemberitahuan"))
    values = forms.CharField(
        label=gettext_lazy("Kata untuk tiap isian"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "class": "num"}),
        help_text=gettext_lazy("Satu baris untuk tiap isian, menurut urutannya."),
    )

    def __init__(self, *args: Any, template: Template, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"code": template.code, "values": "\n".join(template.values)}
        field: Any = self.fields["code"]
        field.choices = [(code, f"{texts.sample(code, template.language[:2]).subject} ({code})") for code in texts.codes()]

    def lines(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["values"].splitlines() if line.strip()]


def _account(pk: int) -> Account:
    """An account on a channel that has templates."""
    account = get_object_or_404(Account, pk=pk)
    if not offers(channel_called(account.kind), "forms"):
        raise Http404
    return account


@needs(SET_CHANNELS)
@require_safe
def listed(request: HttpRequest, pk: int) -> HttpResponse:
    account = _account(pk)
    return render(request, "messaging/templates.html", {"account": account, "rows": account.templates.all()})


@needs(SET_CHANNELS)
@require_POST
def read_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the channel which templates there are and what it thinks of them."""
    try:
        count = templates.read_in(_account(pk), by=request.user)
    except Refused as refused:
        messages.error(request, " ".join(str(reason) for reason in refused.reasons))
    else:
        messages.success(
            request,
            ngettext("%(count)s templat dibaca dari salurannya.", "%(count)s templat dibaca dari salurannya.", count)
            % {"count": count},
        )
    return redirect("messaging:templates", pk)


@needs(SET_CHANNELS)
def template(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    """One template: what it says, and the notice that goes by it."""
    account = _account(pk)
    row = get_object_or_404(account.templates, pk=key)
    form = ChoiceForm(request.POST or None, template=row)
    if form.is_valid():
        with reasons_shown_on(form):
            templates.choose(row, form.cleaned_data["code"], form.lines(), by=request.user)
            messages.success(request, _("Pemberitahuan itu kini memakai templat “%(name)s”.") % {"name": row.name})
            return redirect("messaging:templates", pk)
    code = request.GET.get("code") or row.code
    places = texts.places(code) if code in texts.codes() else []
    shown = templates.text_of(row, row.values)
    return form_page(request, "messaging/template.html", form, account=account, row=row, facts=places, shown=shown)


@needs(SET_CHANNELS)
@require_POST
def give_up(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    """No notice goes by it any more."""
    templates.give_up(get_object_or_404(_account(pk).templates, pk=key), by=request.user)
    messages.success(request, _("Templat itu tidak dipakai lagi."))
    return redirect("messaging:template", pk, key)
