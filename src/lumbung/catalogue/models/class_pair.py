from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ClassPair(models.Model):
    """A line of this library's own in the crosswalk between the two Indonesian ways to class Islam: ``old`` in 2X, ``new`` in 297.

    It goes before the usual pair of the same ``old``; an empty ``new`` says that there is none. What follows in a number is carried over.
    """

    old = models.CharField(_("nomor 2X"), max_length=20, unique=True)
    new = models.CharField(_("nomor 297"), max_length=20, blank=True, db_index=True)
    caption = models.CharField(_("isi kelas"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("padanan kelas")
        ordering: ClassVar = ["old"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(old__startswith="2X"), name="a_class_pair_leads_from_2x"),
            models.CheckConstraint(
                condition=models.Q(new="") | models.Q(new__startswith="297"), name="a_class_pair_leads_to_297"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old} = {self.new}"


class CrosswalkChange(models.Model):
    """What was changed in the crosswalk at once: of each ``old`` what the library's own line said before and after (null for none)."""

    lines = models.JSONField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("perubahan padanan kelas")
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return ", ".join(self.lines)
