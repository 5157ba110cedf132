from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class BatchStates(models.TextChoices):
    READ = "read", _("Diuji coba")
    RUNNING = "running", _("Sedang diterbitkan")
    STORED = "stored", _("Diterbitkan")
    UNDONE = "undone", _("Dibatalkan")


class DepositBatch(models.Model):
    """Many works at once, from one archive: a table with files, or what another repository wrote out (DSpace's SAF, EPrints XML).

    ``report`` has a line for each work: its place in the archive, its title, its faults, and the key of its deposit once it is published.
    """

    name = models.CharField(_("nama berkas"), max_length=200)
    form = models.CharField(max_length=10)
    state = models.CharField(_("status"), max_length=10, choices=BatchStates, default=BatchStates.READ)
    sha256 = models.CharField(max_length=64)
    report = models.JSONField(default=list)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("unggahan massal")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(state__in=BatchStates.values), name="state_of_a_deposit_batch_is_known")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def good(self) -> int:
        return sum(1 for line in self.report if not line["faults"])

    @property
    def stored(self) -> int:
        return sum(1 for line in self.report if line.get("deposit"))
