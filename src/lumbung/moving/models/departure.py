from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Departure(models.Model):
    """A package of the whole library, made in the background: how far it is, and where it lies until it is forgotten.

    ``done`` and ``total`` count rows; ``stored_file`` is a ZIP. It stays in this house: a package holds no departure.
    """

    class States(models.TextChoices):
        WAITING = "waiting", _("Menunggu")
        RUNNING = "running", _("Berjalan")
        FINISHED = "finished", _("Selesai")
        FAILED = "failed", _("Gagal")

    state = models.CharField(_("status"), max_length=20, choices=States, default=States.WAITING)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    files = models.PositiveIntegerField(_("berkas"), default=0)
    stopped_because = models.TextField(blank=True)
    stored_file = models.CharField(max_length=200, blank=True)
    file_size = models.BigIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(_("mulai"))
    finished_at = models.DateTimeField(_("selesai"), null=True)

    class Meta:
        verbose_name = _("paket perpustakaan")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "running", "finished", "failed"]), name="state_of_departure_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def is_under_way(self) -> bool:
        return self.state in {self.States.WAITING, self.States.RUNNING}
