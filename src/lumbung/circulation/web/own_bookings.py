"""What members book for days to come, change and call off."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lumbung.catalogue.models import Record
from lumbung.circulation import queries
from lumbung.circulation.domain.bookings import book_item, cancel_booking, change_booking
from lumbung.circulation.queries.booking_blocks import terms_to_book
from lumbung.circulation.queries.bookings import copies_to_book, days_words
from lumbung.circulation.queries.holds import Reader
from lumbung.circulation.web.booking_forms import BookingForm, DaysForm
from lumbung.circulation.web.booking_pages import calendar_of_title
from lumbung.circulation.web.title_copies import copies_read
from lumbung.kernel.rooms import belongs_to
from lumbung.kernel.ui.access import signed_in
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.members.models import Member
from lumbung.members.queries import member_of

MY_PAGE = "/my"


@belongs_to("circulation")
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@once
def book(request: HttpRequest, pk: int) -> HttpResponse:
    """Book a copy of the title; below the form stands which days are free."""
    record, member = get_object_or_404(Record.objects.listed().shown_to_public(), pk=pk), _member(request)
    terms = terms_to_book(copies_to_book(record, to=member), member)
    places = list(terms)
    form = BookingForm(request.POST or None, places=places)
    if form.is_valid():
        at, note = form.cleaned_data["branch"], form.cleaned_data["note"]
        days = {name: form.cleaned_data[name] for name in ("first_day", "last_day")}
        with reasons_shown_on(form):
            booking = book_item(record, member=member, at=at, by=request.user, note=note, **days)
            said = {"days": days_words(booking.first_day, booking.last_day), "branch": at.name}
            messages.success(request, _("Dipesan untuk %(days)s, diambil di %(branch)s.") % said)
            return redirect(MY_PAGE)
    facts = {"record": record, "terms": terms.items()}
    return form_page(
        request, "circulation/book.html", form, **facts, **calendar_of_title(request, record, places, reader=member)
    )


@require_http_methods(["GET", "HEAD", "POST", "DELETE"])
@signed_in
def booking(request: HttpRequest, pk: int) -> HttpResponse:
    """POST changes the days, DELETE calls the booking off; what stands against a change is told on a page of its own."""
    mine = get_object_or_404(queries.open_bookings(_member(request)), pk=pk)
    if request.method == "DELETE":
        cancel_booking(mine, by=request.user)
        messages.success(request, _("Pesanan bertanggal dibatalkan: %(title)s.") % {"title": mine.record.title_told})
        return redirect(MY_PAGE)
    form = DaysForm(request.POST or None, initial={"first_day": mine.first_day, "last_day": mine.last_day})
    if form.is_valid():
        with reasons_shown_on(form):
            changed = change_booking(mine, by=request.user, **form.cleaned_data)
            days = days_words(changed.first_day, changed.last_day)
            messages.success(request, _("Sekarang dipesan untuk %(days)s.") % {"days": days})
            return redirect(MY_PAGE)
    facts = calendar_of_title(request, mine.record, [mine.branch], reader=mine.member)
    return form_page(request, "circulation/own_booking.html", form, booking=mine, **facts)


def own_panel(request: HttpRequest, *, member: Member | None) -> SafeString:
    """On a member's own page: what they have booked."""
    mine = list(queries.open_bookings(member)) if member is not None else []
    return render_to_string("circulation/own_bookings.html", {"bookings": mine}, request) if mine else SafeString("")


def book_link(request: HttpRequest, *, record: Record, reader: Reader | None) -> SafeString:
    """On the page of a title: the way to booking it, for a member whom a rule lets do so."""
    if reader is None or not queries.bookings_are_made() or not terms_to_book(copies_read(request, record), reader.member):
        return SafeString("")
    return render_to_string("circulation/panels/book.html", {"record": record}, request)


def _member(request: HttpRequest) -> Member:
    if (member := member_of(request.user)) is None:
        raise Http404
    return member
