from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.kernel.models.made_file import MadeFile, state_is_known


class LabelRun(MadeFile):
    """Sheets of many labels, set in the background: of which items in which order, how laid out, how far it is, and where the PDF lies
    until it is forgotten."""

    kind = models.CharField(_("jenis"), max_length=10)
    layout = models.JSONField(default=dict)
    items = models.JSONField(default=list)
    expected = models.PositiveIntegerField(default=0)
    written = models.PositiveIntegerField(default=0)
    printed_at = models.DateTimeField(_("diambil"), null=True)

    class Meta:
        verbose_name = _("lembar label")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [state_is_known("label_run_state_is_known")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
