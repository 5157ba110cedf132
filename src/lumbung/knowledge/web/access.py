"""The networks of the portal, set by whoever leads the library, from inside."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.knowledge.domain.gate import change_intranet, true_address
from lumbung.knowledge.permissions import NETWORKS
from lumbung.knowledge.queries.access import intranet as current_intranet
from lumbung.knowledge.web.gate import intranet


class IntranetForm(forms.Form):
    networks = forms.CharField(
        label=gettext_lazy("Jaringan perpustakaan"),
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
        required=False,
        help_text=gettext_lazy(
            "Satu jaringan sebaris, lalu namanya: 10.20.0.0/16 Kampus. Kosong berarti semua jaringan privat."
        ),
    )
    partner_networks = forms.CharField(
        label=gettext_lazy("Jaringan mitra"),
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        required=False,
        help_text=gettext_lazy("Dari sini hanya tamu undangan yang masuk, dan hanya ke komunitasnya."),
    )


@intranet(NETWORKS)
def networks(request: HttpRequest) -> HttpResponse:
    shown = current_intranet()
    initial = {"networks": shown.networks, "partner_networks": shown.partner_networks}
    form = IntranetForm(request.POST or None, initial=initial)
    if form.is_valid():
        with reasons_shown_on(form):
            change_intranet(**form.cleaned_data, seen_from=true_address(request), by=request.user)
            messages.success(request, _("Jaringan portal disimpan."))
            return redirect("knowledge:networks")
    return form_page(request, "knowledge/networks.html", form, address=true_address(request))
