"""What follows a session: minutes, approval, recurrence, the poll, and the calendar to subscribe to."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lumbung.formats import icalendar
from lumbung.kernel import clock
from lumbung.kernel.refusals import Refused
from lumbung.kernel.ui.keys import key_in
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.knowledge.domain import minutes as notes
from lumbung.knowledge.domain import polls, series
from lumbung.knowledge.models import PollOption, Session
from lumbung.knowledge.queries.sessions import sessions_visible_to
from lumbung.knowledge.refusals.sessions import SESSION_OVER
from lumbung.knowledge.web.gate import intranet
from lumbung.knowledge.web.people import whoever
from lumbung.knowledge.web.session_forms import PollForm, RepeatForm
from lumbung.knowledge.web.sessions import led, visible
from lumbung.organization.queries import library

UNPROCESSABLE = 422
SHOWN_BACK, SHOWN_AHEAD = timedelta(days=60), timedelta(days=400)


@intranet()
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes as a form made of the agenda: whoever was there may write them."""
    shown = visible(request, pk)
    if not shown.is_open:
        raise Refused(SESSION_OVER())
    points, written = list(shown.points.all()), getattr(shown, "minutes", None)
    facts = {"session": shown, "points": points, "stored": written, "seen": written.stamp if written else ""}
    if request.method == "POST":
        return _written(request, shown, facts)
    return render(request, "knowledge/minutes_form.html", {**facts, "summary": written.summary if written else ""})


def _written(request: HttpRequest, shown: Session, facts: dict[str, Any]) -> HttpResponse:
    """Kept; or the form again with what was typed, beside what a colleague kept meanwhile."""
    for point in facts["points"]:
        point.stored, point.said = point.said, request.POST.get(f"point{point.pk}", point.said)
    summary, said = request.POST.get("summary", ""), {each.pk: each.said for each in facts["points"]}
    seen = request.POST.get("seen")
    try:
        kept = notes.write(shown, summary=summary, said=said, seen=seen, by=whoever(request))
        seen = kept.stamp
        if "propose" in request.POST:
            notes.propose(kept, by=whoever(request))
    except Refused as refused:
        elsewhere = "minutes_elsewhere" in refused.codes
        facts |= {"summary": summary, "reasons": refused.reasons, "elsewhere": elsewhere}
        facts |= {} if elsewhere else {"seen": seen or ""}
        return render(request, "knowledge/minutes_form.html", facts, status=UNPROCESSABLE)
    done = _("Notulen menunggu persetujuan mereka yang hadir.") if "propose" in request.POST else _("Notulen disimpan.")
    messages.success(request, done)
    return redirect("knowledge:session", shown.pk)


@intranet()
@require_POST
def approval(request: HttpRequest, pk: int) -> HttpResponse:
    shown = visible(request, pk)
    approved = notes.approve(get_object_or_404(type(shown.minutes), session=shown), by=whoever(request))
    done = approved.state == approved.States.APPROVED
    messages.success(request, _("Notulen disetujui.") if done else _("Persetujuan Anda dicatat."))
    return redirect("knowledge:session", pk)


@intranet()
@once
def repeat(request: HttpRequest, pk: int) -> HttpResponse:
    shown = led(request, pk)
    form = RepeatForm(request.POST or None)
    if form.is_valid():
        with reasons_shown_on(form):
            told = form.cleaned_data
            series.repeat(shown, every_weeks=told["every_weeks"], hosts=list(told["hosts"]), by=whoever(request))
            messages.success(request, _("Sesi ini kini berulang; yang berikutnya dibuat dengan sendirinya."))
            return redirect("knowledge:session", pk)
    return form_page(request, "knowledge/session_repeat.html", form, session=shown)


@intranet()
@require_POST
@once
def next_round(request: HttpRequest, pk: int) -> HttpResponse:
    """The next of the series now, and not only at night."""
    shown = led(request, pk)
    if shown.series is None:
        raise Http404
    return redirect("knowledge:session", series.make_next(shown.series, by=whoever(request)).pk)


@intranet()
@require_POST
def series_end(request: HttpRequest, pk: int) -> HttpResponse:
    shown = led(request, pk)
    if shown.series is not None:
        series.end_series(shown.series, by=whoever(request))
        messages.success(request, _("Rangkaian ini tidak berlanjut lagi."))
    return redirect("knowledge:session", pk)


@intranet()
@once
def poll(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer moments to choose from."""
    shown = led(request, pk)
    form = PollForm(request.POST or None)
    if form.is_valid():
        with reasons_shown_on(form):
            polls.offer(shown, form.moments(), by=whoever(request))
            return redirect("knowledge:session", pk)
    return form_page(request, "knowledge/session_poll.html", form, session=shown)


@intranet()
@require_POST
def poll_answer(request: HttpRequest, pk: int) -> HttpResponse:
    polls.answer(visible(request, pk), [key_in(each) for each in request.POST.getlist("option")], by=whoever(request))
    messages.success(request, _("Jawaban Anda dicatat."))
    return redirect("knowledge:session", pk)


@intranet()
@require_POST
def poll_settle(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    polls.settle(
        get_object_or_404(PollOption.objects.select_related("session"), session=led(request, pk), pk=key), by=whoever(request)
    )
    messages.success(request, _("Jadwal ditetapkan."))
    return redirect("knowledge:session", pk)


@intranet()
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Every published session as iCalendar, for whoever subscribes from inside the house."""
    now = clock.now()
    rows = sessions_visible_to(request.user).filter(state__in=["published", "closed"])
    rows = rows.filter(starts_at__range=(now - SHOWN_BACK, now + SHOWN_AHEAD)).order_by("starts_at")
    entries = [_entry(each, request) for each in rows[:500] if each.starts_at and each.ends_at]
    text = icalendar.calendar(_("Sesi pengetahuan"), entries, stamp=now, producer=str(library()))
    return HttpResponse(text, content_type="text/calendar; charset=utf-8", headers={"Cache-Control": "private, no-store"})


def _entry(session: Session, request: HttpRequest) -> icalendar.Entry:
    place = session.place or session.link
    begins, ends = session.starts_at, session.ends_at
    return icalendar.Entry(f"session-{session.pk}@{request.get_host()}", session.title, begins, ends, place)  # type: ignore[arg-type]
