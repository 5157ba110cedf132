from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.organization.models.branch import Branch


class OpeningHours(models.Model):
    """One spell in which a branch is open, on one weekday (0 is Monday). A day may have several (Friday prayer)."""

    branch = models.ForeignKey(Branch, on_delete=models.CASCADE, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField(_("hari"))
    opens = models.TimeField(_("buka"))
    closes = models.TimeField(_("tutup"))

    class Meta:
        verbose_name = _("jam buka")
        ordering: ClassVar = ["weekday", "opens"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(weekday__lte=6), name="weekday_is_monday_to_sunday"),
            models.CheckConstraint(condition=models.Q(closes__gt=models.F("opens")), name="hours_close_after_they_open"),
            models.UniqueConstraint(fields=["branch", "weekday", "opens"], name="one_spell_starts_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens:%H.%M}–{self.closes:%H.%M}"


class Closure(models.Model):
    """Days on which a branch (or, without one, every branch) is closed. The past is never changed: due dates depended on it."""

    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, null=True, blank=True, related_name="closures")
    first_day = models.DateField(_("hari pertama"))
    last_day = models.DateField(_("hari terakhir"))
    reason = models.CharField(_("alasan"), max_length=120)

    class Meta:
        verbose_name = _("penutupan")
        ordering: ClassVar = ["first_day"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")), name="closure_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reason} {self.first_day}–{self.last_day}"
