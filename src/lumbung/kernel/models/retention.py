from django.db import models


class RetentionChoice(models.Model):
    """How many days the library keeps something, where it chose other days than the program came with."""

    term = models.CharField(max_length=40, primary_key=True)
    days = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.term}: {self.days}"
