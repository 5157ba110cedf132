from typing import ClassVar

from django.db import models
from django.db.models.fields.json import KeyTransform


class JournalEntry(models.Model):
    """One thing that happened: audit trail, outbox and source of statistics at once. Written by ``events.record`` alone.

    ``data`` holds ids and plain values, never names, so that a person can be forgotten without touching the journal.
    """

    at = models.DateTimeField()
    name = models.CharField(max_length=60)
    actor_id = models.BigIntegerField(null=True)
    channel = models.CharField(max_length=20)
    data = models.JSONField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["name", "at"], name="journal_by_name"),
            models.Index(KeyTransform("record", "data"), name="journal_by_record"),
            models.Index(KeyTransform("item", "data"), name="journal_by_item"),
            models.Index(KeyTransform("member", "data"), name="journal_by_member"),
        ]

    def __str__(self) -> str:
        return f"{self.name} #{self.pk}"
