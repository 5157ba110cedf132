"""The overview of the library, and its particulars."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.organization import queries
from lumbung.organization.domain.library import change_library
from lumbung.organization.models import Branch
from lumbung.organization.permissions import CHANGE
from lumbung.organization.web.forms import LibraryForm
from lumbung.organization.web.week import week_of

SHOWN_CLOSURES = 5


@needs(CHANGE)
def overview(request: HttpRequest) -> HttpResponse:
    branches = Branch.objects.annotate(location_count=Count("locations"))
    context = {
        "library": queries.library(),
        "branches": [(branch, week_of(branch)) for branch in branches],
        "without_hours": queries.branches_without_hours(),
        "hidden": [branch for branch in queries.branches() if branch not in queries.public_branches()],
        "closures": queries.coming_closures()[:SHOWN_CLOSURES],
    }
    return render(request, "organization/overview.html", context)


@needs(CHANGE)
def particulars(request: HttpRequest) -> HttpResponse:
    form = LibraryForm(request.POST or None, instance=queries.library())
    if form.is_valid():
        with reasons_shown_on(form):
            change_library(by=request.user, **form.cleaned_data)
            messages.success(request, _("Data perpustakaan disimpan."))
            return redirect("organization:overview")
    return form_page(request, "organization/library.html", form)
