"""The forms of bookings: for which days, where, which of them a list shows."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.circulation.models import Booking
from lumbung.circulation.models.booking import BookingQuerySet
from lumbung.kernel.ui.forms import Day
from lumbung.organization.models import Branch


class DaysForm(forms.Form):
    """From which day to which."""

    first_day = Day(label=_("Hari pertama"))
    last_day = Day(label=_("Hari terakhir"))


class BookingForm(DaysForm):
    """Where, from which day to which, and what for."""

    branch = forms.ModelChoiceField(Branch.objects.none(), label=_("Diambil di"), empty_label=None)
    note = forms.CharField(label=_("Untuk apa"), required=False, max_length=200, help_text=_("Misalnya: kelas 12 Desember."))
    field_order: tuple[str, ...] = ("branch", "first_day", "last_day", "note")

    def __init__(self, *args: Any, places: list[Branch], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["branch"].queryset = Branch.objects.filter(pk__in=[each.pk for each in places])  # type: ignore[attr-defined]
        if places:
            self.fields["branch"].initial = places[0].pk


class StaffBookingForm(BookingForm):
    """The same for a member, and for one copy where it has to be that."""

    card = forms.CharField(label=_("Nomor kartu anggota"), max_length=60)
    barcode = forms.CharField(
        label=_("Hanya eksemplar dengan barcode"), required=False, max_length=60, help_text=_("Kosong: eksemplar mana saja.")
    )
    field_order = ("card", "branch", "first_day", "last_day", "barcode", "note")


class BookingsForm(forms.Form):
    """Which bookings the list shows."""

    branch = forms.ModelChoiceField(Branch.objects.all(), label=_("Diambil di"), required=False, empty_label=_("Semua cabang"))
    state = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[
            ("", _("Yang masih menunggu")),
            ("trouble", _("Eksemplarnya terancam tidak ada")),
            *Booking.States.choices[1:],
        ],
    )
    first_day = Day(label=_("Mulai dari"), required=False)
    last_day = Day(label=_("Mulai sampai"), required=False)

    def narrowed(self, bookings: BookingQuerySet, troubled: BookingQuerySet) -> BookingQuerySet:
        """Those of ``bookings`` that the filters leave."""
        self.is_valid()
        given = self.cleaned_data
        state = given.get("state")
        if state == "trouble":
            bookings = bookings.filter(pk__in=troubled.values("pk"))
        else:
            bookings = bookings.filter(state=state or Booking.States.BOOKED)
        told = {"branch": "branch", "first_day": "first_day__gte", "last_day": "first_day__lte"}
        return bookings.filter(**{way: given[name] for name, way in told.items() if given.get(name)})
