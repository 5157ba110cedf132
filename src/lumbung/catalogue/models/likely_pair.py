from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lumbung.catalogue.models.record import Record


class DuplicateSearch(models.Model):
    """One walk through the whole catalogue for records that look alike; ``done`` of ``total`` groups are looked at, ``step`` is what by."""

    class States(models.TextChoices):
        RUNNING = "running", _("Sedang mencari")
        FINISHED = "finished", _("Selesai")

    state = models.CharField(max_length=10, choices=States, default=States.RUNNING)
    step = models.PositiveSmallIntegerField(default=0)
    reached = models.CharField(max_length=150, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("pencarian judul ganda")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=["running", "finished"]), name="duplicate_search_state_is_known"),
            models.UniqueConstraint(fields=["state"], condition=Q(state="running"), name="one_duplicate_search_runs"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.state}"


class LikelyPair(models.Model):
    """Two records that may describe one edition. One that a librarian dismissed is remembered, so that it is not asked again.

    ``first`` is the older. ``seen_in`` is the last search that found them alike; an undecided pair that a later search does not find goes.
    """

    class Likenesses(models.TextChoices):
        CONTROL_NUMBER = "control", _("nomor kendali sama")
        ISBN = "isbn", _("ISBN sama")
        ISSN = "issn", _("ISSN sama")
        TITLE = "title", _("judul, pengarang, dan tahun sama")

    first = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+")
    likeness = models.CharField(max_length=10, choices=Likenesses)
    weight = models.PositiveSmallIntegerField()
    seen_in = models.ForeignKey(DuplicateSearch, on_delete=models.SET_NULL, null=True, related_name="+")
    found_at = models.DateTimeField()
    dismissed_at = models.DateTimeField(null=True)
    dismissed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("pasangan yang mungkin ganda")
        ordering: ClassVar = ["weight", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["first", "second"], name="two_records_are_a_pair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="the_first_of_a_pair_is_the_older"),
            models.CheckConstraint(condition=Q(likeness__in=["control", "isbn", "issn", "title"]), name="likeness_is_known"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["weight", "id"], condition=Q(dismissed_at__isnull=True), name="pairs_to_decide"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ~ {self.second_id}"
