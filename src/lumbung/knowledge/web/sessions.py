"""Sessions: the list, one session with everything about it on one screen, and what one does with it."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_POST, require_safe

from lumbung.accounts.queries import staff
from lumbung.kernel import clock
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.kernel.uploads import shown as file_shown
from lumbung.knowledge.domain import sessions
from lumbung.knowledge.domain.agenda import add_point, remove_point
from lumbung.knowledge.domain.attendance import add_picture, enter_attendance
from lumbung.knowledge.models import AgendaPoint, Attendance, Session, SessionMinutes, SessionPicture
from lumbung.knowledge.models.session import Kinds
from lumbung.knowledge.queries.sessions import may_lead, sessions_visible_to, streak_of, with_counts
from lumbung.knowledge.web.gate import intranet
from lumbung.knowledge.web.people import whoever
from lumbung.knowledge.web.session_forms import AttendanceForm, CloseForm, NewSessionForm, PictureForm, SessionForm
from lumbung.knowledge.work_kinds import describe_sessions


@intranet()
@require_safe
def list_of_sessions(request: HttpRequest) -> HttpResponse:
    """Those to come first, then those that were, latest first; ``?kind=`` narrows."""
    rows = with_counts(sessions_visible_to(request.user))
    if (kind := request.GET.get("kind", "")) in Kinds.values:
        rows = rows.filter(kind=kind)
    now = clock.now()
    since = now - timedelta(hours=3)
    coming = rows.filter(state__in=["draft", "published"]).exclude(starts_at__lt=since).order_by("starts_at")[:20]
    past = page_of(rows.filter(starts_at__lt=since).order_by("-starts_at", "-pk"), request, size=25)
    return render(request, "knowledge/sessions.html", {"coming": coming, "page": past, "kinds": Kinds, "kind": kind})


@intranet()
@once
def new(request: HttpRequest) -> HttpResponse:
    form = NewSessionForm(request.POST or None, initial={"minutes_long": 60, "facilitator": request.user.pk, **_asked(request)})
    if form.is_valid():
        with reasons_shown_on(form):
            planned = sessions.plan(**form.cleaned_data, by=whoever(request))
            messages.success(request, _("Rancangan disimpan. Terbitkan bila jadwal, poin, dan produknya lengkap."))
            return redirect("knowledge:session", planned.pk)
    return form_page(request, "knowledge/session_form.html", form)


@intranet()
@require_safe
def session(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one session on one screen."""
    return session_page(request, visible(request, pk))


@intranet()
def change(request: HttpRequest, pk: int) -> HttpResponse:
    shown = led(request, pk)
    form = SessionForm(request.POST or None, instance=shown)
    if form.is_valid():
        with reasons_shown_on(form):
            sessions.change(shown, **form.cleaned_data, by=whoever(request))
            messages.success(request, _("Perubahan disimpan."))
            return redirect("knowledge:session", pk)
    return form_page(request, "knowledge/session_form.html", form, session=shown)


@intranet()
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    sessions.publish(led(request, pk), by=whoever(request))
    messages.success(request, _("Sesi diterbitkan; rekan akan diingatkan sehari sebelumnya."))
    return redirect("knowledge:session", pk)


@intranet()
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    form = CloseForm(request.POST)
    shown = led(request, pk)
    if form.is_valid():
        with reasons_shown_on(form):
            sessions.close(shown, **form.cleaned_data, by=whoever(request))
            messages.success(request, _("Sesi ditutup."))
            return redirect("knowledge:session", pk)
    return session_page(request, shown, form=form)


@intranet()
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    sessions.cancel(led(request, pk), by=whoever(request))
    messages.success(request, _("Sesi dibatalkan."))
    return redirect("knowledge:session", pk)


@intranet()
@require_POST
@once
def point_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody may bring a point."""
    add_point(visible(request, pk), request.POST.get("title", ""), by=whoever(request), note=request.POST.get("note", ""))
    return redirect("knowledge:session", pk)


@intranet()
@require_POST
def point_remove(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    remove_point(
        get_object_or_404(AgendaPoint.objects.select_related("session"), session=led(request, pk), pk=key), by=whoever(request)
    )
    return redirect("knowledge:session", pk)


@intranet()
@require_POST
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Who was there, by whoever leads; or oneself."""
    shown = visible(request, pk)
    form = AttendanceForm(request.POST)
    if not form.is_valid() or "me" in request.POST:
        count = enter_attendance(shown, people=[whoever(request)], by=whoever(request))
    else:
        count = enter_attendance(led(request, pk), **form.cleaned_data, by=whoever(request))
    messages.success(
        request, ngettext("%(count)s kehadiran dicatat.", "%(count)s kehadiran dicatat.", count) % {"count": count}
    )
    return redirect("knowledge:session", pk)


