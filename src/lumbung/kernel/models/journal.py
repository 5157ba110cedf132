from typing import Any, ClassVar

from django.db import models


class KeyIn(models.Func):
    """The whole number that a JSON column holds under ``name``; nothing where it holds null or is silent.

    Django's own key transform makes the text "null" of a null in SQLite, which as a number is 0.
    """

    template = "JSON_EXTRACT(%(expressions)s, '$.%(name)s')"
    output_field = models.BigIntegerField(null=True)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="((%(expressions)s ->> '%(name)s')::bigint)", **context)


def _key_in_data(name: str) -> models.GeneratedField:
    """The key in ``data`` as a column of its own that the database keeps, so that an index can find by it."""
    whole = models.BigIntegerField(null=True)
    return models.GeneratedField(expression=KeyIn("data", name=name), output_field=whole, db_persist=True)


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
    content = _key_in_data("content")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["name", "at"], name="journal_by_name"),
            models.Index(fields=["record"], condition=models.Q(record__isnull=False), name="journal_by_record"),
            models.Index(fields=["item"], condition=models.Q(item__isnull=False), name="journal_by_item"),
            models.Index(fields=["member"], condition=models.Q(member__isnull=False), name="journal_by_member"),
            models.Index(fields=["content"], condition=models.Q(content__isnull=False), name="journal_by_content"),
        ]

    def __str__(self) -> str:
        return f"{self.name} #{self.pk}"
