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
    """What the virus scanner said of a content: ``found`` names what is in it, ``engine`` who said so, ``said`` why it could not.

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
