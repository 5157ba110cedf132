from typing import ClassVar

from django.db import models


class Lease(models.Model):
    """Who may do what only one process may do at a time, and until when. A holder that dies loses it by time."""

    name = models.CharField(max_length=120, primary_key=True)
    holder = models.CharField(max_length=120)
    until = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["holder"], name="lease_by_holder")]

    def __str__(self) -> str:
        return f"{self.name}: {self.holder}"
