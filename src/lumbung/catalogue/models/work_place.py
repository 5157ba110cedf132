from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lumbung.catalogue.models.record import Record


class WorkPlace(models.Model):
    """Where a librarian put a record among the works: its ``key`` goes before the work key that is read out of its MARC."""

    record = models.OneToOneField(Record, on_delete=models.CASCADE, primary_key=True, related_name="work_place")
    key = models.CharField(max_length=20, db_index=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(key=""), name="a_place_among_works_has_a_key")]

    def __str__(self) -> str:
        return f"{self.record_id}: {self.key}"


class WorkChange(models.Model):
    """Records put together as one work, or set apart; ``before`` holds for each record the key a librarian had given it, if any."""

    class Kinds(models.TextChoices):
        JOINING = "joining", _("Edisi disatukan")
        PARTING = "parting", _("Edisi dipisahkan")

    kind = models.CharField(max_length=10, choices=Kinds)
    key = models.CharField(max_length=20, db_index=True)
    came_from = models.CharField(max_length=20, db_index=True)
    before = models.JSONField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("perubahan karya")
        ordering: ClassVar = ["-at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=["joining", "parting"]), name="work_change_kind_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.came_from} → {self.key}"
