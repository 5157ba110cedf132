from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lumbung.knowledge.models.article import Article
from lumbung.knowledge.models.community import Community
from lumbung.knowledge.models.topic import Topic


class Question(models.Model):
    """Something a colleague wants to know. ``hides_name`` keeps the asker's name from everybody.

    Nobody reads the name of a hidden asker unless the question was reported; that somebody did is kept in the journal.
    """

    trace_kind = "question"

    title = models.CharField(_("pertanyaan"), max_length=200)
    text = models.TextField(_("penjelasan"), blank=True)
    topic = models.ForeignKey(
        Topic, on_delete=models.SET_NULL, null=True, blank=True, related_name="questions", verbose_name=_("topik")
    )
    community = models.ForeignKey(
        Community, on_delete=models.PROTECT, null=True, blank=True, related_name="questions", verbose_name=_("komunitas")
    )
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    hides_name = models.BooleanField(_("tanpa nama"), default=False)
    asked_of = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ditujukan kepada"),
    )
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    article = models.ForeignKey(Article, on_delete=models.SET_NULL, null=True, related_name="questions")
    reported_at = models.DateTimeField(null=True)
    reported_because = models.CharField(max_length=300, blank=True)
    revealed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("pertanyaan")
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(title=""), name="a_question_asks_something"),
            models.CheckConstraint(
                condition=Q(revealed_at__isnull=True) | Q(reported_at__isnull=False),
                name="a_name_is_revealed_only_after_a_report",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Answer(models.Model):
    """What a colleague answered; ``accepted_at`` when it solved the question. A name can be hidden here too."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="answers")
    text = models.TextField(_("jawaban"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    hides_name = models.BooleanField(_("tanpa nama"), default=False)
    at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("jawaban")
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="an_answer_says_something"),
            models.UniqueConstraint(
                fields=["question"], condition=Q(accepted_at__isnull=False), name="one_answer_solves_a_question"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]
