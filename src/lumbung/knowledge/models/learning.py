from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lumbung.knowledge.models.article import Article
from lumbung.knowledge.models.training import Training


class LearningPath(models.Model):
    """Steps in the order in which somebody learns a piece of work. One with ``for_arrivals`` is given to every new colleague, or, where
    ``roles`` are named, to those who have one of them."""

    title = models.CharField(_("judul"), max_length=150)
    aim = models.CharField(_("yang dapat dilakukan sesudahnya"), max_length=250)
    days = models.PositiveSmallIntegerField(_("selesai dalam (hari)"), default=30)
    for_arrivals = models.BooleanField(_("diberikan kepada setiap rekan baru"), default=False)
    roles = models.JSONField(_("hanya untuk peran"), default=list, blank=True)
    mentor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("pendamping"),
    )
    is_active = models.BooleanField(_("dipakai"), default=True)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("jalur belajar")
        ordering: ClassVar = ["title", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(aim=""), name="a_path_says_what_and_for_what"),
            models.CheckConstraint(condition=Q(days__range=(1, 730)), name="a_path_ends_within_two_years"),
            models.UniqueConstraint(fields=["title"], name="a_path_has_a_title_of_its_own"),
        ]

    def __str__(self) -> str:
        return self.title


class PathStep(models.Model):
    """One thing to learn on a path: a training, an article to read, its quiz to pass, a page of the help, or something to try out."""

    class Kinds(models.TextChoices):
        COURSE = "course", _("Pelatihan")
        ARTICLE = "article", _("Artikel")
        QUIZ = "quiz", _("Kuis")
        HELP = "help", _("Halaman bantuan")
        TRY = "try", _("Coba sendiri")

    path = models.ForeignKey(LearningPath, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("jenis"), max_length=8, choices=Kinds)
    title = models.CharField(_("langkah"), max_length=200)
    course = models.ForeignKey(Training, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("pelatihan"))
    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, null=True, related_name="path_steps", verbose_name=_("artikel")
    )
    address = models.CharField(_("alamat halaman"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("langkah belajar")
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(title=""), name="a_step_says_what"),
            models.CheckConstraint(
                condition=Q(kind="course", course__isnull=False, article=None, address="")
                | Q(kind__in=["article", "quiz"], article__isnull=False, course=None, address="")
                | (Q(kind="help", article=None, course=None) & ~Q(address=""))
                | Q(kind="try", article=None, course=None),
                name="a_step_leads_to_what_its_kind_says",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_told(self) -> bool:
        """Whether the colleague tells that it is done; the other kinds show it by themselves."""
        return self.kind in {self.Kinds.HELP, self.Kinds.TRY}


class Walk(models.Model):
    """A colleague on a path, with whoever goes with them."""

    path = models.ForeignKey(LearningPath, on_delete=models.PROTECT, related_name="walks")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    mentor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("pendamping"),
    )
    began_at = models.DateTimeField()
    due_on = models.DateField(_("tenggat"))
    finished_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("perjalanan belajar")
        ordering: ClassVar = ["due_on", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["path", "person"], condition=Q(left_at=None), name="one_walks_a_path_once"),
            models.CheckConstraint(condition=Q(mentor=None) | ~Q(mentor=F("person")), name="nobody_is_their_own_mentor"),
            models.CheckConstraint(condition=Q(left_at=None) | Q(finished_at=None), name="a_path_is_finished_or_left"),
        ]

    def __str__(self) -> str:
        return f"{self.path_id}: {self.person_id}"


class StepDone(models.Model):
    """A step that was gone, when, and what shows it."""

    walk = models.ForeignKey(Walk, on_delete=models.CASCADE, related_name="done")
    step = models.ForeignKey(PathStep, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    evidence = models.CharField(pgettext_lazy("knowledge", "bukti"), max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["walk", "step"], name="a_step_is_gone_once")]

    def __str__(self) -> str:
        return f"{self.walk_id}: {self.step_id}"
