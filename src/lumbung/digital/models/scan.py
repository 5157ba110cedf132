from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ScanStates(models.TextChoices):
    """What is known of a content since the scanner was asked about it."""

    WAITING = "waiting", _("Menunggu dipindai")
    CLEAN = "clean", _("Bersih")
    INFECTED = "infected", _("Dikarantina")
    RELEASED = "released", _("Dilepaskan")
    REMOVED = "removed", _("Disingkirkan")


class VirusScan(models.Model):
    """What the virus scanner said of a content: ``found`` names what is in it, ``engine`` who said so, ``said`` why it could not,
    the last time that it was asked.

    ``rescanned_at`` and ``rescanned_with`` are of the last time that it was asked again of what it had found clean (``ScanRound``).
    ``answer`` is why somebody of the library released it all the same, or removed it.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(_("nama berkas"), max_length=200)
    size = models.PositiveBigIntegerField(_("ukuran"))
    state = models.CharField(_("status"), max_length=8, choices=ScanStates, default=ScanStates.WAITING)
    found = models.CharField(max_length=200, blank=True)
    engine = models.CharField(max_length=200, blank=True)
    said = models.CharField(max_length=300, blank=True)
    came_at = models.DateTimeField()
    scanned_at = models.DateTimeField(null=True)
    rescanned_at = models.DateTimeField(null=True)
    rescanned_with = models.CharField(max_length=200, blank=True)
    again_after = models.DateTimeField()
    answer = models.CharField(_("alasan"), max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("pemindaian virus")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(state__in=ScanStates.values), name="state_of_a_scan_is_known"),
            models.CheckConstraint(condition=~models.Q(state="infected") | ~models.Q(found=""), name="an_infection_has_a_name"),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "again_after"], name="scan_by_state")]

    def __str__(self) -> str:
        return self.name

    @property
    def looked_at(self) -> datetime | None:
        """When the scanner last judged it."""
        return self.rescanned_at or self.scanned_at


class ScanRound(models.Model):
    """How far the scanner has come with looking again at all that is kept, since it knows more than it did; one row.

    ``engine`` is the program with the signatures for which the round began, ``place`` the last content that was looked at, ``until`` when
    the share of this night ends. ``undecided`` are those of which the scanner could say nothing, ``fell_over`` the last content over which
    it went away and did not come back.
    """

    engine = models.CharField(max_length=200)
    place = models.BigIntegerField(default=0)
    began_at = models.DateTimeField()
    until = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    seen = models.PositiveIntegerField(default=0)
    found = models.PositiveIntegerField(default=0)
    undecided = models.PositiveIntegerField(default=0)
    fell_over = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("putaran pemindaian ulang")
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(pk=1), name="there_is_one_round_of_scans")]

    def __str__(self) -> str:
        return self.engine
