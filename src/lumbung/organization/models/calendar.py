from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lumbung.organization.models.branch import Branch


class Period(models.Model):
    """A named stretch of the year, of one branch or (without one) of all: a semester, exams, Ramadan, a time of closed service.

    Loan rules may speak of its kind; it may have opening hours of its own. A day belongs to as many periods as name it.
    """

    class Kinds(models.TextChoices):
        TERM = "term", _("Semester")
        EXAMS = "exams", _("Masa ujian")
        VACATION = "vacation", _("Libur semester")
        RAMADAN = "ramadan", _("Ramadan")
        GRADUATION = "graduation", _("Masa wisuda")
        CLOSED_SERVICE = "closed_service", _("Layanan tertutup")
        AMNESTY = "amnesty", _("Bebas denda")
        OTHER = "other", _("Lainnya")

    branch = models.ForeignKey(
        Branch, on_delete=models.PROTECT, null=True, blank=True, related_name="periods", verbose_name=_("cabang")
    )
    kind = models.CharField(_("jenis"), max_length=16, choices=Kinds)
    name = models.CharField(_("nama"), max_length=80)
    first_day = models.DateField(_("hari pertama"))
    last_day = models.DateField(_("hari terakhir"))

    class Meta:
        verbose_name = _("masa")
        ordering: ClassVar = ["first_day", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="a_period_of_the_year_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(name=""), name="a_period_of_the_year_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class OpeningHours(models.Model):
    """One spell in which a branch is open, on one weekday (0 is Monday). A day may have several (Friday prayer).

    It holds from ``since`` (None: as long as anybody remembers) until ``until`` (None: until further notice). When hours change the old
    ones are kept, because due dates and fines of those days were counted by them. With ``period`` it holds on the days of that period
    alone, in place of the usual week.
    """

    branch = models.ForeignKey(Branch, on_delete=models.CASCADE, related_name="opening_hours")
    period = models.ForeignKey(Period, on_delete=models.CASCADE, null=True, blank=True, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField(_("hari"))
    opens = models.TimeField(_("buka"))
    closes = models.TimeField(_("tutup"))
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta:
        verbose_name = _("jam buka")
        ordering: ClassVar = ["weekday", "opens"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="weekday_is_monday_to_sunday"),
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="hours_close_after_they_open"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since")), name="hours_end_after_they_begin"
            ),
            models.UniqueConstraint(
                fields=["branch", "weekday", "opens"],
                condition=Q(until=None, period=None),
                name="one_spell_starts_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["branch", "period", "weekday", "opens"],
                condition=Q(until=None, period__isnull=False),
                name="one_spell_of_a_period_starts_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens:%H.%M}–{self.closes:%H.%M}"


class HolidayList(models.Model):
    """A list of holidays that was read; its closures can be called off together while none has begun."""

    read_at = models.DateTimeField(_("dibaca"))

    class Meta:
        verbose_name = _("daftar libur")
        ordering: ClassVar = ["-read_at", "-id"]

    def __str__(self) -> str:
        return f"{self.read_at:%Y-%m-%d %H.%M}"


class Closure(models.Model):
    """Days on which a branch (or, without one, every branch) is closed. The past is never changed: due dates depended on it."""

    class Kinds(models.TextChoices):
        HOLIDAY = "holiday", _("Libur nasional")
        JOINT_LEAVE = "joint_leave", _("Cuti bersama")
        OWN = "own", _("Penutupan sendiri")

    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, null=True, blank=True, related_name="closures")
    kind = models.CharField(_("jenis"), max_length=12, choices=Kinds, default=Kinds.OWN)
    first_day = models.DateField(_("hari pertama"))
    last_day = models.DateField(_("hari terakhir"))
    reason = models.CharField(_("alasan"), max_length=120)
    holiday_list = models.ForeignKey(HolidayList, on_delete=models.SET_NULL, null=True, editable=False, related_name="closures")

    class Meta:
        verbose_name = _("penutupan")
        ordering: ClassVar = ["first_day"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="closure_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.reason} {self.first_day}–{self.last_day}"
