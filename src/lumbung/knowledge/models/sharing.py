from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lumbung.knowledge.models.session import Session
from lumbung.knowledge.models.topic import Topic


class SharingTime(models.Model):
    """Minutes of work that somebody gave to sharing what they know, noted by themselves; of a session at most once."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    on = models.DateField(_("tanggal"))
    minutes = models.PositiveSmallIntegerField(_("menit"))
    what = models.CharField(_("untuk apa"), max_length=200)
    session = models.ForeignKey(Session, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("waktu berbagi")
        ordering: ClassVar = ["-on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(what=""), name="time_is_shared_for_something"),
            models.CheckConstraint(condition=Q(minutes__range=(1, 600)), name="a_day_has_ten_hours_of_work"),
            models.UniqueConstraint(fields=["person", "session"], name="the_time_of_a_session_is_noted_once"),
        ]

    def __str__(self) -> str:
        return f"{self.on}: {self.minutes}"


class Introduction(models.Model):
    """Two colleagues who may not know each other are proposed to one another, with a few words. Nothing comes of it before both agree.

    ``first`` is whose account is older; ``proposed_by`` is somebody else, or one of the two.
    """

    first = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    topic = models.ForeignKey(Topic, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("topik"))
    text = models.CharField(_("kata pengantar"), max_length=500)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    first_agreed_at = models.DateTimeField(null=True)
    second_agreed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("perkenalan")
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="an_introduction_has_its_words"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="two_are_introduced_in_one_order"),
            models.UniqueConstraint(
                fields=["first", "second"], condition=Q(ended_at__isnull=True), name="two_are_introduced_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} – {self.second_id}"

    @property
    def is_agreed(self) -> bool:
        return self.first_agreed_at is not None and self.second_agreed_at is not None

    def agreed_by(self, person: int) -> bool:
        """Whether this one of the two agreed."""
        return (self.first_agreed_at if person == self.first_id else self.second_agreed_at) is not None
