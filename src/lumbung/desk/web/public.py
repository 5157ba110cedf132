"""What everybody may open: ask or complain, ask for a service, rate, and book a librarian."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lumbung.accounts.domain.rates import Allowance
from lumbung.catalogue.models import Record
from lumbung.desk.domain.appointments import book, cancel, free_slots, title_of
from lumbung.desk.domain.rating import rate
from lumbung.desk.domain.requests import request_service
from lumbung.desk.models import Appointment, ConsultingHour, Need, Rating
from lumbung.desk.queries import appointments_visible_to
from lumbung.desk.web.forms import BookingForm, RatingForm, RequestForm
from lumbung.formats import icalendar
from lumbung.kernel import clock
from lumbung.kernel.ui.access import signed_in
from lumbung.kernel.ui.keys import key_in
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.kernel.ui.words import day
from lumbung.members.queries import member_of
from lumbung.organization.models import Offering
from lumbung.organization.queries import library

_requests = Allowance(30)
SHOWN_SLOTS = 60


def ask(request: HttpRequest, pk: int = 0) -> HttpResponse:
    """A question for a librarian, or a request for one service of the catalogue of services."""
    service = get_object_or_404(Offering, pk=pk, is_published=True) if pk else None
    told = {"service": service, "complaint": False, "need": _need(request)}
    return _asked(request, "desk/ask.html", begun=_begun(request), **told)


def complain(request: HttpRequest) -> HttpResponse:
    """A complaint: read by the head alone; a name is not needed."""
    return _asked(request, "desk/complain.html", begun="", service=None, complaint=True, need=None)


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/thanks.html")


def rating(request: HttpRequest, secret: str) -> HttpResponse:
    """Both scales and a word; once."""
    asked = get_object_or_404(Rating, secret=secret)
    form = RatingForm(request.POST or None)
    if form.is_valid():
        with reasons_shown_on(form):
            rate(asked, **form.cleaned_data)
            return redirect("desk:thanks")
    over = asked.rated_at is not None or clock.now() > asked.until
    response = form_page(request, "desk/rate.html", form, over=over)
    response["Referrer-Policy"] = "no-referrer"
    return response


@signed_in
@once
def appointments(request: HttpRequest, kind: str = "guidance") -> HttpResponse:
    """One's own appointments, and the times at which a librarian may still be booked."""
    if kind not in ConsultingHour.Kinds.values:
        raise Http404
    member = member_of(request.user)
    slots = free_slots(kind)[:SHOWN_SLOTS]
    form = BookingForm(request.POST or None, slots=[(slot.key, _slot_words(slot)) for slot in slots])
    if member is not None and form.is_valid():
        with reasons_shown_on(form):
            told = form.cleaned_data
            book(told["slot"], kind=kind, member=member, topic=told["topic"], people=told["people"])
            messages.success(request, _("Janji temu dicatat. Masukkan ke kalender Anda lewat tautannya."))
            return redirect("desk:my_appointments", kind)
    mine = appointments_visible_to(request.user).filter(member=member) if member else []
    kinds = [(value, label) for value, label in ConsultingHour.Kinds.choices]
    facts = {"member": member, "slots": slots, "mine": mine, "kind": kind, "kinds": kinds, "now": clock.now()}
    return form_page(request, "desk/my_appointments.html", form, **facts)


@signed_in
@require_POST
def appointment_cancelled(request: HttpRequest, pk: int) -> HttpResponse:
    mine = get_object_or_404(Appointment, pk=pk, member__user=request.user.pk)
    cancel(mine, by=None)
    messages.success(request, _("Janji temu dibatalkan."))
    return redirect("desk:my_appointments", mine.kind)


@require_safe
def appointment_ics(request: HttpRequest, secret: str) -> HttpResponse:
    """The appointment for a calendar program, for whoever has its secret address."""
    found = get_object_or_404(Appointment, secret=secret, state=Appointment.States.BOOKED)
    uid = f"janji-{found.pk}@{request.get_host()}"
    entry = icalendar.Entry(uid, title_of(found), found.starts_at, found.ends_at, found.place)
    text = icalendar.calendar(library().name, [entry], stamp=clock.now(), producer="-//Lumbung//Meja layanan//ID")
    headers = {"Content-Disposition": 'attachment; filename="janji-temu.ics"', "Cache-Control": "no-store"}
    return HttpResponse(text, content_type="text/calendar; charset=utf-8", headers=headers)


def _need(request: HttpRequest) -> tuple[str, str] | None:
    """The way on that was chosen where a search found nothing, and what was sought."""
    way, wanted = request.GET.get("way", ""), _wanted(request)
    return (way, wanted) if way in Need.Ways.values and wanted else None


def _wanted(request: HttpRequest) -> str:
    return request.GET.get("wanted", "").replace("\0", "").strip()[:300]


def _begun(request: HttpRequest) -> str:
    """With what words the question begins: with what was sought (``?wanted=``), or with the title it is about (``?about=``)."""
    if wanted := _wanted(request):
        return _("Saya mencari: %(wanted)s") % {"wanted": wanted}
    key = key_in(request.GET.get("about"))
    record = Record.objects.listed().shown_to_public().filter(pk=key).first() if key else None
    if record is None:
        return ""
    address = request.build_absolute_uri(f"/records/{record.pk}")
    return _("Tentang “%(title)s” (%(address)s):") % {"title": record.title_told, "address": address} + "\n"


@once
def _asked(request: HttpRequest, template: str, begun: str, **about: Any) -> HttpResponse:
    member = member_of(request.user)
    told = {"text": begun} if begun else {}
    form = RequestForm(request.POST or None, member=member, complaint=about["complaint"], initial=told)
    shown = {"member": member, "way": Need.Ways(about["need"][0]).label if about["need"] else "", **about}
    if form.is_valid():
        if _requests.seconds_to_wait(request.META.get("REMOTE_ADDR", "")):
            form.add_error(None, _("Terlalu banyak kiriman dalam semenit. Tunggu sebentar, lalu kirim lagi."))
            return form_page(request, template, form, **shown)
        with reasons_shown_on(form):
            sent = dict(form.cleaned_data)
            nameless = sent.pop("nameless", False)
            request_service(**sent, **about, member=None if nameless else member)
            return redirect("desk:thanks")
    return form_page(request, template, form, **shown)


def _slot_words(slot: Any) -> str:
    local = timezone.localtime(slot.starts_at)
    return f"{day(local)} {time_format(local, 'TIME_FORMAT')} · {slot.hour.user} · {slot.hour.place}"
