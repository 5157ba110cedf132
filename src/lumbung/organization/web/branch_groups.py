"""Groups of branches: the list, and one by one."""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.submission import FormForVerb, form_page, reasons_shown_on, row_of_form
from lumbung.organization.domain.branch_groups import add_branch_group, change_branch_group, remove_branch_group
from lumbung.organization.models import BranchGroup
from lumbung.organization.permissions import CHANGE
from lumbung.organization.refusals import GROUP_EMPTY, GROUP_GONE


class BranchGroupForm(FormForVerb):
    """``version`` is the version of the group that was looked at."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = BranchGroup
        fields = ("name", "branches")
        widgets: ClassVar = {"branches": forms.CheckboxSelectMultiple}
        help_texts: ClassVar = {
            "name": gettext_lazy("Misalnya Kampus Selatan, atau Perpustakaan fakultas ilmu sosial."),
            "branches": gettext_lazy("Bagian dari cabang yang dipilih ikut termasuk."),
        }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version
        self.fields["branches"].error_messages["required"] = str(GROUP_EMPTY())


@needs(CHANGE)
@require_safe
def branch_groups(request: HttpRequest) -> HttpResponse:
    page = page_of(BranchGroup.objects.prefetch_related("branches"), request)
    return render(request, "organization/branch_groups.html", {"page": page})


@needs(CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def add(request: HttpRequest) -> HttpResponse:
    form = BranchGroupForm(request.POST or None)
    if form.is_valid():
        with reasons_shown_on(form):
            added = add_branch_group(by=request.user, **_said(form))
            messages.success(request, _("Kelompok %(name)s ditambahkan.") % {"name": added})
            return redirect("organization:branch_groups")
    return form_page(request, "organization/branch_group.html", form, group=None)


@needs(CHANGE)
@require_http_methods(["GET", "HEAD", "POST", "DELETE"])
def branch_group(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a group; DELETE removes one that no rule names."""
    shown = row_of_form(request, BranchGroup, pk, gone=GROUP_GONE)
    if request.method == "DELETE":
        remove_branch_group(shown, by=request.user)
        messages.success(request, _("Kelompok %(name)s dihapus.") % {"name": shown})
        return redirect("organization:branch_groups")
    form = BranchGroupForm(request.POST or None, instance=shown)
    if form.is_valid():
        with reasons_shown_on(form):
            change_branch_group(shown, version=form.cleaned_data["version"] or 0, by=request.user, **_said(form))
            messages.success(request, _("Perubahan disimpan."))
            return redirect("organization:branch_groups")
    return form_page(request, "organization/branch_group.html", form, group=shown)


def _said(form: BranchGroupForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("name", "branches")}
