from typing import ClassVar

from django.db import models

from lumbung.kernel.models.journal import JournalEntry


class PendingReaction(models.Model):
    """A coalesced reaction still to come: written with its journal entry, removed when the batch it went in is done."""

    reaction = models.CharField(max_length=60)
    entry = models.ForeignKey(JournalEntry, on_delete=models.CASCADE, related_name="+", db_index=False)
    failures = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["reaction", "id"], name="pending_by_reaction")]

    def __str__(self) -> str:
        return f"{self.reaction} for entry {self.entry_id}"
