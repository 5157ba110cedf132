from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lumbung.knowledge.models.article import Article


class Remark(models.Model):
    """Something said about an article. It stays open until a version answers it: that version's number is kept."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="remarks")
    text = models.TextField(_("tanggapan"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_in = models.PositiveIntegerField(null=True)

    class Meta:
        verbose_name = _("tanggapan")
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(text=""), name="a_remark_says_something")]

    def __str__(self) -> str:
        return self.text[:60]


class Use(models.Model):
    """Somebody read an article, or did their work by it and tells how it went. One row a person, article and kind of use."""

    trace_kind = "use"

    class Kinds(models.TextChoices):
        READ = "read", _("membaca")
        USED = "used", _("memakai")
        HELPFUL = "helpful", _("terbantu")
        LEARNT = "learnt", _("lulus kuis")

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="uses")
    kind = models.CharField(max_length=8, choices=Kinds)
    note = models.CharField(_("catatan"), max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("pemakaian")
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=["read", "used", "helpful", "learnt"]), name="a_use_is_known"),
            models.UniqueConstraint(
                fields=["article", "by", "kind"], condition=~Q(kind="used"), name="one_reads_votes_and_learns_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.article_id}"


class QuizQuestion(models.Model):
    """A question that shows whether the article was understood. The first answer is the right one; they are shown shuffled."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="quiz")
    text = models.CharField(_("pertanyaan"), max_length=300)
    answers = models.JSONField(_("jawaban"))

    class Meta:
        verbose_name = _("soal kuis")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(text=""), name="a_quiz_question_asks_something")]

    def __str__(self) -> str:
        return self.text
