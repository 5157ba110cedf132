from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Feed(models.Model):
    """A news feed the library chose, and how it fares: a dead one is shown as dead."""

    name = models.CharField(_("nama"), max_length=120)
    url = models.URLField(_("alamat"), max_length=300, unique=True)
    category = models.CharField(_("kategori"), max_length=40, blank=True)
    is_active = models.BooleanField(_("dibaca"), default=True)
    last_read_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=200, blank=True)
    failed_times = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("umpan berita")
        ordering: ClassVar = ["category", "name"]
        constraints: ClassVar = [models.CheckConstraint(condition=~models.Q(name=""), name="a_feed_has_a_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_dead(self) -> bool:
        return self.failed_times >= 3  # noqa: PLR2004 -- three mornings in a row


class Signal(models.Model):
    """Something from outside or from our own figures that may be worth talking about: put on an agenda, or dismissed."""

    class States(models.TextChoices):
        NEW = "new", _("Baru")
        AGENDA = "agenda", _("Di agenda")
        DISMISSED = "dismissed", _("Dilewatkan")

    trace_kind = "signal"

    source = models.CharField(max_length=20)
    key = models.CharField(max_length=120)
    feed = models.ForeignKey(Feed, on_delete=models.SET_NULL, null=True, related_name="signals")
    section = models.CharField(max_length=12)
    title = models.CharField(_("judul"), max_length=200)
    text = models.TextField(blank=True)
    url = models.CharField(max_length=500, blank=True)
    is_challenge = models.BooleanField(default=False)
    at = models.DateTimeField(_("pada"))
    state = models.CharField(_("keadaan"), max_length=10, choices=States, default=States.NEW)

    class Meta:
        verbose_name = _("sinyal")
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["state", "-at"], name="signal_state_and_time")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "key"], name="a_signal_comes_once"),
            models.CheckConstraint(condition=~models.Q(title=""), name="a_signal_has_a_title"),
        ]

    def __str__(self) -> str:
        return self.title


class TalkPlan(models.Model):
    """When the morning talk is: its hour, its weekdays ("01234" is Monday to Friday), where, and for how long."""

    is_on = models.BooleanField(_("obrolan pagi diadakan"), default=False)
    starts = models.TimeField(_("jam mulai"), default="07:30")
    weekdays = models.CharField(pgettext_lazy("many", "hari"), max_length=7, default="01234")
    minutes_long = models.PositiveSmallIntegerField(_("lama (menit)"), default=15)
    place = models.CharField(_("tempat"), max_length=120, blank=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(pk=1), name="there_is_one_plan_of_talks")]

    def __str__(self) -> str:
        return f"{self.starts} {self.weekdays}"


class Incident(models.Model):
    """Something went wrong in the day's work: what, when, and how it was mended."""

    class States(models.TextChoices):
        OPEN = "open", _("Terbuka")
        SOLVED = "solved", _("Teratasi")

    trace_kind = "incident"

    title = models.CharField(_("apa yang terjadi"), max_length=200)
    text = models.TextField(_("keterangan"), blank=True)
    topic = models.CharField(_("topik"), max_length=80, blank=True)
    happened_at = models.DateTimeField(_("kapan"))
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(_("keadaan"), max_length=8, choices=States, default=States.OPEN)
    recovery = models.TextField(_("pemulihan"), blank=True)
    solved_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("insiden")
        ordering: ClassVar = ["-happened_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(title=""), name="an_incident_says_what"),
            models.CheckConstraint(
                condition=models.Q(state="open", solved_at__isnull=True)
                | (models.Q(state="solved", solved_at__isnull=False) & ~models.Q(recovery="")),
                name="a_solved_incident_says_how",
            ),
        ]

    def __str__(self) -> str:
        return self.title
