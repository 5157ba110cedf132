from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.catalogue.models import Record


class Course(models.Model):
    """The reading list of a course in one term. Students see it once it is published."""

    lecturer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="courses")
    code = models.CharField(_("kode mata kuliah"), max_length=30)
    name = models.CharField(_("nama mata kuliah"), max_length=160)
    term = models.CharField(_("semester"), max_length=40, blank=True)
    ends_on = models.DateField(_("semester berakhir"), null=True, blank=True)
    students = models.PositiveIntegerField(_("jumlah mahasiswa"), null=True, blank=True)
    note = models.TextField(_("pengantar"), blank=True)
    search_text = models.TextField(editable=False)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(_("terbit"), null=True)
    removed_at = models.DateTimeField(_("dihapus"), null=True)

    class Meta:
        verbose_name = _("daftar bacaan kuliah")
        ordering: ClassVar = ["-created_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(code="") & ~models.Q(name=""), name="a_course_has_code_and_name"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def is_public(self) -> bool:
        return self.published_at is not None and self.removed_at is None


class CourseSection(models.Model):
    """A week or a topic of a course."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="sections")
    name = models.CharField(_("minggu atau topik"), max_length=160)
    position = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("bagian daftar bacaan")
        ordering: ClassVar = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class CourseItem(models.Model):
    """Something to read: a title of the catalogue, or (``record`` null) a citation in the lecturer's words."""

    class Weights(models.TextChoices):
        REQUIRED = "required", _("Wajib")
        RECOMMENDED = "recommended", _("Dianjurkan")

    section = models.ForeignKey(CourseSection, on_delete=models.CASCADE, related_name="items")
    record = models.ForeignKey(Record, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    citation = models.TextField(_("rujukan"))
    weight = models.CharField(_("sifat"), max_length=12, choices=Weights, default=Weights.REQUIRED)
    chapter = models.CharField(_("bab atau halaman"), max_length=120, blank=True)
    note = models.CharField(_("catatan untuk mahasiswa"), max_length=400, blank=True)
    position = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("bacaan kuliah")
        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(citation=""), name="a_reading_says_what_to_read"),
            models.CheckConstraint(condition=models.Q(weight__in=["required", "recommended"]), name="weight_is_known"),
        ]

    def __str__(self) -> str:
        return self.citation
