"""The minutes of a stock-take: issued and fetched by staff, checked by anybody who holds a copy."""

import hashlib
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lumbung.catalogue.domain.stock_takes.minutes import MOST_SIGNERS, issue_minutes
from lumbung.catalogue.models import Minutes, StockTake
from lumbung.catalogue.permissions import STOCK_TAKES
from lumbung.kernel import clock
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.forms import Day
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.organization.queries import library

LARGEST_COPY = 20 << 20


class MinutesForm(forms.Form):
    number = forms.CharField(
        label=gettext_lazy("Nomor"), max_length=80, help_text=gettext_lazy("Misalnya 012/PERPUS/BA-SO/XII/2026.")
    )
    place = forms.CharField(label=gettext_lazy("Tempat"), max_length=80)
    dated = Day(label=gettext_lazy("Tanggal"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for at in range(1, MOST_SIGNERS + 1):
            told = {"at": at}
            self.fields[f"name_{at}"] = forms.CharField(
                label=_("Penanda tangan %(at)d") % told, max_length=120, required=at == 1
            )
            self.fields[f"role_{at}"] = forms.CharField(label=_("Jabatan %(at)d") % told, max_length=120, required=at == 1)
            self.fields[f"number_{at}"] = forms.CharField(label=_("NIP atau NIK %(at)d") % told, max_length=40, required=False)

    def told(self) -> dict[str, Any]:
        """What the verb takes. Only for a form that is valid."""
        given = self.cleaned_data
        signers = [
            {name: given[f"{name}_{at}"] for name in ("name", "role", "number")}
            for at in range(1, MOST_SIGNERS + 1)
            if given[f"name_{at}"]
        ]
        return {"number": given["number"], "place": given["place"], "dated": given["dated"], "signers": signers}


@needs(STOCK_TAKES)
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(StockTake, pk=pk)
    form = MinutesForm(request.POST or None, initial={"dated": clock.today(library().zone)})
    if form.is_valid():
        with reasons_shown_on(form):
            issue_minutes(shown, address_of=lambda token: _address(request, token), by=request.user, **form.told())
            messages.success(request, _("Berita acara diterbitkan."))
            return redirect("catalogue:stock_take", pk)
    return form_page(request, "catalogue/minutes_issue.html", form, take=shown)


@needs(STOCK_TAKES)
def fetch(_request: HttpRequest, pk: int, minutes: int) -> HttpResponseBase:
    """The file as it was issued."""
    issued = get_object_or_404(Minutes, pk=minutes, stock_take=pk)
    return FileResponse(
        default_storage.open(issued.stored_file), content_type="application/pdf", filename=f"berita-acara-opname-{pk}.pdf"
    )


def check(request: HttpRequest, token: str) -> HttpResponse:
    """What was issued under this code; with a file, whether it is that very file."""
    issued = get_object_or_404(Minutes.objects.select_related("stock_take"), token=token)
    is_same = None
    if request.method == "POST" and (copy := request.FILES.get("copy")):
        is_same = (copy.size or 0) <= LARGEST_COPY and hashlib.sha256(copy.read()).hexdigest() == issued.digest
    return render(request, "catalogue/minutes_check.html", {"minutes": issued, "take": issued.stock_take, "is_same": is_same})


def _address(request: HttpRequest, token: str) -> str:
    return request.build_absolute_uri(reverse("catalogue:minutes_check", args=[token]))
