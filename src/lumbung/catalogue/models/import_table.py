from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportTable(models.Model):
    """A spreadsheet that came in, whose columns are still to be named: its head, and some values of each column."""

    file_name = models.CharField(_("berkas"), max_length=255)
    stored_file = models.CharField(max_length=200)
    header = models.JSONField(default=list)
    samples = models.JSONField(default=list)
    rows = models.PositiveIntegerField(_("baris"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("tabel impor")
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return self.file_name
