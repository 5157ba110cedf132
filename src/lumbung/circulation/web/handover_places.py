"""Places of hand-over that are no branches: for everybody to see, for staff to set up, and what to take along on a day's round."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lumbung.circulation import queries
from lumbung.circulation.domain import handover_places as verbs
from lumbung.circulation.models import HandoverPlace, VisitDay
from lumbung.circulation.permissions import PLACES, SEE
from lumbung.circulation.queries.articles import articles_to_bring
from lumbung.circulation.queries.handover_places import Visit, coming_visits, visits
from lumbung.circulation.web.handover_place_forms import PlaceForm
from lumbung.circulation.web.working_branch import at_a_branch
from lumbung.formats.icalendar import Entry, calendar
from lumbung.kernel import clock
from lumbung.kernel.days import iso_day
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.submission import form_page, reasons_shown_on, text_sent
from lumbung.organization.models import Branch
from lumbung.organization.queries import library

SHOWN, AHEAD, ROUNDS = 4, timedelta(days=180), 6


@require_safe
def public(request: HttpRequest) -> HttpResponse:
    """Every place that is offered, with the next visits to it."""
    rows = [_row(each.place) for each in queries.offered_visits()]
    groups = [(kind.label, [row for row in rows if row["place"].kind == kind]) for kind in HandoverPlace.Kinds]
    facts = {"groups": [group for group in groups if group[1]]}
    return render(request, "circulation/handover_places_public.html", facts)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The visits of half a year, for everybody's own calendar program."""
    entries = [_entry(visit, request.get_host()) for each in queries.offered_visits() for visit in _ahead(each.place)]
    name = _("%(library)s: titik ambil dan perpustakaan keliling") % {"library": library().name}
    told = calendar(name, entries, stamp=clock.now(), producer="-//Lumbung//Lumbung//ID")
    response = HttpResponse(told, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="kunjungan.ics"'
    response["Cache-Control"] = "public, max-age=3600"
    return response


@needs(PLACES)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    rows = [(place, next(coming_visits(place), None)) for place in queries.places().values()]
    return render(request, "circulation/handover_places.html", {"rows": rows})


@needs(PLACES)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def new(request: HttpRequest) -> HttpResponse:
    form = PlaceForm(request.POST or None)
    if form.is_valid():
        with reasons_shown_on(form):
            added = verbs.add_place(by=request.user, **form.cleaned_data)
            messages.success(request, _("%(place)s ditambahkan.") % {"place": added})
            return redirect("circulation:handover_place", added.pk)
    return form_page(request, "circulation/handover_place.html", form, shown=None)


@needs(PLACES)
@require_http_methods(["GET", "HEAD", "POST", "DELETE"])
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a place, and see its next visits; DELETE removes one that was never used."""
    shown = get_object_or_404(HandoverPlace, pk=pk)
    if request.method == "DELETE":
        verbs.remove_place(shown, by=request.user)
        return redirect("circulation:handover_places")
    form = PlaceForm(request.POST or None, instance=shown)
    if form.is_valid():
        with reasons_shown_on(form):
            verbs.change_place(shown, by=request.user, **form.cleaned_data)
            messages.success(request, _("Perubahan disimpan."))
            return redirect("circulation:handover_place", pk)
    days = VisitDay.objects.filter(place=pk, day__gte=clock.today(shown.branch.zone))
    facts = {"shown": queries.place_of(pk), "visits": list(islice(coming_visits(shown), 8)), "days": days}
    return form_page(request, "circulation/handover_place.html", form, **facts)


@needs(PLACES)
@require_POST
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    """A day more, one called off with its reason, or one as the round has it again."""
    place, day = get_object_or_404(HandoverPlace, pk=pk), day_named(request.POST.get("day", ""))
    match request.POST.get("step"):
        case "add":
            verbs.add_visit(place, day, by=request.user)
        case "call_off":
            verbs.call_off_visit(place, day, reason=text_sent(request, "reason", 120), by=request.user)
        case "put_back":
            verbs.put_back_visit(get_object_or_404(VisitDay, place=place, day=day), by=request.user)
        case _other:
            raise Http404
    messages.success(request, _("Jadwal kunjungan diubah; pesanan yang menunggu mengikutinya."))
    return redirect("circulation:handover_place", pk)


@needs(SEE)
@require_safe
@at_a_branch
def round_of_day(request: HttpRequest, branch: Branch) -> HttpResponse:
    """What staff of the working branch load for the day's round, stop by stop, and what should come back with them."""
    coming = queries.next_rounds(branch, count=ROUNDS)
    asked = request.GET.get("day", "")
    day = day_named(asked) if asked else next(iter(coming), clock.today(branch.zone))
    articles = list(articles_to_bring(branch, day))
    bring, back = list(queries.holds_to_bring(branch, day)), list(queries.loans_to_take_back(branch, day))
    stops = [
        (
            each,
            [hold for hold in bring if hold.place_id == each.place.pk],
            [loan for loan in back if loan.place_id == each.place.pk],
            [asked for asked in articles if asked.place_id == each.place.pk],
        )
        for each in queries.rounds_on(branch, day)
    ]
    facts = {"branch": branch, "day": day, "coming": coming, "stops": stops, "count": len(bring) + len(articles)}
    return render(request, "circulation/round.html", facts)


def home_panel(request: HttpRequest) -> SafeString:
    """On the front page, under the branches: that there are such places, and where staff go next."""
    soonest = sorted(queries.offered_visits(), key=lambda each: each.starts_at)[:2]
    if not soonest:
        return SafeString("")
    return render_to_string("circulation/panels/handover_places.html", {"visits": soonest}, request)


def day_named(said: str) -> date:
    """The day an address or a form names. Raises Http404 where it names none."""
    if (day := iso_day(said)) is None:
        raise Http404
    return day


def _ahead(place: HandoverPlace) -> Iterator[Visit]:
    today = clock.today(place.branch.zone)
    return (each for each in visits(place, today) if each.day <= today + AHEAD)


def _row(place: HandoverPlace) -> dict[str, Any]:
    """A place as the public sees it: its next visits, and those that were called off."""
    today = clock.today(place.branch.zone)
    called_off = [each for each in place.single_days.all() if not each.comes and each.day >= today]
    return {"place": place, "visits": list(islice(coming_visits(place), SHOWN)), "called_off": called_off}


def _entry(visit: Visit, host: str) -> Entry:
    uid = f"visit-{visit.place.pk}-{visit.day:%Y%m%d}@{host}"
    return Entry(uid, visit.place.name, visit.starts_at, visit.ends_at, visit.place.address)
