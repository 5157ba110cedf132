"""Limit sets: the list, the editor, and removing one."""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from lumbung.catalogue.models import Material
from lumbung.circulation import permissions
from lumbung.circulation.domain.limit_sets import add_limit_set, change_limit_set, remove_limit_set
from lumbung.circulation.models import LimitSet
from lumbung.circulation.queries.limit_sets import limits_now
from lumbung.circulation.refusals import LIMIT_SET_GONE
from lumbung.circulation.web.rule_forms import NamesPlaces, WhereField
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.submission import form_page, reasons_shown_on, row_of_form
from lumbung.organization.models import Location


class PlacesField(forms.ModelMultipleChoiceField):
    """Places on the shelf, each with its branch: two branches may have a room of one name."""

    def label_from_instance(self, place: Location) -> str:
        return f"{place.name} ({place.branch})"


class LimitSetForm(NamesPlaces):
    """A limit over a group."""

    locations = PlacesField(
        Location.objects.select_related("branch").order_by("branch__name", "name"),
        label=gettext_lazy("Lokasi rak"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    materials = forms.MultipleChoiceField(
        label=gettext_lazy("Jenis koleksi"), choices=Material, required=False, widget=forms.CheckboxSelectMultiple
    )

    branch = WhereField(
        label=gettext_lazy("Cabang"),
        help_text=gettext_lazy("Yang dipinjam di sana dan di bagiannya; pinjaman di cabang lain tidak ikut dihitung."),
    )

    class Meta:
        model = LimitSet
        fields = ("name", "most", "item_types", "locations", "materials", "category", "branch")
        widgets: ClassVar = {"item_types": forms.CheckboxSelectMultiple}
        help_texts: ClassVar = {
            "name": gettext_lazy("Disebut bila peminjaman ditolak, misalnya Koleksi rujukan."),
            "category": gettext_lazy("Berlaku juga untuk kategori di bawahnya."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].empty_label = _("Semua")  # type: ignore[attr-defined]  # a field of choices


@needs(permissions.RULES)
@require_safe
def limit_sets(request: HttpRequest) -> HttpResponse:
    """Every limit set, with what it counts together."""
    words = request.GET.get("q", "").strip()
    shown = page_of([each for each in limits_now() if words.casefold() in f"{each.name} {each.group}".casefold()], request)
    return render(request, "circulation/limit_sets.html", {"page": shown, "q": words})


@needs(permissions.RULES)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def new(request: HttpRequest) -> HttpResponse:
    form = LimitSetForm(request.POST or None)
    if form.is_valid():
        with reasons_shown_on(form):
            add_limit_set(**form.cleaned_data, by=request.user)
            messages.success(request, _("Batas bersama ditambahkan."))
            return redirect("circulation:limit_sets")
    return form_page(request, "circulation/limit_set.html", form, limit=None)


@needs(permissions.RULES)
@require_http_methods(["GET", "HEAD", "POST", "DELETE"])
def limit_set(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a limit set; DELETE removes it."""
    shown = row_of_form(request, LimitSet, pk, gone=LIMIT_SET_GONE)
    if request.method == "DELETE":
        return _removed(request, shown)
    form = LimitSetForm(request.POST or None, instance=shown)
    if form.is_valid():
        with reasons_shown_on(form):
            change_limit_set(shown, **form.cleaned_data, by=request.user)
            messages.success(request, _("Perubahan disimpan."))
            return redirect("circulation:limit_sets")
    return form_page(request, "circulation/limit_set.html", form, limit=shown)


def _removed(request: HttpRequest, limit: LimitSet) -> HttpResponse:
    remove_limit_set(limit, by=request.user)
    messages.success(request, _("Batas bersama dihapus."))
    return redirect("circulation:limit_sets")
