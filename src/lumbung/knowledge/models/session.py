from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lumbung.knowledge.models.community import Community
from lumbung.knowledge.models.training import Training


class Kinds(models.TextChoices):
    DISCUSSION = "discussion", _("Diskusi")
    TRAINING = "training", _("Pelatihan")
    TALK = "talk", _("Obrolan pagi")
    MEETING = "meeting", _("Rapat")


class Series(models.Model):
    """Sessions that come round every so many weeks, each with another host; ``points`` is what stands on every agenda, a line each."""

    title = models.CharField(_("judul"), max_length=160)
    kind = models.CharField(_("jenis"), max_length=12, choices=Kinds, default=Kinds.DISCUSSION)
    topic = models.CharField(_("topik"), max_length=80, blank=True)
    every_weeks = models.PositiveSmallIntegerField(_("setiap berapa minggu"), default=1)
    minutes_long = models.PositiveSmallIntegerField(default=60)
    place = models.CharField(max_length=120, blank=True)
    link = models.URLField(max_length=300, blank=True)
    expected_product = models.CharField(max_length=300)
    points = models.TextField(_("poin tetap"))
    is_active = models.BooleanField(_("masih berjalan"), default=True)

    class Meta:
        verbose_name = _("rangkaian sesi")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(every_weeks__range=(1, 26)), name="a_series_comes_round_within_half_a_year"
            )
        ]

    def __str__(self) -> str:
        return self.title


class SeriesHost(models.Model):
    """Whose turn it is, in order."""

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="hosts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["series", "person"], name="a_host_stands_in_a_rotation_once"),
            models.UniqueConstraint(fields=["series", "position"], name="a_turn_is_one_persons"),
        ]

    def __str__(self) -> str:
        return f"{self.series_id}: {self.person_id}"


class Session(models.Model):
    """People talk with one another, about certain points, for a product. Published only with schedule, points and expected product."""

    class Modes(models.TextChoices):
        FACE = "face", _("Tatap muka")
        ONLINE = "online", _("Daring")
        BOTH = "both", _("Tatap muka dan daring")

    class States(models.TextChoices):
        DRAFT = "draft", _("Rancangan")
        PUBLISHED = "published", _("Terbit")
        CLOSED = "closed", _("Selesai")
        CANCELLED = "cancelled", _("Batal")

    trace_kind = "session"

    series = models.ForeignKey(Series, on_delete=models.PROTECT, null=True, related_name="sessions")
    kind = models.CharField(_("jenis"), max_length=12, choices=Kinds, default=Kinds.DISCUSSION)
    mode = models.CharField(pgettext_lazy("knowledge", "cara"), max_length=8, choices=Modes, default=Modes.FACE)
    title = models.CharField(_("judul"), max_length=160)
    topic = models.CharField(_("topik"), max_length=80, blank=True)
    community = models.ForeignKey(
        Community, on_delete=models.PROTECT, null=True, blank=True, related_name="sessions", verbose_name=_("komunitas")
    )
    starts_at = models.DateTimeField(_("mulai"), null=True, blank=True)
    minutes_long = models.PositiveSmallIntegerField(_("lama (menit)"), default=60)
    place = models.CharField(_("tempat"), max_length=120, blank=True)
    link = models.URLField(_("tautan daring"), max_length=300, blank=True)
    expected_product = models.CharField(_("produk yang diharapkan"), max_length=300, blank=True)
    facilitator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("fasilitator"),
    )
    state = models.CharField(_("keadaan"), max_length=10, choices=States, default=States.DRAFT)
    talk_on = models.DateField(null=True)
    course = models.ForeignKey(
        Training, on_delete=models.PROTECT, null=True, related_name="sessions", verbose_name=_("pelatihan")
    )
    seats = models.PositiveSmallIntegerField(_("kursi"), null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    product = models.CharField(_("produk"), max_length=300, blank=True)
    without_product = models.CharField(_("alasan tanpa produk"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("sesi")
        ordering: ClassVar = ["-starts_at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["state", "starts_at"], name="session_state_and_start")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(title=""), name="a_session_has_a_title"),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "cancelled"])
                | (models.Q(starts_at__isnull=False) & ~models.Q(expected_product="")),
                name="a_published_session_has_schedule_and_product",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="closed") | ~models.Q(product="", without_product=""),
                name="a_closed_session_has_a_product_or_a_reason",
            ),
            models.UniqueConstraint(fields=["talk_on"], name="one_morning_talk_a_day"),
            models.UniqueConstraint(fields=["series", "starts_at"], name="a_series_comes_once_at_a_time"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ends_at(self) -> datetime | None:
        return self.starts_at + timedelta(minutes=self.minutes_long) if self.starts_at else None

    @property
    def is_open(self) -> bool:
        """Whether its agenda, people and minutes may still change."""
        return self.state in {self.States.DRAFT, self.States.PUBLISHED}

    def is_over(self, now: datetime) -> bool:
        return self.ends_at is not None and self.ends_at <= now

    def is_led_by(self, user: Any) -> bool:
        return user.pk is not None and user.pk in {self.facilitator_id, self.made_by_id}


class AgendaPoint(models.Model):
    """One thing to talk about, where it comes from, and what was said. A challenge wants a recovery and an action."""

    trace_kind = "point"

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="points")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("poin"), max_length=200)
    note = models.TextField(_("keterangan"), blank=True)
    section = models.CharField(max_length=12, blank=True)
    is_challenge = models.BooleanField(default=False)
    source_kind = models.CharField(max_length=20, blank=True)
    source_key = models.CharField(max_length=120, blank=True)
    url = models.CharField(max_length=500, blank=True)
    said = models.TextField(_("catatan"), blank=True)

    class Meta:
        verbose_name = _("poin agenda")
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(title=""), name="a_point_says_what"),
            models.UniqueConstraint(
                fields=["session", "source_kind", "source_key"],
                condition=~models.Q(source_kind=""),
                name="a_source_is_on_an_agenda_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Attendance(models.Model):
    """Somebody was there: a colleague, or a name on the paper list who has no account here."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attendances")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = _("kehadiran")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "person"], name="one_attends_a_session_once"),
            models.UniqueConstraint(
                fields=["session", "name"], condition=models.Q(person__isnull=True), name="a_name_attends_a_session_once"
            ),
            models.CheckConstraint(
                condition=models.Q(person__isnull=False) | ~models.Q(name=""), name="an_attendance_is_somebodys"
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.person)


class SessionPicture(models.Model):
    """A photograph of the whiteboard or of the paper list; typed by its content."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="pictures")
    stored_file = models.CharField(max_length=200)
    kind = models.CharField(max_length=8)
    caption = models.CharField(_("keterangan"), max_length=160)
    added_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(stored_file=""), name="a_session_picture_is_kept_somewhere")
        ]

    def __str__(self) -> str:
        return self.caption


class PollOption(models.Model):
    """A moment at which a session could be, while it is asked who can come."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="poll_options")
    starts_at = models.DateTimeField(_("mulai"))

    class Meta:
        ordering: ClassVar = ["starts_at"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["session", "starts_at"], name="a_moment_is_offered_once")]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.starts_at}"


class PollAnswer(models.Model):
    """This colleague can come at that moment."""

    option = models.ForeignKey(PollOption, on_delete=models.CASCADE, related_name="answers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["option", "person"], name="one_answers_for_a_moment_once")]

    def __str__(self) -> str:
        return f"{self.option_id}: {self.person_id}"
