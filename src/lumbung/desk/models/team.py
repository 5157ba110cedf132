from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Team(models.Model):
    """Librarians who answer for each other in one field, with guests of partner libraries if they like.

    What comes by one of ``channels`` (none: nothing by itself) goes to the team.
    """

    name = models.CharField(_("nama"), max_length=80, unique=True)
    channels = models.JSONField(_("jalan"), default=list)
    is_active = models.BooleanField(_("dipakai"), default=True)

    class Meta:
        verbose_name = _("tim")
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(name=""), name="a_team_has_a_name")]

    def __str__(self) -> str:
        return self.name


class TeamMember(models.Model):
    """Somebody in a team. A guest, from a partner library, sees the conversations of this team alone, and until a day."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="people")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    is_guest = models.BooleanField(_("tamu dari perpustakaan mitra"), default=False)
    until = models.DateField(_("sampai"), null=True, blank=True)

    class Meta:
        verbose_name = _("anggota tim")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["team", "user"], name="somebody_is_in_a_team_once"),
            models.CheckConstraint(condition=Q(is_guest=False) | Q(until__isnull=False), name="a_guest_comes_until_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.team_id}"


class Shift(models.Model):
    """A librarian is on duty at the desk, in the building (WFO) or from home (WFH), for some channels or for all."""

    class Places(models.TextChoices):
        OFFICE = "wfo", _("Di kantor (WFO)")
        HOME = "wfh", _("Dari rumah (WFH)")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("petugas"))
    place = models.CharField(_("tempat"), max_length=3, choices=Places, default=Places.OFFICE)
    channels = models.JSONField(_("jalan"), default=list)
    starts_at = models.DateTimeField(_("mulai"))
    ends_at = models.DateTimeField(_("selesai"))

    class Meta:
        verbose_name = _("giliran jaga")
        ordering: ClassVar = ["starts_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="a_shift_ends_after_it_begins"),
            models.UniqueConstraint(fields=["user", "starts_at"], name="somebody_begins_one_shift_at_a_time"),
        ]
        indexes: ClassVar = [models.Index(fields=["ends_at", "starts_at"], name="shifts_by_time")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.starts_at:%Y-%m-%d %H.%M}"


class Presence(models.Model):
    """Where a librarian is at the moment: when they were last seen, which conversation they look at, and since when they type in it."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+")
    seen_at = models.DateTimeField()
    conversation = models.PositiveBigIntegerField(null=True)
    replying_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = pgettext_lazy("desk", "kehadiran")
        indexes: ClassVar = [models.Index(fields=["conversation", "seen_at"], name="who_looks_at_a_conversation")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.seen_at:%H.%M}"


class ServiceTarget(models.Model):
    """How soon the library wants to answer what comes by a channel or about a service, in minutes of its opening hours.

    An empty ``channel`` without a service is for all that has no target of its own; a service goes before a channel.
    """

    channel = models.CharField(_("jalan"), max_length=20, blank=True)
    service = models.ForeignKey(
        "organization.Offering", on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("layanan")
    )
    first_minutes = models.PositiveIntegerField(_("jawaban pertama (menit)"))
    next_minutes = models.PositiveIntegerField(_("jawaban berikutnya (menit)"))
    resolution_minutes = models.PositiveIntegerField(_("selesai (menit)"))

    class Meta:
        verbose_name = _("target")
        ordering: ClassVar = ["channel", "service", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["channel"], condition=Q(service=None), name="one_target_for_a_channel"),
            models.UniqueConstraint(fields=["service"], name="one_target_for_a_service"),
            models.CheckConstraint(condition=Q(service=None) | Q(channel=""), name="a_target_is_for_channel_or_service"),
            models.CheckConstraint(
                condition=Q(first_minutes__gte=1, next_minutes__gte=1, resolution_minutes__gte=1), name="a_target_is_a_while"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel or self.service_id or '*'}: {self.first_minutes}"
