from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.digital.models.file import File


class TakedownRequest(models.Model):
    """Somebody asks that a file be withdrawn: its author, or another whose right it touches. The library answers each."""

    class States(models.TextChoices):
        OPEN = "open", _("Menunggu")
        GRANTED = "granted", _("Dikabulkan")
        DECLINED = "declined", _("Ditolak")

    file = models.ForeignKey(File, on_delete=models.CASCADE, related_name="takedown_requests")
    name = models.CharField(_("nama"), max_length=120)
    contact = models.CharField(_("surel atau telepon"), max_length=200)
    reason = models.TextField(_("alasan"))
    state = models.CharField(_("status"), max_length=8, choices=States, default=States.OPEN)
    answer = models.CharField(_("jawaban"), max_length=300, blank=True)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state__in=["open", "granted", "declined"]), name="state_of_a_takedown_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state="open") | models.Q(answered_at__isnull=False),
                name="an_answered_takedown_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.reason[:40]}"
