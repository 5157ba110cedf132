from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.digital.models.file import File
from lumbung.members.models import Member
from lumbung.organization.queries import library

QUEUE = ("placed_at", "pk")


class Lending(models.Model):
    """A file is lent, as a printed book is: to as many at once as copies are owned or licensed, times ``per_owned``, for some days each."""

    file = models.OneToOneField(File, on_delete=models.PROTECT, related_name="lending", verbose_name=_("berkas"))
    owned = models.PositiveSmallIntegerField(_("eksemplar atau lisensi yang dimiliki"), default=1)
    per_owned = models.PositiveSmallIntegerField(_("peminjam serentak untuk tiap eksemplar"), default=1)
    days = models.PositiveSmallIntegerField(_("lama pinjam (hari)"), default=7)
    renewals = models.PositiveSmallIntegerField(_("boleh diperpanjang (kali)"), default=1)
    offer_days = models.PositiveSmallIntegerField(_("hari untuk mengambil giliran"), default=2)
    is_open = models.BooleanField(_("sedang dipinjamkan"), default=True)
    in_apps = models.BooleanField(_("boleh dibawa ke aplikasi baca (LCP)"), default=False)
    app_copies = models.PositiveIntegerField(_("huruf yang boleh disalin di aplikasi"), default=2000)
    app_prints = models.PositiveIntegerField(_("halaman yang boleh dicetak dari aplikasi"), default=0)

    class Meta:
        verbose_name = _("peminjaman buku elektronik")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(owned__gte=1, owned__lte=1000), name="what_is_lent_is_owned"),
            models.CheckConstraint(
                condition=models.Q(per_owned__gte=1, per_owned__lte=1000), name="an_owned_copy_serves_somebody"
            ),
            models.CheckConstraint(condition=models.Q(days__gte=1, days__lte=366), name="an_e_loan_lasts_some_days"),
            models.CheckConstraint(condition=models.Q(offer_days__gte=1, offer_days__lte=60), name="a_turn_lasts_some_days"),
        ]

    def __str__(self) -> str:
        return f"{self.file_id}: {self.at_once}"

    @property
    def at_once(self) -> int:
        """How many may have it at the same time."""
        return self.owned * self.per_owned


class ELoanQuerySet(models.QuerySet["ELoan"]):
    def open(self) -> "ELoanQuerySet":
        """Lent or kept ready for somebody, over its time or not: their place is taken until they are ended."""
        return self.filter(ended_at__isnull=True)

    def readable(self, now: datetime) -> "ELoanQuerySet":
        """Those that let their member read at this moment."""
        return self.open().filter(is_offer=False, until__gt=now)


class ELoan(models.Model):
    """A member has one of the places of a lent file, or (``is_offer``) one is kept for them until they take it. Reading ends with ``until``
    by itself. ``member`` is null once it is forgotten who it was."""

    class Ends(models.TextChoices):
        RETURNED = "returned", _("Dikembalikan")
        EXPIRED = "expired", _("Selesai sendiri")
        LAPSED = "lapsed", _("Giliran tidak diambil")
        ENDED = "ended", _("Diakhiri petugas")

    lending = models.ForeignKey(Lending, on_delete=models.PROTECT, related_name="loans")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="e_loans")
    place = models.PositiveSmallIntegerField()
    is_offer = models.BooleanField(default=False)
    lent_at = models.DateTimeField()
    until = models.DateTimeField()
    renewals = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    end = models.CharField(max_length=8, choices=Ends, blank=True)

    objects = ELoanQuerySet.as_manager()

    class Meta:
        verbose_name = _("pinjaman elektronik")
        ordering: ClassVar = ["until", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["lending", "place"], condition=models.Q(ended_at__isnull=True), name="a_place_is_lent_to_one_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["lending", "member"], condition=models.Q(ended_at__isnull=True), name="a_member_has_an_e_book_once"
            ),
            models.CheckConstraint(condition=models.Q(place__gte=1), name="places_count_from_one"),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=False) | models.Q(member__isnull=False), name="an_open_e_loan_has_a_member"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["until"], condition=models.Q(ended_at__isnull=True), name="open_e_loans_by_their_end"),
            models.Index(
                fields=["ended_at"],
                condition=models.Q(ended_at__isnull=False, member__isnull=False),
                name="ended_e_loans_of_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lending_id} to {self.member_id} until {self.until}"

    @property
    def due(self) -> datetime:
        """``until`` on the clock of the library, with whose days it ends: a file stands in no branch."""
        return self.until.astimezone(library().zone)


class EHoldQuerySet(models.QuerySet["EHold"]):
    def waiting(self) -> "EHoldQuerySet":
        return self.filter(closed_at__isnull=True).order_by(*QUEUE)


class EHold(models.Model):
    """A member waits for a lent file. Closed when its turn came (an offer stands then), or when the member went away."""

    lending = models.ForeignKey(Lending, on_delete=models.PROTECT, related_name="holds")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="e_holds")
    placed_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    objects = EHoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("antrean buku elektronik")
        ordering: ClassVar = list(QUEUE)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["lending", "member"],
                condition=models.Q(closed_at__isnull=True),
                name="a_member_waits_for_an_e_book_once",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=False) | models.Q(member__isnull=False),
                name="who_waits_for_an_e_book_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} waits for {self.lending_id}"
