from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Purposes(models.TextChoices):
    """What readers come for."""

    STUDY = "study", _("Belajar dan kuliah")
    RESEARCH = "research", _("Meneliti dan menulis")
    TEACHING = "teaching", _("Mengajar")
    WORK = "work", _("Bekerja dan berusaha")
    PLEASURE = "pleasure", _("Membaca untuk senang")
    VISIT = "visit", _("Berkunjung")


class Purpose(models.Model):
    """What the library says of one purpose in place of what the program says. Empty texts leave the program's."""

    key = models.CharField(_("keperluan"), max_length=20, choices=Purposes, primary_key=True)
    name = models.CharField(_("nama"), max_length=60, blank=True)
    intro = models.TextField(_("pengantar"), max_length=600, blank=True)
    people = models.TextField(_("siapa yang membantu"), max_length=400, blank=True)
    shown = models.BooleanField(_("tampil di beranda"), default=True)

    class Meta:
        verbose_name = _("keperluan")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(key__in=Purposes.values), name="a_purpose_is_one_of_those_there_are"),
        ]

    def __str__(self) -> str:
        return self.name or self.get_key_display()
