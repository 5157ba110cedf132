"""Bookings as staff see them: the list, one of them, the calendar of a title, and booking for a member."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lumbung.accounts.models import User
from lumbung.catalogue.models import Item, Record
from lumbung.catalogue.queries import item_by_barcode
from lumbung.circulation import permissions, queries
from lumbung.circulation.domain.bookings import book_item, cancel_booking, change_booking
from lumbung.circulation.domain.exports import export_bookings
from lumbung.circulation.models import Booking
from lumbung.circulation.models.booking import BookingQuerySet
from lumbung.circulation.queries.bookings import branches_to_book_at, days_words
from lumbung.circulation.refusals import CARD_UNKNOWN, ITEM_UNKNOWN
from lumbung.circulation.web.booking_forms import BookingsForm, DaysForm, StaffBookingForm
from lumbung.circulation.web.booking_pages import calendar_of_title
from lumbung.kernel.permissions import may
from lumbung.kernel.refusals import Reason, Refused
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.own_pages import own_page
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.spreadsheet import csv_response
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.members.domain.privacy.looks import note_looks
from lumbung.members.models import Member
from lumbung.members.queries import member_by_barcode

SHOWN = 20
COLUMNS = [
    gettext_lazy("hari pertama"),
    gettext_lazy("hari terakhir"),
    gettext_lazy("status"),
    gettext_lazy("nomor kartu"),
    gettext_lazy("nama"),
    gettext_lazy("telepon"),
    gettext_lazy("barcode"),
    gettext_lazy("judul"),
    gettext_lazy("diambil di"),
    gettext_lazy("untuk apa"),
]


@needs(permissions.SEE)
@require_safe
def bookings(request: HttpRequest) -> HttpResponse:
    """What is booked, soonest first; also what is over, and what may fail for want of its copy."""
    form = BookingsForm(request.GET)
    troubled = queries.troubled_bookings()
    page = page_of(_listed(form, request), request)
    threatened = set(troubled.filter(pk__in=[each.pk for each in page]).values_list("pk", flat=True))
    note_looks([each.member for each in page if each.member is not None], by=cast("User", request.user))
    shown = {"form": form, "page": page, "threatened": threatened, "may_export": may(request.user, permissions.EXPORT)}
    return render(request, "circulation/bookings.html", shown)


@needs(permissions.EXPORT)
@require_POST
def bookings_csv(request: HttpRequest) -> HttpResponseBase:
    """The list of the address as a table; the journal keeps who took how many away, so it is asked for by POST."""
    rows = map(_row, export_bookings(_listed(BookingsForm(request.GET), request), by=request.user))
    return csv_response("pesanan-bertanggal.csv", COLUMNS, rows)


def _listed(form: BookingsForm, request: HttpRequest) -> BookingQuerySet:
    found = form.narrowed(queries.bookings_visible_to(request.user), queries.troubled_bookings())
    return found.order_by("first_day", "pk")


def _row(booked: Booking) -> tuple[Any, ...]:
    who = booked.member
    person = (who.barcode, who.name, who.phone) if who is not None else ("", "", "")
    days = booked.first_day, booked.last_day, booked.get_state_display()
    return *days, *person, booked.item.barcode, booked.record.title, booked.branch.name, booked.note


@needs(permissions.SEE)
@require_http_methods(["GET", "HEAD", "POST", "DELETE"])
def booking(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One booking; POST changes its days, DELETE cancels it."""
    shown = get_object_or_404(queries.bookings_visible_to(request.user), pk=pk)
    if request.method == "DELETE":
        return _cancelled(request, shown)
    form = DaysForm(request.POST or None, initial={"first_day": shown.first_day, "last_day": shown.last_day})
    if request.method == "POST":
        return _changed(request, shown, form)
    return _booking_page(request, shown, form)


