from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class LabelRun(models.Model):
    """Sheets of many labels, set in the background: of which items in which order, how laid out, how far it is, and where the PDF lies
    until it is forgotten."""

    class States(models.TextChoices):
        WAITING = "waiting", _("Menunggu")
        RUNNING = "running", _("Berjalan")
        FINISHED = "finished", _("Selesai")
        FAILED = "failed", _("Gagal")

    kind = models.CharField(_("jenis"), max_length=10)
    layout = models.JSONField(default=dict)
    items = models.JSONField(default=list)
    state = models.CharField(_("status"), max_length=20, choices=States, default=States.WAITING)
    expected = models.PositiveIntegerField(default=0)
    written = models.PositiveIntegerField(default=0)
    stopped_because = models.TextField(blank=True)
    stored_file = models.CharField(max_length=200, blank=True)
    file_size = models.BigIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(_("mulai"))
    finished_at = models.DateTimeField(_("selesai"), null=True)
    printed_at = models.DateTimeField(_("diambil"), null=True)

    class Meta:
        verbose_name = _("lembar label")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "running", "finished", "failed"]), name="label_run_state_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def is_under_way(self) -> bool:
        return self.state in {self.States.WAITING, self.States.RUNNING}
