from django.db import models


class ClosedRoom(models.Model):
    """A part of the program that the library does not use, or not yet. What is kept in it stays."""

    room = models.CharField(max_length=40, primary_key=True)
    closed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.room
