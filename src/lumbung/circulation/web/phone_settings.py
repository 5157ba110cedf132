"""Pages on which staff say where members borrow with their own telephones, and the code of the day to hang up."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lumbung.circulation import permissions, queries
from lumbung.circulation.domain.phone_lending import change_phone_lending, code_of_the_day
from lumbung.circulation.web.forms import PhoneLendingForm
from lumbung.kernel import clock
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.organization import queries as organization
from lumbung.organization.models import Branch


@needs(permissions.TERMINALS)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Every branch, and how it is done there."""
    known = {terms.branch_id: terms for terms in queries.lending_by_phone()}
    rows = [(branch, known.get(branch.pk)) for branch in organization.branches()]
    return render(request, "circulation/phone_lending.html", {"rows": rows})


@needs(permissions.TERMINALS)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """How members borrow with their telephones at this branch."""
    branch = get_object_or_404(Branch, pk=pk)
    form = PhoneLendingForm(request.POST or None, instance=queries.phone_lending_at(branch))
    if form.is_valid():
        with reasons_shown_on(form):
            change_phone_lending(branch, by=request.user, **form.cleaned_data)
            messages.success(request, _("Perubahan disimpan."))
            return redirect("circulation:phone_lending")
    return form_page(request, "circulation/phone_lending_form.html", form, branch=branch)


@never_cache
@needs(permissions.LEND)
@require_safe
def poster(request: HttpRequest, pk: int) -> HttpResponse:
    """The code of the day, to hang up or to leave on a screen."""
    branch = get_object_or_404(Branch, pk=pk)
    path = reverse("self_service:here", args=[branch.code, code_of_the_day(branch)])
    facts = {"branch": branch, "address": request.build_absolute_uri(path), "today": clock.today(branch.zone)}
    return render(request, "circulation/phone_poster.html", facts)
