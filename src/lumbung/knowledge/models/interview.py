import hashlib
import json
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lumbung.knowledge.models.keeping import HandOver
from lumbung.knowledge.models.topic import Topic


class Interview(models.Model):
    """A colleague is asked, question by question, what they know that is written nowhere: most often before they leave."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("yang diwawancarai")
    )
    interviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("pewawancara")
    )
    hand_over = models.ForeignKey(HandOver, on_delete=models.PROTECT, null=True, related_name="interviews")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("wawancara")
        ordering: ClassVar = ["-opened_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(person=F("interviewer")), name="nobody_interviews_themselves"),
            models.UniqueConstraint(
                fields=["person", "interviewer"], condition=Q(closed_at__isnull=True), name="two_hold_one_interview_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)


def state_of(told: str, topic: int | None, in_head_only: bool) -> str:
    """What marks an answer that says this: two that differ have different marks."""
    said = json.dumps([told.replace("\r\n", "\n").strip(), topic, in_head_only])
    return hashlib.sha256(said.encode()).hexdigest()[:32]


class InterviewAnswer(models.Model):
    """One question of an interview, and what was told. Who may read it is the word of whoever told it.

    ``in_head_only``: nobody else can do it and nothing tells of it yet; until an article does, it is a gap.
    """

    trace_kind = "told"

    class Circles(models.TextChoices):
        TWO = "two", _("Kami berdua")
        SUCCESSOR = "successor", _("Juga pengganti saya")
        STAFF = "staff", pgettext_lazy("knowledge", "Semua petugas")

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="answers")
    question = models.CharField(_("pertanyaan"), max_length=200)
    told = models.TextField(pgettext_lazy("knowledge", "jawaban"), blank=True)
    circle = models.CharField(_("siapa yang boleh membaca"), max_length=10, choices=Circles, default=Circles.TWO)
    topic = models.ForeignKey(Topic, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("topik"))
    in_head_only = models.BooleanField(_("hanya ada di kepala saya"), default=False)

    class Meta:
        verbose_name = _("jawaban wawancara")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(question=""), name="an_interview_asks_something"),
            models.UniqueConstraint(fields=["interview", "question"], name="a_question_is_asked_once_in_an_interview"),
            models.CheckConstraint(
                condition=Q(circle__in=["two", "successor", "staff"]), name="the_circle_of_an_answer_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.question

    @property
    def state(self) -> str:
        """By which a page tells whether the answer was changed since it was shown."""
        return state_of(self.told, self.topic_id, self.in_head_only)
