from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.kernel.models.made_file import MadeFile, state_is_known


class ExportRun(MadeFile):
    """A file of records made in the background: what was chosen, in which form, how far it is, and where it lies until it is forgotten."""

    form = models.CharField(_("bentuk"), max_length=20)
    selection = models.JSONField(default=dict)
    copies = models.BooleanField(_("dengan eksemplar"), default=True)
    expected = models.PositiveIntegerField(default=0)
    written = models.PositiveIntegerField(default=0)
    left_out = models.JSONField(default=list)

    class Meta:
        verbose_name = _("ekspor")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [state_is_known("export_state_is_known")]

    def __str__(self) -> str:
        return f"{self.form} {self.pk}"
