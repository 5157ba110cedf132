"""Figures of the desk, targets against what was done, and the tables an assessor asks for."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_POST, require_safe

from lumbung.desk import channels, queries
from lumbung.desk.domain.appointments import add_hour, call_off, conclude, remove_hour
from lumbung.desk.figures import conversations_in, figures, words_said
from lumbung.desk.models import Appointment, ConsultingHour
from lumbung.desk.permissions import ANSWER, FIGURES, PLAN
from lumbung.desk.web.forms import ConsultingHourForm
from lumbung.kernel import clock
from lumbung.kernel.days import iso_day
from lumbung.kernel.permissions import may
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.spreadsheet import table_response
from lumbung.kernel.ui.submission import form_page, reasons_shown_on

MONTH = timedelta(days=29)
LONGEST = timedelta(days=366)


@needs(FIGURES)
@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """The last 30 days, or another period; target against actual for each channel."""
    first, last = _period(request)
    told = figures(first, last, _zone())
    most = max([count for _hour, count in told.by_hour] or [0]) or 1
    bars = [(hour, count, round(100 * count / most)) for hour, count in told.by_hour]
    tables = [name for name in TABLES if name != COMPLAINTS or queries.hears_complaints(request.user)]
    shown = {"figures": told, "first": first, "last": last, "bars": bars, "tables": [(name, NAMES[name]) for name in tables]}
    shown["words"] = words_said(first, last, _zone(), request.user)
    return render(request, "desk/figures.html", shown)


@needs(FIGURES)
@require_safe
def table(request: HttpRequest, name: str) -> HttpResponseBase:
    """A table for accreditation, as a spreadsheet: schedule, log, recap. The log tells no names.

    The register of complaints is one more, for those alone to whom complaints come.
    """
    if name not in TABLES or (name == COMPLAINTS and not queries.hears_complaints(request.user)):
        raise Http404
    first, last = _period(request)
    header, rows = TABLES[name](first, last)
    return table_response(f"meja-{name}-{first}-{last}.xlsx", header, rows)


@needs(ANSWER)
@once
def appointments(request: HttpRequest) -> HttpResponse:
    """Appointments to come, just past, or past without a word of what came of them; and the hours at which librarians may be booked."""
    form = ConsultingHourForm(request.POST or None)
    if request.method == "POST" and not may(request.user, PLAN):
        raise PermissionDenied
    if form.is_valid():
        with reasons_shown_on(form):
            add_hour(**form.cleaned_data, by=request.user)
            return redirect("desk:appointments")
    visible, week_ago = queries.appointments_visible_to(request.user), clock.now() - timedelta(days=7)
    unsaid = visible.filter(starts_at__lt=week_ago, state=Appointment.States.BOOKED)
    rows = [*unsaid[:50], *visible.filter(starts_at__gte=week_ago)[:200]]
    hours = ConsultingHour.objects.select_related("user")
    return form_page(request, "desk/appointments.html", form, appointments=rows, hours=hours, now=clock.now())


@needs(PLAN)
@require_POST
def hour_removed(request: HttpRequest, pk: int) -> HttpResponse:
    remove_hour(get_object_or_404(ConsultingHour, pk=pk), by=request.user)
    return redirect("desk:appointments")


@needs(ANSWER)
@require_POST
def concluded(request: HttpRequest, pk: int) -> HttpResponse:
    """It took place, or nobody came; or the librarian cannot come, which is told."""
    told = get_object_or_404(Appointment, pk=pk)
    if "off" in request.POST:
        call_off(told, request.POST.get("reason", ""), by=request.user)
        if told.member and told.member.email:
            messages.success(request, _("Dibatalkan; yang memesan diberi tahu, dan waktunya dapat dipesan lagi."))
        else:
            messages.warning(request, _("Dibatalkan. Surel yang memesan tidak tercatat: sampaikan sendiri kepadanya."))
        return redirect("desk:appointments")
    conclude(told, held="held" in request.POST, note=request.POST.get("note", "")[:4000], by=request.user)
    return redirect("desk:appointments")


def _schedule(first: date, last: date) -> tuple[list[str], Iterator[list[Any]]]:
    begins, ends = (_midnight(each) for each in (first, last + timedelta(days=1)))
    rows = (
        [_moment(each.starts_at), _moment(each.ends_at), each.user.name, each.get_place_display(), ", ".join(each.channels)]
        for each in queries.shifts_between(begins, ends)
    )
    return [_("Mulai"), _("Selesai"), _("Petugas"), _("Tempat"), _("Jalan")], rows


def _log(first: date, last: date) -> tuple[list[str], Iterator[list[Any]]]:
    rows = conversations_in(first, last, _zone()).filter(is_complaint=False).select_related("assignee", "service", "branch")
    header = ["No.", _("Mulai"), _("Cabang"), _("Jalan"), _("Layanan"), _("Jenis"), _("Lama"), _("Hasil"), _("Petugas")]
    header += [_("Jawaban pertama (menit)"), _("Selesai (menit)")]
    told = (
        [
            each.pk, _moment(each.opened_at), each.branch, channels.label(each.channel), each.service or "",
            each.get_kind_display(), each.get_effort_display() or "", each.get_outcome_display(), each.assignee or "",
            each.first_took, each.resolution_took,
        ]
        for each in rows.order_by("opened_at").iterator(chunk_size=500)
    )  # fmt: skip
    return header, told


def _recap(first: date, last: date) -> tuple[list[str], Iterator[list[Any]]]:
    told = figures(first, last, _zone())
    groups = [
        (_("Jenis"), told.by_kind),
        (_("Lama"), told.by_effort),
        (_("Hasil"), told.by_outcome),
        (_("Layanan"), told.by_service),
        (_("Pokok"), told.by_subject),
    ]
    rows: list[list[Any]] = [
        [_("Semua"), "", told.total],
        [_("Pertanyaan"), "", told.questions],
        [_("Pengaduan"), "", told.complaints],
    ]
    rows += [[_("Jalan"), each.channel, each.count] for each in told.by_channel]
    rows += [[name, label, count] for name, found in groups for label, count in found]
    rows += [[_("Jam"), f"{hour:02d}.00", count] for hour, count in told.by_hour if count]
    return [_("Menurut"), _("Nilai"), _("Jumlah")], iter(rows)


def _complaints(first: date, last: date) -> tuple[list[str], Iterator[list[Any]]]:
    rows = conversations_in(first, last, _zone()).filter(is_complaint=True).select_related("service", "branch", "member")
    header = ["No.", _("Mulai"), _("Cabang"), _("Jalan"), _("Layanan"), _("Pokok"), _("Yang mengadu"), _("Keadaan"), _("Hasil")]
    header += [
        _("Jawaban pertama (menit)"),
        _("Terlambat dijawab"),
        _("Selesai paling lambat"),
        _("Ditutup"),
        _("Selesai (menit)"),
    ]
    told = (
        [
            each.pk, _moment(each.opened_at), each.branch, channels.label(each.channel), each.service or "",
            each, each.member or each.asker_name, each.get_state_display(), each.get_outcome_display(),
            each.first_took, _("ya") if each.answered_late else "", _moment(each.resolve_by), _moment(each.closed_at),
            each.resolution_took,
        ]
        for each in rows.order_by("opened_at").iterator(chunk_size=500)
    )  # fmt: skip
    return header, told


COMPLAINTS = "pengaduan"
NAMES = {"jadwal": _lazy("Jadwal"), "log": _lazy("Log"), "rekap": _lazy("Rekap"), COMPLAINTS: _lazy("Daftar pengaduan")}
TABLES: dict[str, Callable[[date, date], tuple[list[str], Iterator[list[Any]]]]] = {
    "jadwal": _schedule, "log": _log, "rekap": _recap, COMPLAINTS: _complaints,
}  # fmt: skip


def _period(request: HttpRequest) -> tuple[date, date]:
    last = iso_day(request.GET.get("last")) or clock.today(_zone())
    first = iso_day(request.GET.get("first")) or last - MONTH
    return max(min(first, last), last - LONGEST), last


def _zone() -> Any:
    return timezone.get_current_timezone()


def _midnight(day: date) -> Any:
    return datetime(day.year, day.month, day.day, tzinfo=_zone())


def _moment(value: Any) -> str:
    return f"{timezone.localtime(value):%Y-%m-%d %H.%M}" if value else ""
