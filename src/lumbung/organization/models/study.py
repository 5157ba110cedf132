from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Faculty(models.Model):
    """A faculty, school or department: what study programmes belong to."""

    code = models.CharField(_("kode"), max_length=20, unique=True)
    name = models.CharField(_("nama"), max_length=120)

    class Meta:
        verbose_name = _("fakultas")
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(code=""), name="faculty_has_a_code"),
            models.CheckConstraint(condition=~models.Q(name=""), name="faculty_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class StudyProgramme(models.Model):
    """A study programme (program studi), by the code PDDikti gave it: five digits as a rule."""

    class Levels(models.TextChoices):
        D1 = "D1", "D1"
        D2 = "D2", "D2"
        D3 = "D3", "D3"
        D4 = "D4", "D4"
        S1 = "S1", "S1"
        PROFESSION = "Profesi", _("Profesi")
        SPECIALIST = "Sp", _("Spesialis")
        S2 = "S2", "S2"
        S3 = "S3", "S3"

    code = models.CharField(_("kode PDDikti"), max_length=20, unique=True)
    name = models.CharField(_("nama program studi"), max_length=120)
    level = models.CharField(_("jenjang"), max_length=10, choices=Levels)
    faculty = models.ForeignKey(
        Faculty, on_delete=models.PROTECT, null=True, blank=True, related_name="programmes", verbose_name=_("fakultas")
    )

    class Meta:
        verbose_name = _("program studi")
        ordering: ClassVar = ["name", "level"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(code=""), name="programme_has_a_code"),
            models.CheckConstraint(condition=~models.Q(name=""), name="programme_has_a_name"),
            models.CheckConstraint(
                condition=models.Q(level__in=["D1", "D2", "D3", "D4", "S1", "Profesi", "Sp", "S2", "S3"]),
                name="level_of_programme_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()} {self.name}"
