"""What every file that is made in the background keeps of itself."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class MadeFile(models.Model):
    """A file made in the background: who asked for it and when, how it stands, and where it lies until it is forgotten."""

    class States(models.TextChoices):
        WAITING = "waiting", _("Menunggu")
        RUNNING = "running", _("Berjalan")
        FINISHED = "finished", _("Selesai")
        FAILED = "failed", _("Gagal")

    state = models.CharField(_("status"), max_length=20, choices=States, default=States.WAITING)
    stopped_because = models.TextField(blank=True)
    stored_file = models.CharField(max_length=200, blank=True)
    file_size = models.BigIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(_("mulai"))
    finished_at = models.DateTimeField(_("selesai"), null=True)

    class Meta:
        abstract = True

    @property
    def is_under_way(self) -> bool:
        return self.state in {self.States.WAITING, self.States.RUNNING}


def state_is_known(name: str) -> models.CheckConstraint:
    """A constraint of this name: the file stands in one of the four states."""
    return models.CheckConstraint(condition=models.Q(state__in=["waiting", "running", "finished", "failed"]), name=name)
