from datetime import date, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lumbung.organization.models import Branch

LONGEST_ROUND = 12
"""Weeks from one visit to the next, at most."""


class HandoverPlace(models.Model):
    """A place that is no branch, where staff of a branch hand over what waits and take back what is lent, on the days of a round.

    It is visited on ``weekdays`` (digits, 1 being Monday) of every ``every_weeks``-th week, counted from that of ``first_day``, until
    ``last_day``; single days may be added or called off (``VisitDay``). What is not offered any more is still served to those who chose it.
    """

    class Kinds(models.TextChoices):
        POINT = "point", _("Titik ambil")
        STOP = "stop", _("Perhentian perpustakaan keliling")

    branch = models.ForeignKey(
        Branch, on_delete=models.PROTECT, related_name="handover_places", verbose_name=_("dilayani dari cabang")
    )
    kind = models.CharField(_("jenis"), max_length=10, choices=Kinds)
    name = models.CharField(_("nama tempat"), max_length=120, unique=True)
    address = models.CharField(_("letak"), max_length=300, blank=True)
    note = models.CharField(_("petunjuk untuk pemustaka"), max_length=200, blank=True)
    weekdays = models.CharField(_("hari kunjungan"), max_length=7, blank=True)
    every_weeks = models.PositiveSmallIntegerField(_("setiap berapa minggu"), default=1)
    first_day = models.DateField(_("mulai tanggal"), null=True, blank=True)
    last_day = models.DateField(_("sampai tanggal"), null=True, blank=True)
    starts = models.TimeField(_("jam mulai"))
    ends = models.TimeField(_("jam selesai"))
    is_offered = models.BooleanField(_("ditawarkan kepada pemustaka"), default=True)

    class Meta:
        verbose_name = _("tempat serah")
        ordering: ClassVar = ["kind", "name"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name=""), name="a_place_of_handover_has_a_name"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="a_visit_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(every_weeks__gte=1, every_weeks__lte=LONGEST_ROUND), name="a_round_takes_one_to_twelve_weeks"
            ),
            models.CheckConstraint(
                condition=Q(every_weeks=1) | Q(first_day__isnull=False), name="a_round_of_weeks_says_when_it_began"
            ),
            models.CheckConstraint(
                condition=Q(first_day=None) | Q(last_day=None) | Q(last_day__gte=F("first_day")),
                name="a_round_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_on_the_round(self, day: date) -> bool:
        """Whether its weekly round comes by that day, single days and closures left aside."""
        if str(day.isoweekday()) not in self.weekdays:
            return False
        if (self.first_day and day < self.first_day) or (self.last_day and day > self.last_day):
            return False
        return self.first_day is None or (_monday(day) - _monday(self.first_day)).days // 7 % self.every_weeks == 0


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


class VisitDay(models.Model):
    """What is otherwise on one day at one place: a visit more (``comes``), or one called off, and why."""

    place = models.ForeignKey(HandoverPlace, on_delete=models.CASCADE, related_name="single_days")
    day = models.DateField(_("hari"))
    comes = models.BooleanField()
    reason = models.CharField(_("alasan"), max_length=120, blank=True)

    class Meta:
        ordering: ClassVar = ["day", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "day"], name="a_day_at_a_place_is_settled_once"),
            models.CheckConstraint(condition=Q(comes=True) | ~Q(reason=""), name="a_visit_called_off_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.day} {self.comes}"
