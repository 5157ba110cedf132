"""What lecturers ask the library for: copies to set apart, and titles with too few copies."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lumbung.catalogue.models import Item, ItemType
from lumbung.discovery.domain import reserves as verbs
from lumbung.discovery.models import Reserve
from lumbung.discovery.permissions import RESERVES
from lumbung.discovery.queries.courses import asked_reserves, copies_for, shortages
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.organization.models import Location


class GrantForm(forms.Form):
    items = forms.ModelMultipleChoiceField(
        Item.objects.none(), label=pgettext_lazy("many", "Eksemplar"), widget=forms.CheckboxSelectMultiple
    )
    item_type = forms.ModelChoiceField(
        ItemType.objects.all(),
        label=gettext_lazy("Jadikan jenis"),
        help_text=gettext_lazy("Aturan peminjaman jenis ini berlaku selama ditandon."),
    )
    location = forms.ModelChoiceField(Location.objects.all(), label=gettext_lazy("Taruh di"), required=False)


@needs(RESERVES)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    return render(request, "discovery/staff_courses.html", {"reserves": asked_reserves(), "shortages": shortages()})


@needs(RESERVES)
@require_http_methods(["GET", "HEAD", "POST"])
def reserve(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(asked_reserves(), pk=pk)
    form = GrantForm(request.POST or None)
    form.fields["items"].queryset = copies_for(found)  # type: ignore[attr-defined]
    if form.is_valid():
        with reasons_shown_on(form):
            verbs.grant_reserve(found, by=request.user, **form.cleaned_data)
            messages.success(request, _("Eksemplar ditandon."))
            return redirect("discovery:staff-courses")
    return form_page(request, "discovery/reserve.html", form, reserve=found)


@needs(RESERVES)
@require_POST
def refusal(request: HttpRequest, pk: int) -> HttpResponse:
    verbs.decline_reserve(get_object_or_404(Reserve, pk=pk), answer=request.POST.get("answer", ""), by=request.user)
    return redirect("discovery:staff-courses")


@needs(RESERVES)
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    verbs.end_reserve(get_object_or_404(Reserve, pk=pk), by=request.user)
    messages.success(request, _("Eksemplar dikembalikan seperti semula."))
    return redirect("discovery:staff-courses")
