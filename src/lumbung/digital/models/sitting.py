from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.digital.models.file import File

READS_FOR = timedelta(minutes=10)
"""A place is free again so long after its reader opened the last page."""
WAITS_FOR = timedelta(minutes=2)
"""Who waits keeps the turn so long after asking last; the waiting page asks by itself."""


class SittingQuerySet(models.QuerySet["Sitting"]):
    def open(self, now: datetime) -> "SittingQuerySet":
        """Those of readers who are still there, and of those who still wait, first come first."""
        reading = models.Q(place__isnull=False, seen_at__gt=now - READS_FOR)
        waiting = models.Q(place__isnull=True, seen_at__gt=now - WAITS_FOR)
        return self.filter(reading | waiting, ended_at__isnull=True).order_by("since", "pk")


class Sitting(models.Model):
    """Somebody reads at one of the places of a file that only so many may read at once, or (without ``place``) waits for one.

    One that ended has no reader any more: it tells only how long people read.
    """

    file = models.ForeignKey(File, on_delete=models.CASCADE, related_name="sittings")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    place = models.PositiveSmallIntegerField(null=True)
    since = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = SittingQuerySet.as_manager()

    class Meta:
        verbose_name = _("tempat baca")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["file", "place"],
                condition=models.Q(ended_at__isnull=True, place__isnull=False),
                name="one_reader_at_a_place",
            ),
            models.UniqueConstraint(
                fields=["file", "reader"], condition=models.Q(ended_at__isnull=True), name="a_reader_sits_at_a_file_once"
            ),
            models.CheckConstraint(
                condition=models.Q(place__isnull=True) | models.Q(place__gte=1), name="reading_places_count_from_one"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, reader__isnull=False)
                | models.Q(ended_at__isnull=False, reader__isnull=True),
                name="who_sits_is_known_until_they_leave",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reader_id} at {self.file_id}: {self.place or 'waits'}"
