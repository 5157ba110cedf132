"""Periods of clearance: the list for a ceremony, taken away or printed, and work on all of it at once."""

from collections.abc import Iterator
from typing import Any, cast

from django.contrib import messages
from django.db.models import Count, F, Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from lumbung.accounts.models import User
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.spreadsheet import table_response
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.members import permissions
from lumbung.members.domain.clearance import periods as verbs
from lumbung.members.domain.clearance.enrolling import AT_ONCE, start_enrolment
from lumbung.members.domain.clearance.lists import list_taken
from lumbung.members.jobs import carry_out_clearance_run
from lumbung.members.models import ClearanceApplication, ClearancePeriod, ClearanceRun
from lumbung.members.web.addresses import verification
from lumbung.members.web.clearance_forms import EnrolmentForm, PeriodForm

States = ClearanceApplication.States


@needs(permissions.CLEARANCE_SEE)
@require_safe
def periods(request: HttpRequest) -> HttpResponse:
    """Every period with its counts."""
    page = page_of(_counted(), request)
    return render(request, "members/clearance_periods.html", {"form": PeriodForm(), "page": page})


@needs(permissions.CLEARANCE_ISSUE)
@require_POST
@once
def announce(request: HttpRequest) -> HttpResponse:
    form = PeriodForm(request.POST)
    if form.is_valid():
        with reasons_shown_on(form):
            added = verbs.add_period(by=request.user, **form.cleaned_data)
            return redirect("members:clearance_period", added.pk)
    return form_page(request, "members/clearance_periods.html", form, page=page_of(_counted(), request))


@needs(permissions.CLEARANCE_SEE)
@require_safe
def period(request: HttpRequest, pk: int) -> HttpResponse:
    """One period: its applications and the work on all of them. For htmx only the part that moves."""
    shown = get_object_or_404(_counted(), pk=pk)
    run = shown.runs.first()
    if request.headers.get("HX-Request"):
        return render(request, "members/clearance_run.html", {"period": shown, "run": run})
    rows = shown.applications.exclude(state=States.WITHDRAWN).select_related("member__programme", "purpose")
    page = page_of(rows.order_by("member__name", "pk"), request)
    context = {"period": shown, "run": run, "page": page, "form": EnrolmentForm()}
    return render(request, "members/clearance_period.html", context)


@needs(permissions.CLEARANCE_ISSUE)
@require_POST
def work(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at all, or issue what is ready; it goes on in the background."""
    kind = request.POST.get("kind", "")
    kind = kind if kind in (ClearanceRun.Kinds.EVALUATE, ClearanceRun.Kinds.ISSUE) else ClearanceRun.Kinds.EVALUATE
    shown = get_object_or_404(ClearancePeriod, pk=pk)
    run = verbs.start_run(shown, kind=kind, address=verification(request), by=cast("User", request.user))
    carry_out_clearance_run.enqueue(run=run.pk)
    return redirect("members:clearance_period", pk)


@needs(permissions.CLEARANCE_ISSUE)
@require_POST
def enrolment(request: HttpRequest, pk: int) -> HttpResponse:
    """Open applications for a list of numbers, and say what became of each that could not be; a long list goes on in the background."""
    shown = get_object_or_404(ClearancePeriod.objects.select_related("purpose"), pk=pk)
    form = EnrolmentForm(request.POST, request.FILES)
    if not form.is_valid():
        return form_page(request, "members/clearance_enrolled.html", form, period=shown, run=None)
    run = start_enrolment(shown, form.cleaned_data["told"], by=cast("User", request.user))
    if run.total > AT_ONCE:
        carry_out_clearance_run.enqueue(run=run.pk)
        return redirect("members:clearance_period", pk)
    verbs.carry_out(run)
    said = ngettext("%(n)d pengajuan dibuka.", "%(n)d pengajuan dibuka.", run.ready) % {"n": run.ready}
    messages.success(request, said)
    if not any(run.told.values()):
        return redirect("members:clearance_period", pk)
    return render(request, "members/clearance_enrolled.html", {"form": form, "period": shown, "run": run})


@needs(permissions.CLEARANCE_ISSUE)
@require_POST
def taken(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    """The list of the period as CSV or XLSX; the journal keeps who took it."""
    shown = get_object_or_404(ClearancePeriod, pk=pk)
    rows = list_taken(shown, by=request.user)
    return table_response(f"bebas-pustaka-{pk}.{form}", _header(), map(_cells, rows))


@needs(permissions.CLEARANCE_SEE)
@require_safe
def printed(request: HttpRequest, pk: int) -> HttpResponse:
    """The list of the period for paper."""
    shown = get_object_or_404(ClearancePeriod.objects.select_related("purpose"), pk=pk)
    rows: Iterator[list[Any]] = map(_cells, verbs.rows_of(shown))
    return render(request, "members/clearance_list.html", {"period": shown, "header": _header(), "rows": rows})


def _counted() -> Any:
    """Periods with how many applied, are ready, and have their letter."""
    applications = Q(applications__state__in=[States.OPEN, States.ISSUED])
    ready = Q(applications__state=States.OPEN, applications__asked__gt=0, applications__met=F("applications__asked"))
    counted = ClearancePeriod.objects.select_related("purpose").annotate(
        applied=Count("applications", filter=applications),
        ready=Count("applications", filter=ready),
        issued=Count("applications", filter=Q(applications__state=States.ISSUED)),
    )
    return counted.order_by("-last_day", "-pk")


def _header() -> list[str]:
    return [
        _("Nomor induk"), _("Nama"), _("Program studi"), _("Fakultas"), _("Status"),
        _("Terpenuhi"), _("Syarat"), _("Belum terpenuhi"), _("Nomor surat"), _("Tanggal surat"),
    ]  # fmt: skip


def _cells(row: verbs.Row) -> list[Any]:
    application, standing, letter = row
    member = application.member
    numbers = [each.value for each in member.identifiers.all() if each.kind == "nim"] or [member.barcode]
    faculty = member.programme.faculty if member.programme else None
    missing = "" if letter else "; ".join(each.condition.name for each in standing if not each.met)
    met = len(standing) if letter else sum(each.met for each in standing)
    return [
        numbers[0], member.name, member.programme or member.unit, faculty or "", application.get_state_display(),
        met, len(standing), missing, letter.number if letter else "", letter.dated.isoformat() if letter else "",
    ]  # fmt: skip
