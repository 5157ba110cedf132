from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ExportRun(models.Model):
    """A file of records made in the background: what was chosen, in which form, how far it is, and where it lies until it is forgotten."""

    class States(models.TextChoices):
        WAITING = "waiting", _("Menunggu")
        RUNNING = "running", _("Berjalan")
        FINISHED = "finished", _("Selesai")
        FAILED = "failed", _("Gagal")

    form = models.CharField(_("bentuk"), max_length=20)
    selection = models.JSONField(default=dict)
    copies = models.BooleanField(_("dengan eksemplar"), default=True)
    state = models.CharField(_("status"), max_length=20, choices=States, default=States.WAITING)
    expected = models.PositiveIntegerField(default=0)
    written = models.PositiveIntegerField(default=0)
    left_out = models.JSONField(default=list)
    stopped_because = models.TextField(blank=True)
    stored_file = models.CharField(max_length=200, blank=True)
    file_size = models.BigIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(_("mulai"))
    finished_at = models.DateTimeField(_("selesai"), null=True)

    class Meta:
        verbose_name = _("ekspor")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "running", "finished", "failed"]), name="export_state_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.pk}"

    @property
    def is_under_way(self) -> bool:
        return self.state in {self.States.WAITING, self.States.RUNNING}
