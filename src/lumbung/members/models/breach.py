from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

HOURS_TO_TELL = timedelta(hours=72)
"""UU 27/2022, article 46: those concerned and the authority are told in writing within three times 24 hours."""


class Breach(models.Model):
    """Personal data became known, changed or lost against the rules. The clock runs from the moment it was noticed."""

    noticed_at = models.DateTimeField(_("diketahui"))
    what = models.TextField(_("apa yang terjadi, kapan, dan bagaimana"))
    disclosed = models.TextField(_("data pribadi apa yang terungkap"))
    people = models.PositiveIntegerField(_("berapa orang terkena"), null=True, blank=True)
    measures = models.TextField(_("penanganan dan pemulihannya"), blank=True)
    authority_told_at = models.DateTimeField(_("lembaga PDP diberi tahu"), null=True)
    people_told_at = models.DateTimeField(_("pemilik data diberi tahu"), null=True)
    untold_because = models.CharField(_("mengapa tidak perlu diberitahukan"), max_length=300, blank=True)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("kebocoran data")
        ordering: ClassVar = ["-noticed_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True)
                | ~models.Q(untold_because="")
                | models.Q(authority_told_at__isnull=False, people_told_at__isnull=False),
                name="a_closed_breach_was_told_or_says_why_not",
            ),
            models.CheckConstraint(condition=~models.Q(what="") & ~models.Q(disclosed=""), name="a_breach_says_what_of_what"),
        ]

    def __str__(self) -> str:
        return self.what[:80]

    @property
    def due_at(self) -> datetime:
        return self.noticed_at + HOURS_TO_TELL

    @property
    def is_told(self) -> bool:
        return bool(self.untold_because) or (self.authority_told_at is not None and self.people_told_at is not None)