@intranet()
@require_POST
def picture_add(request: HttpRequest, pk: int) -> HttpResponse:
    form = PictureForm(request.POST, request.FILES)
    shown = led(request, pk)
    if form.is_valid():
        add_picture(shown, form.cleaned_data["picture"], caption=form.cleaned_data["caption"], by=whoever(request))
        messages.success(request, pgettext("knowledge", "Foto disimpan."))
    return redirect("knowledge:session", pk)


@intranet()
@require_safe
def picture(request: HttpRequest, pk: int, key: int) -> FileResponse:
    kept = get_object_or_404(SessionPicture, session=visible(request, pk), pk=key)
    return file_shown(kept.stored_file, kind=kept.kind, name=kept.caption, inline=True)


@intranet()
@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The agenda on paper, with room for notes and for names."""
    shown = visible(request, pk)
    context = {"session": shown, "points": shown.points.all(), "lines": range(12), "staff": staff().filter(is_active=True)}
    return render(request, "knowledge/session_paper.html", context)


def session_page(request: HttpRequest, shown: Session, *, form: CloseForm | None = None) -> HttpResponse:
    now, me = clock.now(), request.user.pk
    here = list(shown.attendances.select_related("person"))
    enrolled = list(shown.enrolments.select_related("person")) if shown.course_id else []
    context: dict[str, Any] = {
        "session": shown,
        "thing": describe_sessions([shown.pk], request.user)[shown.pk],
        "points": shown.points.prefetch_related("decisions", "actions__owner"),
        "actions": shown.actions.select_related("owner"),
        "decisions": shown.decisions.all(),
        "attendances": here,
        "may_say_here": _may_say_here(shown, now) and me not in {each.person_id for each in here},
        "pictures": shown.pictures.all(),
        "options": shown.poll_options.prefetch_related("answers__person"),
        "leads": may_lead(request.user, shown),
        "is_over": shown.is_over(now),
        **_of_minutes(shown, me, here, now),
        "attendance_form": AttendanceForm(),
        "picture_form": PictureForm(),
        "enrolments": enrolled,
        "has_seat": me in {each.person_id for each in enrolled},
        "streak": streak_of(shown.series) if shown.series else 0,
        "has_begun": shown.starts_at is not None and shown.starts_at <= now,
    }
    return form_page(request, "knowledge/session.html", form or CloseForm(), **context)


def _of_minutes(shown: Session, me: int | None, here: list[Attendance], now: datetime) -> dict[str, Any]:
    """The minutes with whoever approved them, whether this reader's yes is waited for, and whether the session may end: once it is
    over, or once its minutes are approved, however early that is."""
    minutes = getattr(shown, "minutes", None)
    approvals = list(minutes.approvals.select_related("person").order_by("at", "pk")) if minutes else []
    awaited = {each.person_id for each in here if each.person_id} - {each.person_id for each in approvals}
    done = minutes is not None and minutes.state == SessionMinutes.States.APPROVED
    return {
        "minutes": minutes,
        "approvals": approvals,
        "may_approve": minutes is not None and minutes.state == SessionMinutes.States.PROPOSED and me in awaited,
        "may_close": shown.state == Session.States.PUBLISHED and (done or shown.is_over(now)),
    }


def _may_say_here(shown: Session, now: datetime) -> bool:
    """From half an hour before it begins."""
    return shown.starts_at is not None and shown.starts_at - timedelta(minutes=30) <= now


def visible(request: HttpRequest, pk: int) -> Session:
    """The session, if this reader may see it."""
    rows = sessions_visible_to(request.user).select_related("facilitator", "minutes__written_by", "series", "community")
    return get_object_or_404(rows, pk=pk)


def led(request: HttpRequest, pk: int) -> Session:
    """The session, if this reader leads it."""
    shown = visible(request, pk)
    if not may_lead(request.user, shown):
        raise PermissionDenied("session")
    return shown


def _asked(request: HttpRequest) -> dict[str, str]:
    """What a link to the form may fill in."""
    return {name: request.GET[name] for name in ("title", "topic", "kind", "points", "community") if name in request.GET}
