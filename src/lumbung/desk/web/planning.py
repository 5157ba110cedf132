"""The roster, the teams and the targets: what the head plans for the desk."""

from datetime import datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from lumbung.desk import queries
from lumbung.desk.domain.duty import add_shift, remove_shift, repeat_week
from lumbung.desk.domain.targets import remove_target, set_target
from lumbung.desk.domain.teams import add_team, change_team, join_team, leave_team
from lumbung.desk.models import ServiceTarget, Shift, Team, TeamMember
from lumbung.desk.permissions import ANSWER, PLAN
from lumbung.desk.web.planning_forms import GuestForm, ShiftForm, TargetForm, TeamForm
from lumbung.kernel import clock
from lumbung.kernel.days import iso_day
from lumbung.kernel.permissions import may
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.submission import form_page, reasons_shown_on

WEEK = timedelta(days=7)


@needs(ANSWER)
@once
def roster(request: HttpRequest) -> HttpResponse:
    """The shifts of a week, at the desk and from home; whoever plans adds to it."""
    form = ShiftForm(request.POST or None)
    if request.method == "POST" and not may(request.user, PLAN):
        raise PermissionDenied
    if form.is_valid():
        with reasons_shown_on(form):
            shift = add_shift(**form.told(), by=request.user)
            messages.success(request, _("%(name)s masuk jadwal.") % {"name": shift.user})
            return redirect(f"{request.path}?week={timezone.localtime(shift.starts_at).date():%Y-%m-%d}")
    return form_page(request, "desk/roster.html", form, **_week(request))


@needs(PLAN)
@require_POST
def shift_removed(request: HttpRequest, pk: int) -> HttpResponse:
    shift = get_object_or_404(Shift, pk=pk)
    remove_shift(shift, by=request.user)
    messages.success(request, _("%(name)s keluar dari jadwal.") % {"name": shift.user})
    return redirect(f"{reverse('desk:roster')}?week={timezone.localtime(shift.starts_at).date():%Y-%m-%d}")


@needs(PLAN)
@require_POST
def week_repeated(request: HttpRequest) -> HttpResponse:
    """The same week once more, a week later."""
    first = _week(request)["first"]
    count = repeat_week(first, by=request.user)
    messages.success(
        request,
        ngettext("%(n)s giliran disalin ke minggu berikutnya.", "%(n)s giliran disalin ke minggu berikutnya.", count)
        % {"n": count},
    )
    return redirect(f"{request.path.removesuffix('/repeat')}?week={first + WEEK:%Y-%m-%d}")


@needs(PLAN)
@once
def teams(request: HttpRequest) -> HttpResponse:
    """Every team with its people, and a new one."""
    form = TeamForm(request.POST or None, initial={"is_active": True})
    if form.is_valid():
        with reasons_shown_on(form):
            team = add_team(form.cleaned_data["name"], channels=form.cleaned_data["channels"], by=request.user)
            return redirect("desk:team", team.pk)
    rows = Team.objects.prefetch_related("people__user")
    return form_page(request, "desk/teams.html", form, teams=rows)


@needs(PLAN)
def team(request: HttpRequest, pk: int) -> HttpResponse:
    """One team: its name, its channels, its people."""
    shown = get_object_or_404(Team, pk=pk)
    told = {"name": shown.name, "channels": shown.channels, "is_active": shown.is_active}
    form = TeamForm(request.POST or None, initial=told)
    if form.is_valid():
        with reasons_shown_on(form):
            change_team(shown, **form.cleaned_data, by=request.user)
            return redirect("desk:team", pk)
    return form_page(request, "desk/team.html", form, **_people(shown))


@needs(PLAN)
@require_POST
def team_joined(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody comes into the team."""
    shown, form = get_object_or_404(Team, pk=pk), GuestForm(request.POST)
    if form.is_valid():
        with reasons_shown_on(form):
            join_team(shown, form.cleaned_data["username"], guest_until=form.cleaned_data["until"], by=request.user)
            return redirect("desk:team", pk)
    told = {"name": shown.name, "channels": shown.channels, "is_active": shown.is_active}
    page = {**_people(shown), "guest_form": form, "form": TeamForm(initial=told)}
    return render(request, "desk/team.html", page, status=422)


@needs(PLAN)
@require_POST
def team_left(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(TeamMember, pk=pk)
    leave_team(person, by=request.user)
    return redirect("desk:team", person.team_id)


@needs(PLAN)
def targets(request: HttpRequest) -> HttpResponse:
    """How soon, by channel or service."""
    form = TargetForm(request.POST or None)
    if form.is_valid():
        with reasons_shown_on(form):
            set_target(**form.cleaned_data, by=request.user)
            messages.success(request, _("Target disimpan."))
            return redirect("desk:targets")
    return form_page(request, "desk/targets.html", form, targets=ServiceTarget.objects.select_related("service"))


def _people(shown: Team) -> dict[str, Any]:
    rows = shown.people.select_related("user").order_by("user__name")
    return {"team": shown, "people": rows, "guest_form": GuestForm()}


def _week(request: HttpRequest) -> dict[str, Any]:
    """The week that ``?week=`` falls in, day by day."""
    zone = timezone.get_current_timezone()
    day = iso_day(request.GET.get("week")) or clock.now().astimezone(zone).date()
    monday = day - timedelta(days=day.weekday())
    first = datetime.combine(monday, time.min, zone)
    shifts = list(queries.shifts_between(first, first + WEEK))
    days = [monday + timedelta(days=n) for n in range(7)]
    each = [(one, [shift for shift in shifts if timezone.localtime(shift.starts_at).date() == one]) for one in days]
    return {"days": each, "first": first, "previous": monday - WEEK, "following": monday + WEEK, "today": clock.now()}


@needs(PLAN)
@require_POST
def target_removed(request: HttpRequest, pk: int) -> HttpResponse:
    """One that is gone already, as at a second press, is as good as removed."""
    for gone in ServiceTarget.objects.filter(pk=pk):
        remove_target(gone, by=request.user)
    messages.success(request, _("Target dihapus. Percakapan yang sudah berjalan tetap memakai waktunya."))
    return redirect("desk:targets")
