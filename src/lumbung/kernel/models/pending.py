from datetime import datetime
from typing import ClassVar

from django.db import models

from lumbung.kernel.models.journal import JournalEntry

MAX_FAILURES = 8


class PendingReactionQuerySet(models.QuerySet["PendingReaction"]):
    def due(self, at: datetime) -> "PendingReactionQuerySet":
        """Those to be run now: not waiting after a failure, and not given up."""
        return self.filter(models.Q(not_before__isnull=True) | models.Q(not_before__lte=at), failures__lt=MAX_FAILURES)

    def failed(self) -> "PendingReactionQuerySet":
        return self.filter(failures__gt=0)


class PendingReaction(models.Model):
    """A coalesced reaction still to come: written with its journal entry, removed when the batch it went in is done."""

    reaction = models.CharField(max_length=60)
    entry = models.ForeignKey(JournalEntry, on_delete=models.CASCADE, related_name="+", db_index=False)
    failures = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)

    objects = PendingReactionQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["reaction", "id"], name="pending_by_reaction"),
            models.Index(fields=["id"], name="pending_failures", condition=models.Q(failures__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.reaction} for entry {self.entry_id}"
