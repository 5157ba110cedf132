from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Risks(models.TextChoices):
    """How likely it is that a format can no longer be opened one day."""

    LOW = "low", _("Rendah")
    WATCH = "watch", _("Perlu diawasi")
    HIGH = "high", _("Tinggi")


class KeptFormat(models.Model):
    """A format of which contents are kept, and what the library holds of its future. ``puid`` is its key in PRONOM (``fmt/18``).

    Until somebody judged it (``judged_at``), the risk is the one that is proposed, and the reason too.
    """

    puid = models.CharField("PUID", max_length=20, unique=True)
    name = models.CharField(_("format"), max_length=200)
    version = models.CharField(_("versi"), max_length=60, blank=True)
    media_type = models.CharField(_("jenis berkas"), max_length=200, blank=True)
    risk = models.CharField(_("risiko"), max_length=5, choices=Risks, default=Risks.WATCH)
    reason = models.CharField(_("alasan"), max_length=300, blank=True)
    plan = models.TextField(_("rencana"), max_length=1000, blank=True)
    judged_at = models.DateTimeField(null=True)
    judged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("format yang dilestarikan")
        ordering: ClassVar = ["puid"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(risk__in=Risks.values), name="risk_of_a_format_is_known"),
            models.CheckConstraint(
                condition=models.Q(judged_at=None) | ~models.Q(reason=""), name="a_judgement_of_a_format_has_its_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.name if self.version in self.name else f"{self.name} {self.version}"
