from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.moving.models.move import Move


class Origin(models.Model):
    """Where a row of ours came from: the number it has in the other system. What makes a second run change instead of double.

    ``key`` is our row's, ``digest`` that of what the other system said when it was last taken in. ``made``: the move made our row;
    otherwise it was there and was only recognised.
    """

    source = models.CharField(max_length=40)
    entity = models.CharField(max_length=20)
    source_id = models.CharField(max_length=120)
    key = models.BigIntegerField()
    digest = models.CharField(max_length=16)
    made = models.BooleanField(default=True)
    move = models.ForeignKey(Move, on_delete=models.PROTECT, related_name="origins")

    class Meta:
        verbose_name = _("nomor di sistem lama")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "entity", "source_id"], name="a_row_comes_from_one_place"),
        ]
        indexes: ClassVar = [models.Index(fields=["move", "entity", "key"], name="origins_of_move")]

    def __str__(self) -> str:
        return f"{self.source} {self.entity} {self.source_id} → {self.key}"


class Change(models.Model):
    """What a row of ours said before a later move changed it, so that undoing the move can say it again."""

    move = models.ForeignKey(Move, on_delete=models.CASCADE, related_name="changes")
    entity = models.CharField(max_length=20)
    key = models.BigIntegerField()
    before = models.JSONField()
    was_digest = models.CharField(max_length=16)
    digest = models.CharField(max_length=16)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["move", "entity", "key"], name="a_move_changes_a_row_once"),
        ]

    def __str__(self) -> str:
        return f"{self.entity} {self.key}"
