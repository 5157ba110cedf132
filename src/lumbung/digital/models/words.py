from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.digital.models.file import File


class PageText(models.Model):
    """The words of one page of a file. Of an EPUB, which has no pages, a stretch of about that length: ``href`` and ``progression`` say
    where it begins."""

    file = models.ForeignKey(File, on_delete=models.CASCADE, related_name="page_texts")
    number = models.PositiveIntegerField()
    label = models.CharField(max_length=20, blank=True)
    href = models.CharField(max_length=500, blank=True)
    progression = models.FloatField(default=0.0)
    text = models.TextField(blank=True)

    class Meta:
        verbose_name = _("teks halaman")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file", "number"], name="a_page_has_its_text_once"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="pages_count_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.file_id}: {self.number}"


class WordReading(models.Model):
    """How far the reading of a file's words is. ``part`` is what is done of it, from 0 to 1; ``problem`` the code of why it stopped."""

    class States(models.TextChoices):
        READING = "reading", _("Sedang dibaca")
        READ = "read", _("Sudah dibaca")
        STOPPED = "stopped", _("Tidak terbaca")

    file = models.OneToOneField(File, on_delete=models.CASCADE, related_name="word_reading")
    state = models.CharField(_("status"), max_length=8, choices=States, default=States.READING)
    part = models.FloatField(default=0.0)
    pages = models.PositiveIntegerField(_("halaman"), default=0)
    empty_pages = models.PositiveIntegerField(_("halaman tanpa teks"), default=0)
    problem = models.CharField(max_length=30, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("pembacaan teks berkas")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(part__gte=0, part__lte=1), name="a_reading_is_done_in_part_or_whole"),
            models.CheckConstraint(
                condition=~models.Q(state="stopped") | ~models.Q(problem=""), name="a_reading_that_stopped_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_id}: {self.state}"

    @property
    def percent(self) -> int:
        return round(self.part * 100)

    @property
    def has_no_text(self) -> bool:
        """Whether pages were read and none has a word: a scan that needs text recognition."""
        return self.state == WordReading.States.READ and self.pages > 0 and self.empty_pages == self.pages
