from django.db import models


class Pace(models.Model):
    """How far ahead of its even pace a number, a pair of sides, or the whole library is (GCRA's theoretical arrival time)."""

    key = models.CharField(max_length=120, unique=True)
    ahead_until = models.DateTimeField()

    def __str__(self) -> str:
        return self.key
