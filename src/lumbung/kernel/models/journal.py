from typing import ClassVar

from django.db import models
from django.db.models.fields.json import KT
from django.db.models.functions import Cast


def _key_in_data(name: str) -> models.GeneratedField:
    """The key that ``data`` holds under ``name``, as a column of its own that the database keeps, so that an index can find by it."""
    whole = models.BigIntegerField(null=True)
    return models.GeneratedField(expression=Cast(KT(f"data__{name}"), whole), output_field=whole, db_persist=True)


class JournalEntry(models.Model):
    """One thing that happened: audit trail, outbox and source of statistics at once. Written by ``events.record`` alone.

    ``data`` holds ids and plain values, never names, so that a person can be forgotten without touching the journal.
    """

    at = models.DateTimeField()
    name = models.CharField(max_length=60)
    actor_id = models.BigIntegerField(null=True)
    channel = models.CharField(max_length=20)
    data = models.JSONField()
    record = _key_in_data("record")
    item = _key_in_data("item")
    member = _key_in_data("member")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["name", "at"], name="journal_by_name"),
            models.Index(fields=["record"], condition=models.Q(record__isnull=False), name="journal_by_record"),
            models.Index(fields=["item"], condition=models.Q(item__isnull=False), name="journal_by_item"),
            models.Index(fields=["member"], condition=models.Q(member__isnull=False), name="journal_by_member"),
        ]

    def __str__(self) -> str:
        return f"{self.name} #{self.pk}"
