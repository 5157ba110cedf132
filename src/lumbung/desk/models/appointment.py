from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lumbung.members.models import Member


class ConsultingHour(models.Model):
    """When a librarian may be booked, every week: so many minutes each, from when to when, in the library's time."""

    class Kinds(models.TextChoices):
        GUIDANCE = "guidance", _("Bimbingan pemustaka")
        RESEARCH = "research", _("Konsultasi penelitian")
        CLASS = "class", _("Kelas literasi")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("pustakawan"))
    kind = models.CharField(_("jenis"), max_length=10, choices=Kinds, default=Kinds.GUIDANCE)
    weekday = models.PositiveSmallIntegerField(_("hari"))
    opens = models.TimeField(_("dari"))
    closes = models.TimeField(_("sampai"))
    minutes = models.PositiveSmallIntegerField(_("lama (menit)"), default=30)
    place = models.CharField(_("tempat atau tautan"), max_length=200)

    class Meta:
        verbose_name = _("jam konsultasi")
        ordering: ClassVar = ["weekday", "opens", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="consulting_is_monday_to_sunday"),
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="consulting_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(minutes__range=(10, 240)), name="a_consultation_lasts_a_while"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.weekday} {self.opens:%H.%M}"


class Appointment(models.Model):
    """Somebody meets a librarian at a time. The librarian can be at one place at a time."""

    class States(models.TextChoices):
        BOOKED = "booked", pgettext_lazy("desk", "Dipesan")
        CANCELLED = "cancelled", _("Dibatalkan")
        HELD = "held", _("Terlaksana")
        MISSED = "missed", _("Tidak datang")

    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, related_name="appointments", verbose_name=_("anggota")
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("pustakawan"))
    kind = models.CharField(_("jenis"), max_length=10, choices=ConsultingHour.Kinds)
    starts_at = models.DateTimeField(_("mulai"))
    ends_at = models.DateTimeField(_("selesai"))
    place = models.CharField(_("tempat"), max_length=200)
    topic = models.CharField(_("yang dibahas"), max_length=300)
    people = models.PositiveSmallIntegerField(_("orang"), default=1)
    note = models.TextField(_("catatan pustakawan"), blank=True)
    state = models.CharField(_("keadaan"), max_length=10, choices=States, default=States.BOOKED)
    secret = models.CharField(max_length=43, unique=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("janji temu")
        ordering: ClassVar = ["starts_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "starts_at"], condition=Q(state="booked"), name="a_librarian_meets_one_at_a_time"
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="an_appointment_ends_after_it_begins"),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "starts_at"], name="appointments_to_come")]

    def __str__(self) -> str:
        return self.topic
