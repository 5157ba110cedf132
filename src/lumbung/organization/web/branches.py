"""Branches: add, change, remove."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.organization import queries
from lumbung.organization.domain.branches import add_branch, change_branch, remove_branch
from lumbung.organization.models import Branch
from lumbung.organization.permissions import CHANGE
from lumbung.organization.web.forms import BranchForm
from lumbung.organization.web.week import week_of


@needs(CHANGE)
@once
def add(request: HttpRequest) -> HttpResponse:
    form = BranchForm(request.POST or None, initial={"time_zone": queries.library().time_zone})
    if form.is_valid():
        with reasons_shown_on(form):
            branch = add_branch(by=request.user, **form.cleaned_data)
            messages.success(request, _("%(branch)s ditambahkan. Lanjutkan dengan jam bukanya.") % {"branch": branch})
            return redirect("organization:hours", branch.pk)
    return form_page(request, "organization/branch_add.html", form)


@needs(CHANGE)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    branch = get_object_or_404(Branch, pk=pk)
    form = BranchForm(request.POST or None, instance=branch)
    if form.is_valid():
        with reasons_shown_on(form):
            change_branch(branch, by=request.user, **form.cleaned_data)
            messages.success(request, _("Data %(branch)s disimpan.") % {"branch": form.cleaned_data["name"]})
            return redirect("organization:branch", pk)
    context = {"branch": branch, "week": week_of(branch), "locations": queries.locations(branch)}
    return form_page(request, "organization/branch.html", form, **context)


@needs(CHANGE)
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    branch = get_object_or_404(Branch, pk=pk)
    remove_branch(branch, by=request.user)
    messages.success(request, _("%(branch)s dihapus.") % {"branch": branch})
    return redirect("organization:overview")