def _booking_page(request: HttpRequest, shown: Booking, form: DaysForm) -> HttpResponse:
    is_threatened = queries.troubled_bookings().filter(pk=shown.pk).exists()
    facts = calendar_of_title(request, shown.record, [shown.branch])
    return form_page(request, "circulation/booking.html", form, booking=shown, is_threatened=is_threatened, **facts)


@needs(permissions.LEND)
def _changed(request: HttpRequest, shown: Booking, form: DaysForm) -> HttpResponse:
    if form.is_valid():
        with reasons_shown_on(form):
            changed = change_booking(shown, by=request.user, **form.cleaned_data)
            days = days_words(changed.first_day, changed.last_day)
            messages.success(request, _("Sekarang dipesan untuk %(days)s.") % {"days": days})
            return redirect("circulation:booking", shown.pk)
    return _booking_page(request, shown, form)


@needs(permissions.LEND)
def _cancelled(request: HttpRequest, shown: Booking) -> HttpResponse:
    cancel_booking(shown, by=request.user)
    messages.success(request, _("Pesanan bertanggal dibatalkan: %(title)s.") % {"title": shown.record.title_told})
    return redirect(own_page(request, request.POST.get("next", "")) or "circulation:bookings")


@needs(permissions.SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def title(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The calendar of the copies of a title; POST books one for a member."""
    record = get_object_or_404(Record.objects.listed(), pk=pk)
    places = branches_to_book_at(record)
    form = StaffBookingForm(request.POST or None, places=places, initial={"card": request.GET.get("member", "")[:60]})
    if request.method == "POST":
        return _booked(request, record, form)
    return form_page(
        request, "circulation/booking_title.html", form, record=record, **calendar_of_title(request, record, places)
    )


@needs(permissions.LEND)
def _booked(request: HttpRequest, record: Record, form: StaffBookingForm) -> HttpResponse:
    if form.is_valid():
        with reasons_shown_on(form):
            made = _book(record, form, request)
            said = {"days": days_words(made.first_day, made.last_day), "name": made.booker.name}
            messages.success(request, _("Dipesan untuk %(name)s: %(days)s.") % said)
            return redirect("circulation:booking", made.pk)
    facts = calendar_of_title(request, record, branches_to_book_at(record))
    return form_page(request, "circulation/booking_title.html", form, record=record, **facts)


def _book(record: Record, form: StaffBookingForm, request: HttpRequest) -> Booking:
    given = dict(form.cleaned_data)
    card, barcode, at = given.pop("card"), given.pop("barcode"), given.pop("branch")
    member, item = member_by_barcode(card), item_by_barcode(barcode) if barcode else None
    unknown: list[Reason] = [] if member is not None else [CARD_UNKNOWN(card=card)]
    if barcode and item is None:
        unknown.append(ITEM_UNKNOWN(code=barcode))
    if member is None or unknown:
        raise Refused(unknown)
    return book_item(record, member=member, at=at, item=item, by=request.user, **given)


def member_panel(request: HttpRequest, *, member: Member) -> SafeString:
    """What the member has booked."""
    return _panel(request, queries.open_bookings(member), shows="title")


def item_panel(request: HttpRequest, *, item: Item) -> SafeString:
    """What the copy is booked for."""
    return _panel(request, queries.bookings_of_item(item)[:SHOWN], shows="member")


def title_panel(request: HttpRequest, *, record: Record) -> SafeString:
    """What the title is booked for, and the way to its calendar; nothing where nothing is ever booked."""
    rows = queries.bookings_visible_to(request.user).open().filter(record=record)[:SHOWN]
    return _panel(request, rows, shows="member", record=record)


def _panel(request: HttpRequest, rows: object, *, shows: str, record: Record | None = None) -> SafeString:
    found = list(rows) if may(request.user, permissions.SEE) else []  # type: ignore[call-overload]  # a list of bookings
    is_offered = record is not None and queries.bookings_are_made() and may(request.user, permissions.SEE)
    if not found and not is_offered:
        return SafeString("")
    return render_to_string("circulation/panels/bookings.html", {"bookings": found, "shows": shows, "record": record}, request)
