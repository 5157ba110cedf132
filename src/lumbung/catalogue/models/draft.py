from typing import ClassVar

from django.conf import settings
from django.db import models

from lumbung.catalogue.models.record import Record


class Draft(models.Model):
    """What a cataloguer typed and has not saved yet: the fields of an editor's form, as they stand.

    ``version`` is the record's version that the editor started from; ``saves`` counts the savings of the draft itself, so that two
    windows do not overwrite each other. A draft whose record was removed stays, as the draft of a new one.
    """

    class Views(models.TextChoices):
        FORM = "form"
        MARC = "marc"

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    record = models.ForeignKey(Record, on_delete=models.SET_NULL, null=True, related_name="drafts")
    version = models.PositiveIntegerField(null=True)
    view = models.CharField(max_length=10, choices=Views)
    title = models.CharField(max_length=300, blank=True)
    typed = models.JSONField()
    saves = models.PositiveIntegerField(default=1)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    discarded_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-saved_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(view__in=["form", "marc"]), name="draft_view_is_known"),
            models.UniqueConstraint(
                fields=["owner", "record"],
                condition=models.Q(discarded_at__isnull=True, record__isnull=False),
                name="one_draft_for_each_cataloguer_and_record",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.saves})"
