"""Serving with the doors closed: looked at, done, reported, ended."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from lumbung.circulation.domain.closed_doors import close_doors, look_before_closing, open_doors
from lumbung.circulation.models import ClosedDoors
from lumbung.circulation.permissions import CLOSE_DOORS
from lumbung.circulation.queries.closed_doors import announced, closed_doors, effects_of, report_of
from lumbung.kernel import clock
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.forms import Day
from lumbung.kernel.ui.once import once_pressed
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.organization.models import Branch, Offering
from lumbung.organization.queries import library

UNCHANGED = ""


class CloseForm(forms.Form):
    """Days, reason and word to the public, and what each service is meanwhile."""

    branch = forms.ModelChoiceField(
        Branch.objects.all(), label=gettext_lazy("Cabang"), required=False, empty_label=gettext_lazy("Semua cabang")
    )
    first_day = Day(label=gettext_lazy("Hari pertama"))
    last_day = Day(label=gettext_lazy("Hari terakhir"))
    reason = forms.CharField(
        label=gettext_lazy("Alasan"), max_length=80, help_text=gettext_lazy("Contoh: Abu vulkanik, pemadaman listrik, pandemi.")
    )
    note = forms.CharField(
        label=gettext_lazy("Yang tetap dapat dilakukan"),
        max_length=200,
        help_text=gettext_lazy(
            "Tampil di setiap halaman umum. Contoh: Cari, perpanjang, dan tanya pustakawan tetap dapat dari rumah."
        ),
    )

    tells = forms.BooleanField(
        label=gettext_lazy("Kirim surat kepada peminjam dan pemesan yang terkena"), required=False, initial=True
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.services = list(Offering.objects.all())
        choices = [(UNCHANGED, gettext_lazy("Tetap seperti sekarang")), *Offering.States.choices]
        for service in self.services:
            self.fields[f"service-{service.pk}"] = forms.ChoiceField(label=service.name, choices=choices, required=False)

    def service_fields(self) -> list[forms.BoundField]:
        return [self[f"service-{service.pk}"] for service in self.services]

    def facts(self) -> dict[str, Any]:
        """As the verb takes them. Only for a form that is valid."""
        told = {name: self.cleaned_data[name] for name in ("branch", "first_day", "last_day", "reason", "note", "tells")}
        states = {service.pk: self.cleaned_data[f"service-{service.pk}"] for service in self.services}
        return {**told, "services": {key: state for key, state in states.items() if state}}


@needs(CLOSE_DOORS)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    return render(request, "circulation/closed_doors.html", {"page": page_of(closed_doors(), request), "today": _today()})


@needs(CLOSE_DOORS)
@once_pressed("sure")
def close(request: HttpRequest) -> HttpResponse:
    """The first sending shows what would change; only the second, with ``sure``, closes."""
    form = CloseForm(request.POST or None)
    effects = None
    if form.is_valid():
        told = form.facts()
        with reasons_shown_on(form):
            look_before_closing(**{name: told[name] for name in ("first_day", "last_day", "note", "branch")})
            if request.POST.get("sure"):
                closed = close_doors(**told, by=request.user)
                messages.success(request, _said_of(closed))
                return redirect("circulation:closed_doors_one", closed.pk)
        effects = effects_of(told["first_day"], told["last_day"], told["branch"])
    return form_page(request, "circulation/close_doors.html", form, effects=effects)


@needs(CLOSE_DOORS)
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """The report: what was changed, and the way to open again; for htmx only what still moves."""
    shown = get_object_or_404(closed_doors(), pk=pk)
    if request.headers.get("HX-Request"):
        return render(request, "circulation/closed_doors_moved.html", {"shown": shown})
    services = Offering.objects.filter(pk__in=[int(key) for key in shown.services])
    context = {"shown": shown, "services": services, "report": report_of(shown), "rests": _resting(shown), "today": _today()}
    return render(request, "circulation/closed_doors_one.html", context)


@needs(CLOSE_DOORS)
@require_POST
def opening(request: HttpRequest, pk: int) -> HttpResponse:
    opened = open_doors(get_object_or_404(ClosedDoors, pk=pk), by=request.user)
    called_off = _("Penutupan dibatalkan: kalender, jatuh tempo, pesanan, dan layanan seperti semula.")
    messages.success(request, called_off if opened.was_called_off else _("Pintu dibuka kembali; layanan seperti semula."))
    return redirect("circulation:closed_doors_one", pk)


def _said_of(closed: ClosedDoors) -> str:
    if closed.is_moving:
        return _("Pintu ditutup: kalender, pesanan, dan layanan sudah mengikuti; jatuh tempo menyusul di belakang.")
    return _("Pintu ditutup: kalender, jatuh tempo, pesanan, dan layanan sudah mengikuti.")


def _today() -> date:
    return clock.today(library().zone)


def _resting(closed: ClosedDoors) -> Any:
    return (
        closed.rests.filter(until__gte=_today())
        .select_related("item__record")
        .defer("item__record__marc", "item__record__findable")
    )


def banner(request: HttpRequest) -> SafeString:
    """What every public page says while doors are closed, or will be within a week."""
    told = announced()
    return render_to_string("circulation/closed_doors_banner.html", {"announced": told}, request) if told else SafeString("")
