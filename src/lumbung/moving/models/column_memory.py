from typing import ClassVar

from django.db import models


class ColumnMemory(models.Model):
    """What somebody said the columns of a sheet are, kept for the next sheet with the same heads. ``heads`` is their digest."""

    heads = models.CharField(max_length=32, unique=True)
    columns = models.JSONField(default=dict)
    used_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-used_at"]

    def __str__(self) -> str:
        return self.heads
