"""Study programmes: the list, one by one, and the table of codes brought in."""

from collections import Counter

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.organization.domain import studies
from lumbung.organization.models import StudyProgramme
from lumbung.organization.permissions import CHANGE
from lumbung.organization.web.study_forms import ProgrammeForm, ProgrammeTableForm


@needs(CHANGE)
@require_safe
def programmes(request: HttpRequest) -> HttpResponse:
    page = page_of(StudyProgramme.objects.select_related("faculty"), request)
    return render(request, "organization/programmes.html", {"page": page})


@needs(CHANGE)
@require_http_methods(["GET", "POST"])
@once
def add(request: HttpRequest) -> HttpResponse:
    form = ProgrammeForm(request.POST or None)
    if form.is_valid():
        with reasons_shown_on(form):
            added = studies.add_programme(by=request.user, **form.told())
            messages.success(request, _("Program studi %(name)s ditambahkan.") % {"name": added})
            return redirect("organization:programmes")
    return form_page(request, "organization/programme.html", form, programme=None)


@needs(CHANGE)
@require_http_methods(["GET", "POST", "DELETE"])
def programme(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a programme; DELETE removes one that nobody is in."""
    shown = get_object_or_404(StudyProgramme.objects.select_related("faculty"), pk=pk)
    if request.method == "DELETE":
        studies.remove_programme(shown, by=request.user)
        messages.success(request, _("Program studi %(name)s dihapus.") % {"name": shown})
        return redirect("organization:programmes")
    form = ProgrammeForm(request.POST or None, instance=shown)
    if form.is_valid():
        with reasons_shown_on(form):
            studies.change_programme(shown, by=request.user, **form.told())
            messages.success(request, _("Perubahan disimpan."))
            return redirect("organization:programmes")
    return form_page(request, "organization/programme.html", form, programme=shown)


@needs(CHANGE)
@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Try a table or bring it in; every row says what became of it."""
    form, outcomes = ProgrammeTableForm(request.POST or None, request.FILES or None), None
    if form.is_valid():
        dry_run = form.cleaned_data["way"] == "rehearsal"
        with reasons_shown_on(form):
            outcomes = studies.bring_in(form.cleaned_data["file"].read(), dry_run=dry_run, by=request.user)
    counts = Counter(each.became for each in outcomes or ())
    done = bool(outcomes) and form.cleaned_data.get("way") == "real"
    return form_page(request, "organization/programme_import.html", form, outcomes=outcomes, counts=counts, done=done)
