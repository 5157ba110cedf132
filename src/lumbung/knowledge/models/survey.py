from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lumbung.knowledge.models.minutes import Action

SMALLEST_GROUP = 5


class Groups(models.TextChoices):
    LEADER = "leader", _("Pimpinan")
    LIBRARIAN = "librarian", pgettext_lazy("knowledge", "Pustakawan")


class Dimensions(models.TextChoices):
    CULTURE = "culture", _("Budaya berbagi")
    STAFFING = "staffing", _("Kepegawaian")
    PROCESS = "process", _("Cara kerja")
    INFRASTRUCTURE = "infrastructure", _("Sarana")
    LEADERSHIP = "leadership", _("Kepemimpinan")


class SurveyRun(models.Model):
    """One run of the readiness survey. Its figures are shown when it is closed, and only of groups large enough to hide in."""

    title = models.CharField(_("judul"), max_length=120)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    smallest_group = models.PositiveSmallIntegerField(_("kelompok terkecil"), default=SMALLEST_GROUP)

    class Meta:
        verbose_name = _("survei kesiapan")
        ordering: ClassVar = ["-opened_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(title=""), name="a_survey_run_has_a_title"),
            models.CheckConstraint(condition=models.Q(smallest_group__gte=3), name="a_group_to_hide_in_has_three"),
        ]

    def __str__(self) -> str:
        return self.title


class SurveyQuestion(models.Model):
    run = models.ForeignKey(SurveyRun, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    dimension = models.CharField(max_length=16, choices=Dimensions)
    core = models.CharField(max_length=12, choices=Action.Cores)
    text = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["run", "position"], name="a_question_has_its_place_in_a_run")]

    def __str__(self) -> str:
        return self.text


class SurveyTally(models.Model):
    """How many of a group gave this value. No answer of anybody is kept: it is counted, and that is all."""

    question = models.ForeignKey(SurveyQuestion, on_delete=models.CASCADE, related_name="tallies")
    group = models.CharField(max_length=10, choices=Groups)
    value = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["question", "group", "value"], name="a_value_is_counted_in_one_row"),
            models.CheckConstraint(condition=models.Q(value__range=(1, 5)), name="a_survey_value_is_one_to_five"),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} {self.group} {self.value}: {self.count}"


class SurveyReturn(models.Model):
    """Somebody answered; not when, and not what."""

    run = models.ForeignKey(SurveyRun, on_delete=models.CASCADE, related_name="returns")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["run", "person"], name="one_answers_a_survey_once")]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.person_id}"
