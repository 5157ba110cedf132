from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lumbung.catalogue.models.item import Item
from lumbung.catalogue.models.record import Record


class Batch(models.Model):
    """One change of many records or items: what was chosen, what is done to each, how far it is, and the way back.

    First every difference is worked out and looked at (``preparing``, ``ready``); only then is anything changed. ``reached`` is the
    key up to which the present pass has come.
    """

    class Kinds(models.TextChoices):
        RECORDS = "records", pgettext_lazy("many", "Judul")
        ITEMS = "items", pgettext_lazy("many", "Eksemplar")

    class States(models.TextChoices):
        PREPARING = "preparing", _("Sedang dihitung")
        READY = "ready", _("Menunggu persetujuan")
        RUNNING = "running", _("Berjalan")
        FINISHED = "finished", _("Selesai")
        UNDOING = "undoing", _("Sedang dibatalkan")
        UNDONE = "undone", pgettext_lazy("import", "Dibatalkan")
        DROPPED = "dropped", _("Tidak jadi")

    kind = models.CharField(_("jenis"), max_length=10, choices=Kinds)
    name = models.CharField(_("nama"), max_length=120)
    state = models.CharField(_("status"), max_length=10, choices=States, default=States.PREPARING)
    selection = models.JSONField(default=dict)
    steps = models.JSONField(default=list)
    unknown = models.JSONField(default=list)
    expected = models.PositiveIntegerField(default=0)
    looked_at = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    reached = models.BigIntegerField(default=0)
    stopped_because = models.TextField(blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(_("dibuat"))
    finished_at = models.DateTimeField(_("selesai"), null=True)

    class Meta:
        verbose_name = _("ubah massal")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(kind__in=["records", "items"]), name="batch_kind_is_known"),
            models.CheckConstraint(
                condition=models.Q(state__in=["preparing", "ready", "running", "finished", "undoing", "undone", "dropped"]),
                name="batch_state_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_under_way(self) -> bool:
        return self.state in {self.States.PREPARING, self.States.RUNNING, self.States.UNDOING} and not self.stopped_because


class BatchLine(models.Model):
    """What a batch does to one record or item. What it leaves as it is has no line.

    For an item ``before`` and ``after`` hold the fields that differ; what a record said before is its revision.
    """

    class Outcomes(models.TextChoices):
        PLANNED = "planned", _("Akan berubah")
        REFUSED = "refused", _("Ditolak")
        CHANGED = "changed", _("Berubah")
        LEFT = "left", _("Dibiarkan")
        UNDONE = "undone", _("Dipulihkan")

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="lines")
    record = models.ForeignKey(Record, on_delete=models.SET_NULL, null=True, related_name="+")
    item = models.ForeignKey(Item, on_delete=models.SET_NULL, null=True, related_name="+")
    key = models.BigIntegerField()
    label = models.CharField(max_length=200)
    outcome = models.CharField(_("akibat"), max_length=10, choices=Outcomes)
    version = models.PositiveIntegerField(default=0)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["key"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "key"], name="a_batch_touches_each_thing_once"),
            models.CheckConstraint(
                condition=models.Q(outcome__in=["planned", "refused", "changed", "left", "undone"]),
                name="batch_outcome_is_known",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["batch", "outcome", "key"], name="batch_lines_by_outcome")]

    def __str__(self) -> str:
        return f"{self.batch_id}: {self.label}"
