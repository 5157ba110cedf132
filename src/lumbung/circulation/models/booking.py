from datetime import date, timedelta
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.catalogue.models import Item, Record
from lumbung.circulation.models.loan import Loan
from lumbung.members.models import Member
from lumbung.organization.models import Branch


class BookingQuerySet(models.QuerySet["Booking"]):
    def open(self) -> "BookingQuerySet":
        """Those whose copy is still to be fetched."""
        return self.filter(state=Booking.States.BOOKED)

    def keeping(self, day: date) -> "BookingQuerySet":
        """Open ones for which the copy has to be there on that day."""
        return self.open().filter(blocked_from__lte=day)


class Booking(models.Model):
    """A copy is promised to a member from ``first_day`` to ``last_day``, and fetched at ``branch`` by ``fetch_until`` at the latest.

    From ``blocked_from`` to ``blocked_until`` the copy is kept free of anything else: the days before, in which it is made ready, and
    those after, in which it is looked over, are those the rule asked when it was booked. Each of these days is a ``BookedDay``.

    With ``any_copy`` the member asked for the title, and ``item`` may yet become another copy of it. ``loan`` is the loan that filled it.
    """

    class States(models.TextChoices):
        BOOKED = "booked", _("Menunggu harinya")
        FETCHED = "fetched", _("Sudah diambil")
        CANCELLED = "cancelled", _("Dibatalkan")
        EXPIRED = "expired", _("Tidak diambil")

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="bookings", verbose_name=_("judul"))
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="bookings", verbose_name=_("eksemplar"))
    any_copy = models.BooleanField(_("eksemplar mana saja"), default=True)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="bookings", verbose_name=_("anggota"))
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="+", verbose_name=_("diambil di"))
    first_day = models.DateField(_("hari pertama"))
    last_day = models.DateField(_("hari terakhir"))
    blocked_from = models.DateField(_("dijaga mulai"))
    blocked_until = models.DateField(_("dijaga sampai"))
    fetch_until = models.DateField(_("diambil paling lambat"))
    state = models.CharField(_("status"), max_length=10, choices=States, default=States.BOOKED)
    note = models.CharField(_("untuk apa"), max_length=200, blank=True, default="")
    booked_at = models.DateTimeField(_("dibuat"))
    loan = models.ForeignKey(
        Loan, on_delete=models.SET_NULL, null=True, related_name="filled_bookings", verbose_name=_("pinjaman")
    )
    closed_at = models.DateTimeField(_("ditutup"), null=True)

    objects = BookingQuerySet.as_manager()

    class Meta:
        verbose_name = _("pesanan bertanggal")
        ordering: ClassVar = ["first_day", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(
                    blocked_from__lte=models.F("first_day"),
                    last_day__gte=models.F("first_day"),
                    blocked_until__gte=models.F("last_day"),
                ),
                name="a_booking_goes_forwards",
            ),
            models.CheckConstraint(
                condition=models.Q(fetch_until__gte=models.F("first_day"), fetch_until__lte=models.F("last_day")),
                name="a_booking_is_fetched_within_its_days",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="booked") | models.Q(member__isnull=False), name="an_open_booking_has_a_member"
            ),
            models.CheckConstraint(
                condition=models.Q(state="booked", closed_at=None)
                | ~models.Q(state="booked") & models.Q(closed_at__isnull=False),
                name="a_booking_is_closed_once_it_waits_no_more",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["item", "blocked_from"], condition=models.Q(state="booked"), name="open_bookings_of_item"),
            models.Index(fields=["first_day"], condition=models.Q(state="booked"), name="open_bookings_by_day"),
            models.Index(
                fields=["closed_at"],
                condition=models.Q(closed_at__isnull=False, member__isnull=False),
                name="closed_bookings_with_a_member",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} for {self.member_id}: {self.first_day}–{self.last_day}"

    @property
    def booker(self) -> Member:
        """The member of a booking that is open. Raises ValueError once the member of a closed one is forgotten."""
        if self.member is None:
            raise ValueError(f"the member of booking {self.pk} is forgotten")
        return self.member

    @property
    def is_open(self) -> bool:
        return self.state == Booking.States.BOOKED

    def is_kept_on(self, day: date) -> bool:
        """Whether the copy has to be there for it on that day."""
        return self.blocked_from <= day <= self.blocked_until

    @property
    def blocked_days(self) -> list[date]:
        """Every day on which the copy is kept for it."""
        return [self.blocked_from + timedelta(days=each) for each in range((self.blocked_until - self.blocked_from).days + 1)]


class BookedDay(models.Model):
    """A day on which a copy is kept for a booking; it is gone once the booking is closed, or what filled it is back."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="days", verbose_name=_("pesanan bertanggal"))
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+", verbose_name=_("eksemplar"))
    day = models.DateField(_("tanggal"))

    class Meta:
        ordering: ClassVar = ["day", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "day"], name="a_copy_is_booked_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.day}"
