"""Bound-with: one volume in hand that holds several titles."""

from collections.abc import Collection
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.catalogue.models.record import Record


class BoundTitle(models.Model):
    """Another title in the same volume as ``item``, whose own title comes first. ``item.is_bound`` says that there are such."""

    item = models.ForeignKey(
        "catalogue.Item", on_delete=models.CASCADE, related_name="bound_titles", verbose_name=_("eksemplar")
    )
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="bound_in", verbose_name=_("judul"))
    added_at = models.DateTimeField(_("ditambahkan"))

    class Meta:
        verbose_name = _("jilidan bersama")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "record"], name="a_title_is_bound_into_a_copy_once"),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} in {self.item_id}"


def bound_into(records: Collection[int]) -> models.QuerySet[BoundTitle, Any]:
    """The keys of the copies of other titles into which any of these is bound, for a subquery."""
    return BoundTitle.objects.filter(record__in=records).order_by().values("item")
